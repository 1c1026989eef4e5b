import { registerEnumType } from 'type-graphql';
import { fieldMappingActions, mappingStatuses } from '../../domain/mapping/field-mapping.js';
import { agentStatuses } from '../../domain/model/agent.js';
import { reattachmentStatuses, recordingAvailabilities } from '../../domain/model/call-recording.js';
import { connectionSides, connectionStatuses } from '../../domain/model/connection.js';
import { crosswalkOrigins, crosswalkStates, destinationTypes } from '../../domain/model/crosswalk.js';
import { documentKinds } from '../../domain/model/document.js';
import { issueStatuses, severities } from '../../domain/model/issue.js';
import { organizationKinds } from '../../domain/model/organization.js';
import { roles } from '../../domain/model/principal.js';
import { projectStages } from '../../domain/model/project.js';
import { recordTypes } from '../../domain/model/record-type.js';
import { environments, runKinds, runStates } from '../../domain/model/run.js';

const enumOf = <T extends string>(values: readonly T[]) =>
  Object.fromEntries(values.map(value => [value, value])) as { [K in T]: K };

export const OrganizationKindEnum = enumOf(organizationKinds);
export const RoleEnum = enumOf(roles);
export const ProjectStageEnum = enumOf(projectStages);

registerEnumType(OrganizationKindEnum, { name: 'OrganizationKind', description: 'A level of the tenant tree.' });
registerEnumType(RoleEnum, {
  name: 'Role',
  description:
    'PARTNER and AGENCY reach the organizations below theirs; SUPPORT reads crosswalk and recordings; VIEWER reads progress.',
});
registerEnumType(ProjectStageEnum, { name: 'ProjectStage', description: 'How far a migration has come.' });

export const RecordTypeEnum = enumOf(recordTypes);
export const EnvironmentEnum = enumOf(environments);
export const ConnectionSideEnum = enumOf(connectionSides);
export const ConnectionStatusEnum = enumOf(connectionStatuses);
export const RunKindEnum = enumOf(runKinds);
export const RunStateEnum = enumOf(runStates);
export const SeverityEnum = enumOf(severities);
export const IssueStatusEnum = enumOf(issueStatuses);
export const MappingStatusEnum = enumOf(mappingStatuses);
export const FieldMappingActionEnum = enumOf(fieldMappingActions);
export const AgentStatusEnum = enumOf(agentStatuses);
export const DestinationTypeEnum = enumOf(destinationTypes);
export const CrosswalkOriginEnum = enumOf(crosswalkOrigins);
export const CrosswalkStateEnum = enumOf(crosswalkStates);

export const RecordingAvailabilityEnum = enumOf(recordingAvailabilities);
export const ReattachmentStatusEnum = enumOf(reattachmentStatuses);
registerEnumType(RecordingAvailabilityEnum, { name: 'RecordingAvailability' });
registerEnumType(ReattachmentStatusEnum, { name: 'ReattachmentStatus' });

export const DocumentKindEnum = enumOf(documentKinds);

registerEnumType(DocumentKindEnum, { name: 'DocumentKind' });
registerEnumType(RecordTypeEnum, {
  name: 'RecordType',
  description: 'Kinds of source records, in the order in which their destinations must exist.',
});
registerEnumType(EnvironmentEnum, {
  name: 'Environment',
  description: 'Where a project writes: a test workspace for the sample, or the workspace that will be the system of record.',
});
registerEnumType(ConnectionSideEnum, { name: 'ConnectionSide' });
registerEnumType(ConnectionStatusEnum, { name: 'ConnectionStatus' });
registerEnumType(RunKindEnum, { name: 'RunKind' });
registerEnumType(RunStateEnum, {
  name: 'RunState',
  description: 'isTerminal, blockedBy and allowedActions say what a state means for a client.',
});
registerEnumType(SeverityEnum, { name: 'Severity' });
registerEnumType(IssueStatusEnum, { name: 'IssueStatus' });
registerEnumType(MappingStatusEnum, { name: 'MappingStatus' });
registerEnumType(FieldMappingActionEnum, {
  name: 'FieldMappingAction',
  description: 'UNDECIDED: the proposal abstains; a person must choose before the version can be confirmed.',
});
registerEnumType(AgentStatusEnum, { name: 'AgentStatus' });
registerEnumType(DestinationTypeEnum, { name: 'DestinationType' });
registerEnumType(CrosswalkOriginEnum, {
  name: 'CrosswalkOrigin',
  description: 'CREATED by us; ADOPTED: it existed in the workspace before, a rollback restores and never deletes it.',
});
registerEnumType(CrosswalkStateEnum, { name: 'CrosswalkState' });
