import type { CallPace, Destination } from '../../domain/ports/destination.js';
import { articles } from './articles.js';
import { attributes } from './attributes.js';
import { type ClientCounts, IntercomClient, type IntercomClientOptions } from './client.js';
import { collections } from './collections.js';
import { companies } from './companies.js';
import { contacts } from './contacts.js';
import { conversationSearch } from './conversation-search.js';
import { conversations } from './conversations.js';
import { customObjects } from './custom-objects.js';
import { helpCenters } from './help-centers.js';
import { notes } from './notes.js';
import type { IntercomOptions } from './options.js';
import { probe } from './probe.js';
import { IntercomRollback } from './rollback.js';
import { tags } from './tags.js';

/** An Intercom workspace. */
export function openIntercom(
  clientOptions: IntercomClientOptions,
  options: IntercomOptions,
  counts: ClientCounts = { calls: 0, callLimitPerMinute: null },
  pace: CallPace = { answers: 0, failures: 0, limitWaitMs: 0 },
): Destination {
  const { region } = options;
  const client = new IntercomClient(clientOptions, counts, pace);
  return {
    get calls() {
      return counts.calls;
    },
    get callLimitPerMinute() {
      return counts.callLimitPerMinute;
    },
    pace,
    branch: () => openIntercom(clientOptions, options, undefined, pace),
    weighing: weight => openIntercom({ ...clientOptions, weight }, options, counts, pace),
    probe: (attempts = 2) => probe(client, clientOptions.baseUrl, region ?? null, attempts),
    workspaceId: async () => String((await client.read('me')).app.id_code),
    rollback: new IntercomRollback(client),
    ...attributes(client),
    ...tags(client),
    ...companies(client),
    ...contacts(client),
    ...notes(client),
    ...customObjects(client),
    ...conversations(client),
    ...conversationSearch(client),
    ...helpCenters(client),
    ...collections(client),
    ...articles(client),
  };
}
