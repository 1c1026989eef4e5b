import type { Descriptions } from './describe.js';

export const inputDescriptions: Descriptions = {
  CallRecordingActionInput: { '': 'Names a recording.' },
  CallRecordingFilter: {
    '': 'All conditions must hold.',
    sourceCallId: 'Id of the call in Infoset.',
    conversationId: 'Id of the conversation in Intercom.',
    status: 'What support staff have done with it.',
  },
  CloseCallRecordingInput: { '': 'Closes a recording without uploading it.', note: 'Why, for colleagues.' },
  ConfirmMappingInput: {
    '': 'Freezes a draft.',
    mappingVersionId: 'Id of the draft.',
    expectedHash: 'The `hash` of the version that the person has reviewed.',
  },
  CreateApiKeyInput: { '': 'Creates an API key.', role: 'What the key may do.' },
  CreateOrganizationInput: { '': 'Creates an organization below another.' },
  CreateProjectInput: { '': 'Creates a project.' },
  CrosswalkLookup: {
    sourceType: 'Kind of record; together with `sourceId`.',
    sourceId: 'Id at the source; of a ticket also `#number` or its address.',
    destinationType: 'Kind of object; together with `destinationId`.',
    destinationId: 'Id in Intercom.',
  },
  ProposeMappingInput: { '': 'Proposes a mapping from what is staged.' },
  RepairRecordsInput: { '': 'Asks for records to be written again.', environment: 'The workspace.' },
  ResolveAgentInput: {
    teammateEmail: 'Address of the teammate to credit; not together with `usePlaceholder`.',
    usePlaceholder: 'True: credit the placeholder.',
  },
  RevokeApiKeyInput: { '': 'Ends an API key for good.' },
  RunActionInput: { '': 'Names a run.' },
  SetConnectionInput: {
    '': 'Stores credentials, encrypted, and tests them.',
    side: 'Which platform.',
    baseUrl: 'Address of its API, http or https.',
  },
  StartRunInput: { '': 'Queues a run.', kind: 'Which step.' },
  UpdateFieldMappingInput: {
    '': 'Edits one field of a draft.',
    fieldMappingId: 'Id of the field.',
    action: 'What happens to the field.',
    ignoreReason: 'Why it does not move; required with IGNORE.',
  },
  UpdateIssueInput: { '': 'Decides about an issue.', status: 'The decision.', note: 'Why, for colleagues.' },
  ValueMappingInput: {
    '': 'What one value becomes.',
    from: 'The value at the source.',
    to: 'The value to send; null: it is not sent.',
  },
};
