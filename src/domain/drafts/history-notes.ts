import type { PartDraft } from './drafts.js';

/**
 * Splits a note of several system logs as it was sent. Later logs become a separate note, because a part cannot be changed.
 * @param sent part ids by the key of the part
 */
function split(part: PartDraft, sent: ReadonlyMap<string, string>): PartDraft[] {
  const { messages, times } = part;
  if (!times || messages.length < 2) return [part];
  const lines = linesOf(part);
  if (lines === null) return [part];
  const places = messages.map((_, place) => place);
  const groups = [...Map.groupBy(places, place => sent.get(`MESSAGE ${messages[place]}`) ?? null)];
  if (groups.length < 2) return [part];
  return groups.map(([, own], index) => ({
    ...part,
    messages: own.map(place => messages[place]!),
    times: own.map(place => times[place]!),
    createdAt: times[own.at(-1)!]!,
    html: lines.head + own.map(place => lines.each[place]!).join(lines.between) + lines.tail,
    // They belong to the first note. Files that it does not have follow separately.
    files: index === 0 ? part.files : [],
    kept: index === 0 ? part.kept : [],
  }));
}

/** A head, and a line for each log. */
function linesOf({ html, plain, messages }: PartDraft) {
  const between = plain ? '\n' : '<br>';
  const end = plain ? html.length : html.indexOf('</p>');
  const [title, ...each] = html.slice(0, end).split(between);
  const [last, ...more] = plain ? each.splice(messages.length - 1) : each.splice(messages.length - 1);
  if (last === undefined || (!plain && more.length > 0)) return null;
  const tail = plain ? more.map(line => `\n${line}`).join('') : html.slice(end);
  return { head: `${title}${between}`, each: [...each, last], between, tail };
}

/** Parts in their order, notes of system logs as they were sent: each where its last log belongs. */
export function withHistoryAsSent(parts: readonly PartDraft[], sent: ReadonlyMap<string, string>): PartDraft[] {
  const all: PartDraft[] = [];
  for (const part of parts) {
    const pieces = split(part, sent);
    for (const piece of pieces.slice(0, -1)) {
      const place = all.findIndex(each => each.createdAt > piece.createdAt);
      all.splice(place < 0 ? all.length : place, 0, piece);
    }
    all.push(pieces.at(-1)!);
  }
  return all;
}
