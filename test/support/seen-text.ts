import { DomUtils, parseDocument } from 'htmlparser2';

/** Reads independently of the product: with another parser and its own rules for what is visible. */
const lineEnding = new Set(
  'address article aside blockquote br button caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol optgroup option p pre section select summary table td textarea tfoot th thead tr ul'.split(
    ' ',
  ),
);
const unseen = new Set('head title style script template noembed datalist'.split(' '));

export interface Seen {
  /** Lines as a person sees them, white space collapsed. */
  lines: string[];
  text: string;
}

/** What a person sees of HTML: blocks and line breaks end a line, what is hidden is not seen. */
export function seenText(html: string): Seen {
  let text = '';
  const walk = (nodes: ReturnType<typeof parseDocument>['children'], isPre: boolean): void => {
    for (const node of nodes) {
      if (DomUtils.isText(node)) text += isPre ? node.data : node.data.replace(/\s+/g, ' ');
      if (!DomUtils.isTag(node)) continue;
      const { name, attribs, children } = node;
      if (unseen.has(name) || attribs.hidden !== undefined || isStyledAway(attribs.style ?? '')) continue;
      if (name === 'input' && attribs.type !== 'hidden') text += ` ${attribs.value ?? ''} `;
      const ends = lineEnding.has(name);
      if (ends) text += '\n';
      walk(children, isPre || name === 'pre' || name === 'textarea');
      if (ends) text += '\n';
    }
  };
  walk(parseDocument(html).children, false);
  const lines = text
    .split('\n')
    .map(line => line.replace(/[\s\u00a0]+/g, ' ').trim())
    .filter(Boolean);
  return { lines, text: lines.join('\n') };
}

const isStyledAway = (style: string) => /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])/i.test(style);

/** Elements of a name, with their attributes. */
export const elementsNamed = (html: string, name: string): Record<string, string>[] =>
  DomUtils.findAll(each => each.name === name, parseDocument(html).children).map(({ attribs }) => attribs);
