import { type Fields, recordOf } from '../domain/model/record-fields.js';
import { detailListings, listingOf } from '../domain/model/record-types.js';
import type { Person } from '../domain/model/source-shapes.js';
import { nameOf, personOf, pipelineOf } from '../sources/shapes.js';
import { stagedRecords } from './staged-records.js';
import type { Tx } from './transaction.js';

/** What records refer to, by id. These are small listings: they are held in memory. */
export interface Lookups {
  /** Part of every key: two accounts in one workspace must not collide. */
  account: string;
  timeZone: string;
  /** For telephone numbers without a country code. */
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
  const pipelines = await readPipelines(tx, projectId);
  return {
    users: await mapOf(tx, projectId, listingOf('AGENT'), personOf),
    teams: await mapOf(tx, projectId, listingOf('TEAM'), nameOf),
    companies: await mapOf(tx, projectId, listingOf('COMPANY'), nameOf),
    ...pipelines,
  };
}

/** Names of pipelines and their stages. */
export async function readPipelines(tx: Tx, projectId: string): Promise<Pick<Lookups, 'pipelines' | 'stages'>> {
  const pipelines = new Map<string, string>();
  const stages = new Map<string, string>();
  for await (const { raw } of stagedRecords(tx, projectId, detailListings.PIPELINE)) {
    const pipeline = pipelineOf(recordOf(raw));
    pipelines.set(pipeline.id, pipeline.name);
    for (const [key, name] of pipeline.stages) stages.set(key, name);
  }
  return { pipelines, stages };
}

async function mapOf<T>(tx: Tx, projectId: string, listing: string, value: (record: Fields) => T): Promise<Map<string, T>> {
  const map = new Map<string, T>();
  for await (const { sourceId, raw } of stagedRecords(tx, projectId, listing)) map.set(sourceId, value(recordOf(raw)));
  return map;
}
