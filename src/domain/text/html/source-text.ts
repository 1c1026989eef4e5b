import { storableText } from '../storable-text.js';
import { type HtmlNode, parseHtml } from './parse.js';
import { oneLine, readNodes } from './read.js';
import { withTypedCode } from './typed-code.js';

/** A text of the source and the format of its field. EITHER: the syntax decides. */
export interface SourceText {
  text: string;
  as: 'HTML' | 'PLAIN' | 'EITHER';
}

export const either = (text: string): SourceText => ({ text, as: 'EITHER' });

/** Nodes of HTML. */
export interface SourceHtml {
  nodes: HtmlNode[];
  /** Whether the line breaks of the text are shown, because no element divides it into lines. */
  keepsLines: boolean;
  /** Code that a person may have typed. */
  leftOut: string[];
}

/** Parses it to nodes of HTML or to plain text. Characters that cannot be stored are left out. */
export function readSource({ text, as }: SourceText): SourceHtml | { plain: string } {
  const plain = storableText(text);
  if (as === 'PLAIN' || (as === 'EITHER' && !plain.includes('<'))) return { plain };
  if (as === 'HTML') return { nodes: parseHtml(plain).nodes, keepsLines: false, leftOut: [] };
  const parsed = parseHtml(plain, true);
  if (!parsed.evidence.isMarkup) return { plain };
  return { ...withTypedCode(parsed), keepsLines: !parsed.evidence.hasLines };
}

/** The visible text in one line. */
export function lineOf(source: SourceText): string {
  const read = readSource(source);
  return 'plain' in read ? oneLine(read.plain) : readNodes(read.nodes);
}
