import type { DealAttribute, DealFormat } from '../../domain/mapping/deal-type.js';
import { dealType } from '../../domain/model/deals.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { Provisioning } from './provisioning-work.js';

/** What the Deal type of a workspace lacks, and what it has as a text. */
export interface FoundDealType {
  /** By attribute, in words for a person: the attribute, or an option of a list. */
  missing: ReadonlyMap<string, string>;
  /** Attributes that take a text and not their type. */
  texts: string[];
}

/** Samples that nobody takes for real data. */
const samples: Record<Exclude<DealFormat, 'list'>, string | number | boolean> = {
  text: 'Landfall',
  decimal: 1.5,
  date: 86_400,
  boolean: true,
};
const sampleOf = ({ format, options }: DealAttribute, round: number) =>
  format === 'list' ? (options[round] ?? options[0] ?? samples.text) : samples[format];

/** Each option of a list is tried, one in a call; of longer lists the first ones. */
const maxRounds = 100;

/**
 * Writes and deletes an object that has every attribute, because the API returns no types.
 * @returns null if the workspace has no such type
 * @throws CallFailure REJECTED if the refusal names no attribute
 */
export async function probeDealType(
  context: Provisioning,
  key: string,
  wanted: ReadonlyMap<string, DealAttribute>,
): Promise<FoundDealType | null> {
  const { destination } = context;
  // A worker may have been killed in the middle.
  const removeProbe = async () => {
    const probe = await destination.objectByKey(dealType, key);
    if (probe) await destination.deleteObject(dealType, probe.id);
  };
  try {
    const found = await tryAttributes(context, key, wanted);
    if (found) await removeProbe();
    return found;
  } catch (error) {
    // Also if the run was halted, or an answer was lost: no probe stays among the deals of the customer.
    await removeProbe();
    throw error;
  }
}

async function tryAttributes(
  { destination, work }: Provisioning,
  key: string,
  wanted: ReadonlyMap<string, DealAttribute>,
): Promise<FoundDealType | null> {
  const missing = new Map<string, string>();
  const texts = new Set<string>();
  const asked = () => [...wanted].filter(([name]) => !missing.has(name));
  const rounds = Math.min(maxRounds, Math.max(1, ...[...wanted.values()].map(({ options }) => options.length)));
  let written: string | null = null;
  for (let round = 0; round < rounds; ) {
    work.checkHalt();
    const attributes = Object.fromEntries(
      asked().map(([name, each]) => [name, texts.has(name) ? samples.text : sampleOf(each, round)]),
    );
    try {
      const object = { key, externalCreatedAt: null, externalUpdatedAt: null, attributes };
      written = (await destination.upsertObject(dealType, object)).id;
      round++;
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      if (error.kind === 'NOT_FOUND') return null;
      const name = error.kind === 'REJECTED' ? namedIn(error.message, Object.keys(attributes)) : null;
      if (name === null) throw error;
      const { format, options } = wanted.get(name)!;
      if (format === 'list' && round > 0) missing.set(name, `the option ${JSON.stringify(options[round])} of ${name}`);
      else if (format === 'list' || format === 'text' || texts.has(name)) missing.set(name, name);
      else texts.add(name);
    }
  }
  if (written === null) return { missing, texts: [] };
  const kept = (await destination.object(dealType, written))?.attributes ?? {};
  for (const [name] of asked()) if (!(name in kept)) missing.set(name, name);
  return { missing, texts: [...texts].filter(name => !missing.has(name)) };
}

/** The attribute that a refusal names: the longest name in its message. */
function namedIn(message: string, names: readonly string[]): string | null {
  const found = names.filter(name => new RegExp(`(?<![\\w-])${name.replace(/[^\w ]/g, '\\$&')}(?![\\w-])`).test(message));
  return found.sort((a, b) => b.length - a.length)[0] ?? null;
}
