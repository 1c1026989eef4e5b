import type { Descriptions } from './describe.js';

export const inputDescriptions: Descriptions = {
  BeginCutoverInput: { '': 'Begins a cutover.' },
  CompleteCutoverInput: { '': 'Completes a cutover.' },
  CloseProjectInput: { '': 'Closes a project.' },
  CallRecordingActionInput: { '': 'Selects a recording.' },
  CallRecordingFilter: {
    '': 'Selects recordings that meet all conditions.',
    sourceCallId: 'Id of the call in Infoset.',
    conversationId: 'Id of the conversation in Intercom.',
    status: 'State of the work on the recording.',
    availability: 'Whether the bytes are here, or why not.',
  },
  CloseCallRecordingInput: {
    '': 'Closes a recording without an upload.',
    note: 'Reason, for colleagues. At most 2,000 characters.',
  },
  ConfirmMappingInput: {
    '': 'Confirms a draft.',
    mappingVersionId: 'Id of the draft.',
    expectedHash: 'The `hash` of the version that the person reviewed.',
  },
  CreateApiKeyInput: { '': 'Creates an API key.', role: 'Role of the key.' },
  CreateOrganizationInput: { '': 'Creates an organization below another.' },
  CreateProjectInput: { '': 'Creates a project.' },
  CrosswalkLookup: {
    sourceType: 'Kind of record; together with `sourceId`.',
    sourceId: 'Id at the source. For a ticket also `#number` or its address.',
    destinationType: 'Kind of object; together with `destinationId`.',
    destinationId: 'Id in Intercom.',
  },
  ProposeMappingInput: { '': 'Proposes a mapping from the staged records.' },
  RepairRecordsInput: { '': 'Asks for records to be written again.', environment: 'The workspace.' },
  ResolveAgentInput: {
    teammateEmail: 'Address of the teammate to credit; not together with `usePlaceholder`.',
    usePlaceholder: 'True to credit the placeholder.',
  },
  CreateShareTokenInput: { '': 'Shares one project, for reading.' },
  RevokeShareTokenInput: { '': 'Revokes a share token for good.', shareTokenId: 'Id of the share token.' },
  UpdateOrganizationInput: { '': 'Changes an organization.' },
  RevokeApiKeyInput: { '': 'Revokes an API key for good.' },
  RunActionInput: { '': 'Selects a run.' },
  SetConnectionInput: {
    '': 'Stores credentials, encrypted, and tests them.',
    side: 'The platform.',
    baseUrl: 'Address of its API, http or https.',
  },
  SignOffInput: { '': 'Approves a SANDBOX run.' },
  StartRunInput: { '': 'Queues a run.', kind: 'The step of the migration.' },
  UpdateFieldMappingInput: {
    '': 'Edits one field of a draft.',
    fieldMappingId: 'Id of the field.',
    action: 'What happens to the field.',
    ignoreReason: 'Why the field does not move; required with IGNORE.',
  },
  UpdateProjectInput: { '': 'Changes a project.' },
  UpdateIssueInput: {
    '': 'Decides about an issue.',
    status: 'The decision.',
    note: 'Reason, for colleagues. At most 2,000 characters.',
  },
  ValueMappingInput: {
    '': 'Replacement of one value.',
    from: 'The value at the source.',
    to: 'The value to send; null if it must not be sent.',
  },
};
