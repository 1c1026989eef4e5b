import type { IntentKey } from '../../../store/load-intents.js';

const nameOf = ({ recordType, sourceId, step }: IntentKey) => `${recordType} ${sourceId} ${step}`;

/** Writes of an earlier worker without outcome. They are searched for before they are sent again. */
export class EarlierWrites {
  private readonly names: Set<string>;
  private readonly records: ReadonlySet<string>;

  /** @param settledAt performance.now() from which on none of them can take effect any more */
  constructor(
    intents: readonly IntentKey[],
    readonly settledAt: number,
  ) {
    this.names = new Set(intents.map(nameOf));
    this.records = new Set(intents.map(({ recordType, sourceId }) => `${recordType} ${sourceId}`));
  }

  has(intent: IntentKey): boolean {
    return this.names.has(nameOf(intent));
  }

  /** @returns whether it was one of them */
  delete(intent: IntentKey): boolean {
    return this.names.delete(nameOf(intent));
  }

  /** Milliseconds until no earlier write of a record, or of any, can take effect; 0 if there was none. */
  msLeft(record?: Pick<IntentKey, 'recordType' | 'sourceId'>): number {
    const wasOpen = record ? this.records.has(`${record.recordType} ${record.sourceId}`) : this.records.size > 0;
    return wasOpen ? Math.max(0, this.settledAt - performance.now()) : 0;
  }
}
