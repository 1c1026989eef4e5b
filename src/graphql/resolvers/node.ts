import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { type NodeType, parseId } from '../../domain/model/ids.js';
import type { OperationContext } from '../../operations/context.js';
import { findAgent } from '../../operations/find-agents.js';
import { findCallRecording } from '../../operations/find-call-recordings.js';
import { findConnection } from '../../operations/find-connections.js';
import { findCrosswalkEntry } from '../../operations/find-crosswalk.js';
import { findDocument } from '../../operations/find-documents.js';
import { findIssue } from '../../operations/find-issues.js';
import { findField, findMapping } from '../../operations/find-mappings.js';
import { findOrganizations } from '../../operations/find-organizations.js';
import { findProject } from '../../operations/find-projects.js';
import { findRun } from '../../operations/find-runs.js';
import type { GraphQLContext } from '../context.js';
import { toAgentType } from '../types/agent.js';
import { toCallRecordingType } from '../types/call-recording.js';
import { toCrosswalkEntryType } from '../types/crosswalk.js';
import { toDocumentType } from '../types/document.js';
import { toIssueType } from '../types/issue.js';
import { toFieldMappingType, toMappingVersionType } from '../types/mapping-version.js';
import { Node } from '../types/node.js';
import { toOrganizationType } from '../types/organization.js';
import { toPlatformConnectionType } from '../types/platform-connection.js';
import { toProjectType } from '../types/project.js';
import { toRunType } from '../types/run.js';

type Reader = (context: GraphQLContext, id: string) => Promise<Node | null>;

const reader =
  <T extends object>(find: (context: OperationContext, id: string) => Promise<T | null>, toType: (found: T) => Node): Reader =>
  async ({ operation }, id) => {
    const found = await find(operation, id);
    return found && toType(found);
  };

/** These have ids, but are not Nodes: not every role may read them. */
type NoNode = 'ApiKey' | 'ShareToken' | 'Webhook';
const readers: Record<Exclude<NodeType, NoNode>, Reader> & { [Type in NoNode]?: never } = {
  Agent: reader(findAgent, toAgentType),
  CallRecording: reader(findCallRecording, toCallRecordingType),
  CrosswalkEntry: reader(findCrosswalkEntry, toCrosswalkEntryType),
  Document: reader(findDocument, toDocumentType),
  FieldMapping: reader(findField, toFieldMappingType),
  Issue: reader(findIssue, toIssueType),
  MappingVersion: reader(findMapping, toMappingVersionType),
  // As elsewhere, all organizations of one answer are read together.
  Organization: async ({ reads }, id) => {
    const organization = await reads.load(findOrganizations, parseId(id).uuid);
    return organization && toOrganizationType(organization);
  },
  PlatformConnection: reader(findConnection, toPlatformConnectionType),
  Project: reader(findProject, toProjectType),
  Run: reader(findRun, toRunType),
};

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'The object with this id; null if there is none.' })
  async node(@Arg('id', () => ID) id: string, @Ctx() context: GraphQLContext): Promise<Node | null> {
    const { type } = parseId(id);
    return (type && (await readers[type]?.(context, id))) ?? null;
  }
}
