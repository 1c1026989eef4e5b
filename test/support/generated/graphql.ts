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

/** Purpose of a document. */
export type DocumentKind =
  /** Automations, chatbots and campaigns to rebuild by hand. */
  | 'AUTOMATION_INVENTORY'
  /** How to rebuild views by channel. */
  | 'CHANNEL_VIEW_GUIDE'
  /** Limits of both plans, and what must be prepared by hand. */
  | 'CONSTRAINT_CHECKLIST'
  /** What was handed over, who did it, and what people must still do. */
  | 'FINAL_REPORT'
  /** Mail accounts and their routing to rebuild by hand. */
  | 'MAIL_ROUTING_INVENTORY'
  /** Each field, where it goes, and why. */
  | 'MAPPING_SPECIFICATION'
  /** Everything that moves, with counts. */
  | 'MIGRATION_SCOPE'
  /** What was deleted after the end of the project, and who asked for it. */
  | 'PURGE_CERTIFICATE'
  /** Counts and differences of a run. */
  | 'RECONCILIATION_REPORT'
  /** Every call with its recording, or the reason why it has none. */
  | 'RECORDING_MANIFEST'
  /** The source's reports as CSV. */
  | 'REPORT_DATA'
  /** Results of a rollback, and remaining objects. */
  | 'ROLLBACK_REPORT'
  /** Remaining manual steps, in order. */
  | 'RUNBOOK'
  /** Each sampled conversation, contact and article on both sides. */
  | 'SAMPLE_REVIEW'
  /** Chat widgets to rebuild by hand. */
  | 'WIDGET_INVENTORY';

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

/** Decision of a person about an issue. */
export type IssueStatus =
  /** Somebody has seen it. */
  | 'ACKNOWLEDGED'
  /** Nobody has decided yet. */
  | 'OPEN'
  /** Fixed. */
  | 'RESOLVED'
  /** Accepted. It no longer makes the reconciliation unbalanced. */
  | 'WAIVED';

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

/** Selects a run. */
export type RunActionInput = {
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Id of the run. */
  runId: string;
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

/** How serious an issue is. */
export type Severity =
  /** Data is missing and can still be fixed. The reconciliation is unbalanced until then. */
  | 'ERROR'
  /** For information. */
  | 'INFO'
  /** A value or a record could not move unchanged. The reconciliation stays balanced. */
  | 'WARNING';

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

/** Edits one field of a draft. */
export type UpdateFieldMappingInput = {
  /** What happens to the field. */
  action: FieldMappingAction;
  /** Value for records without one, for an attribute or a name: at most 255 characters, in the type of the attribute (`12.5`, `true`, `2026-05-01`). Absent: it stays as it is; null or empty: there is none. */
  defaultValue?: string | null | undefined;
  /** The `hash` of the version that the editor saw. If it has changed, the edit is STALE_MAPPING. */
  expectedHash?: string | null | undefined;
  /** Id of the field. */
  fieldMappingId: string;
  /** A second call with the same key and the same input returns the first result, for at least 24 hours. With another input it is IDEMPOTENCY_KEY_REUSED. 1 to 255 characters. */
  idempotencyKey?: string | null | undefined;
  /** Why the field does not move; required with IGNORE. */
  ignoreReason?: string | null | undefined;
  /** Path of the target. If absent, CREATE_ATTRIBUTE uses the proposed name; for an UNDECIDED field it uses the next free name if that one is taken. */
  targetPath?: string | null | undefined;
  /** Replacements of single values. Values that are not listed keep their replacement. */
  values?: Array<ValueMappingInput> | null | undefined;
};

/** Replacement of one value. */
export type ValueMappingInput = {
  /** The value at the source. */
  from: string;
  /** The value to send; null if it must not be sent. */
  to?: string | null | undefined;
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

export type ProposeMappingMutationVariables = Exact<{
  input: ProposeMappingInput;
}>;


export type ProposeMappingMutation = { proposeMapping: { mapping: { id: string, version: number, status: MappingStatus, hash: string, confirmedBy: string | null } | null, userErrors: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean }> } };

export type UpdateFieldMutationVariables = Exact<{
  input: UpdateFieldMappingInput;
}>;


export type UpdateFieldMutation = { updateFieldMapping: { mapping: { id: string, version: number, status: MappingStatus, hash: string, confirmedBy: string | null } | null, userErrors: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean }> } };

export type ConfirmMappingMutationVariables = Exact<{
  input: ConfirmMappingInput;
}>;


export type ConfirmMappingMutation = { confirmMapping: { mapping: { id: string, version: number, status: MappingStatus, hash: string, confirmedBy: string | null } | null, userErrors: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean }> } };

export type FieldsOfQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type FieldsOfQuery = { project: { mapping: { fields: { edges: Array<{ node: { id: string, recordType: RecordType, sourcePath: string, action: FieldMappingAction, targetPath: string | null, attributeType: AttributeType | null, ignoreReason: string | null, rationale: string, profile: { dataType: string, fillRate: number, distinctCount: number, maxLength: number | null, samples: Array<string> }, losses: Array<{ code: string, affectedRecords: number }>, values: Array<{ from: string, to: string | null, occurrences: number }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null } | null };

export type AgentsOfQueryVariables = Exact<{
  id: string;
}>;


export type AgentsOfQuery = { project: { agents: { edges: Array<{ node: { id: string, sourceId: string, name: string, email: string | null, status: AgentStatus, teammateEmail: string | null, teammates: Array<{ environment: Environment, teammateId: string }> } }> } } | null };

export type ResolveAgentMutationVariables = Exact<{
  input: ResolveAgentInput;
}>;


export type ResolveAgentMutation = { resolveAgent: { agent: { id: string, status: AgentStatus, teammateEmail: string | null } | null, userErrors: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean }> } };

export type BlockersOfQueryVariables = Exact<{
  id: string;
}>;


export type BlockersOfQuery = { project: { blockedBy: Array<{ code: string }> } | null };

export type DocumentsOfQueryVariables = Exact<{
  id: string;
}>;


export type DocumentsOfQuery = { project: { documents: Array<{ kind: DocumentKind, name: string, title: string, mediaType: string, byteSize: number, sha256: string, downloadUrl: string, createdAt: string }> } | null };

export type SetConnectionMutationVariables = Exact<{
  input: SetConnectionInput;
}>;


export type SetConnectionMutation = { setConnection: { connection: { side: ConnectionSide, baseUrl: string, status: ConnectionStatus, detail: string | null, checkedAt: string | null, workspaceName: string | null } | null, userErrors: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean }> } };

export type StartRunMutationVariables = Exact<{
  input: StartRunInput;
}>;


export type StartRunMutation = { startRun: { run: { id: string, kind: RunKind, state: RunState, isTerminal: boolean, allowedActions: Array<string>, blockedBy: Array<{ code: string }> } | null, userErrors: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean }> } };

export type RunViewQueryVariables = Exact<{
  id: string;
}>;


export type RunViewQuery = { run: { id: string, state: RunState, isTerminal: boolean, blockedBy: Array<{ code: string, message: string }>, progress: { fraction: number, waitingFor: string | null }, listings: Array<{ listing: string, recordType: RecordType | null, state: RunState, source: number | null, staged: number, skipped: number, failed: number, unavailableReason: string | null }> } | null };

export type RunStateQueryVariables = Exact<{
  id: string;
}>;


export type RunStateQuery = { run: { state: RunState, isTerminal: boolean } | null };

export type IssuesOfQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type IssuesOfQuery = { project: { issues: { edges: Array<{ node: { code: string, severity: Severity, status: IssueStatus, recordType: RecordType | null, sourceId: string | null, message: string, hint: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ResumeRunMutationVariables = Exact<{
  input: RunActionInput;
}>;


export type ResumeRunMutation = { resumeRun: { run: { id: string } | null, userErrors: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean }> } };

export type ReconciliationOfQueryVariables = Exact<{
  id: string;
}>;


export type ReconciliationOfQuery = { project: { reconciliation: { balanced: boolean, rows: Array<{ recordType: RecordType, source: number | null, staged: number, loaded: number, verified: number, skipped: number, failed: number, balanced: boolean }>, fields: Array<{ recordType: RecordType, field: string, compared: number, equal: number, normalised: number, lossy: number, different: number }>, differences: { edges: Array<{ node: { recordType: RecordType, sourceId: string, field: string, expected: string | null, actual: string | null } }> } } } | null };

export type PlanOfQueryVariables = Exact<{
  id: string;
}>;


export type PlanOfQuery = { run: { id: string, state: RunState, planHash: string | null, plan: Array<{ action: string, destinationType: DestinationType, count: number, reason: string }> | null } | null };

export type IdsOfProjectQueryVariables = Exact<{
  id: string;
}>;


export type IdsOfProjectQuery = { project: { issues: { edges: Array<{ node: { id: string } }> }, documents: Array<{ id: string }>, mapping: { id: string } | null } | null, crosswalk: Array<{ entries: Array<{ id: string }> }>, callRecordings: { edges: Array<{ node: { id: string } }> } };

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

export const ProposeMappingDocument = new TypedDocumentString(`
    mutation ProposeMapping($input: ProposeMappingInput!) {
  proposeMapping(input: $input) {
    mapping {
      id
      version
      status
      hash
      confirmedBy
    }
    userErrors {
      code
      message
      path
      retryable
    }
  }
}
    `) as unknown as TypedDocumentString<ProposeMappingMutation, ProposeMappingMutationVariables>;
export const UpdateFieldDocument = new TypedDocumentString(`
    mutation UpdateField($input: UpdateFieldMappingInput!) {
  updateFieldMapping(input: $input) {
    mapping {
      id
      version
      status
      hash
      confirmedBy
    }
    userErrors {
      code
      message
      path
      retryable
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateFieldMutation, UpdateFieldMutationVariables>;
export const ConfirmMappingDocument = new TypedDocumentString(`
    mutation ConfirmMapping($input: ConfirmMappingInput!) {
  confirmMapping(input: $input) {
    mapping {
      id
      version
      status
      hash
      confirmedBy
    }
    userErrors {
      code
      message
      path
      retryable
    }
  }
}
    `) as unknown as TypedDocumentString<ConfirmMappingMutation, ConfirmMappingMutationVariables>;
export const FieldsOfDocument = new TypedDocumentString(`
    query FieldsOf($id: ID!, $after: String) {
  project(id: $id) {
    mapping {
      fields(first: 100, after: $after) {
        edges {
          node {
            id
            recordType
            sourcePath
            action
            targetPath
            attributeType
            ignoreReason
            rationale
            profile {
              dataType
              fillRate
              distinctCount
              maxLength
              samples
            }
            losses {
              code
              affectedRecords
            }
            values {
              from
              to
              occurrences
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
    `) as unknown as TypedDocumentString<FieldsOfQuery, FieldsOfQueryVariables>;
export const AgentsOfDocument = new TypedDocumentString(`
    query AgentsOf($id: ID!) {
  project(id: $id) {
    agents(first: 100) {
      edges {
        node {
          id
          sourceId
          name
          email
          status
          teammateEmail
          teammates {
            environment
            teammateId
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AgentsOfQuery, AgentsOfQueryVariables>;
export const ResolveAgentDocument = new TypedDocumentString(`
    mutation ResolveAgent($input: ResolveAgentInput!) {
  resolveAgent(input: $input) {
    agent {
      id
      status
      teammateEmail
    }
    userErrors {
      code
      message
      path
      retryable
    }
  }
}
    `) as unknown as TypedDocumentString<ResolveAgentMutation, ResolveAgentMutationVariables>;
export const BlockersOfDocument = new TypedDocumentString(`
    query BlockersOf($id: ID!) {
  project(id: $id) {
    blockedBy {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<BlockersOfQuery, BlockersOfQueryVariables>;
export const DocumentsOfDocument = new TypedDocumentString(`
    query DocumentsOf($id: ID!) {
  project(id: $id) {
    documents {
      kind
      name
      title
      mediaType
      byteSize
      sha256
      downloadUrl
      createdAt
    }
  }
}
    `) as unknown as TypedDocumentString<DocumentsOfQuery, DocumentsOfQueryVariables>;
export const SetConnectionDocument = new TypedDocumentString(`
    mutation SetConnection($input: SetConnectionInput!) {
  setConnection(input: $input) {
    connection {
      side
      baseUrl
      status
      detail
      checkedAt
      workspaceName
    }
    userErrors {
      code
      message
      path
      retryable
    }
  }
}
    `) as unknown as TypedDocumentString<SetConnectionMutation, SetConnectionMutationVariables>;
export const StartRunDocument = new TypedDocumentString(`
    mutation StartRun($input: StartRunInput!) {
  startRun(input: $input) {
    run {
      id
      kind
      state
      isTerminal
      allowedActions
      blockedBy {
        code
      }
    }
    userErrors {
      code
      message
      path
      retryable
    }
  }
}
    `) as unknown as TypedDocumentString<StartRunMutation, StartRunMutationVariables>;
export const RunViewDocument = new TypedDocumentString(`
    query RunView($id: ID!) {
  run(id: $id) {
    id
    state
    isTerminal
    blockedBy {
      code
      message
    }
    progress {
      fraction
      waitingFor
    }
    listings {
      listing
      recordType
      state
      source
      staged
      skipped
      failed
      unavailableReason
    }
  }
}
    `) as unknown as TypedDocumentString<RunViewQuery, RunViewQueryVariables>;
export const RunStateDocument = new TypedDocumentString(`
    query RunState($id: ID!) {
  run(id: $id) {
    state
    isTerminal
  }
}
    `) as unknown as TypedDocumentString<RunStateQuery, RunStateQueryVariables>;
export const IssuesOfDocument = new TypedDocumentString(`
    query IssuesOf($id: ID!, $after: String) {
  project(id: $id) {
    issues(first: 100, after: $after) {
      edges {
        node {
          code
          severity
          status
          recordType
          sourceId
          message
          hint
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IssuesOfQuery, IssuesOfQueryVariables>;
export const ResumeRunDocument = new TypedDocumentString(`
    mutation ResumeRun($input: RunActionInput!) {
  resumeRun(input: $input) {
    run {
      id
    }
    userErrors {
      code
      message
      path
      retryable
    }
  }
}
    `) as unknown as TypedDocumentString<ResumeRunMutation, ResumeRunMutationVariables>;
export const ReconciliationOfDocument = new TypedDocumentString(`
    query ReconciliationOf($id: ID!) {
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
        recordType
        field
        compared
        equal
        normalised
        lossy
        different
      }
      differences(first: 20) {
        edges {
          node {
            recordType
            sourceId
            field
            expected
            actual
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReconciliationOfQuery, ReconciliationOfQueryVariables>;
export const PlanOfDocument = new TypedDocumentString(`
    query PlanOf($id: ID!) {
  run(id: $id) {
    id
    state
    plan {
      action
      destinationType
      count
      reason
    }
    planHash
  }
}
    `) as unknown as TypedDocumentString<PlanOfQuery, PlanOfQueryVariables>;
export const IdsOfProjectDocument = new TypedDocumentString(`
    query IdsOfProject($id: ID!) {
  project(id: $id) {
    issues(first: 1) {
      edges {
        node {
          id
        }
      }
    }
    documents {
      id
    }
    mapping {
      id
    }
  }
  crosswalk(projectId: $id, lookups: [{sourceType: TICKET, sourceId: "8837516"}]) {
    entries {
      id
    }
  }
  callRecordings(projectId: $id, first: 1) {
    edges {
      node {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<IdsOfProjectQuery, IdsOfProjectQueryVariables>;
