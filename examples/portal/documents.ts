import { graphql } from './generated/gql.js';

export const createProject = graphql(`
  mutation PortalCreateProject($input: CreateProjectInput!) {
    createProject(input: $input) {
      project { id blockedBy { code message } }
      userErrors { code message }
    }
  }
`);

export const setConnection = graphql(`
  mutation PortalSetConnection($input: SetConnectionInput!) {
    setConnection(input: $input) {
      connection { status detail workspaceName }
      userErrors { code message }
    }
  }
`);

export const startRun = graphql(`
  mutation PortalStartRun($input: StartRunInput!) {
    startRun(input: $input) {
      run { id }
      userErrors { code message }
    }
  }
`);

export const followRun = graphql(`
  subscription PortalFollowRun($runId: ID!) {
    runProgress(runId: $runId) { state fraction waitingFor }
  }
`);

export const blockersOf = graphql(`
  query PortalBlockers($runId: ID!) {
    run(id: $runId) { blockedBy { code message } }
  }
`);

export const proposeMapping = graphql(`
  mutation PortalProposeMapping($input: ProposeMappingInput!) {
    proposeMapping(input: $input) {
      mapping {
        id
        hash
        fields(first: 100) {
          edges { node { recordType sourcePath action targetPath losses { code message affectedRecords } } }
        }
      }
      userErrors { code message }
    }
  }
`);

export const confirmMapping = graphql(`
  mutation PortalConfirmMapping($input: ConfirmMappingInput!) {
    confirmMapping(input: $input) {
      mapping { confirmedBy }
      userErrors { code message }
    }
  }
`);

export const unmatchedAgents = graphql(`
  query PortalUnmatchedAgents($id: ID!, $after: String) {
    project(id: $id) {
      agents(status: UNMATCHED, first: 100, after: $after) {
        edges { node { id name email } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

export const resolveAgent = graphql(`
  mutation PortalResolveAgent($input: ResolveAgentInput!) {
    resolveAgent(input: $input) {
      agent { status }
      userErrors { code message }
    }
  }
`);

export const signOff = graphql(`
  mutation PortalSignOff($input: SignOffInput!) {
    signOff(input: $input) {
      run { signOff { signedBy sampleDigest } }
      userErrors { code message }
    }
  }
`);

export const result = graphql(`
  query PortalResult($id: ID!, $environment: Environment!) {
    project(id: $id) {
      reconciliation(environment: $environment) {
        balanced
        rows { recordType source staged loaded verified skipped failed }
        differences(first: 20) { edges { node { recordType sourceId field expected actual } } }
      }
    }
  }
`);

export const beginCutover = graphql(`
  mutation PortalBeginCutover($input: BeginCutoverInput!) {
    beginCutover(input: $input) {
      project { cutover { deltaRunId } }
      userErrors { code message }
    }
  }
`);

export const completeCutover = graphql(`
  mutation PortalCompleteCutover($input: CompleteCutoverInput!) {
    completeCutover(input: $input) {
      project { stage cutover { completedBy hypercareUntil } documents { title downloadUrl } }
      userErrors { code message }
    }
  }
`);
