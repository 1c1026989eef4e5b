// What comes before a load: an account that is read, a mapping, agents, a signed-off sandbox and a provisioned workspace.
import pg from 'pg';

/** @returns the id of the project */
export async function prepareLoad(bench, control) {
  const { project } = await bench.mutate('createProject', { name: 'bench' }, 'project { id }');
  const projectId = project.id;
  await bench.mutate(
    'setConnection',
    { projectId, side: 'SOURCE', baseUrl: bench.infoset.url, secret: bench.infoset.secret },
    'connection { status }',
  );
  await bench.carryOut({ projectId, kind: 'EXTRACTION' });
  const options = { placeholderTeammateEmail: 'migration@ege.example' };
  await bench.mutate(
    'setConnection',
    { projectId, side: 'DESTINATION', baseUrl: bench.intercom.url, secret: bench.intercom.secret, options },
    'connection { status }',
  );
  const { mapping } = await bench.mutate('proposeMapping', { projectId }, 'mapping { id hash }');
  await bench.mutate('confirmMapping', { mappingVersionId: mapping.id, expectedHash: mapping.hash }, 'mapping { id }');
  // By hand, as only people can: the type that deals become.
  const { project: mapped } = await bench.ask(
    `{ project(id: "${projectId}") { mapping { fields(recordType: DEAL, first: 100) { edges { node { targetPath attributeType } } } } } }`,
  );
  const formats = { decimal: 'decimal', date: 'date', boolean: 'boolean', options: 'list' };
  const attributes = Object.fromEntries(
    mapped.mapping.fields.edges.flatMap(({ node }) => {
      const name = /^deal\.custom_attributes\.(.+)$/.exec(node.targetPath ?? '')?.[1];
      return name ? [[name, formats[node.attributeType] ?? 'text']] : [];
    }),
  );
  await control('/objectTypes', 'PUT', [{ name: 'Deal', attributes, contactReference: 'deal' }]);
  const { project: found } = await bench.ask(
    `{ project(id: "${projectId}") { agents(first: 100) { edges { node { id status } } } } }`,
  );
  for (const { node } of found.agents.edges) {
    if (node.status === 'UNMATCHED')
      await bench.mutate('resolveAgent', { agentId: node.id, usePlaceholder: true }, 'agent { id }');
  }
  await bench.carryOut({ projectId, kind: 'PROVISIONING', environment: 'PRODUCTION' });
  await signOffDirectly(bench.postgres.ownerUrl, projectId);
  return projectId;
}

/** A bench of a load moves an account once: the sandbox run and its sign-off are written by hand. */
async function signOffDirectly(connectionString, projectId) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(
    `WITH mapping AS (
       SELECT id, hash, project_id, organization_id FROM landfall.mapping_versions WHERE project_id = $1 AND status = 'CONFIRMED'
     ), run AS (
       INSERT INTO landfall.runs (project_id, organization_id, kind, environment, mapping_version_id, state, sample_digest, finished_at)
       SELECT project_id, organization_id, 'SANDBOX', 'SANDBOX', id, 'SUCCEEDED', 'digest', now() FROM mapping
       RETURNING id, project_id, organization_id
     )
     INSERT INTO landfall.sign_offs (project_id, organization_id, run_id, mapping_hash, sample_digest, signed_by)
     SELECT run.project_id, run.organization_id, run.id, mapping.hash, 'digest', 'bench' FROM run, mapping`,
    [projectId.replace('prj_', '')],
  );
  await client.end();
}
