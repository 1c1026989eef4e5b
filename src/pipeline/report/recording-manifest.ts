import type { PackedFile } from '../../domain/model/document.js';
import { recordOf, textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { packagePath } from '../../domain/text/package-paths.js';
import { callOf, personName } from '../../sources/shapes.js';
import { recordingsOf } from '../../store/call-recordings.js';
import { conversationsOf, keptFiles } from '../../store/crosswalk.js';
import { stagedPages } from '../../store/staged-pages.js';
import { recordsByIds } from '../../store/staged-records.js';
import { keepArchive, keepDocument, keepTable, type Reporting } from './write-documents.js';

/** A call and its recording. */
interface ManifestRow {
  call_id: string;
  ticket_id: string | null;
  conversation_id: string | null;
  contact_id: string | null;
  contact_name: string | null;
  agent_id: string | null;
  agent_name: string | null;
  direction: string | null;
  disposition: string | null;
  from_number: string | null;
  to_number: string | null;
  started_at: string | null;
  duration_seconds: number | null;
  /** NONE: the call has no recording. */
  recording: string;
  file: string | null;
  content_type: string | null;
  byte_size: number | null;
  sha256: string | null;
  reason: string | null;
}

const columns = [
  'call_id',
  'ticket_id',
  'conversation_id',
  'contact_id',
  'contact_name',
  'agent_id',
  'agent_name',
  'direction',
  'disposition',
  'from_number',
  'to_number',
  'started_at',
  'duration_seconds',
  'recording',
  'file',
  'content_type',
  'byte_size',
  'sha256',
  'reason',
] as const satisfies (keyof ManifestRow)[];

/**
 * The manifest of all calls, as CSV and as JSON Lines, and the package with both, all digests, and the recordings. The root
 * hash is the SHA-256 of the JSON Lines, which contain the SHA-256 of each recording.
 */
export async function writeRecordingManifest(context: Reporting): Promise<void> {
  const { tables: t } = context.texts;
  const folder = context.environment.toLowerCase();
  const about = { kind: 'RECORDING_MANIFEST' as const };
  const recordings: PackedFile[] = [];
  const csv = await keepTable(
    context,
    {
      ...about,
      name: `${folder}/recording-manifest.csv`,
      title: t.manifest,
    },
    columns,
    cells(context),
  );
  const lines = await keepDocument(context, {
    ...about,
    name: `${folder}/recording-manifest.jsonl`,
    title: t.manifestLines,
    mediaType: 'application/jsonl; charset=utf-8',
    bytes: jsonLines(context, recordings),
  });
  const kept = await context.work.transaction(tx =>
    keptFiles(tx, { projectId: context.work.lease.projectId, environment: context.environment }),
  );
  const files = await keepTable(
    context,
    {
      ...about,
      name: `${folder}/kept-files.csv`,
      title: t.keptFiles,
    },
    ['file_id', 'name', 'file', 'byte_size', 'sha256', 'conversation_id'],
    kept.map(each => [each.sourceId, each.name, each.path, each.byteSize, each.sha256, each.conversationId]),
  );
  const manifest = [
    { ...csv, path: 'manifest.csv' },
    { ...lines, path: 'manifest.jsonl' },
    { ...files, path: 'kept-files.csv' },
  ];
  const packed = [...recordings, ...kept.map(({ path, sha256, byteSize }) => ({ path, sha256, byteSize }))];
  const sums = await context.blobs.put(sumsOf([...manifest, ...packed]), 4 * 1024 ** 3);
  await keepArchive(context, { ...about, name: `${folder}/recordings.zip`, title: t.package }, [
    ...manifest,
    { path: 'SHA256SUMS', ...sums },
    ...packed,
  ]);
}

async function* cells(context: Reporting) {
  for await (const row of rows(context)) yield columns.map(column => row[column]);
}

async function* jsonLines(context: Reporting, recordings: PackedFile[]): AsyncGenerator<Buffer> {
  for await (const row of rows(context)) {
    if (row.file) recordings.push({ path: row.file, sha256: row.sha256!, byteSize: row.byte_size! });
    yield Buffer.from(`${JSON.stringify(row)}\n`);
  }
}

/** In the format of `sha256sum -c`. */
async function* sumsOf(files: readonly PackedFile[]): AsyncGenerator<Buffer> {
  for (const { path, sha256 } of files) yield Buffer.from(`${sha256}  ${path}\n`);
}

async function* rows({ work, environment, texts }: Reporting): AsyncGenerator<ManifestRow> {
  const { projectId } = work.lease;
  for await (const page of stagedPages({ work }, listingOf('CALL'))) {
    const calls = page.map(({ sourceId, record }) => ({ sourceId, call: callOf(record) }));
    const ids = calls.map(({ sourceId }) => sourceId);
    const { recordings, conversations, contacts, users } = await work.transaction(async tx => ({
      recordings: await recordingsOf(tx, projectId, ids),
      conversations: await conversationsOf(tx, { projectId, environment }, 'CALL', ids),
      contacts: await names(
        tx,
        projectId,
        listingOf('CONTACT'),
        calls.map(({ call }) => call.contactId ?? ''),
      ),
      users: await names(
        tx,
        projectId,
        listingOf('AGENT'),
        calls.map(({ call }) => call.agentId ?? ''),
      ),
    }));
    for (const { sourceId, call } of calls) {
      const recording = recordings.get(sourceId);
      const isThere = recording?.availability === 'DOWNLOADED';
      yield {
        call_id: sourceId,
        ticket_id: call.ticketId,
        conversation_id: conversations.get(sourceId) ?? null,
        contact_id: call.contactId,
        contact_name: contacts.get(call.contactId ?? '') ?? null,
        agent_id: call.agentId,
        agent_name: users.get(call.agentId ?? '') ?? null,
        direction: call.direction || null,
        disposition: call.disposition || null,
        from_number: call.from || null,
        to_number: call.to || null,
        started_at: recording?.startedAt?.toISOString() ?? (textOf(call.startedDates[0]) || null),
        duration_seconds: typeof call.duration === 'number' ? call.duration : null,
        recording: recording?.availability ?? 'NONE',
        file: isThere ? packagePath(sourceId, recording.contentType) : null,
        content_type: recording?.contentType ?? null,
        byte_size: recording?.byteSize ?? null,
        sha256: recording?.sha256 ?? null,
        reason: recording?.reason ? texts.say(recording.reason) : null,
      };
    }
  }
}

async function names(tx: Parameters<typeof recordsByIds>[0], projectId: string, listing: string, ids: readonly string[]) {
  const staged = await recordsByIds(tx, projectId, listing, [...new Set(ids)]);
  return new Map(
    staged.map(({ sourceId, raw }) => {
      return [sourceId, personName(recordOf(raw))];
    }),
  );
}
