import type { AttributeModel, AttributeSpec } from '../mapping/attributes.js';
import type { Teammate } from '../model/agent.js';
import type { DestinationHelpCenter } from '../model/help-center.js';
import type { Secret } from '../model/secret.js';
import type { DestinationRecords } from './destination-records.js';
import type { DestinationRollback } from './destination-rollback.js';
import type { ProbeResult } from './source.js';

/** An attribute as a workspace has it. */
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
}

export interface DestinationAccess {
  baseUrl: string;
  secret: Secret;
  options: Record<string, unknown>;
}

/**
 * A workspace that is written to. Reading retries what is transient; a write is sent once, but where its refusal proves
 * that nothing happened. Both throw CallFailure.
 */
export interface Destination extends DestinationRecords, DestinationHelpCenter {
  /** Taking back what was written. */
  readonly rollback: DestinationRollback;
  /** How many calls were sent so far. */
  readonly calls: number;
  /** What it allows now, as its headers say; null until one has told. */
  readonly callLimitPerMinute: number | null;
  /** @param tries of each call: a person who waits is told soon, a run is patient */
  probe(tries?: number): Promise<DestinationProbe>;
  /** Which workspace this is now. */
  workspaceId(): Promise<string>;
  attributes(): Promise<DestinationAttribute[]>;
  createAttribute(spec: AttributeSpec): Promise<string>;
  /** Makes an archived one active again. */
  restoreAttribute(attribute: DestinationAttribute): Promise<void>;
  /** Adds options to those that it has. */
  extendOptions(attribute: DestinationAttribute, options: readonly string[]): Promise<void>;
  tags(): Promise<NamedObject[]>;
  /** Found or created, by name. */
  createTag(name: string): Promise<string>;
}

/**
 * @param handlers `signal` ends its calls, `onLimit` is told when the limit makes it wait, `beforeSend` throws where nothing may be
 *   sent any more: it is asked in the tick in which a call goes out
 */
export type OpenDestination = (
  access: DestinationAccess,
  handlers: { signal: AbortSignal; onLimit?: (ms: number) => void | Promise<void>; beforeSend?: () => void },
) => Destination;

/**
 * The type that a workspace shows for an attribute of this type: a conversation has no dates, and contacts and companies
 * show what was made as a datetime as a date. Two attributes whose types are shown alike are no conflict.
 */
export function storedType(model: AttributeModel, type: AttributeSpec['type']): AttributeSpec['type'] {
  if (model === 'conversation') return type === 'date' ? 'string' : type;
  return type === 'datetime' ? 'date' : type;
}
