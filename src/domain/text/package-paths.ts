import { createHash } from 'node:crypto';
import { ownEntry } from '../model/own-entry.js';
import { fitting } from './file-name.js';

const extensions: Record<string, string> = {
  wav: 'wav',
  'x-wav': 'wav',
  wave: 'wav',
  mpeg: 'mp3',
  mp3: 'mp3',
  ogg: 'ogg',
  opus: 'opus',
  mp4: 'm4a',
  aac: 'aac',
  webm: 'webm',
  flac: 'flac',
  amr: 'amr',
};

/** File systems limit a name to 255 bytes. */
const longestName = 150;

/** Path of a recording in the package: `recordings/640.wav`. */
export function packagePath(callId: string, contentType: string | null): string {
  const kind = /\/(?:x-)?([\w-]+)/.exec(contentType ?? '')?.[1]?.toLowerCase() ?? '';
  // An id may have any characters, a path may not.
  const name = Array.from(Buffer.from(callId), byte => {
    const character = String.fromCharCode(byte);
    return /[\w-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
  }).join('');
  const short = name.length <= longestName ? name : `${name.slice(0, longestName)}-${digest(callId)}`;
  return `recordings/${short}.${ownEntry(extensions, kind) ?? 'bin'}`;
}

/** Path in the package of a file that no message could carry: `files/6-fatura.pdf`. Different ids get different paths. */
export function packedFilePath(id: string, name: string): string {
  const safe = (text: string) => withoutOuterDots(text.replace(/[^\p{L}\p{N}._-]+/gu, '_'));
  const own = fitting(safe(id), 60, 'head');
  // With a hyphen in the id, two ids could get the same path.
  return `files/${own === id && !id.includes('-') ? id : `${own}-${digest(id)}`}-${fitting(safe(name), 120, 'tail') || 'file'}`;
}

function withoutOuterDots(text: string): string {
  let [from, to] = [0, text.length];
  while (text[from] === '.') from++;
  while (to > from && text[to - 1] === '.') to--;
  return text.slice(from, to);
}

const digest = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 8);
