import type { ApiClient } from './api-client.js';
import { graphql } from './generated/gql.js';

type Print = (line: string) => void;

const sampleQuery = graphql(`
  query Sample($id: ID!) {
    project(id: $id) {
      reconciliation(environment: SANDBOX) { balanced rows { recordType staged verified } }
      sampleReview(recordType: TICKET, first: 1) {
        edges { node { sourceId reason lines { field source destination } } }
      }
    }
  }
`);

const toSignOffQuery = graphql(`
  query ToSignOff($id: ID!) {
    project(id: $id) {
      mapping { hash }
      runs(kind: SANDBOX, first: 1) { edges { node { id sampleDigest } } }
    }
  }
`);

const signOffMutation = graphql(`
  mutation SignOff($input: SignOffInput!) {
    signOff(input: $input) {
      run { signOff { signedBy } }
      userErrors { code message }
    }
  }
`);

const shownLines = 6;
const short = (text: string | null) => (text ?? '–').replace(/\s+/g, ' ').slice(0, 50);

/** Prints how large the sample is, and one of its conversations on both sides. */
export async function showSample(api: ApiClient, projectId: string, print: Print): Promise<void> {
  const { project } = await api.query(sampleQuery, { id: projectId });
  const { reconciliation, sampleReview } = project!;
  const { rows, balanced } = reconciliation;
  const names = { TICKET: 'tickets', CONTACT: 'contacts', COMPANY: 'companies', ARTICLE: 'articles' };
  const sizes = Object.entries(names).map(([type, name]) => {
    const row = rows.find(each => each.recordType === type);
    return `${row?.verified ?? 0} of ${row?.staged ?? 0} ${name}`;
  });
  print(`  the sample is ${balanced ? 'balanced' : 'NOT balanced'}; read back: ${sizes.join(', ')}`);
  for (const { node } of sampleReview.edges) {
    print(`  ticket ${node.sourceId} (${node.reason}), Infoset | Intercom:`);
    for (const { field, source, destination } of node.lines.slice(0, shownLines))
      print(`    ${field.padEnd(24).slice(0, 24)} ${short(source)} | ${short(destination)}`);
  }
}

/** Signs off the newest SANDBOX run, as the customer's admin would. */
export async function signOffSample(api: ApiClient, projectId: string, print: Print): Promise<void> {
  const { project } = await api.query(toSignOffQuery, { id: projectId });
  const { id, sampleDigest } = project!.runs.edges[0]!.node;
  const { hash } = project!.mapping!;
  const { run } = await api.mutate(signOffMutation, { runId: id, mappingHash: hash, note: 'Reviewed in the demo.' });
  print(`signOff → by ${run.signOff!.signedBy}, mapping ${hash.slice(0, 12)}…, sample ${sampleDigest!.slice(0, 12)}…`);
}
