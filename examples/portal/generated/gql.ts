/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

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
    "\n  mutation PortalCreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      project { id blockedBy { code message } }\n      userErrors { code message }\n    }\n  }\n": typeof types.PortalCreateProjectDocument,
    "\n  mutation PortalSetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { status detail workspaceName }\n      userErrors { code message }\n    }\n  }\n": typeof types.PortalSetConnectionDocument,
    "\n  mutation PortalStartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id }\n      userErrors { code message }\n    }\n  }\n": typeof types.PortalStartRunDocument,
    "\n  subscription PortalFollowRun($runId: ID!) {\n    runProgress(runId: $runId) { state fraction waitingFor }\n  }\n": typeof types.PortalFollowRunDocument,
    "\n  query PortalBlockers($runId: ID!) {\n    run(id: $runId) { blockedBy { code message } }\n  }\n": typeof types.PortalBlockersDocument,
    "\n  mutation PortalProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping {\n        id\n        hash\n        fields(first: 100) {\n          edges { node { recordType sourcePath action targetPath losses { code message affectedRecords } } }\n        }\n      }\n      userErrors { code message }\n    }\n  }\n": typeof types.PortalProposeMappingDocument,
    "\n  mutation PortalConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { confirmedBy }\n      userErrors { code message }\n    }\n  }\n": typeof types.PortalConfirmMappingDocument,
    "\n  query PortalUnmatchedAgents($id: ID!, $after: String) {\n    project(id: $id) {\n      agents(status: UNMATCHED, first: 100, after: $after) {\n        edges { node { id name email } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": typeof types.PortalUnmatchedAgentsDocument,
    "\n  mutation PortalResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { status }\n      userErrors { code message }\n    }\n  }\n": typeof types.PortalResolveAgentDocument,
    "\n  mutation PortalSignOff($input: SignOffInput!) {\n    signOff(input: $input) {\n      run { signOff { signedBy sampleDigest } }\n      userErrors { code message }\n    }\n  }\n": typeof types.PortalSignOffDocument,
    "\n  query PortalResult($id: ID!, $environment: Environment!) {\n    project(id: $id) {\n      reconciliation(environment: $environment) {\n        balanced\n        rows { recordType source staged loaded verified skipped failed }\n        differences(first: 20) { edges { node { recordType sourceId field expected actual } } }\n      }\n    }\n  }\n": typeof types.PortalResultDocument,
    "\n  mutation PortalBeginCutover($input: BeginCutoverInput!) {\n    beginCutover(input: $input) {\n      project { cutover { deltaRunId } }\n      userErrors { code message }\n    }\n  }\n": typeof types.PortalBeginCutoverDocument,
    "\n  mutation PortalCompleteCutover($input: CompleteCutoverInput!) {\n    completeCutover(input: $input) {\n      project { stage cutover { completedBy hypercareUntil } documents { title downloadUrl } }\n      userErrors { code message }\n    }\n  }\n": typeof types.PortalCompleteCutoverDocument,
};
const documents: Documents = {
    "\n  mutation PortalCreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      project { id blockedBy { code message } }\n      userErrors { code message }\n    }\n  }\n": types.PortalCreateProjectDocument,
    "\n  mutation PortalSetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { status detail workspaceName }\n      userErrors { code message }\n    }\n  }\n": types.PortalSetConnectionDocument,
    "\n  mutation PortalStartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id }\n      userErrors { code message }\n    }\n  }\n": types.PortalStartRunDocument,
    "\n  subscription PortalFollowRun($runId: ID!) {\n    runProgress(runId: $runId) { state fraction waitingFor }\n  }\n": types.PortalFollowRunDocument,
    "\n  query PortalBlockers($runId: ID!) {\n    run(id: $runId) { blockedBy { code message } }\n  }\n": types.PortalBlockersDocument,
    "\n  mutation PortalProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping {\n        id\n        hash\n        fields(first: 100) {\n          edges { node { recordType sourcePath action targetPath losses { code message affectedRecords } } }\n        }\n      }\n      userErrors { code message }\n    }\n  }\n": types.PortalProposeMappingDocument,
    "\n  mutation PortalConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { confirmedBy }\n      userErrors { code message }\n    }\n  }\n": types.PortalConfirmMappingDocument,
    "\n  query PortalUnmatchedAgents($id: ID!, $after: String) {\n    project(id: $id) {\n      agents(status: UNMATCHED, first: 100, after: $after) {\n        edges { node { id name email } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n": types.PortalUnmatchedAgentsDocument,
    "\n  mutation PortalResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { status }\n      userErrors { code message }\n    }\n  }\n": types.PortalResolveAgentDocument,
    "\n  mutation PortalSignOff($input: SignOffInput!) {\n    signOff(input: $input) {\n      run { signOff { signedBy sampleDigest } }\n      userErrors { code message }\n    }\n  }\n": types.PortalSignOffDocument,
    "\n  query PortalResult($id: ID!, $environment: Environment!) {\n    project(id: $id) {\n      reconciliation(environment: $environment) {\n        balanced\n        rows { recordType source staged loaded verified skipped failed }\n        differences(first: 20) { edges { node { recordType sourceId field expected actual } } }\n      }\n    }\n  }\n": types.PortalResultDocument,
    "\n  mutation PortalBeginCutover($input: BeginCutoverInput!) {\n    beginCutover(input: $input) {\n      project { cutover { deltaRunId } }\n      userErrors { code message }\n    }\n  }\n": types.PortalBeginCutoverDocument,
    "\n  mutation PortalCompleteCutover($input: CompleteCutoverInput!) {\n    completeCutover(input: $input) {\n      project { stage cutover { completedBy hypercareUntil } documents { title downloadUrl } }\n      userErrors { code message }\n    }\n  }\n": types.PortalCompleteCutoverDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PortalCreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      project { id blockedBy { code message } }\n      userErrors { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation PortalCreateProject($input: CreateProjectInput!) {\n    createProject(input: $input) {\n      project { id blockedBy { code message } }\n      userErrors { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PortalSetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { status detail workspaceName }\n      userErrors { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation PortalSetConnection($input: SetConnectionInput!) {\n    setConnection(input: $input) {\n      connection { status detail workspaceName }\n      userErrors { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PortalStartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id }\n      userErrors { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation PortalStartRun($input: StartRunInput!) {\n    startRun(input: $input) {\n      run { id }\n      userErrors { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription PortalFollowRun($runId: ID!) {\n    runProgress(runId: $runId) { state fraction waitingFor }\n  }\n"): (typeof documents)["\n  subscription PortalFollowRun($runId: ID!) {\n    runProgress(runId: $runId) { state fraction waitingFor }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PortalBlockers($runId: ID!) {\n    run(id: $runId) { blockedBy { code message } }\n  }\n"): (typeof documents)["\n  query PortalBlockers($runId: ID!) {\n    run(id: $runId) { blockedBy { code message } }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PortalProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping {\n        id\n        hash\n        fields(first: 100) {\n          edges { node { recordType sourcePath action targetPath losses { code message affectedRecords } } }\n        }\n      }\n      userErrors { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation PortalProposeMapping($input: ProposeMappingInput!) {\n    proposeMapping(input: $input) {\n      mapping {\n        id\n        hash\n        fields(first: 100) {\n          edges { node { recordType sourcePath action targetPath losses { code message affectedRecords } } }\n        }\n      }\n      userErrors { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PortalConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { confirmedBy }\n      userErrors { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation PortalConfirmMapping($input: ConfirmMappingInput!) {\n    confirmMapping(input: $input) {\n      mapping { confirmedBy }\n      userErrors { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PortalUnmatchedAgents($id: ID!, $after: String) {\n    project(id: $id) {\n      agents(status: UNMATCHED, first: 100, after: $after) {\n        edges { node { id name email } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PortalUnmatchedAgents($id: ID!, $after: String) {\n    project(id: $id) {\n      agents(status: UNMATCHED, first: 100, after: $after) {\n        edges { node { id name email } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PortalResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { status }\n      userErrors { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation PortalResolveAgent($input: ResolveAgentInput!) {\n    resolveAgent(input: $input) {\n      agent { status }\n      userErrors { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PortalSignOff($input: SignOffInput!) {\n    signOff(input: $input) {\n      run { signOff { signedBy sampleDigest } }\n      userErrors { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation PortalSignOff($input: SignOffInput!) {\n    signOff(input: $input) {\n      run { signOff { signedBy sampleDigest } }\n      userErrors { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PortalResult($id: ID!, $environment: Environment!) {\n    project(id: $id) {\n      reconciliation(environment: $environment) {\n        balanced\n        rows { recordType source staged loaded verified skipped failed }\n        differences(first: 20) { edges { node { recordType sourceId field expected actual } } }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PortalResult($id: ID!, $environment: Environment!) {\n    project(id: $id) {\n      reconciliation(environment: $environment) {\n        balanced\n        rows { recordType source staged loaded verified skipped failed }\n        differences(first: 20) { edges { node { recordType sourceId field expected actual } } }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PortalBeginCutover($input: BeginCutoverInput!) {\n    beginCutover(input: $input) {\n      project { cutover { deltaRunId } }\n      userErrors { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation PortalBeginCutover($input: BeginCutoverInput!) {\n    beginCutover(input: $input) {\n      project { cutover { deltaRunId } }\n      userErrors { code message }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation PortalCompleteCutover($input: CompleteCutoverInput!) {\n    completeCutover(input: $input) {\n      project { stage cutover { completedBy hypercareUntil } documents { title downloadUrl } }\n      userErrors { code message }\n    }\n  }\n"): (typeof documents)["\n  mutation PortalCompleteCutover($input: CompleteCutoverInput!) {\n    completeCutover(input: $input) {\n      project { stage cutover { completedBy hypercareUntil } documents { title downloadUrl } }\n      userErrors { code message }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;
