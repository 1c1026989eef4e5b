/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Whether an agent of the source has a teammate in the workspace. */
export type AgentStatus =
  /** A teammate with the same e-mail address exists, or a person chose one. */
  | 'MATCHED'
  /** The placeholder teammate is credited; the text names the agent. */
  | 'PLACEHOLDER'
  /** No teammate is chosen yet. Loading is blocked. */
  | 'UNMATCHED';

/** Type of an attribute in a workspace. */
export type AttributeType =
  /** True or false. */
  | 'boolean'
  /** A day without a time. */
  | 'date'
  /** A date with a time. */
  | 'datetime'
  /** A number with decimals. */
  | 'decimal'
  /** A whole number. */
  | 'integer'
  /** One of a list of texts. */
  | 'options'
  /** A text. */
  | 'string';

/** Begins a cutover. */
export type BeginCutoverInput = {
  /** From when on nobody works in Infoset; now if absent. */
  frozenAt?: string | null | undefined;
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Id of the project. */
  projectId: string;
};

/** Closes a project. */
export type CloseProjectInput = {
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Id of the project. */
  projectId: string;
  /** True deletes raw records, stored files, secrets of connections and sample values for good; only for an ADMIN, also of a closed project. Crosswalk, reconciliation, documents and events stay. `Project.purge` follows it; a certificate is written at its end. */
  purge?: boolean | null | undefined;
  /** Required before the end of hypercare. At most 2,000 characters. */
  reason?: string | null | undefined;
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

/** Either a source key or a destination key. For a ticket, `sourceId` can also be its public number or its Infoset URL. */
export type CrosswalkLookup = {
  /** Id in Intercom. */
  destinationId?: string | null | undefined;
  /** Kind of object; together with `destinationId`. */
  destinationType?: DestinationType | null | undefined;
  /** Id at the source. For a ticket also `#number` or its address. */
  sourceId?: string | null | undefined;
  /** Kind of record; together with `sourceId`. */
  sourceType?: RecordType | null | undefined;
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

/** Kind of object in Intercom, or a document. */
export type DestinationType =
  /** An article or internal article. */
  | 'ARTICLE'
  /** A file of a message. */
  | 'ATTACHMENT'
  /** A custom attribute of contacts, companies or conversations. */
  | 'ATTRIBUTE'
  /** A collection of the help center. */
  | 'COLLECTION'
  /** A company. */
  | 'COMPANY'
  /** A contact of the role user. */
  | 'CONTACT'
  /** A conversation. */
  | 'CONVERSATION'
  /** A message of a conversation. */
  | 'CONVERSATION_PART'
  /** An instance of the custom object type `Deal`. */
  | 'CUSTOM_OBJECT'
  /** A document of the project, for what Intercom cannot import. */
  | 'DOCUMENT'
  /** A note of a conversation. */
  | 'NOTE'
  /** A tag. */
  | 'TAG'
  /** A team. Matched by name. */
  | 'TEAM'
  /** A teammate. Matched by e-mail address. */
  | 'TEAMMATE';

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

/** State of a mapping version. */
export type MappingStatus =
  /** A person confirmed it; runs use it. Frozen. */
  | 'CONFIRMED'
  /** Can be edited. */
  | 'DRAFT'
  /** A newer version replaced it. */
  | 'SUPERSEDED';

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

/** Kind of object that a workspace needs before records can be loaded. */
export type ProvisionedKind =
  /** A custom attribute of companies. */
  | 'COMPANY_ATTRIBUTE'
  /** A custom attribute of contacts. */
  | 'CONTACT_ATTRIBUTE'
  /** A custom attribute of conversations. */
  | 'CONVERSATION_ATTRIBUTE'
  /** The custom object type `Deal`. A person creates it. */
  | 'OBJECT_TYPE'
  /** The contact who is credited with messages whose author is unknown. */
  | 'PLACEHOLDER_CONTACT'
  /** A tag. */
  | 'TAG';

/** Whether Landfall created an object. */
export type ProvisionedOrigin =
  /** Landfall created it. */
  | 'CREATED'
  /** It existed in the workspace before. */
  | 'FOUND';

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

/** Whether the bytes of a recording could be downloaded. */
export type RecordingAvailability =
  /** The download ended too early on every attempt. */
  | 'CORRUPT'
  /** Downloaded and checked. */
  | 'DOWNLOADED'
  /** The source has deleted it (HTTP 410). */
  | 'EXPIRED'
  /** The plan or the permissions do not allow it (HTTP 403). */
  | 'FORBIDDEN'
  /** The source does not have it (HTTP 404). */
  | 'MISSING'
  /** Not tried yet. */
  | 'PENDING';

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

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { createProject: { project: { id: string, name: string, blockedBy: Array<{ code: string, message: string }> } | null, userErrors: Array<{ code: string, message: string }> } };

export type ProjectEventsSubscriptionVariables = Exact<{
  projectId: string;
}>;


export type ProjectEventsSubscription = { projectEvents: { seq: number, at: string, type: string, message: string } };

export type SetConnectionMutationVariables = Exact<{
  input: SetConnectionInput;
}>;


export type SetConnectionMutation = { setConnection: { connection: { status: ConnectionStatus, detail: string | null, workspaceName: string | null } | null, userErrors: Array<{ code: string, message: string }> } };

export type ProjectDiscoveryQueryVariables = Exact<{
  id: string;
}>;


export type ProjectDiscoveryQuery = { project: { discovery: { plan: { code: string }, resources: Array<{ resource: string, available: boolean, reason: string | null }>, retention: { windowDays: number | null, atRisk: number | null, oldestChatAt: string | null, deadline: string | null, daysRemaining: number | null } } | null } | null };

export type NewestIssuesQueryVariables = Exact<{
  id: string;
}>;


export type NewestIssuesQuery = { project: { issues: { edges: Array<{ node: { code: string, sourceId: string | null, message: string } }> } } | null };

export type CloseProjectMutationVariables = Exact<{
  input: CloseProjectInput;
}>;


export type CloseProjectMutation = { closeProject: { project: { stage: ProjectStage } | null, userErrors: Array<{ code: string, message: string }> } };

export type BeginCutoverMutationVariables = Exact<{
  input: BeginCutoverInput;
}>;


export type BeginCutoverMutation = { beginCutover: { project: { cutover: { deltaRunId: string, gaps: Array<{ code: string, message: string }> } | null } | null, userErrors: Array<{ code: string, message: string }> } };

export type CompleteCutoverMutationVariables = Exact<{
  input: CompleteCutoverInput;
}>;


export type CompleteCutoverMutation = { completeCutover: { project: { cutover: { completedBy: string | null, hypercareUntil: string | null } | null } | null, userErrors: Array<{ code: string, message: string }> } };

export type RollbackPlanQueryVariables = Exact<{
  id: string;
}>;


export type RollbackPlanQuery = { project: { runs: { edges: Array<{ node: { planHash: string | null, plan: Array<{ action: string, destinationType: DestinationType, count: number, reason: string }> | null } }> } } | null };

export type ProposeMappingMutationVariables = Exact<{
  input: ProposeMappingInput;
}>;


export type ProposeMappingMutation = { proposeMapping: { mapping: { id: string, hash: string, version: number } | null, userErrors: Array<{ code: string, message: string }> } };

export type MappedFieldsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type MappedFieldsQuery = { project: { mapping: { fields: { edges: Array<{ node: { recordType: RecordType, sourcePath: string, action: FieldMappingAction, targetPath: string | null, attributeType: AttributeType | null, ignoreReason: string | null, profile: { fillRate: number, dataType: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null } | null };

export type ConfirmMappingMutationVariables = Exact<{
  input: ConfirmMappingInput;
}>;


export type ConfirmMappingMutation = { confirmMapping: { mapping: { status: MappingStatus } | null, userErrors: Array<{ code: string, message: string }> } };

export type AgentsQueryVariables = Exact<{
  id: string;
}>;


export type AgentsQuery = { project: { agents: { edges: Array<{ node: { id: string, name: string, email: string | null, status: AgentStatus, teammateEmail: string | null } }> } } | null };

export type ResolveAgentMutationVariables = Exact<{
  input: ResolveAgentInput;
}>;


export type ResolveAgentMutation = { resolveAgent: { agent: { status: AgentStatus } | null, userErrors: Array<{ code: string, message: string }> } };

export type ProvisionedQueryVariables = Exact<{
  id: string;
}>;


export type ProvisionedQuery = { project: { provisionedObjects: Array<{ kind: ProvisionedKind, origin: ProvisionedOrigin }>, blockedBy: Array<{ code: string }> } | null };

export type StartRunMutationVariables = Exact<{
  input: StartRunInput;
}>;


export type StartRunMutation = { startRun: { run: { id: string } | null, userErrors: Array<{ code: string, message: string }> } };

export type FollowRunSubscriptionVariables = Exact<{
  runId: string;
}>;


export type FollowRunSubscription = { runProgress: { state: RunState, fraction: number, listings: Array<{ listing: string, state: RunState, source: number | null, staged: number, skipped: number, failed: number, unavailableReason: string | null }> } };

export type SampleQueryVariables = Exact<{
  id: string;
}>;


export type SampleQuery = { project: { reconciliation: { balanced: boolean, rows: Array<{ recordType: RecordType, staged: number, verified: number }> }, sampleReview: { edges: Array<{ node: { sourceId: string, reason: string, lines: Array<{ field: string, source: string | null, destination: string | null }> } }> } } | null };

export type ToSignOffQueryVariables = Exact<{
  id: string;
}>;


export type ToSignOffQuery = { project: { mapping: { hash: string } | null, runs: { edges: Array<{ node: { id: string, sampleDigest: string | null } }> } } | null };

export type SignOffMutationVariables = Exact<{
  input: SignOffInput;
}>;


export type SignOffMutation = { signOff: { run: { signOff: { signedBy: string } | null } | null, userErrors: Array<{ code: string, message: string }> } };

export type ReconciliationQueryVariables = Exact<{
  id: string;
}>;


export type ReconciliationQuery = { project: { reconciliation: { balanced: boolean, rows: Array<{ recordType: RecordType, source: number | null, staged: number, loaded: number, verified: number, skipped: number, failed: number, balanced: boolean }>, fields: Array<{ compared: number, lossy: number, different: number }> } } | null };

export type HandedOverQueryVariables = Exact<{
  id: string;
}>;


export type HandedOverQuery = { project: { documents: Array<{ name: string, title: string, byteSize: number }> } | null, callRecordings: { edges: Array<{ node: { sourceCallId: string, availability: RecordingAvailability, phone: string | null, conversationUrl: string | null } }> } };

export type CrosswalkQueryVariables = Exact<{
  projectId: string;
  lookups: Array<CrosswalkLookup> | CrosswalkLookup;
}>;


export type CrosswalkQuery = { crosswalk: Array<{ entries: Array<{ sourceType: RecordType, sourceId: string, destinationType: DestinationType, destinationId: string, conversationUrl: string | null }> }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const CreateProjectDocument = new TypedDocumentString(`
    mutation CreateProject($input: CreateProjectInput!) {
  createProject(input: $input) {
    project {
      id
      name
      blockedBy {
        code
        message
      }
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CreateProjectMutation, CreateProjectMutationVariables>;
export const ProjectEventsDocument = new TypedDocumentString(`
    subscription ProjectEvents($projectId: ID!) {
  projectEvents(projectId: $projectId, afterSeq: 0) {
    seq
    at
    type
    message
  }
}
    `) as unknown as TypedDocumentString<ProjectEventsSubscription, ProjectEventsSubscriptionVariables>;
export const SetConnectionDocument = new TypedDocumentString(`
    mutation SetConnection($input: SetConnectionInput!) {
  setConnection(input: $input) {
    connection {
      status
      detail
      workspaceName
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SetConnectionMutation, SetConnectionMutationVariables>;
export const ProjectDiscoveryDocument = new TypedDocumentString(`
    query ProjectDiscovery($id: ID!) {
  project(id: $id) {
    discovery {
      plan {
        code
      }
      resources {
        resource
        available
        reason
      }
      retention {
        windowDays
        atRisk
        oldestChatAt
        deadline
        daysRemaining
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ProjectDiscoveryQuery, ProjectDiscoveryQueryVariables>;
export const NewestIssuesDocument = new TypedDocumentString(`
    query NewestIssues($id: ID!) {
  project(id: $id) {
    issues(first: 5) {
      edges {
        node {
          code
          sourceId
          message
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<NewestIssuesQuery, NewestIssuesQueryVariables>;
export const CloseProjectDocument = new TypedDocumentString(`
    mutation CloseProject($input: CloseProjectInput!) {
  closeProject(input: $input) {
    project {
      stage
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CloseProjectMutation, CloseProjectMutationVariables>;
export const BeginCutoverDocument = new TypedDocumentString(`
    mutation BeginCutover($input: BeginCutoverInput!) {
  beginCutover(input: $input) {
    project {
      cutover {
        deltaRunId
        gaps {
          code
          message
        }
      }
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<BeginCutoverMutation, BeginCutoverMutationVariables>;
export const CompleteCutoverDocument = new TypedDocumentString(`
    mutation CompleteCutover($input: CompleteCutoverInput!) {
  completeCutover(input: $input) {
    project {
      cutover {
        completedBy
        hypercareUntil
      }
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CompleteCutoverMutation, CompleteCutoverMutationVariables>;
export const RollbackPlanDocument = new TypedDocumentString(`
    query RollbackPlan($id: ID!) {
  project(id: $id) {
    runs(kind: ROLLBACK, first: 1) {
      edges {
        node {
          planHash
          plan {
            action
            destinationType
            count
            reason
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RollbackPlanQuery, RollbackPlanQueryVariables>;
export const ProposeMappingDocument = new TypedDocumentString(`
    mutation ProposeMapping($input: ProposeMappingInput!) {
  proposeMapping(input: $input) {
    mapping {
      id
      hash
      version
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ProposeMappingMutation, ProposeMappingMutationVariables>;
export const MappedFieldsDocument = new TypedDocumentString(`
    query MappedFields($id: ID!, $after: String) {
  project(id: $id) {
    mapping {
      fields(first: 100, after: $after) {
        edges {
          node {
            recordType
            sourcePath
            action
            targetPath
            attributeType
            ignoreReason
            profile {
              fillRate
              dataType
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MappedFieldsQuery, MappedFieldsQueryVariables>;
export const ConfirmMappingDocument = new TypedDocumentString(`
    mutation ConfirmMapping($input: ConfirmMappingInput!) {
  confirmMapping(input: $input) {
    mapping {
      status
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ConfirmMappingMutation, ConfirmMappingMutationVariables>;
export const AgentsDocument = new TypedDocumentString(`
    query Agents($id: ID!) {
  project(id: $id) {
    agents(first: 100) {
      edges {
        node {
          id
          name
          email
          status
          teammateEmail
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AgentsQuery, AgentsQueryVariables>;
export const ResolveAgentDocument = new TypedDocumentString(`
    mutation ResolveAgent($input: ResolveAgentInput!) {
  resolveAgent(input: $input) {
    agent {
      status
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ResolveAgentMutation, ResolveAgentMutationVariables>;
export const ProvisionedDocument = new TypedDocumentString(`
    query Provisioned($id: ID!) {
  project(id: $id) {
    provisionedObjects {
      kind
      origin
    }
    blockedBy {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ProvisionedQuery, ProvisionedQueryVariables>;
export const StartRunDocument = new TypedDocumentString(`
    mutation StartRun($input: StartRunInput!) {
  startRun(input: $input) {
    run {
      id
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<StartRunMutation, StartRunMutationVariables>;
export const FollowRunDocument = new TypedDocumentString(`
    subscription FollowRun($runId: ID!) {
  runProgress(runId: $runId) {
    state
    fraction
    listings {
      listing
      state
      source
      staged
      skipped
      failed
      unavailableReason
    }
  }
}
    `) as unknown as TypedDocumentString<FollowRunSubscription, FollowRunSubscriptionVariables>;
export const SampleDocument = new TypedDocumentString(`
    query Sample($id: ID!) {
  project(id: $id) {
    reconciliation(environment: SANDBOX) {
      balanced
      rows {
        recordType
        staged
        verified
      }
    }
    sampleReview(recordType: TICKET, first: 1) {
      edges {
        node {
          sourceId
          reason
          lines {
            field
            source
            destination
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SampleQuery, SampleQueryVariables>;
export const ToSignOffDocument = new TypedDocumentString(`
    query ToSignOff($id: ID!) {
  project(id: $id) {
    mapping {
      hash
    }
    runs(kind: SANDBOX, first: 1) {
      edges {
        node {
          id
          sampleDigest
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ToSignOffQuery, ToSignOffQueryVariables>;
export const SignOffDocument = new TypedDocumentString(`
    mutation SignOff($input: SignOffInput!) {
  signOff(input: $input) {
    run {
      signOff {
        signedBy
      }
    }
    userErrors {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SignOffMutation, SignOffMutationVariables>;
export const ReconciliationDocument = new TypedDocumentString(`
    query Reconciliation($id: ID!) {
  project(id: $id) {
    reconciliation {
      balanced
      rows {
        recordType
        source
        staged
        loaded
        verified
        skipped
        failed
        balanced
      }
      fields {
        compared
        lossy
        different
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReconciliationQuery, ReconciliationQueryVariables>;
export const HandedOverDocument = new TypedDocumentString(`
    query HandedOver($id: ID!) {
  project(id: $id) {
    documents {
      name
      title
      byteSize
    }
  }
  callRecordings(projectId: $id, first: 3) {
    edges {
      node {
        sourceCallId
        availability
        phone
        conversationUrl
      }
    }
  }
}
    `) as unknown as TypedDocumentString<HandedOverQuery, HandedOverQueryVariables>;
export const CrosswalkDocument = new TypedDocumentString(`
    query Crosswalk($projectId: ID!, $lookups: [CrosswalkLookup!]!) {
  crosswalk(projectId: $projectId, lookups: $lookups) {
    entries {
      sourceType
      sourceId
      destinationType
      destinationId
      conversationUrl
    }
  }
}
    `) as unknown as TypedDocumentString<CrosswalkQuery, CrosswalkQueryVariables>;
