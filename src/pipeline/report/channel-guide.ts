import { md, paragraphs, table } from './markup.js';
import { channelName, ticketVolumes } from './ticket-volumes.js';
import { keepText, type Reporting } from './write-documents.js';

/** How to view conversations by their original channel, which cannot be set in Intercom. */
export async function writeChannelGuide(context: Reporting): Promise<void> {
  const { channels: t } = context.texts;
  const named = channelName(context.texts);
  const { channels } = await ticketVolumes(context);
  const rows = channels.map(({ channel, count }) => [named(channel), count, t.filter(channel || 'unknown')]);
  await keepText(
    context,
    { kind: 'CHANNEL_VIEW_GUIDE', name: 'channel-views', title: t.title },
    {
      summary: paragraphs([t.intro, rows.length > 0 ? table(t.columns, rows) : '']),
      charts: [
        {
          kind: 'BARS',
          title: t.chart,
          parts: [t.columns[1]!],
          rows: channels.map(({ channel, count }) => ({ label: named(channel), values: [count] })),
        },
      ],
      body: paragraphs([t.how, t.calls, t.messages, md`${t.fresh}`]),
    },
  );
}
