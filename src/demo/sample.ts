import type { ApiClient } from './api-client.js';

type Print = (line: string) => void;

interface Review {
  recordType: string;
  sourceId: string;
  reason: string;
  lines: { field: string; source: string | null; destination: string | null }[];
}

interface Sample {
  reconciliation: { balanced: boolean; rows: { recordType: string; staged: number; verified: number }[] };
  sampleReview: { edges: { node: Review }[] };
}

const shownLines = 6;
const short = (text: string | null) => (text ?? '–').replace(/\s+/g, ' ').slice(0, 50);

/** Prints how large the sample is, and one of its conversations on both sides. */
export async function showSample(api: ApiClient, projectId: string, print: Print): Promise<void> {
  const { project } = await api.query<{ project: Sample }>(
    `query ($id: ID!) { project(id: $id) {
       reconciliation(environment: SANDBOX) { balanced rows { recordType staged verified } }
       sampleReview(recordType: TICKET, first: 1) { edges { node { recordType sourceId reason lines { field source destination } } } } } }`,
    { id: projectId },
  );
  const { rows, balanced } = project.reconciliation;
  const names = { TICKET: 'tickets', CONTACT: 'contacts', COMPANY: 'companies', ARTICLE: 'articles' };
  const sizes = Object.entries(names).map(([type, name]) => {
    const row = rows.find(each => each.recordType === type);
    return `${row?.verified ?? 0} of ${row?.staged ?? 0} ${name}`;
  });
  print(`  the sample is ${balanced ? 'balanced' : 'NOT balanced'}; read back: ${sizes.join(', ')}`);
  for (const { node } of project.sampleReview.edges) {
    print(`  ticket ${node.sourceId} (${node.reason}), Infoset | Intercom:`);
    for (const { field, source, destination } of node.lines.slice(0, shownLines))
      print(`    ${field.padEnd(24).slice(0, 24)} ${short(source)} | ${short(destination)}`);
  }
}

/** Signs off the newest SANDBOX run, as the customer's admin would. */
export async function signOffSample(api: ApiClient, projectId: string, print: Print): Promise<void> {
  const { project } = await api.query<{
    project: { mapping: { hash: string }; runs: { edges: { node: { id: string; sampleDigest: string } }[] } };
  }>(
    'query ($id: ID!) { project(id: $id) { mapping { hash } runs(kind: SANDBOX, first: 1) { edges { node { id sampleDigest } } } } }',
    {
      id: projectId,
    },
  );
  const { id, sampleDigest } = project.runs.edges[0]!.node;
  const input = { runId: id, mappingHash: project.mapping.hash, note: 'Reviewed in the demo.' };
  const { run } = await api.mutate<{ run: { signOff: { signedBy: string } } }>('signOff', input, 'run { signOff { signedBy } }');
  print(
    `signOff → by ${run.signOff.signedBy}, mapping ${project.mapping.hash.slice(0, 12)}…, sample ${sampleDigest.slice(0, 12)}…`,
  );
}
