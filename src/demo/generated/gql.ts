/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      project { id name blockedBy { code message } }\n      userErrors { code message }\n    }\n  }\n": typeof types.CreateProjectDocument,
    "\n  subscription ProjectEvents($projectId: ID!) {\n    projectEvents(projectId: $projectId, afterSeq: 0) { seq at type message }\n  }\n": typeof types.ProjectEventsDocument,
    "\n  mutation SetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { status detail workspaceName }\n      userErrors { code message }\n    }\n  }\n": typeof types.SetConnectionDocument,
    "\n  query ProjectDiscovery($id: ID!) {\n    project(id: $id) {\n      discovery {\n        plan { code }\n        resources { resource available reason }\n        retention { windowDays atRisk oldestChatAt deadline daysRemaining }\n      }\n    }\n  }\n": typeof types.ProjectDiscoveryDocument,
    "\n  query NewestIssues($id: ID!) {\n    project(id: $id) { issues(first: 5) { edges { node { code sourceId message } } } }\n  }\n": typeof types.NewestIssuesDocument,
    "\n  mutation CloseProject($input: CloseProjectInput!) {\n    closeProject(input: $input) {\n      project { stage }\n      userErrors { code message }\n    }\n  }\n": typeof types.CloseProjectDocument,
    "\n  mutation BeginCutover($input: BeginCutoverInput!) {\n    beginCutover(input: $input) {\n      project { cutover { deltaRunId gaps { code message } } }\n      userErrors { code message }\n    }\n  }\n": typeof types.BeginCutoverDocument,
    "\n  mutation CompleteCutover($input: CompleteCutoverInput!) {\n    completeCutover(input: $input) {\n      project { cutover { completedBy hypercareUntil } }\n      userErrors { code message }\n    }\n  }\n": typeof types.CompleteCutoverDocument,
    "\n  query RollbackPlan($id: ID!) {\n    project(id: $id) {\n      runs(kind: ROLLBACK, first: 1) {\n        edges { node { planHash plan { action destinationType count reason } } }\n      }\n    }\n  }\n": typeof types.RollbackPlanDocument,
    "\n  mutation ProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping { id hash version }\n      userErrors { code message }\n    }\n  }\n": typeof types.ProposeMappingDocument,
    "\n  query MappedFields($id: ID!, $after: String) {\n    project(id: $id) {\n      mapping {\n        fields(first: 100, after: $after) {\n          edges { node { recordType sourcePath action targetPath attributeType ignoreReason profile { fillRate dataType } } }\n          pageInfo { hasNextPage endCursor }\n        }\n      }\n    }\n  }\n": typeof types.MappedFieldsDocument,
    "\n  mutation ConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { status }\n      userErrors { code message }\n    }\n  }\n": typeof types.ConfirmMappingDocument,
    "\n  query Agents($id: ID!) {\n    project(id: $id) { agents(first: 100) { edges { node { id name email status teammateEmail } } } }\n  }\n": typeof types.AgentsDocument,
    "\n  mutation ResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { status }\n      userErrors { code message }\n    }\n  }\n": typeof types.ResolveAgentDocument,
    "\n  query Provisioned($id: ID!) {\n    project(id: $id) { provisionedObjects { kind origin } blockedBy { code } }\n  }\n": typeof types.ProvisionedDocument,
    "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id }\n      userErrors { code message }\n    }\n  }\n": typeof types.StartRunDocument,
    "\n  subscription FollowRun($runId: ID!) {\n    runProgress(runId: $runId) {\n      state\n      fraction\n      listings { listing state source staged skipped failed unavailableReason }\n    }\n  }\n": typeof types.FollowRunDocument,
    "\n  query Sample($id: ID!) {\n    project(id: $id) {\n      reconciliation(environment: SANDBOX) { balanced rows { recordType staged verified } }\n      sampleReview(recordType: TICKET, first: 1) {\n        edges { node { sourceId reason lines { field source destination } } }\n      }\n    }\n  }\n": typeof types.SampleDocument,
    "\n  query ToSignOff($id: ID!) {\n    project(id: $id) {\n      mapping { hash }\n      runs(kind: SANDBOX, first: 1) { edges { node { id sampleDigest } } }\n    }\n  }\n": typeof types.ToSignOffDocument,
    "\n  mutation SignOff($input: SignOffInput!) {\n    signOff(input: $input) {\n      run { signOff { signedBy } }\n      userErrors { code message }\n    }\n  }\n": typeof types.SignOffDocument,
    "\n  query Reconciliation($id: ID!) {\n    project(id: $id) {\n      reconciliation {\n        balanced\n        rows { recordType source staged loaded verified skipped failed balanced }\n        fields { compared lossy different }\n      }\n    }\n  }\n": typeof types.ReconciliationDocument,
    "\n  query HandedOver($id: ID!) {\n    project(id: $id) { documents { name title byteSize } }\n    callRecordings(projectId: $id, first: 3) {\n      edges { node { sourceCallId availability phone conversationUrl } }\n    }\n  }\n": typeof types.HandedOverDocument,
    "\n  query Crosswalk($projectId: ID!, $lookups: [CrosswalkLookup!]!) {\n    crosswalk(projectId: $projectId, lookups: $lookups) {\n      entries { sourceType sourceId destinationType destinationId conversationUrl }\n    }\n  }\n": typeof types.CrosswalkDocument,
};
const documents: Documents = {
    "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      project { id name blockedBy { code message } }\n      userErrors { code message }\n    }\n  }\n": types.CreateProjectDocument,
    "\n  subscription ProjectEvents($projectId: ID!) {\n    projectEvents(projectId: $projectId, afterSeq: 0) { seq at type message }\n  }\n": types.ProjectEventsDocument,
    "\n  mutation SetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { status detail workspaceName }\n      userErrors { code message }\n    }\n  }\n": types.SetConnectionDocument,
    "\n  query ProjectDiscovery($id: ID!) {\n    project(id: $id) {\n      discovery {\n        plan { code }\n        resources { resource available reason }\n        retention { windowDays atRisk oldestChatAt deadline daysRemaining }\n      }\n    }\n  }\n": types.ProjectDiscoveryDocument,
    "\n  query NewestIssues($id: ID!) {\n    project(id: $id) { issues(first: 5) { edges { node { code sourceId message } } } }\n  }\n": types.NewestIssuesDocument,
    "\n  mutation CloseProject($input: CloseProjectInput!) {\n    closeProject(input: $input) {\n      project { stage }\n      userErrors { code message }\n    }\n  }\n": types.CloseProjectDocument,
    "\n  mutation BeginCutover($input: BeginCutoverInput!) {\n    beginCutover(input: $input) {\n      project { cutover { deltaRunId gaps { code message } } }\n      userErrors { code message }\n    }\n  }\n": types.BeginCutoverDocument,
    "\n  mutation CompleteCutover($input: CompleteCutoverInput!) {\n    completeCutover(input: $input) {\n      project { cutover { completedBy hypercareUntil } }\n      userErrors { code message }\n    }\n  }\n": types.CompleteCutoverDocument,
    "\n  query RollbackPlan($id: ID!) {\n    project(id: $id) {\n      runs(kind: ROLLBACK, first: 1) {\n        edges { node { planHash plan { action destinationType count reason } } }\n      }\n    }\n  }\n": types.RollbackPlanDocument,
    "\n  mutation ProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping { id hash version }\n      userErrors { code message }\n    }\n  }\n": types.ProposeMappingDocument,
    "\n  query MappedFields($id: ID!, $after: String) {\n    project(id: $id) {\n      mapping {\n        fields(first: 100, after: $after) {\n          edges { node { recordType sourcePath action targetPath attributeType ignoreReason profile { fillRate dataType } } }\n          pageInfo { hasNextPage endCursor }\n        }\n      }\n    }\n  }\n": types.MappedFieldsDocument,
    "\n  mutation ConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { status }\n      userErrors { code message }\n    }\n  }\n": types.ConfirmMappingDocument,
    "\n  query Agents($id: ID!) {\n    project(id: $id) { agents(first: 100) { edges { node { id name email status teammateEmail } } } }\n  }\n": types.AgentsDocument,
    "\n  mutation ResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { status }\n      userErrors { code message }\n    }\n  }\n": types.ResolveAgentDocument,
    "\n  query Provisioned($id: ID!) {\n    project(id: $id) { provisionedObjects { kind origin } blockedBy { code } }\n  }\n": types.ProvisionedDocument,
    "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id }\n      userErrors { code message }\n    }\n  }\n": types.StartRunDocument,
    "\n  subscription FollowRun($runId: ID!) {\n    runProgress(runId: $runId) {\n      state\n      fraction\n      listings { listing state source staged skipped failed unavailableReason }\n    }\n  }\n": types.FollowRunDocument,
    "\n  query Sample($id: ID!) {\n    project(id: $id) {\n      reconciliation(environment: SANDBOX) { balanced rows { recordType staged verified } }\n      sampleReview(recordType: TICKET, first: 1) {\n        edges { node { sourceId reason lines { field source destination } } }\n      }\n    }\n  }\n": types.SampleDocument,
    "\n  query ToSignOff($id: ID!) {\n    project(id: $id) {\n      mapping { hash }\n      runs(kind: SANDBOX, first: 1) { edges { node { id sampleDigest } } }\n    }\n  }\n": types.ToSignOffDocument,
    "\n  mutation SignOff($input: SignOffInput!) {\n    signOff(input: $input) {\n      run { signOff { signedBy } }\n      userErrors { code message }\n    }\n  }\n": types.SignOffDocument,
    "\n  query Reconciliation($id: ID!) {\n    project(id: $id) {\n      reconciliation {\n        balanced\n        rows { recordType source staged loaded verified skipped failed balanced }\n        fields { compared lossy different }\n      }\n    }\n  }\n": types.ReconciliationDocument,
    "\n  query HandedOver($id: ID!) {\n    project(id: $id) { documents { name title byteSize } }\n    callRecordings(projectId: $id, first: 3) {\n      edges { node { sourceCallId availability phone conversationUrl } }\n    }\n  }\n": types.HandedOverDocument,
    "\n  query Crosswalk($projectId: ID!, $lookups: [CrosswalkLookup!]!) {\n    crosswalk(projectId: $projectId, lookups: $lookups) {\n      entries { sourceType sourceId destinationType destinationId conversationUrl }\n    }\n  }\n": types.CrosswalkDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      project { id name blockedBy { code message } }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').CreateProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ProjectEvents($projectId: ID!) {\n    projectEvents(projectId: $projectId, afterSeq: 0) { seq at type message }\n  }\n"): typeof import('./graphql.js').ProjectEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { status detail workspaceName }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').SetConnectionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ProjectDiscovery($id: ID!) {\n    project(id: $id) {\n      discovery {\n        plan { code }\n        resources { resource available reason }\n        retention { windowDays atRisk oldestChatAt deadline daysRemaining }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ProjectDiscoveryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NewestIssues($id: ID!) {\n    project(id: $id) { issues(first: 5) { edges { node { code sourceId message } } } }\n  }\n"): typeof import('./graphql.js').NewestIssuesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CloseProject($input: CloseProjectInput!) {\n    closeProject(input: $input) {\n      project { stage }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').CloseProjectDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation BeginCutover($input: BeginCutoverInput!) {\n    beginCutover(input: $input) {\n      project { cutover { deltaRunId gaps { code message } } }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').BeginCutoverDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteCutover($input: CompleteCutoverInput!) {\n    completeCutover(input: $input) {\n      project { cutover { completedBy hypercareUntil } }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').CompleteCutoverDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RollbackPlan($id: ID!) {\n    project(id: $id) {\n      runs(kind: ROLLBACK, first: 1) {\n        edges { node { planHash plan { action destinationType count reason } } }\n      }\n    }\n  }\n"): typeof import('./graphql.js').RollbackPlanDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping { id hash version }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').ProposeMappingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MappedFields($id: ID!, $after: String) {\n    project(id: $id) {\n      mapping {\n        fields(first: 100, after: $after) {\n          edges { node { recordType sourcePath action targetPath attributeType ignoreReason profile { fillRate dataType } } }\n          pageInfo { hasNextPage endCursor }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').MappedFieldsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { status }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').ConfirmMappingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Agents($id: ID!) {\n    project(id: $id) { agents(first: 100) { edges { node { id name email status teammateEmail } } } }\n  }\n"): typeof import('./graphql.js').AgentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { status }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').ResolveAgentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Provisioned($id: ID!) {\n    project(id: $id) { provisionedObjects { kind origin } blockedBy { code } }\n  }\n"): typeof import('./graphql.js').ProvisionedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').StartRunDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription FollowRun($runId: ID!) {\n    runProgress(runId: $runId) {\n      state\n      fraction\n      listings { listing state source staged skipped failed unavailableReason }\n    }\n  }\n"): typeof import('./graphql.js').FollowRunDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Sample($id: ID!) {\n    project(id: $id) {\n      reconciliation(environment: SANDBOX) { balanced rows { recordType staged verified } }\n      sampleReview(recordType: TICKET, first: 1) {\n        edges { node { sourceId reason lines { field source destination } } }\n      }\n    }\n  }\n"): typeof import('./graphql.js').SampleDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ToSignOff($id: ID!) {\n    project(id: $id) {\n      mapping { hash }\n      runs(kind: SANDBOX, first: 1) { edges { node { id sampleDigest } } }\n    }\n  }\n"): typeof import('./graphql.js').ToSignOffDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOff($input: SignOffInput!) {\n    signOff(input: $input) {\n      run { signOff { signedBy } }\n      userErrors { code message }\n    }\n  }\n"): typeof import('./graphql.js').SignOffDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Reconciliation($id: ID!) {\n    project(id: $id) {\n      reconciliation {\n        balanced\n        rows { recordType source staged loaded verified skipped failed balanced }\n        fields { compared lossy different }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ReconciliationDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HandedOver($id: ID!) {\n    project(id: $id) { documents { name title byteSize } }\n    callRecordings(projectId: $id, first: 3) {\n      edges { node { sourceCallId availability phone conversationUrl } }\n    }\n  }\n"): typeof import('./graphql.js').HandedOverDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Crosswalk($projectId: ID!, $lookups: [CrosswalkLookup!]!) {\n    crosswalk(projectId: $projectId, lookups: $lookups) {\n      entries { sourceType sourceId destinationType destinationId conversationUrl }\n    }\n  }\n"): typeof import('./graphql.js').CrosswalkDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
