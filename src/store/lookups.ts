import { personName } from '../domain/model/person-name.js';
import { type Fields, isFilled, objectsIn, recordOf, textOf } from '../domain/model/record-fields.js';
import { detailListings, listingOf } from '../domain/model/record-types.js';
import { stagedRecords } from './staged-records.js';
import type { Tx } from './transaction.js';

export interface Person {
  name: string;
  email: string | null;
}

/** What records refer to, by id: small listings, held in memory. */
export interface Lookups {
  /** Before every key: two accounts in one workspace must not collide. */
  account: string;
  timeZone: string;
  /** Of telephone numbers without one. */
  country: string | null;
  users: ReadonlyMap<string, Person>;
  teams: ReadonlyMap<string, string>;
  companies: ReadonlyMap<string, string>;
  contacts: ReadonlySet<string>;
  pipelines: ReadonlyMap<string, string>;
  /** By pipeline and stage, `10767/43716`. */
  stages: ReadonlyMap<string, string>;
  sourceHosts: readonly string[];
}

export type Names = Pick<Lookups, 'users' | 'teams' | 'companies' | 'pipelines' | 'stages'>;

export async function readLookups(
  tx: Tx,
  projectId: string,
  about: Pick<Lookups, 'account' | 'timeZone' | 'country' | 'sourceHosts'>,
): Promise<Lookups> {
  const contacts = new Set<string>();
  for await (const { sourceId } of stagedRecords(tx, projectId, listingOf('CONTACT'))) contacts.add(sourceId);
  return { ...about, ...(await readNames(tx, projectId)), contacts };
}

/** Names of what records refer to. */
export async function readNames(tx: Tx, projectId: string): Promise<Names> {
  const pipelines = new Map<string, string>();
  const stages = new Map<string, string>();
  for await (const { raw } of stagedRecords(tx, projectId, detailListings.PIPELINE)) {
    const { id, name, stages: listed } = recordOf(raw);
    pipelines.set(textOf(id), textOf(name));
    for (const stage of objectsIn(listed)) stages.set(`${textOf(id)}/${textOf(stage.id)}`, textOf(stage.name));
  }
  return {
    users: await mapOf(tx, projectId, listingOf('AGENT'), personOf),
    teams: await mapOf(tx, projectId, listingOf('TEAM'), ({ name }) => textOf(name)),
    companies: await mapOf(tx, projectId, listingOf('COMPANY'), ({ name }) => textOf(name)),
    pipelines,
    stages,
  };
}

async function mapOf<T>(tx: Tx, projectId: string, listing: string, value: (record: Fields) => T): Promise<Map<string, T>> {
  const map = new Map<string, T>();
  for await (const { sourceId, raw } of stagedRecords(tx, projectId, listing)) map.set(sourceId, value(recordOf(raw)));
  return map;
}

/** Name and address of a user. */
function personOf(user: Fields): Person {
  return { name: personName(user) || textOf(user.id), email: isFilled(user.email) ? textOf(user.email) : null };
}
