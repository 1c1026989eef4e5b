import type { DraftType } from '../../../domain/drafts/drafts.js';
import { formerKeys, formerValues, noFormerValues } from '../../../domain/verify/former-values.js';
import { editsIn, elementKey } from '../../../domain/verify/human-edits.js';
import type { ReadValues, Verification } from '../../../domain/verify/verification.js';
import type { OpenDraft } from '../../../store/drafts.js';
import { keepReadValues, readValuesOf } from '../../../store/human-edits.js';
import type { Loading } from './loading.js';

/** Fields of the destination that people have changed: a write leaves them as they are. */
export class KeptEdits {
  constructor(
    private readonly edits: ReadonlySet<string>,
    /** Values that the source no longer has. */
    readonly former = noFormerValues,
    private readonly last: ReadValues = {},
  ) {}

  /** Former values that a record still has: names of fields. */
  leftOf(now: Verification): string[] {
    const was = new Set(formerKeys(this.former));
    return formerKeys(formerValues(now, this.last)).filter(key => was.has(key));
  }

  get size(): number {
    return this.edits.size;
  }

  has(target: string): boolean {
    return this.edits.has(target);
  }

  hasElement(target: string, element: string): boolean {
    return this.edits.has(elementKey(target, element));
  }

  /** Attributes without those that people have changed. */
  without<T>(attributes: Record<string, T>): Record<string, T> {
    return Object.fromEntries(Object.entries(attributes).filter(([name]) => !this.edits.has(`attributes.${name}`)));
  }

  /** A field, unless people have changed it. */
  unless<T>(target: string, value: T): T | null {
    return this.edits.has(target) ? null : value;
  }
}

export const noEdits = new KeptEdits(new Set());

/**
 * Finds what people have changed in a record since it was last read back, before it is written again. Only the stored digests of
 * these fields are kept, because all others are about to change. It also finds values that the source no longer has.
 * @param read compares the object with its draft; null if the object is gone
 */
export async function keptEdits(
  context: Loading,
  type: DraftType,
  { sourceId, state, rewrite }: Pick<OpenDraft, 'sourceId' | 'rewrite'> & { state: { destinationId: string | null } | null },
  read: (destinationId: string) => Promise<Verification | null>,
): Promise<KeptEdits> {
  const id = state?.destinationId ?? null;
  if (id === null) return noEdits;
  const last = (await context.work.transaction(tx => readValuesOf(tx, context.scope, type, [sourceId]))).get(sourceId) ?? {};
  if (Object.keys(last).length === 0) return noEdits;
  const { edits, kept } = editsSince(last, await read(id), rewrite);
  await context.work.fencedTransaction(tx => keepReadValues(tx, context.scope, type, sourceId, kept));
  return edits;
}

/**
 * What people have changed since a record was last read back.
 * @param now null if the object is gone
 * @returns also the stored values that stay known while it is written
 */
export function editsSince(
  last: ReadValues,
  now: Verification | null,
  rewrite: OpenDraft['rewrite'],
): { edits: KeptEdits; kept: ReadValues } {
  const edits = now && rewrite !== 'ALL' ? editsIn(now, last) : new Set<string>();
  const former = now ? formerValues(now, last) : noFormerValues;
  // Former values stay known until they are cleared.
  const known = new Set([...edits, ...formerKeys(former)]);
  const kept = Object.fromEntries(Object.entries(last).filter(([key]) => known.has(key)));
  return { edits: new KeptEdits(edits, former, last), kept };
}
