import type { Source } from '../../domain/ports/source.js';
import type { InfosetClient } from './client.js';
import { download } from './download.js';
import type { InfosetProfile } from './profile.js';

const anythingButText = /^(?!text\/html|application\/json)/i;
const recordingType = /^(audio|video)\/|^application\/(octet-stream|ogg)/i;

/** Downloads attachments and recordings. */
export function files(client: InfosetClient, { recordingPath }: InfosetProfile) {
  return {
    async file(url, { size, contentType: declared, mayWait = true }, keep) {
      const expected = /html|json/i.test(declared) ? {} : { contentType: anythingButText };
      const { kept, contentType } = await download(client, url, { size, mayWait, ...expected }, keep);
      return { blob: kept, contentType };
    },

    async recording(callId, keep) {
      const path = recordingPath.replace('{id}', encodeURIComponent(callId));
      const { kept, contentType } = await download(client, path, { withRanges: true, contentType: recordingType }, keep);
      return { blob: kept, contentType };
    },

    hostOf: url => client.hostOf(url),
  } satisfies Partial<Source>;
}
