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
    "\n  mutation ProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping { id version status hash confirmedBy }\n      userErrors { code message path retryable }\n    }\n  }\n": typeof types.ProposeMappingDocument,
    "\n  mutation UpdateField($input: UpdateFieldMappingInput!) {\n    updateFieldMapping(input: $input) {\n      mapping { id version status hash confirmedBy }\n      userErrors { code message path retryable }\n    }\n  }\n": typeof types.UpdateFieldDocument,
    "\n  mutation ConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { id version status hash confirmedBy }\n      userErrors { code message path retryable }\n    }\n  }\n": typeof types.ConfirmMappingDocument,
    "\n  query FieldsOf($id: ID!, $after: String) {\n    project(id: $id) {\n      mapping {\n        fields(first: 100, after: $after) {\n          edges {\n            node {\n              id\n              recordType\n              sourcePath\n              action\n              targetPath\n              attributeType\n              ignoreReason\n              rationale\n              profile { dataType fillRate distinctCount maxLength samples }\n              losses { code affectedRecords }\n              values { from to occurrences }\n            }\n          }\n          pageInfo { hasNextPage endCursor }\n        }\n      }\n    }\n  }\n": typeof types.FieldsOfDocument,
    "\n  query AgentsOf($id: ID!) {\n    project(id: $id) {\n      agents(first: 100) {\n        edges { node { id sourceId name email status teammateEmail teammates { environment teammateId } } }\n      }\n    }\n  }\n": typeof types.AgentsOfDocument,
    "\n  mutation ResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { id status teammateEmail }\n      userErrors { code message path retryable }\n    }\n  }\n": typeof types.ResolveAgentDocument,
    "\n  query BlockersOf($id: ID!) {\n    project(id: $id) { blockedBy { code } }\n  }\n": typeof types.BlockersOfDocument,
    "\n  query DocumentsOf($id: ID!) {\n    project(id: $id) { documents { kind name title mediaType byteSize sha256 downloadUrl createdAt } }\n  }\n": typeof types.DocumentsOfDocument,
    "\n  mutation SetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { side baseUrl status detail checkedAt workspaceName }\n      userErrors { code message path retryable }\n    }\n  }\n": typeof types.SetConnectionDocument,
    "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id kind state isTerminal allowedActions blockedBy { code } }\n      userErrors { code message path retryable }\n    }\n  }\n": typeof types.StartRunDocument,
    "\n  query RunView($id: ID!) {\n    run(id: $id) {\n      id\n      state\n      isTerminal\n      blockedBy { code message }\n      progress { fraction waitingFor }\n      listings { listing recordType state source staged skipped failed unavailableReason }\n    }\n  }\n": typeof types.RunViewDocument,
    "\n  query RunState($id: ID!) {\n    run(id: $id) { state isTerminal }\n  }\n": typeof types.RunStateDocument,
    "\n  query IssuesOf($id: ID!, $after: String) {\n    project(id: $id) {\n      issues(first: 100, after: $after) {\n        edges { node { code severity status recordType sourceId message hint } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.IssuesOfDocument,
    "\n  mutation ResumeRun($input: RunActionInput!) {\n    resumeRun(input: $input) {\n      run { id }\n      userErrors { code message path retryable }\n    }\n  }\n": typeof types.ResumeRunDocument,
    "\n  query ReconciliationOf($id: ID!) {\n    project(id: $id) {\n      reconciliation {\n        balanced\n        rows { recordType source staged loaded verified skipped failed balanced }\n        fields { recordType field compared equal normalised lossy different }\n        differences(first: 20) { edges { node { recordType sourceId field expected actual } } }\n      }\n    }\n  }\n": typeof types.ReconciliationOfDocument,
    "\n  query PlanOf($id: ID!) {\n    run(id: $id) { id state plan { action destinationType count reason } planHash }\n  }\n": typeof types.PlanOfDocument,
    "\n  query IdsOfProject($id: ID!) {\n    project(id: $id) {\n      issues(first: 1) { edges { node { id } } }\n      documents { id }\n      mapping { id }\n    }\n    crosswalk(projectId: $id, lookups: [{ sourceType: TICKET, sourceId: \"8837516\" }]) { entries { id } }\n    callRecordings(projectId: $id, first: 1) { edges { node { id } } }\n  }\n": typeof types.IdsOfProjectDocument,
};
const documents: Documents = {
    "\n  mutation ProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping { id version status hash confirmedBy }\n      userErrors { code message path retryable }\n    }\n  }\n": types.ProposeMappingDocument,
    "\n  mutation UpdateField($input: UpdateFieldMappingInput!) {\n    updateFieldMapping(input: $input) {\n      mapping { id version status hash confirmedBy }\n      userErrors { code message path retryable }\n    }\n  }\n": types.UpdateFieldDocument,
    "\n  mutation ConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { id version status hash confirmedBy }\n      userErrors { code message path retryable }\n    }\n  }\n": types.ConfirmMappingDocument,
    "\n  query FieldsOf($id: ID!, $after: String) {\n    project(id: $id) {\n      mapping {\n        fields(first: 100, after: $after) {\n          edges {\n            node {\n              id\n              recordType\n              sourcePath\n              action\n              targetPath\n              attributeType\n              ignoreReason\n              rationale\n              profile { dataType fillRate distinctCount maxLength samples }\n              losses { code affectedRecords }\n              values { from to occurrences }\n            }\n          }\n          pageInfo { hasNextPage endCursor }\n        }\n      }\n    }\n  }\n": types.FieldsOfDocument,
    "\n  query AgentsOf($id: ID!) {\n    project(id: $id) {\n      agents(first: 100) {\n        edges { node { id sourceId name email status teammateEmail teammates { environment teammateId } } }\n      }\n    }\n  }\n": types.AgentsOfDocument,
    "\n  mutation ResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { id status teammateEmail }\n      userErrors { code message path retryable }\n    }\n  }\n": types.ResolveAgentDocument,
    "\n  query BlockersOf($id: ID!) {\n    project(id: $id) { blockedBy { code } }\n  }\n": types.BlockersOfDocument,
    "\n  query DocumentsOf($id: ID!) {\n    project(id: $id) { documents { kind name title mediaType byteSize sha256 downloadUrl createdAt } }\n  }\n": types.DocumentsOfDocument,
    "\n  mutation SetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { side baseUrl status detail checkedAt workspaceName }\n      userErrors { code message path retryable }\n    }\n  }\n": types.SetConnectionDocument,
    "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id kind state isTerminal allowedActions blockedBy { code } }\n      userErrors { code message path retryable }\n    }\n  }\n": types.StartRunDocument,
    "\n  query RunView($id: ID!) {\n    run(id: $id) {\n      id\n      state\n      isTerminal\n      blockedBy { code message }\n      progress { fraction waitingFor }\n      listings { listing recordType state source staged skipped failed unavailableReason }\n    }\n  }\n": types.RunViewDocument,
    "\n  query RunState($id: ID!) {\n    run(id: $id) { state isTerminal }\n  }\n": types.RunStateDocument,
    "\n  query IssuesOf($id: ID!, $after: String) {\n    project(id: $id) {\n      issues(first: 100, after: $after) {\n        edges { node { code severity status recordType sourceId message hint } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.IssuesOfDocument,
    "\n  mutation ResumeRun($input: RunActionInput!) {\n    resumeRun(input: $input) {\n      run { id }\n      userErrors { code message path retryable }\n    }\n  }\n": types.ResumeRunDocument,
    "\n  query ReconciliationOf($id: ID!) {\n    project(id: $id) {\n      reconciliation {\n        balanced\n        rows { recordType source staged loaded verified skipped failed balanced }\n        fields { recordType field compared equal normalised lossy different }\n        differences(first: 20) { edges { node { recordType sourceId field expected actual } } }\n      }\n    }\n  }\n": types.ReconciliationOfDocument,
    "\n  query PlanOf($id: ID!) {\n    run(id: $id) { id state plan { action destinationType count reason } planHash }\n  }\n": types.PlanOfDocument,
    "\n  query IdsOfProject($id: ID!) {\n    project(id: $id) {\n      issues(first: 1) { edges { node { id } } }\n      documents { id }\n      mapping { id }\n    }\n    crosswalk(projectId: $id, lookups: [{ sourceType: TICKET, sourceId: \"8837516\" }]) { entries { id } }\n    callRecordings(projectId: $id, first: 1) { edges { node { id } } }\n  }\n": types.IdsOfProjectDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping { id version status hash confirmedBy }\n      userErrors { code message path retryable }\n    }\n  }\n"): typeof import('./graphql.js').ProposeMappingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateField($input: UpdateFieldMappingInput!) {\n    updateFieldMapping(input: $input) {\n      mapping { id version status hash confirmedBy }\n      userErrors { code message path retryable }\n    }\n  }\n"): typeof import('./graphql.js').UpdateFieldDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { id version status hash confirmedBy }\n      userErrors { code message path retryable }\n    }\n  }\n"): typeof import('./graphql.js').ConfirmMappingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query FieldsOf($id: ID!, $after: String) {\n    project(id: $id) {\n      mapping {\n        fields(first: 100, after: $after) {\n          edges {\n            node {\n              id\n              recordType\n              sourcePath\n              action\n              targetPath\n              attributeType\n              ignoreReason\n              rationale\n              profile { dataType fillRate distinctCount maxLength samples }\n              losses { code affectedRecords }\n              values { from to occurrences }\n            }\n          }\n          pageInfo { hasNextPage endCursor }\n        }\n      }\n    }\n  }\n"): typeof import('./graphql.js').FieldsOfDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AgentsOf($id: ID!) {\n    project(id: $id) {\n      agents(first: 100) {\n        edges { node { id sourceId name email status teammateEmail teammates { environment teammateId } } }\n      }\n    }\n  }\n"): typeof import('./graphql.js').AgentsOfDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { id status teammateEmail }\n      userErrors { code message path retryable }\n    }\n  }\n"): typeof import('./graphql.js').ResolveAgentDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query BlockersOf($id: ID!) {\n    project(id: $id) { blockedBy { code } }\n  }\n"): typeof import('./graphql.js').BlockersOfDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query DocumentsOf($id: ID!) {\n    project(id: $id) { documents { kind name title mediaType byteSize sha256 downloadUrl createdAt } }\n  }\n"): typeof import('./graphql.js').DocumentsOfDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { side baseUrl status detail checkedAt workspaceName }\n      userErrors { code message path retryable }\n    }\n  }\n"): typeof import('./graphql.js').SetConnectionDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation StartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id kind state isTerminal allowedActions blockedBy { code } }\n      userErrors { code message path retryable }\n    }\n  }\n"): typeof import('./graphql.js').StartRunDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunView($id: ID!) {\n    run(id: $id) {\n      id\n      state\n      isTerminal\n      blockedBy { code message }\n      progress { fraction waitingFor }\n      listings { listing recordType state source staged skipped failed unavailableReason }\n    }\n  }\n"): typeof import('./graphql.js').RunViewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RunState($id: ID!) {\n    run(id: $id) { state isTerminal }\n  }\n"): typeof import('./graphql.js').RunStateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query IssuesOf($id: ID!, $after: String) {\n    project(id: $id) {\n      issues(first: 100, after: $after) {\n        edges { node { code severity status recordType sourceId message hint } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.js').IssuesOfDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ResumeRun($input: RunActionInput!) {\n    resumeRun(input: $input) {\n      run { id }\n      userErrors { code message path retryable }\n    }\n  }\n"): typeof import('./graphql.js').ResumeRunDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReconciliationOf($id: ID!) {\n    project(id: $id) {\n      reconciliation {\n        balanced\n        rows { recordType source staged loaded verified skipped failed balanced }\n        fields { recordType field compared equal normalised lossy different }\n        differences(first: 20) { edges { node { recordType sourceId field expected actual } } }\n      }\n    }\n  }\n"): typeof import('./graphql.js').ReconciliationOfDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PlanOf($id: ID!) {\n    run(id: $id) { id state plan { action destinationType count reason } planHash }\n  }\n"): typeof import('./graphql.js').PlanOfDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query IdsOfProject($id: ID!) {\n    project(id: $id) {\n      issues(first: 1) { edges { node { id } } }\n      documents { id }\n      mapping { id }\n    }\n    crosswalk(projectId: $id, lookups: [{ sourceType: TICKET, sourceId: \"8837516\" }]) { entries { id } }\n    callRecordings(projectId: $id, first: 1) { edges { node { id } } }\n  }\n"): typeof import('./graphql.js').IdsOfProjectDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
