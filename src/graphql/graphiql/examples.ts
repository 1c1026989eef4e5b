/** The first example, which the demo prints too. */
export const exampleQuery = `{
  viewer { name role organization { name kind } }
  projects(first: 5) { edges { node { id name stage blockedBy { code message } } } }
}`;

/** A tab of GraphiQL: a document, and its variables as JSON. A name in capitals is replaced by a value of an earlier answer. */
export interface Example {
  query: string;
  variables: string;
}

const example = (query: string, variables: object): Example => ({ query, variables: JSON.stringify(variables, null, 2) });

/** All steps of a migration, as docs/walkthrough.md explains them, and the events of the project. */
export const examples: readonly Example[] = [
  { query: exampleQuery.replace('{', 'query Overview {'), variables: '' },
  example(
    `mutation CreateProject($input: CreateProjectInput!) {
  createProject(input: $input) { project { id stage blockedBy { code message } } userErrors { code message path } }
}`,
    { input: { name: 'Ege Yazılım', externalRef: 'crm-17', idempotencyKey: 'create-crm-17' } },
  ),
  example(
    `mutation ConnectInfoset($input: SetConnectionInput!) {
  setConnection(input: $input) { connection { status detail workspaceName } userErrors { code message path } }
}`,
    { input: { projectId: 'PROJECT_ID', side: 'SOURCE', baseUrl: 'INFOSET_URL', secret: 'INFOSET_KEY' } },
  ),
  example(
    `mutation StartDiscovery($input: StartRunInput!) { startRun(input: $input) { run { id state } userErrors { code message path } } }`,
    { input: { projectId: 'PROJECT_ID', kind: 'DISCOVERY' } },
  ),
  example(
    `subscription FollowRun($runId: ID!) {
  runProgress(runId: $runId) { state fraction waitingFor etaSecondsP50 listings { listing source staged failed } }
}`,
    { runId: 'RUN_ID' },
  ),
  example(
    `query RunState($id: ID!) { run(id: $id) { state isTerminal blockedBy { code message } progress { fraction waitingFor } } }`,
    { id: 'RUN_ID' },
  ),
  example(
    `mutation StartExtraction($input: StartRunInput!) { startRun(input: $input) { run { id state } userErrors { code message path } } }`,
    { input: { projectId: 'PROJECT_ID', kind: 'EXTRACTION' } },
  ),
  example(
    `mutation ConnectIntercom($input: SetConnectionInput!) {
  setConnection(input: $input) { connection { status detail workspaceName } userErrors { code message path } }
}`,
    {
      input: {
        projectId: 'PROJECT_ID',
        side: 'DESTINATION',
        baseUrl: 'INTERCOM_URL',
        secret: 'INTERCOM_TOKEN',
        options: { placeholderTeammateEmail: 'PLACEHOLDER_EMAIL', dealsAs: 'CONTACT_ATTRIBUTES' },
      },
    },
  ),
  example(
    `mutation ProposeMapping($input: ProposeMappingInput!) {
  proposeMapping(input: $input) {
    mapping {
      id
      hash
      fields(first: 50) { edges { node { recordType sourcePath action targetPath rationale losses { code message } } } }
    }
    userErrors { code message path }
  }
}`,
    { input: { projectId: 'PROJECT_ID' } },
  ),
  example(
    `mutation ConfirmMapping($input: ConfirmMappingInput!) {
  confirmMapping(input: $input) { mapping { status confirmedBy } userErrors { code message path } }
}`,
    { input: { mappingVersionId: 'MAPPING_ID', expectedHash: 'MAPPING_HASH' } },
  ),
  example(
    `query UnmatchedAgents($id: ID!) { project(id: $id) { agents(first: 100, status: UNMATCHED) { edges { node { id name email } } } } }`,
    { id: 'PROJECT_ID' },
  ),
  example(
    `mutation ResolveAgent($input: ResolveAgentInput!) { resolveAgent(input: $input) { agent { status } userErrors { code message path } } }`,
    { input: { agentId: 'AGENT_ID', usePlaceholder: true } },
  ),
  example(
    `mutation ConnectSandbox($input: SetConnectionInput!) {
  setConnection(input: $input) { connection { status detail workspaceName } userErrors { code message path } }
}`,
    {
      input: {
        projectId: 'PROJECT_ID',
        side: 'SANDBOX',
        baseUrl: 'SANDBOX_URL',
        secret: 'SANDBOX_TOKEN',
        options: { placeholderTeammateEmail: 'PLACEHOLDER_EMAIL', dealsAs: 'CONTACT_ATTRIBUTES' },
      },
    },
  ),
  example(
    `mutation PrepareSandbox($input: StartRunInput!) { startRun(input: $input) { run { id state } userErrors { code message path } } }`,
    { input: { projectId: 'PROJECT_ID', kind: 'PROVISIONING', environment: 'SANDBOX' } },
  ),
  example(
    `mutation LoadSample($input: StartRunInput!) { startRun(input: $input) { run { id state } userErrors { code message path } } }`,
    { input: { projectId: 'PROJECT_ID', kind: 'SANDBOX', environment: 'SANDBOX' } },
  ),
  example(
    `query ReviewSample($id: ID!) {
  project(id: $id) {
    reconciliation(environment: SANDBOX) { balanced rows { recordType staged loaded verified } }
    sampleReview(first: 20) { edges { node { recordType sourceId reason lines { field source destination } } } }
  }
}`,
    { id: 'PROJECT_ID' },
  ),
  example(
    `mutation SignOff($input: SignOffInput!) {
  signOff(input: $input) { run { signOff { signedBy signedAt sampleDigest } } userErrors { code message path } }
}`,
    { input: { runId: 'RUN_ID', mappingHash: 'MAPPING_HASH', note: 'Reviewed with the support team' } },
  ),
  example(
    `mutation PrepareWorkspace($input: StartRunInput!) { startRun(input: $input) { run { id state } userErrors { code message path } } }`,
    { input: { projectId: 'PROJECT_ID', kind: 'PROVISIONING', environment: 'PRODUCTION' } },
  ),
  example(
    `mutation LoadEverything($input: StartRunInput!) { startRun(input: $input) { run { id state } userErrors { code message path } } }`,
    { input: { projectId: 'PROJECT_ID', kind: 'PRODUCTION', environment: 'PRODUCTION' } },
  ),
  example(
    `query Result($id: ID!) {
  project(id: $id) {
    stage
    reconciliation {
      balanced
      rows { recordType source staged loaded verified skipped failed }
      differences(first: 20) { edges { node { recordType sourceId field expected actual } } }
    }
    issues(first: 20, status: OPEN) { edges { node { code severity sourceId message hint } } }
    documents { name title downloadUrl }
  }
}`,
    { id: 'PROJECT_ID' },
  ),
  example(
    `query FindTicket($projectId: ID!, $lookups: [CrosswalkLookup!]!) {
  crosswalk(projectId: $projectId, lookups: $lookups) { entries { destinationType destinationId conversationUrl verifiedAt } }
}`,
    { projectId: 'PROJECT_ID', lookups: [{ sourceType: 'TICKET', sourceId: 'TICKET_ID' }] },
  ),
  example(
    `mutation BeginCutover($input: BeginCutoverInput!) {
  beginCutover(input: $input) { project { cutover { deltaRunId gaps { code message } } } userErrors { code message path } }
}`,
    { input: { projectId: 'PROJECT_ID' } },
  ),
  example(
    `mutation CompleteCutover($input: CompleteCutoverInput!) {
  completeCutover(input: $input) { project { stage cutover { completedBy hypercareUntil } } userErrors { code message path } }
}`,
    { input: { projectId: 'PROJECT_ID', note: 'Handed over to the support team' } },
  ),
  example(
    `subscription ProjectEvents($projectId: ID!, $afterSeq: Int) {
  projectEvents(projectId: $projectId, afterSeq: $afterSeq) { seq at type message data }
}`,
    { projectId: 'PROJECT_ID', afterSeq: 0 },
  ),
];
