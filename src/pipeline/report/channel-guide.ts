import { listingOf } from '../../domain/model/record-types.js';
import { ticketOf } from '../../sources/shapes.js';
import { stagedPages } from '../../store/staged-pages.js';
import { md, paragraphs, table } from './markup.js';
import { keepText, type Reporting } from './write-documents.js';

/** How to view conversations by their original channel, which cannot be set in Intercom. */
export async function writeChannelGuide(context: Reporting): Promise<void> {
  const channels = new Map<string, number>();
  for await (const page of stagedPages(context, listingOf('TICKET')))
    for (const { record } of page) {
      const channel = ticketOf(record).channel || 'unknown';
      channels.set(channel, (channels.get(channel) ?? 0) + 1);
    }
  const calls = 'Calls without a ticket are separate conversations with the channel call.';
  const rows = [...channels]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([channel, count]) => [channel, count, `channel_source is ${channel}`]);
  await keepText(
    context,
    { kind: 'CHANNEL_VIEW_GUIDE', name: 'channel-views', title: 'Views of conversations by channel' },
    paragraphs([
      md`Every migrated conversation has the channel Messenger. The channel of its ticket is in the conversation attribute \`channel_source\`.`,
      md`Create a view for each channel: Inbox, Views, New view. Filter by the conversation attribute \`channel_source\` as in the table, and save the view for the team.`,
      table(['channel', 'tickets', 'filter'], rows),
      calls,
      'If a message has another channel than its ticket, its first line names it.',
      md`New conversations have their real channel and no \`channel_source\`. To include both in a view, filter by either.`,
    ]),
  );
}
