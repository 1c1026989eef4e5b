import { storableText } from '../storable-text.js';
import { type HtmlNode, parseHtml } from './parse.js';
import { oneLine, readNodes } from './read.js';

/** A text of the source and the format of its field. EITHER: the syntax decides. */
export interface SourceText {
  text: string;
  as: 'HTML' | 'PLAIN' | 'EITHER';
}

export const either = (text: string): SourceText => ({ text, as: 'EITHER' });

/** Parses it to nodes of HTML or to plain text. Characters that cannot be stored are left out. */
export function readSource({ text, as }: SourceText): { nodes: HtmlNode[] } | { plain: string } {
  const plain = storableText(text);
  if (as === 'PLAIN' || (as === 'EITHER' && !plain.includes('<'))) return { plain };
  const { nodes, isMarkup } = parseHtml(plain);
  return as === 'HTML' || isMarkup ? { nodes } : { plain };
}

/** The visible text in one line. */
export function lineOf(source: SourceText): string {
  const read = readSource(source);
  return 'plain' in read ? oneLine(read.plain) : readNodes(read.nodes);
}
