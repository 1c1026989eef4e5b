import type { AttributeValues, FieldValue } from '../drafts/drafts.js';
import type { DestinationType } from '../model/crosswalk.js';
import type { RecordType } from '../model/record-type.js';
import { type Reason, reasons } from './reasons.js';

export type PlannedActionName = 'DELETE' | 'ARCHIVE' | 'RESTORE' | 'KEEP';

/** Values to set; null clears one. */
export type FieldChanges = Record<string, FieldValue | null>;

/** What is done to an object besides its action. */
export interface PlannedChange {
  fields?: FieldChanges;
  attributes?: FieldChanges;
  /** Ids of the tags of a contact, names of those of a company. */
  untag?: string[];
  /** Ids of companies that a contact is removed from. */
  detach?: string[];
  /** Whether it was archived before and must be archived again. */
  archive?: boolean;
  /** Of a deal: the contact that refers to it. */
  unlink?: string | null;
  /** Of a deal that is restored. */
  object?: { key: string; externalCreatedAt: number | null; externalUpdatedAt: number | null; attributes: FieldChanges };
  isInternal?: boolean;
  /** Old addresses that redirect to an article. */
  redirects?: string[];
  attributeModel?: 'contact' | 'company';
}

/** One object, and what happens to it. */
export interface PlannedObject {
  destinationType: DestinationType;
  destinationId: string;
  place: number;
  sourceType: RecordType | null;
  sourceIds: string[];
  action: PlannedActionName;
  reason: Reason;
  label: string;
  digest: string | null;
  change: PlannedChange;
  /** What is known to remain of it. */
  note: string | null;
}

/** A row of the plan as people see it. */
export interface PlannedAction {
  action: PlannedActionName;
  destinationType: DestinationType;
  count: number;
  reason: string;
}

/** The reverse of the load; collections from the bottom of their tree up. */
export const places = {
  conversations: 10,
  deals: 20,
  articles: 30,
  collections: 40,
  contacts: 50,
  companies: 60,
  tags: 70,
  attributes: 80,
} as const;
export type RollbackStep = keyof typeof places;

/** The step of the objects at this place in the order. */
export const stepOf = (place: number): RollbackStep =>
  (Object.keys(places) as RollbackStep[]).findLast(step => places[step] <= place)!;

/** Sums objects up, in the order in which they are worked on. */
export class PlanSummary {
  private readonly counts = new Map<string, PlannedAction>();

  add({ action, destinationType, reason }: Pick<PlannedObject, 'action' | 'destinationType' | 'reason'>): void {
    const key = `${action} ${destinationType} ${reason}`;
    const row = this.counts.get(key) ?? { action, destinationType, count: 0, reason: reasons[reason] };
    this.counts.set(key, { ...row, count: row.count + 1 });
  }

  get rows(): PlannedAction[] {
    return [...this.counts.values()];
  }
}

/** What an adopted object was before. */
export type PreImage = Record<string, unknown>;

/** Attributes that have a value. */
export const filled = (attributes: AttributeValues | undefined): AttributeValues =>
  Object.fromEntries(Object.entries(attributes ?? {}).filter(([, value]) => value !== null));
