import type { CrosswalkEntry, CrosswalkOrigin, CrosswalkState, DestinationType } from '../domain/model/crosswalk.js';
import { type CreationOrder, type Keyset, mapItems, type PageWindow, type Slice } from '../domain/model/page.js';
import type { RecordType } from '../domain/model/record-type.js';
import type { Environment } from '../domain/model/run.js';
import { toEntry } from './crosswalk.js';
import { CrosswalkRow } from './entities/crosswalk-row.js';
import { entityPagesOf, type List } from './pages.js';
import type { Tx } from './transaction.js';

/** Which entries of a project are listed, in which order. What is null does not matter. */
export interface CrosswalkFilter {
  environment: Environment;
  sourceType: RecordType | null;
  destinationType: DestinationType | null;
  origin: CrosswalkOrigin | null;
  state: CrosswalkState | null;
  order: CreationOrder;
}

const key = 'c.source_type, c.destination_type, c.origin, c.state';
/** The condition on the origin is always true: the index of the lists has it, so that no look-up chooses that index. */
const inEnvironment = `FROM landfall.crosswalk c WHERE c.project_id = parent.id AND c.environment = $2 AND c.origin <> ''`;

/**
 * The entries of a project by the time of their load. The parts are the few combinations of kind, origin and state that occur; one
 * search of the index finds each. So a page reads the same number of rows for any number of entries and any filter.
 */
export const crosswalkList = ({ environment, sourceType, destinationType, origin, state, order }: CrosswalkFilter): List => ({
  parts: `WITH RECURSIVE occurring AS (
       (SELECT ${key} ${inEnvironment} ORDER BY ${key} LIMIT 1)
       UNION ALL
       SELECT following.* FROM occurring o CROSS JOIN LATERAL (
         SELECT ${key} ${inEnvironment} AND (${key}) > (o.source_type, o.destination_type, o.origin, o.state) ORDER BY ${key} LIMIT 1) following
     ) SELECT * FROM occurring WHERE ($3::text IS NULL OR source_type = $3) AND ($4::text IS NULL OR destination_type = $4)
       AND ($5::text IS NULL OR origin = $5) AND ($6::text IS NULL OR state = $6)`,
  rows: `SELECT c.id, c.loaded_at AS at ${inEnvironment} AND (${key}) = (part.source_type, part.destination_type, part.origin, part.state)`,
  parameters: [environment, sourceType, destinationType, origin, state],
  order,
});

/** A page of the entries of each project. */
export async function pagesOfEntries(
  tx: Tx,
  list: List,
  projectIds: readonly string[],
  window: PageWindow<Keyset>,
): Promise<Slice<CrosswalkEntry>[]> {
  return (await entityPagesOf(tx, CrosswalkRow, list, projectIds, window)).map(page => mapItems(page, toEntry));
}
