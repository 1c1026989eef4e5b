import { registerEnumType } from 'type-graphql';
import { grades } from '../../domain/discovery/complexity.js';
import { fieldChangeKinds } from '../../domain/mapping/changes.js';
import { attributeTypes, fieldMappingActions, mappingStatuses } from '../../domain/mapping/field-mapping.js';
import { agentStatuses } from '../../domain/model/agent.js';
import { reattachmentStatuses, recordingAvailabilities } from '../../domain/model/call-recording.js';
import { connectionSides, connectionStatuses } from '../../domain/model/connection.js';
import { crosswalkOrigins, crosswalkStates, destinationTypes } from '../../domain/model/crosswalk.js';
import { documentKinds } from '../../domain/model/document.js';
import { issueStatuses, severities } from '../../domain/model/issue.js';
import { organizationKinds } from '../../domain/model/organization.js';
import { roles } from '../../domain/model/principal.js';
import { languages, projectStages } from '../../domain/model/project.js';
import { provisionedKinds, provisionedOrigins } from '../../domain/model/provisioned-object.js';
import { recordTypes } from '../../domain/model/record-type.js';
import { environments, runKinds, runStates } from '../../domain/model/run.js';

/** Registers an enum; `descriptions/enums.ts` describes it and its values. */
function enumType<T extends string>(name: string, values: readonly T[]): { [K in T]: K } {
  const type = Object.fromEntries(values.map(value => [value, value])) as { [K in T]: K };
  registerEnumType(type, { name });
  return type;
}

export const AgentStatusEnum = enumType('AgentStatus', agentStatuses);
export const AttributeTypeEnum = enumType('AttributeType', attributeTypes);
export const ConnectionSideEnum = enumType('ConnectionSide', connectionSides);
export const ConnectionStatusEnum = enumType('ConnectionStatus', connectionStatuses);
export const CrosswalkOriginEnum = enumType('CrosswalkOrigin', crosswalkOrigins);
export const CrosswalkStateEnum = enumType('CrosswalkState', crosswalkStates);
export const DestinationTypeEnum = enumType('DestinationType', destinationTypes);
export const DocumentKindEnum = enumType('DocumentKind', documentKinds);
export const EnvironmentEnum = enumType('Environment', environments);
export const FieldChangeKindEnum = enumType('FieldChangeKind', fieldChangeKinds);
export const FieldMappingActionEnum = enumType('FieldMappingAction', fieldMappingActions);
export const GradeEnum = enumType('Grade', grades);
export const IssueStatusEnum = enumType('IssueStatus', issueStatuses);
export const LanguageEnum = enumType('Language', languages);
export const MappingStatusEnum = enumType('MappingStatus', mappingStatuses);
export const OrganizationKindEnum = enumType('OrganizationKind', organizationKinds);
export const ProjectStageEnum = enumType('ProjectStage', projectStages);
export const ProvisionedKindEnum = enumType('ProvisionedKind', provisionedKinds);
export const ProvisionedOriginEnum = enumType('ProvisionedOrigin', provisionedOrigins);
export const ReattachmentStatusEnum = enumType('ReattachmentStatus', reattachmentStatuses);
export const RecordingAvailabilityEnum = enumType('RecordingAvailability', recordingAvailabilities);
export const RecordTypeEnum = enumType('RecordType', recordTypes);
export const RoleEnum = enumType('Role', roles);
export const RunKindEnum = enumType('RunKind', runKinds);
export const RunStateEnum = enumType('RunState', runStates);
export const SeverityEnum = enumType('Severity', severities);
