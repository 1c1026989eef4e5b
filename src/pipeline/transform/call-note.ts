import { escapeText } from 'entities';
import type { ConversationDraft, FileDraft, PartDraft } from '../../domain/drafts/drafts.js';
import { fieldsOf, isFilled, numberOf, textOf } from '../../domain/model/record-fields.js';
import type { CallShape } from '../../domain/model/source-shapes.js';
import { plainToHtml, storableText } from '../../domain/text/html-text.js';
import { packagePath } from '../../domain/text/package-paths.js';
import { callOf } from '../../sources/shapes.js';
import type { StoredRecording } from '../../store/call-recordings.js';
import type { Lookups } from '../../store/lookups.js';
import { type Attribution, agentAttribution, headingLine, type People } from './attribution.js';
import type { TypeMapping } from './field-values.js';
import { MessageTimes, type Moment, reportMoment, statedTimeLine } from './message-times.js';
import type { ReadRecord, ReportIssue } from './ticket-record.js';

/** In seconds: longer durations are not shown in minutes. */
const longestCall = 7 * 86_400;

/** The content of the log of a call, for its note. */
interface CallLog {
  messages: string[];
  html: string;
  charactersRemoved: boolean;
  files: FileDraft[];
  kept: FileDraft[];
  /** Lines of HTML with the names of files that cannot be sent. */
  named: string;
}

interface CallPeople extends People {
  lookups: Lookups;
}

/** No name in the heading: the line of the agent contains it. */
const nobody: Attribution = { author: { kind: 'PLACEHOLDER_TEAMMATE' }, named: null };

/** When a call began. */
export const startOf = ({ record, stagedAt }: ReadRecord, times: MessageTimes): Moment =>
  times.of(stagedAt, ...callOf(record).startedDates);

/**
 * The facts of a call as a note at the time when it began: lines for people, and a block of JSON for programs, with every field
 * that the mapping does not ignore.
 */
export function callNote(
  { sourceId: id, record }: Pick<ReadRecord, 'sourceId' | 'record'>,
  mapping: TypeMapping,
  people: CallPeople,
  began: Moment,
  recording: StoredRecording | undefined,
  log: CallLog = { messages: [], html: '', charactersRemoved: false, files: [], kept: [], named: '' },
): PartDraft {
  const call = callOf(record);
  const user = call.agentId ?? '';
  const { lookups } = people;
  const agent = lookups.users.get(user);
  const { author, named } = agent ? agentAttribution(user, people) : nobody;
  const facts = Object.fromEntries(
    [...fieldsOf(record)].filter(([path, value]) => isFilled(value) && mapping.get(path)?.action !== 'IGNORE'),
  );
  const block = storableText(JSON.stringify({ infoset_call: facts }));
  return {
    messages: log.messages,
    continues: false,
    calls: [id],
    recordings: recording?.availability === 'DOWNLOADED' ? [id] : [],
    files: log.files,
    kept: log.kept,
    author,
    type: 'note',
    createdAt: began.at,
    html: [
      headingLine(named, statedTimeLine(began)),
      plainToHtml(readable(id, call, agent?.name ?? (user ? `user ${user}` : ''), recording).join('\n')),
      log.html,
      log.named,
      `<pre>${escapeText(block)}</pre>`,
    ].join(''),
    plain: false,
    charactersRemoved: log.charactersRemoved,
  };
}

function readable(id: string, call: CallShape, agent: string, recording: StoredRecording | undefined): string[] {
  const line = (label: string, value: string) => (value === '' ? '' : `${label}: ${storableText(value)}`);
  return [
    `Call ${id}: ${[call.direction, call.disposition].filter(Boolean).join(', ')}`,
    line('Duration', durationOf(call.duration)),
    line('From', call.from),
    line('To', call.to),
    line('Agent', agent),
    line('Queue', call.queue),
    line('IVR path', call.path.join(' › ')),
    recordingLine(recording),
  ].filter(Boolean);
}

/** Where the recording is, or why it is not available. */
function recordingLine(recording: StoredRecording | undefined): string {
  if (!recording) return '';
  const { availability, callId, contentType, byteSize, sha256 } = recording;
  return availability === 'DOWNLOADED'
    ? `Recording: ${packagePath(callId, contentType)} in the recording package (${byteSize} bytes, SHA-256 ${sha256})`
    : `Recording: not available (${availability})`;
}

/** Minutes and seconds. An impossible duration is shown unchanged. */
function durationOf(value: unknown): string {
  const seconds = numberOf(value);
  if (!(seconds >= 0 && seconds < longestCall)) return textOf(value) && `${textOf(value)} (as the source tells it)`;
  const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds % 60)];
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}

/** A call without a ticket becomes a conversation of its contact, opened with a neutral line. */
export function draftCall(
  call: ReadRecord,
  mapping: TypeMapping,
  people: CallPeople,
  recording: StoredRecording | undefined,
  report: ReportIssue,
): ConversationDraft {
  const { sourceId, record } = call;
  const began = startOf(
    call,
    new MessageTimes({ ...call, logs: [], calls: new Map([[sourceId, call]]) }, people.lookups.timeZone),
  );
  reportMoment(began, 'CALL', sourceId, report);
  const note = callNote(call, mapping, people, began, recording);
  return {
    sourceId,
    contact: callOf(record).contactId ?? '',
    company: null,
    title: null,
    opening: { body: `Infoset call #${sourceId}`, createdAt: note.createdAt, part: null },
    parts: [note],
    team: null,
    assigneeAgents: [],
    state: 'closed',
    attributes: { channel_source: 'call' },
    tags: [],
    fields: {},
    note: null,
    losses: [],
  };
}
