import {
  type CallRecording,
  phoneForms,
  type ReattachmentStatus,
  type RecordingAvailability,
} from '../domain/model/call-recording.js';
import { UserError } from '../domain/model/errors.js';
import { uuidOf } from '../domain/model/ids.js';
import type { Page } from '../domain/model/page.js';
import { recordOf } from '../domain/model/record-fields.js';
import { listingOf } from '../domain/model/record-types.js';
import { linksInto } from '../domain/text/workspace-links.js';
import { personName } from '../sources/shapes.js';
import { accountLocale } from '../store/account-locale.js';
import { connectionOf } from '../store/connections.js';
import { projectById } from '../store/projects.js';
import { callRecordingById, pagesOfRecordings, recordingList } from '../store/recording-queue.js';
import { recordsByIds } from '../store/staged-records.js';
import type { Tx } from '../store/transaction.js';
import { isPermitted } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { countedPages } from './counted-pages.js';
import { keysetCursor, type PageRequest, readPage } from './cursor.js';
import { downloadLink } from './download-links.js';

export interface CallRecordingFilter {
  sourceCallId?: string | null;
  conversationId?: string | null;
  phone?: string | null;
  from?: Date | null;
  to?: Date | null;
  status?: ReattachmentStatus | null;
  availability?: RecordingAvailability | null;
}

/** A recording with the names of agent and contact, and links to its bytes and its conversation. */
export interface FoundRecording extends CallRecording {
  agentName: string | null;
  contactName: string | null;
  conversationUrl: string | null;
  downloadUrl: string | null;
}

/**
 * Recordings of a project, newest call first.
 * @throws UserError INVALID_INPUT, MALFORMED_ID, MALFORMED_CURSOR, NOT_FOUND
 */
export async function listCallRecordings(
  context: OperationContext,
  projectId: string,
  { phone, ...filter }: CallRecordingFilter,
  pageRequest: PageRequest,
): Promise<Page<FoundRecording>> {
  const window = readPage(pageRequest, keysetCursor);
  const uuid = uuidOf('Project', projectId, ['projectId']);
  const { list, project } = await within(context, async tx => {
    const project = uuid && (await projectById(tx, uuid));
    if (!project) throw new UserError('NOT_FOUND', 'Name a project that exists.', { path: ['projectId'] });
    const phones = phone ? phoneForms(phone, (await accountLocale(tx, project.id)).country) : null;
    if (phones?.length === 0)
      throw new UserError('INVALID_INPUT', 'Give at least four digits of the number.', { path: ['filter', 'phone'] });
    return { list: recordingList({ ...filter, phones }), project };
  });
  const [page] = await countedPages(context, list, [project.id], async tx => {
    const [slice] = await pagesOfRecordings(tx, list, [project.id], window);
    return [{ ...slice!, items: await withNames(context, tx, slice!.items) }];
  });
  return page!;
}

/** @throws UserError MALFORMED_ID */
export async function findCallRecording(context: OperationContext, id: string): Promise<FoundRecording | null> {
  const uuid = uuidOf('CallRecording', id);
  if (uuid === null) return null;
  return within(context, async tx => {
    const recording = await callRecordingById(tx, uuid);
    return recording && (await withNames(context, tx, [recording]))[0]!;
  });
}

async function withNames(context: OperationContext, tx: Tx, recordings: readonly CallRecording[]): Promise<FoundRecording[]> {
  const projectId = recordings[0]?.projectId;
  if (!projectId) return [];
  const names = async (listing: string, ids: readonly (string | null)[]) => {
    const staged = await recordsByIds(tx, projectId, listing, [...new Set(ids.filter(id => id !== null))]);
    return new Map(staged.map(({ sourceId, raw }) => [sourceId, personName(recordOf(raw)) || null]));
  };
  const agents = await names(
    listingOf('AGENT'),
    recordings.map(each => each.agentId),
  );
  const contacts = await names(
    listingOf('CONTACT'),
    recordings.map(each => each.contactId),
  );
  const linkTo = linksInto(await connectionOf(tx, projectId, 'DESTINATION'));
  // A VIEWER must not hear calls.
  const mayListen = isPermitted(context.principal, 'listenToRecordings');
  return recordings.map(each => ({
    ...each,
    agentName: agents.get(each.agentId ?? '') ?? null,
    contactName: contacts.get(each.contactId ?? '') ?? null,
    conversationUrl: each.conversationId && linkTo('CONVERSATION', each.conversationId),
    downloadUrl:
      mayListen && each.availability === 'DOWNLOADED' && each.sha256 !== null
        ? downloadLink(context, { kind: 'recordings', id: each.id, organizationId: each.organizationId })
        : null,
  }));
}
