import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** What the demo needs to know of the server, as any partner would. */
export interface DemoTarget {
  url: string;
  apiKey: string;
  exampleQuery: string;
  print: (line: string) => void;
}

interface Event {
  seq: number;
  at: string;
  type: string;
  message: string;
}

/** Acts as a partner: opens a project over HTTP and follows its events over WebSocket until the first has come. */
export async function runDemo({ url, apiKey, exampleQuery, print }: DemoTarget): Promise<void> {
  print('A partner opens a project over HTTP:');
  const project = await createProject(url, apiKey);
  print(`  createProject → ${project.id} “${project.name}”, stage ${project.stage}`);
  for (const blocker of project.blockedBy) print(`  blocked by ${blocker.code}: ${blocker.message}`);
  print('\nand follows its events over WebSocket:');
  await followFirstEvent(url, apiKey, project.id, event => print(`  #${event.seq} ${event.at} ${event.type}: ${event.message}`));
  print(`\nGraphQL:  ${url}/graphql   (WebSocket: the same path)`);
  print(`GraphiQL: ${url}/graphiql`);
  print(`API key:  ${apiKey}`);
  print(`Header:   {"Authorization": "Bearer ${apiKey}"}`);
  print(`Try:\n${exampleQuery}`);
}

interface Project {
  id: string;
  name: string;
  stage: string;
  blockedBy: { code: string; message: string }[];
}

async function createProject(url: string, apiKey: string): Promise<Project> {
  const query = `mutation ($input: CreateProjectInput!) {
    createProject(input: $input) { project { id name stage blockedBy { code message } } userErrors { code message } }
  }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ query, variables: { input: { name: 'Demo migration' } } }),
  });
  const answer = (await response.json()) as {
    data?: { createProject: { project: Project | null; userErrors: { message: string }[] } };
    errors?: { message: string }[];
  };
  const project = answer.data?.createProject.project;
  if (project) return project;
  throw new Error(
    [...(answer.errors ?? []), ...(answer.data?.createProject.userErrors ?? [])].map(error => error.message).join(' '),
  );
}

async function followFirstEvent(url: string, apiKey: string, projectId: string, tell: (event: Event) => void): Promise<void> {
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${apiKey}` },
  });
  const query = `subscription ($projectId: ID!) { projectEvents(projectId: $projectId, afterSeq: 0) { seq at type message } }`;
  try {
    for await (const { data, errors } of client.iterate<{ projectEvents: Event }>({ query, variables: { projectId } })) {
      if (errors) throw new Error(errors.map(error => error.message).join(' '));
      if (data) tell(data.projectEvents);
      break;
    }
  } finally {
    await client.dispose();
  }
}
