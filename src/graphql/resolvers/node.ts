import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { parseId } from '../../domain/model/ids.js';
import { findCallRecording } from '../../operations/find-call-recordings.js';
import { findCrosswalkEntry } from '../../operations/find-crosswalk.js';
import { findDocument } from '../../operations/find-documents.js';
import { findAgent, findField, findMappingById } from '../../operations/find-mappings.js';
import { findOrganizations } from '../../operations/find-organizations.js';
import { findIssue } from '../../operations/find-project-facts.js';
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
import { toProjectType } from '../types/project.js';
import { toRunType } from '../types/run.js';

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Any object by its id.' })
  async node(@Arg('id', () => ID) id: string, @Ctx() { operation, reads }: GraphQLContext): Promise<Node | null> {
    const { type, uuid } = parseId(id);
    if (type === 'Project') {
      const project = await findProject(operation, id);
      return project && toProjectType(project);
    }
    if (type === 'Issue') {
      const issue = await findIssue(operation, id);
      return issue && toIssueType(issue);
    }
    if (type === 'Run') {
      const run = await findRun(operation, id);
      return run && toRunType(run);
    }
    if (type === 'MappingVersion') {
      const mapping = await findMappingById(operation, uuid);
      return mapping && toMappingVersionType(mapping);
    }
    if (type === 'FieldMapping') {
      const field = await findField(operation, id);
      return field && toFieldMappingType(field);
    }
    if (type === 'Agent') {
      const agent = await findAgent(operation, id);
      return agent && toAgentType(agent);
    }
    if (type === 'CrosswalkEntry') {
      const found = await findCrosswalkEntry(operation, id);
      return found && toCrosswalkEntryType(found);
    }
    if (type === 'Document') {
      const document = await findDocument(operation, id);
      return document && toDocumentType(document);
    }
    if (type === 'CallRecording') {
      const recording = await findCallRecording(operation, id);
      return recording && toCallRecordingType(recording);
    }
    const organization = type === 'Organization' ? await reads.load(findOrganizations, uuid) : null;
    return organization && toOrganizationType(organization);
  }
}
