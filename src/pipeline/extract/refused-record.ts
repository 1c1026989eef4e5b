import { createHash } from 'node:crypto';
import type { SourceRecord } from '../../domain/ports/source.js';
import { keptId } from '../../domain/text/kept-text.js';

/** Replaces a record that the database refuses, so that it is counted and reported. */
export function refusedRecord({ id, raw, parentId }: SourceRecord): SourceRecord {
  return {
    id: `sha256:${createHash('sha256').update(raw).digest('hex')}`,
    raw: JSON.stringify({ id: keptId(id) }),
    parentId,
    createdAt: null,
    updatedAt: null,
    channel: null,
    references: [],
    tags: [],
    skipped: true,
    problems: [
      {
        code: 'RECORD_REFUSED',
        sourceId: keptId(id),
        message: 'The record is skipped: the database cannot store one of its values.',
        hint: 'Look for an unusually long or large value, correct it at the source and extract again. Report it to us.',
      },
    ],
  };
}
