import { textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { stagedPages } from '../../store/staged-pages.js';
import { md, paragraphs, table } from './markup.js';
import { keepText, type Reporting } from './write-documents.js';

/** How to see tickets by the channel that they came by, which Intercom can't be told. */
export async function writeChannelGuide(context: Reporting): Promise<void> {
  const channels = new Map<string, number>();
  for await (const page of stagedPages(context, listingOf('TICKET')))
    for (const { record } of page) {
      const channel = textOf(record.channelType) || 'unknown';
      channels.set(channel, (channels.get(channel) ?? 0) + 1);
    }
  const calls = 'Calls that belong to no ticket are conversations of their own, with the channel call.';
  const rows = [...channels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([channel, count]) => [channel, count, `channel_source is ${channel}`]);
  await keepText(
    context,
    { kind: 'CHANNEL_VIEW_GUIDE', name: 'channel-views', title: 'Seeing conversations by their channel' },
    paragraphs([
      md`Every migrated conversation arrives by the Messenger; the channel that its ticket had stands in the conversation attribute \`channel_source\`.`,
      md`For each channel make a view: Inbox, Views, New view; filter by the conversation attribute \`channel_source\`, as the table says; save it for the team.`,
      table(['channel', 'tickets', 'filter'], rows),
      calls,
      'Within a conversation the first line of a message names its channel where it differs from that of the ticket.',
      md`New conversations have their real channel, and no \`channel_source\`: where views shall hold both, filter by either.`,
    ]),
  );
}
