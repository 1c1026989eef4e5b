/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Whether an agent of the source has a teammate in the workspace. */
export type AgentStatus =
  /** A teammate with the same e-mail address exists, or a person chose one. */
  | 'MATCHED'
  /** The placeholder teammate is credited; the text names the agent. */
  | 'PLACEHOLDER'
  /** No teammate is chosen yet. Loading is blocked. */
  | 'UNMATCHED';

/** Begins a cutover. */
export type BeginCutoverInput = {
  /** From when on nobody works in Infoset; now if absent. */
  frozenAt?: string | null | undefined;
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Id of the project. */
  projectId: string;
};

/** Completes a cutover. */
export type CompleteCutoverInput = {
  /** Days of hypercare: 0 to 90. If absent, those of the project. */
  hypercareDays?: number | null | undefined;
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** At most 2,000 characters. */
  note?: string | null | undefined;
  /** Id of the project. */
  projectId: string;
};

/** Confirms a draft. */
export type ConfirmMappingInput = {
  /** The `hash` of the version that the person reviewed. */
  expectedHash: string;
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Id of the draft. */
  mappingVersionId: string;
};

/** The platform that a connection leads to. */
export type ConnectionSide =
  /** The Intercom workspace for production. */
  | 'DESTINATION'
  /** The Intercom workspace for the sample. */
  | 'SANDBOX'
  /** The Infoset account. */
  | 'SOURCE';

/** Result of the last test of a connection. */
export type ConnectionStatus =
  /** The test failed; `detail` gives the reason. */
  | 'FAILED'
  /** The platform accepted the credentials. */
  | 'OK'
  /** Not tested yet. */
  | 'UNTESTED';

/** Creates a project. */
export type CreateProjectInput = {
  /** Whether up to three samples of a field may be sent to the model of MAPPING_LLM_URL, if there is one. Default: false; then it gets labels and types only. */
  allowSamplesToLlm?: boolean | null | undefined;
  /** Reference of the caller, unique in the organization. 1 to 200 characters. */
  externalRef?: string | null | undefined;
  /** Days from the handover to the end of hypercare: 0 to 90; 7 if absent. */
  hypercareDays?: number | null | undefined;
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Language of its documents; EN if absent. */
  language?: Language | null | undefined;
  /** 1 to 200 characters. */
  name: string;
  /** If absent, the caller's own organization. */
  organizationId?: string | null | undefined;
  /** Time zone of dates of the source without an offset: an IANA or Windows name. It becomes an option of the SOURCE connection when that is set without one. */
  timeZone?: string | null | undefined;
};

/** What deals become in a workspace. */
export type DealTarget =
  /** An attribute of the contact, and a table in the documents. */
  | 'CONTACT_ATTRIBUTES'
  /** Instances of the type `Deal`. */
  | 'CUSTOM_OBJECT';

/** Options of a SANDBOX or DESTINATION connection. What is absent or null is not set. */
export type DestinationOptionsInput = {
  /** Default CUSTOM_OBJECT: deals become instances of the type `Deal`. CONTACT_ATTRIBUTES: they become an attribute of the contact, and a table in the documents. */
  dealsAs?: DealTarget | null | undefined;
  /** Default NOTE: one note for all system logs of a ticket. PARTS: one note for each system log. */
  historyAs?: HistoryForm | null | undefined;
  /** Inboxes of the Intercom plan. The documents compare them with what is needed. */
  inboxes?: number | null | undefined;
  /** Default OPEN. State of conversations whose ticket is pending. */
  pendingAs?: PendingForm | null | undefined;
  /** Required. E-mail address of the teammate who is credited with texts of bots, of the system and of agents without a teammate. */
  placeholderTeammateEmail?: string | null | undefined;
  /** Region of the workspace, if the base URL does not show it. Links to the application use it. */
  region?: Region | null | undefined;
  /** Default true. False: send plain text, because the workspace shows markup in replies as text. */
  replyHtml?: boolean | null | undefined;
  /** Seats of the Intercom plan. The documents compare them with what is needed. */
  seats?: number | null | undefined;
  /** Messengers of the Intercom plan. The documents compare them with what is needed. */
  widgets?: number | null | undefined;
};

/** The workspace that a project writes to. */
export type Environment =
  /** The workspace that will be the system of record. */
  | 'PRODUCTION'
  /** The test workspace, for the sample. */
  | 'SANDBOX';

/** What happens to a field. */
export type FieldMappingAction =
  /** PROVISIONING creates an attribute for it. */
  | 'CREATE_ATTRIBUTE'
  /** The value does not move; `ignoreReason` gives the reason. */
  | 'IGNORE'
  /** The value goes to an existing target. */
  | 'MAP'
  /** The proposal makes no choice. A person must choose before the mapping can be confirmed. */
  | 'UNDECIDED';

/** What the system logs of a ticket become. */
export type HistoryForm =
  /** One note for all of them. */
  | 'NOTE'
  /** One note for each. */
  | 'PARTS';

/** Language of documents. */
export type Language =
  /** English. */
  | 'EN'
  /** Turkish. */
  | 'TR';

/** In which order tickets are loaded. */
export type LoadOrder =
  /** The longest conversations first, which is the fastest order. */
  | 'LONGEST_FIRST'
  /** Open tickets first, then month by month backwards; within a month the longest first. */
  | 'OPEN_AND_RECENT_FIRST';

/** A time of the week, at least an hour long. */
export type LoadWindowInput = {
  /** The days on which it begins. */
  days: Array<WeekDay>;
  /** When it begins: HH:MM by the clock of the time zone. */
  from: string;
  /** IANA time zone, for example Europe/Istanbul. */
  timeZone: string;
  /** When it ends: HH:MM, at most 24:00. If it is not later than `from`, on the next day. */
  to: string;
};

/** State of conversations whose ticket is pending. */
export type PendingForm =
  /** They are open. */
  | 'OPEN'
  /** They are snoozed. */
  | 'SNOOZED';

/** Progress of a project. */
export type ProjectStage =
  /** Finished. */
  | 'CLOSED'
  /** Final delta and handover. */
  | 'CUTOVER'
  /** Find out what the account contains. */
  | 'DISCOVERY'
  /** Read the account. */
  | 'EXTRACTION'
  /** Watch and fix after the handover. */
  | 'HYPERCARE'
  /** Propose, edit and confirm the mapping. */
  | 'MAPPING'
  /** Load everything. */
  | 'PRODUCTION'
  /** Prepare the workspace. */
  | 'PROVISIONING'
  /** Load and sign off a sample. */
  | 'SANDBOX';

/** Proposes a mapping from the staged records. */
export type ProposeMappingInput = {
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Id of the project. */
  projectId: string;
};

/** Kind of source record, in the order in which their destinations must exist. */
export type RecordType =
  /** A user of Infoset. */
  | 'AGENT'
  /** An article of the help center. */
  | 'ARTICLE'
  /** A file of a message or an article. */
  | 'ATTACHMENT'
  /** An automation, chatbot or campaign. Becomes a document. */
  | 'AUTOMATION'
  /** A telephone call. */
  | 'CALL'
  /** A category of the help center. */
  | 'CATEGORY'
  /** A chat widget. Becomes a document. */
  | 'CHAT_WIDGET'
  /** A company. */
  | 'COMPANY'
  /** A contact. */
  | 'CONTACT'
  /** A deal. */
  | 'DEAL'
  /** A mail account. Becomes a document. */
  | 'MAIL_ACCOUNT'
  /** A log of a ticket: mail, chat, note, call or system log. */
  | 'MESSAGE'
  /** The recording of a call; its id is the id of the call. */
  | 'RECORDING'
  /** A report. Becomes a document. */
  | 'REPORT'
  /** A tag; its id is its name. */
  | 'TAG'
  /** A team. */
  | 'TEAM'
  /** A ticket. */
  | 'TICKET';

/** Region of a workspace. */
export type Region =
  /** Australia. */
  | 'AU'
  /** Europe. */
  | 'EU'
  /** United States. */
  | 'US';

/** Give one of both: `teammateEmail` credits this teammate; `usePlaceholder` credits the placeholder teammate, and the text names the agent. */
export type ResolveAgentInput = {
  /** Id of the agent. */
  agentId: string;
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Address of the teammate to credit; not together with `usePlaceholder`. */
  teammateEmail?: string | null | undefined;
  /** True to credit the placeholder. */
  usePlaceholder?: boolean | null | undefined;
};

/** Step of a migration. */
export type RunKind =
  /** Reads what has changed at the source since it was read last, and loads that. Follows a PRODUCTION run. */
  | 'DELTA'
  /** Counts the records of the source and audits its retention. Writes nothing. */
  | 'DISCOVERY'
  /** Reads every record and file into staging. */
  | 'EXTRACTION'
  /** Loads everything and reads it back. */
  | 'PRODUCTION'
  /** Creates attributes and tags in a workspace. */
  | 'PROVISIONING'
  /** Removes what was loaded. */
  | 'ROLLBACK'
  /** Loads a sample and reads it back. */
  | 'SANDBOX'
  /** Reads back what is loaded, all of it or a sample, and writes nothing. Reports what people have changed, and what is lost. */
  | 'VERIFICATION';

/** `isTerminal`, `blockedBy` and `allowedActions` say what a state means for a client. */
export type RunState =
  /** A person must act; `blockedBy` gives the reason. `resumeRun` continues. */
  | 'BLOCKED'
  /** A person cancelled it. */
  | 'CANCELLED'
  /** Ended by an internal error. */
  | 'FAILED'
  /** Finished, but records failed or differ. */
  | 'INCOMPLETE'
  /** A person paused it. `resumeRun` continues. */
  | 'PAUSED'
  /** Waits for a worker. */
  | 'QUEUED'
  /** A worker executes it. */
  | 'RUNNING'
  /** Finished, and everything is as expected. */
  | 'SUCCEEDED';

/** Stores credentials, encrypted, and tests them. */
export type SetConnectionInput = {
  /** Address of its API, http or https. */
  baseUrl: string;
  /** The options of side SANDBOX or DESTINATION, typed; instead of `options`. */
  destinationOptions?: DestinationOptionsInput | null | undefined;
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /**
   * Options by name; `docs/reference/connection-options.md` lists them. An unknown option or a wrong value is INVALID_INPUT.
   * SOURCE: overrides of the profile, plan and retention if the account does not return them; with loginEmail, the secret is the password of this login.
   * SANDBOX and DESTINATION: placeholderTeammateEmail (an existing teammate; any other address is refused with TEAMMATE_NOT_FOUND; if it is missing,
   * PRODUCTION is blocked with PLACEHOLDER_MISSING),
   * limits of the plan that no API returns (inboxes, widgets, seats), replyHtml and others.
   */
  options?: Record<string, unknown> | null | undefined;
  /** Id of the project. */
  projectId: string;
  /** Infoset API key, or Intercom access token. It cannot be read again. */
  secret: string;
  /** The platform. */
  side: ConnectionSide;
  /** The options of side SOURCE, typed; instead of `options`. */
  sourceOptions?: SourceOptionsInput | null | undefined;
};

/** Approves a SANDBOX run. */
export type SignOffInput = {
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** The `hash` of the mapping version that the person reviewed. */
  mappingHash: string;
  /** At most 2,000 characters. */
  note?: string | null | undefined;
  /** Id of the run. */
  runId: string;
};

/** Options of the SOURCE connection. What is absent or null is not set. */
export type SourceOptionsInput = {
  /** Id of the account in keys, if the account does not return it. */
  accountKey?: string | null | undefined;
  /** Days after which the plan deletes chats, if the account does not return it. */
  chatHistoryRetentionDays?: number | null | undefined;
  /** Chat widgets of the plan, if the account does not return it. */
  chatWidgetLimit?: number | null | undefined;
  /** Country of telephone numbers without a country code: two letters of ISO 3166. */
  defaultCountry?: string | null | undefined;
  /** Log in with this e-mail address; the secret is the password. Default: the secret is an API key. */
  loginEmail?: string | null | undefined;
  /** Mail accounts of the plan, if the account does not return it. */
  mailAccountLimit?: number | null | undefined;
  /** Code of the plan, if the account does not return it. */
  planCode?: string | null | undefined;
  /** Differences of the API of this account: pageSize, recordingPath, arrayStyle, parameters, fields, resources. */
  profile?: Record<string, unknown> | null | undefined;
  /** Pages of the application that show a record, by its type, with {id}: `{"TICKET": "https://panel.example/tickets/{id}"}`. Default: the pages of dashboard.infoset.app, if the base URL is api.infoset.app. */
  recordUrls?: Record<string, unknown> | null | undefined;
  /** Whether the plan allows downloading recordings, if the account does not return it. */
  recordingDownload?: boolean | null | undefined;
  /** Time zone of dates without an offset: an IANA or Windows name. Default: the time zone of the account. */
  timeZone?: string | null | undefined;
};

/** Queues a run. */
export type StartRunInput = {
  /** PRODUCTION: load only tickets and calls that were created at this time or later, and what was loaded before. */
  createdFrom?: string | null | undefined;
  /** PRODUCTION: load only tickets and calls that were created before this time, and what was loaded before. */
  createdTo?: string | null | undefined;
  /** Only for ROLLBACK: true makes a plan and deletes nothing. */
  dryRun?: boolean | null | undefined;
  /** The workspace. Required by every kind that writes or deletes; there is no default. */
  environment?: Environment | null | undefined;
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** The step of the migration. */
  kind: RunKind;
  /** PRODUCTION: calls to Intercom in a clock hour, 100 to 1,000,000. Calls in flight can exceed it a little. */
  maxCallsPerHour?: number | null | undefined;
  /** PRODUCTION: in which order tickets are loaded. If absent, LONGEST_FIRST. */
  order?: LoadOrder | null | undefined;
  /** Only for ROLLBACK: the `planHash` of the plan to execute. */
  planHash?: string | null | undefined;
  /** Id of the project. */
  projectId: string;
  /** VERIFICATION: how many records are read back, chosen over all types; all if absent. */
  sampleSize?: number | null | undefined;
  /** PRODUCTION: when the run starts, at most a year from now. Until then it is QUEUED and can be cancelled. */
  startAt?: string | null | undefined;
  /** PRODUCTION: times of the week in which the run works, at most 20. Outside of them it waits in the queue. */
  windows?: Array<LoadWindowInput> | null | undefined;
};

/** A day of the week. */
export type WeekDay =
  /** Friday. */
  | 'FRIDAY'
  /** Monday. */
  | 'MONDAY'
  /** Saturday. */
  | 'SATURDAY'
  /** Sunday. */
  | 'SUNDAY'
  /** Thursday. */
  | 'THURSDAY'
  /** Tuesday. */
  | 'TUESDAY'
  /** Wednesday. */
  | 'WEDNESDAY';

export type PortalCreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type PortalCreateProjectMutation = { createProject: { project: { id: string, blockedBy: Array<{ code: string, message: string }> } | null, userErrors: Array<{ code: string, message: string }> } };

export type PortalSetConnectionMutationVariables = Exact<{
  input: SetConnectionInput;
}>;


export type PortalSetConnectionMutation = { setConnection: { connection: { status: ConnectionStatus, detail: string | null, workspaceName: string | null } | null, userErrors: Array<{ code: string, message: string }> } };

export type PortalStartRunMutationVariables = Exact<{
  input: StartRunInput;
}>;


export type PortalStartRunMutation = { startRun: { run: { id: string } | null, userErrors: Array<{ code: string, message: string }> } };

export type PortalFollowRunSubscriptionVariables = Exact<{
  runId: string;
}>;


export type PortalFollowRunSubscription = { runProgress: { state: RunState, fraction: number, waitingFor: string | null } };

export type PortalBlockersQueryVariables = Exact<{
  runId: string;
}>;


export type PortalBlockersQuery = { run: { blockedBy: Array<{ code: string, message: string }> } | null };

export type PortalProposeMappingMutationVariables = Exact<{
  input: ProposeMappingInput;
}>;


export type PortalProposeMappingMutation = { proposeMapping: { mapping: { id: string, hash: string, fields: { edges: Array<{ node: { recordType: RecordType, sourcePath: string, action: FieldMappingAction, targetPath: string | null, losses: Array<{ code: string, message: string, affectedRecords: number }> } }> } } | null, userErrors: Array<{ code: string, message: string }> } };

export type PortalConfirmMappingMutationVariables = Exact<{
  input: ConfirmMappingInput;
}>;


export type PortalConfirmMappingMutation = { confirmMapping: { mapping: { confirmedBy: string | null } | null, userErrors: Array<{ code: string, message: string }> } };

export type PortalUnmatchedAgentsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type PortalUnmatchedAgentsQuery = { project: { agents: { edges: Array<{ node: { id: string, name: string, email: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type PortalResolveAgentMutationVariables = Exact<{
  input: ResolveAgentInput;
}>;


export type PortalResolveAgentMutation = { resolveAgent: { agent: { status: AgentStatus } | null, userErrors: Array<{ code: string, message: string }> } };

export type PortalSignOffMutationVariables = Exact<{
  input: SignOffInput;
}>;


export type PortalSignOffMutation = { signOff: { run: { signOff: { signedBy: string, sampleDigest: string } | null } | null, userErrors: Array<{ code: string, message: string }> } };

export type PortalResultQueryVariables = Exact<{
  id: string;
  environment: Environment;
}>;


export type PortalResultQuery = { project: { reconciliation: { balanced: boolean, rows: Array<{ recordType: RecordType, source: number | null, staged: number, loaded: number, verified: number, skipped: number, failed: number }>, differences: { edges: Array<{ node: { recordType: RecordType, sourceId: string, field: string, expected: string | null, actual: string | null } }> } } } | null };

export type PortalBeginCutoverMutationVariables = Exact<{
  input: BeginCutoverInput;
}>;


export type PortalBeginCutoverMutation = { beginCutover: { project: { cutover: { deltaRunId: string } | null } | null, userErrors: Array<{ code: string, message: string }> } };

export type PortalCompleteCutoverMutationVariables = Exact<{
  input: CompleteCutoverInput;
}>;


export type PortalCompleteCutoverMutation = { completeCutover: { project: { stage: ProjectStage, cutover: { completedBy: string | null, hypercareUntil: string | null } | null, documents: Array<{ title: string, downloadUrl: string }> } | null, userErrors: Array<{ code: string, message: string }> } };


export const PortalCreateProjectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PortalCreateProject"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateProjectInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createProject"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"blockedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalCreateProjectMutation, PortalCreateProjectMutationVariables>;
export const PortalSetConnectionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PortalSetConnection"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetConnectionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setConnection"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connection"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"detail"}},{"kind":"Field","name":{"kind":"Name","value":"workspaceName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalSetConnectionMutation, PortalSetConnectionMutationVariables>;
export const PortalStartRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PortalStartRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartRunInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startRun"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalStartRunMutation, PortalStartRunMutationVariables>;
export const PortalFollowRunDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"PortalFollowRun"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"runId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runProgress"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"runId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"runId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"fraction"}},{"kind":"Field","name":{"kind":"Name","value":"waitingFor"}}]}}]}}]} as unknown as DocumentNode<PortalFollowRunSubscription, PortalFollowRunSubscriptionVariables>;
export const PortalBlockersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PortalBlockers"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"runId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"runId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"blockedBy"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalBlockersQuery, PortalBlockersQueryVariables>;
export const PortalProposeMappingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PortalProposeMapping"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ProposeMappingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"proposeMapping"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mapping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"hash"}},{"kind":"Field","name":{"kind":"Name","value":"fields"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordType"}},{"kind":"Field","name":{"kind":"Name","value":"sourcePath"}},{"kind":"Field","name":{"kind":"Name","value":"action"}},{"kind":"Field","name":{"kind":"Name","value":"targetPath"}},{"kind":"Field","name":{"kind":"Name","value":"losses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"affectedRecords"}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalProposeMappingMutation, PortalProposeMappingMutationVariables>;
export const PortalConfirmMappingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PortalConfirmMapping"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConfirmMappingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmMapping"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"mapping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"confirmedBy"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalConfirmMappingMutation, PortalConfirmMappingMutationVariables>;
export const PortalUnmatchedAgentsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PortalUnmatchedAgents"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"agents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"status"},"value":{"kind":"EnumValue","value":"UNMATCHED"}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"email"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<PortalUnmatchedAgentsQuery, PortalUnmatchedAgentsQueryVariables>;
export const PortalResolveAgentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PortalResolveAgent"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ResolveAgentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"resolveAgent"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"agent"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalResolveAgentMutation, PortalResolveAgentMutationVariables>;
export const PortalSignOffDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PortalSignOff"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignOffInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signOff"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"run"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signOff"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signedBy"}},{"kind":"Field","name":{"kind":"Name","value":"sampleDigest"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalSignOffMutation, PortalSignOffMutationVariables>;
export const PortalResultDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PortalResult"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"environment"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Environment"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"reconciliation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"environment"},"value":{"kind":"Variable","name":{"kind":"Name","value":"environment"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"balanced"}},{"kind":"Field","name":{"kind":"Name","value":"rows"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordType"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"staged"}},{"kind":"Field","name":{"kind":"Name","value":"loaded"}},{"kind":"Field","name":{"kind":"Name","value":"verified"}},{"kind":"Field","name":{"kind":"Name","value":"skipped"}},{"kind":"Field","name":{"kind":"Name","value":"failed"}}]}},{"kind":"Field","name":{"kind":"Name","value":"differences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"recordType"}},{"kind":"Field","name":{"kind":"Name","value":"sourceId"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"expected"}},{"kind":"Field","name":{"kind":"Name","value":"actual"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PortalResultQuery, PortalResultQueryVariables>;
export const PortalBeginCutoverDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PortalBeginCutover"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BeginCutoverInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"beginCutover"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cutover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deltaRunId"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalBeginCutoverMutation, PortalBeginCutoverMutationVariables>;
export const PortalCompleteCutoverDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PortalCompleteCutover"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompleteCutoverInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"completeCutover"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"project"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stage"}},{"kind":"Field","name":{"kind":"Name","value":"cutover"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"completedBy"}},{"kind":"Field","name":{"kind":"Name","value":"hypercareUntil"}}]}},{"kind":"Field","name":{"kind":"Name","value":"documents"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"downloadUrl"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PortalCompleteCutoverMutation, PortalCompleteCutoverMutationVariables>;
