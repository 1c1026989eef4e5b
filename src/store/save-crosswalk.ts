import type { NewCrosswalkEntry } from '../domain/model/crosswalk.js';
import { keptJson } from '../domain/text/kept-text.js';
import { type LoadScope, scopeOf } from './load-scope.js';
import type { Tx } from './transaction.js';

/** Saves crosswalk entries. An entry with the same destination is not changed. */
export async function saveCrosswalk(tx: Tx, scope: LoadScope, entries: readonly NewCrosswalkEntry[]): Promise<void> {
  const distinct = [
    ...new Map(entries.map(each => [`${each.sourceType} ${each.sourceId} ${each.destinationType}`, each])).values(),
  ];
  if (distinct.length === 0) return;
  await tx.manager.query(
    `INSERT INTO landfall.crosswalk AS c (project_id, organization_id, environment, source_type, source_id, destination_type, destination_id, conversation_id, origin, pre_image, destination_url)
     SELECT $1, $2, $3, source_type, source_id, destination_type, destination_id, conversation_id, origin, pre_image::jsonb, destination_url
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
       AS input (source_type, source_id, destination_type, destination_id, conversation_id, origin, pre_image, destination_url)
     ON CONFLICT (project_id, environment, source_type, source_id, destination_type) DO UPDATE SET
       destination_id = excluded.destination_id, conversation_id = excluded.conversation_id, origin = excluded.origin, state = 'ACTIVE',
       pre_image = excluded.pre_image, destination_url = excluded.destination_url, loaded_at = clock_timestamp(), verified_at = NULL
     WHERE c.destination_id <> excluded.destination_id OR c.state <> 'ACTIVE' OR excluded.destination_url <> coalesce(c.destination_url, '')`,
    [
      ...scopeOf(scope),
      distinct.map(each => each.sourceType),
      distinct.map(each => each.sourceId),
      distinct.map(each => each.destinationType),
      distinct.map(each => each.destinationId),
      distinct.map(each => each.conversationId),
      distinct.map(each => each.origin),
      distinct.map(each => (each.preImage === null ? null : keptJson(each.preImage))),
      distinct.map(each => each.destinationUrl ?? null),
    ],
  );
}
