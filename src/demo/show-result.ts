import type { ApiClient } from './api-client.js';
import { graphql } from './generated/gql.js';

type Print = (line: string) => void;

const reconciliationQuery = graphql(`
  query Reconciliation($id: ID!) {
    project(id: $id) {
      reconciliation {
        balanced
        rows { recordType source staged loaded verified skipped failed balanced }
        fields { compared lossy different }
      }
    }
  }
`);

const handedOverQuery = graphql(`
  query HandedOver($id: ID!) {
    project(id: $id) { documents { name title byteSize } }
    callRecordings(projectId: $id, first: 3) {
      edges { node { sourceCallId availability phone conversationUrl } }
    }
  }
`);

const crosswalkQuery = graphql(`
  query Crosswalk($projectId: ID!, $lookups: [CrosswalkLookup!]!) {
    crosswalk(projectId: $projectId, lookups: $lookups) {
      entries { sourceType sourceId destinationType destinationId conversationUrl }
    }
  }
`);

const cells = (name: string, values: (string | number)[]) =>
  `  ${name.padEnd(12)}${values.map(value => String(value).padStart(10)).join('')}`;

/** Prints the reconciliation. @returns whether it is balanced */
export async function showReconciliation(api: ApiClient, projectId: string, print: Print): Promise<boolean> {
  const { project } = await api.query(reconciliationQuery, { id: projectId });
  const { rows, balanced, fields } = project!.reconciliation;
  print(`\nReconciliation\n${cells('', ['source', 'staged', 'loaded', 'verified', 'skipped', 'failed'])}`);
  for (const row of rows) {
    const values = [row.source ?? '–', row.staged, row.loaded, row.verified, row.skipped, row.failed];
    print(cells(row.recordType, values) + (row.balanced ? '' : '  not balanced'));
  }
  const sum = (of: (field: (typeof fields)[number]) => number) => fields.reduce((total, field) => total + of(field), 0);
  print(
    `  ${sum(field => field.compared)} fields read back: ${sum(field => field.lossy)} lossy as declared, ${sum(field => field.different)} different`,
  );
  print(`  ${balanced ? 'balanced' : 'NOT BALANCED'}`);
  return balanced;
}

/** Prints the documents and some recordings. */
export async function showDocuments(api: ApiClient, projectId: string, print: Print): Promise<void> {
  const { project, callRecordings } = await api.query(handedOverQuery, { id: projectId });
  print(`\nDocuments (project.documents, each with a link that is valid for 15 minutes)`);
  for (const { name, title, byteSize } of project!.documents)
    print(`  ${String(byteSize).padStart(9)}  ${name.padEnd(38)} ${title}`);
  print('\nRecordings for the support staff: callRecordings →');
  for (const { node } of callRecordings.edges)
    print(`  call ${node.sourceCallId}, ${node.phone}: ${node.availability}  ${node.conversationUrl ?? ''}`);
}

/** Looks up some tickets, as support staff would. */
export async function showCrosswalk(api: ApiClient, projectId: string, tickets: readonly string[], print: Print): Promise<void> {
  const lookups = tickets.map(sourceId => ({ sourceType: 'TICKET' as const, sourceId }));
  const { crosswalk } = await api.query(crosswalkQuery, { projectId, lookups });
  print('\nWhere are the tickets now? crosswalk →');
  for (const { entries } of crosswalk) {
    const [entry] = entries;
    if (entry)
      print(
        `  ${entry.sourceType} ${entry.sourceId} is ${entry.destinationType} ${entry.destinationId}  ${entry.conversationUrl ?? ''}`,
      );
  }
  const back = crosswalk[0]?.entries[0]?.destinationId;
  if (!back) return;
  const answer = await api.query(crosswalkQuery, {
    projectId,
    lookups: [{ destinationType: 'CONVERSATION', destinationId: back }],
  });
  const entry = answer.crosswalk[0]!.entries[0];
  if (entry) print(`  CONVERSATION ${back} was ${entry.sourceType} ${entry.sourceId}`);
}
