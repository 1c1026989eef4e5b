import type { AttributeModel, AttributeSpec } from '../mapping/attributes.js';
import type { Teammate } from '../model/agent.js';
import type { DestinationHelpCenter } from '../model/help-center.js';
import type { Secret } from '../model/secret.js';
import type { CallFailure, OnAnswer } from './call-failure.js';
import type { DestinationRecords } from './destination-records.js';
import type { DestinationRollback } from './destination-rollback.js';
import type { RateCaller } from './rate-budget.js';
import type { ProbeResult } from './source.js';

/** An attribute of a workspace. */
export interface DestinationAttribute extends AttributeSpec {
  id: string;
  archived: boolean;
}

export interface NamedObject {
  id: string;
  name: string;
}

/** An address that a workspace sends mail from. */
export interface SenderAddress {
  id: string;
  address: string;
  /** Name of the brand that it belongs to. */
  brand: string | null;
}

/** What a probe of a workspace found. */
export interface DestinationProbe extends ProbeResult {
  teammates: Omit<Teammate, 'environment'>[];
  teams: NamedObject[];
  addresses: SenderAddress[];
  /** Names of the permissions that the app lacks. */
  missingPermissions: string[];
  /** The refused or unanswered call that ended it; null if there was none. */
  failure: CallFailure | null;
}

export interface DestinationAccess {
  baseUrl: string;
  secret: Secret;
  options: Record<string, unknown>;
}

/** What happened to all calls of a destination and of its branches so far. */
export interface CallPace {
  answers: number;
  /** Time-outs, resets and 5xx. */
  failures: number;
  /** How long the calls waited for the rate limit. */
  limitWaitMs: number;
}

/**
 * A workspace that is written to. Reads retry transient failures. A write is sent once, unless its refusal proves that nothing
 * happened. Both throw CallFailure.
 */
export interface Destination extends DestinationRecords, DestinationHelpCenter {
  /** Undoes writes, and sets or clears fields. */
  readonly rollback: DestinationRollback;
  /** How many calls were sent so far, without those of its branches. */
  readonly calls: number;
  readonly pace: CallPace;
  /** The same workspace, with its own number of calls: for work that runs at the same time as other work. */
  branch(): Destination;
  /** The same workspace and number of calls. Of the calls that wait for the limit, those with the highest weight are sent first. */
  weighing(weight: number): Destination;
  /** The current limit from the headers; null until one was received. */
  readonly callLimitPerMinute: number | null;
  /** @param tries of each call: few for a person who waits, many for a run */
  probe(tries?: number): Promise<DestinationProbe>;
  /** Which workspace this is now. */
  workspaceId(): Promise<string>;
  attributes(): Promise<DestinationAttribute[]>;
  createAttribute(spec: AttributeSpec): Promise<string>;
  /** Restores an archived attribute. */
  restoreAttribute(attribute: DestinationAttribute): Promise<void>;
  /** Adds options to the existing ones. */
  extendOptions(attribute: DestinationAttribute, options: readonly string[]): Promise<void>;
  tags(): Promise<NamedObject[]>;
  /** Found or created, by name. */
  createTag(name: string): Promise<string>;
}

/**
 * @param handlers `signal` aborts calls. `onLimit` is called when the limit delays a call. `beforeSend` throws if nothing may
 *   be sent any more; it runs in the tick in which a call is sent. `caller` is the run that calls, and `onAnswer` is
 *   called after each call
 */
export type OpenDestination = (
  access: DestinationAccess,
  handlers: {
    signal: AbortSignal;
    onLimit?: (ms: number) => void | Promise<void>;
    beforeSend?: () => void;
    caller?: RateCaller;
    onAnswer?: OnAnswer;
    onCall?: () => void;
  },
) => Destination;

/**
 * The type that a workspace returns for an attribute of this type. Conversations have no dates. Contacts and companies return a
 * datetime as a date. Attributes with the same returned type do not conflict.
 */
export function storedType(model: AttributeModel, type: AttributeSpec['type']): AttributeSpec['type'] {
  if (model === 'conversation') return type === 'date' ? 'string' : type;
  return type === 'datetime' ? 'date' : type;
}
