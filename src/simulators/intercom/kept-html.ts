import { DomUtils, parseDocument } from 'htmlparser2';
import { invalid } from './errors.js';
import type { Json } from './workspace.js';

type Nodes = ReturnType<typeof parseDocument>['children'];
type Child = Nodes[number];

/** Elements that Intercom keeps. Of other elements only the text is kept. */
const kept = new Set(
  'p h1 h2 ul ol li table thead tbody tr th td iframe pre code b strong i em u s a hr br img blockquote'.split(' '),
);
const blocks = new Set('p h1 h2 h3 h4 h5 h6 ul ol table iframe pre hr blockquote div'.split(' '));
const attributes: Record<string, readonly string[]> = {
  a: ['href'],
  img: ['src', 'alt'],
  iframe: ['src'],
  th: ['colspan'],
  td: ['colspan'],
};
const videoHosts = [
  'youtube.com',
  'youtube-nocookie.com',
  'youtu.be',
  'wistia.com',
  'wistia.net',
  'vimeo.com',
  'loom.com',
  'vidyard.com',
  'streamio.com',
];

export interface Keeping {
  /** The address at which Intercom hosts an image. */
  image(src: string): Promise<string>;
  isArticle: boolean;
  /** Further elements to remove. */
  dropped?: readonly string[];
}

/** Converts HTML as Intercom does: unknown elements are replaced by their text, and text between blocks becomes paragraphs. */
export async function keptHtml(html: string, { image, isArticle, dropped = [] }: Keeping): Promise<string> {
  const document = parseDocument(html);
  for (const element of DomUtils.findAll(() => true, document.children)) {
    const { name, attribs, children } = element;
    if (name === 'script' || name === 'style') DomUtils.removeElement(element);
    if (name === 'img' && attribs.src) attribs.src = await image(attribs.src);
    if (isArticle) checkArticle(name, attribs, DomUtils.findAll(inner => inner.name === 'table', children).length > 0);
    if (dropped.includes(name)) element.name = 'dropped';
  }
  return rendered(inParagraphs(document.children), isArticle);
}

function checkArticle(name: string, attribs: Json, holdsTable: boolean): void {
  if (name === 'table' && holdsTable) throw invalid('Tables cannot be nested', 'body');
  if (name === 'li' && holdsTable) throw invalid('A list cannot hold a table', 'body');
  const host = name === 'iframe' ? (URL.parse(attribs.src ?? '')?.hostname ?? '') : null;
  if (host !== null && !videoHosts.some(each => host === each || host.endsWith(`.${each}`)))
    throw invalid(`An iframe of ${attribs.src} is not allowed`, 'body');
}

type Part = Child | { paragraph: Child[] };

/** Puts content between blocks into paragraphs. */
function inParagraphs(nodes: Nodes): Part[] {
  const parts: Part[] = [];
  for (const node of nodes) {
    const last = parts.at(-1);
    if ('name' in node && blocks.has(String(node.name))) parts.push(node);
    else if (last && 'paragraph' in last) last.paragraph.push(node);
    else parts.push({ paragraph: [node] });
  }
  return parts.filter(part => !('paragraph' in part) || part.paragraph.some(isSeen));
}

const isSeen = (node: Child): boolean =>
  DomUtils.isTag(node)
    ? ['img', 'br'].includes(node.name) || node.children.some(isSeen)
    : DomUtils.isText(node) && node.data.trim() !== '';

const rendered = (parts: readonly Part[], isArticle: boolean): string =>
  parts
    .map(part =>
      'paragraph' in part ? `<p>${part.paragraph.map(node => shown(node, isArticle)).join('')}</p>` : shown(part, isArticle),
    )
    .join('');

function shown(node: Child, isArticle: boolean): string {
  if (DomUtils.isText(node)) return DomUtils.getOuterHTML(node, { encodeEntities: 'utf8' });
  if (!DomUtils.isTag(node)) return '';
  const inside = node.children.map(child => shown(child, isArticle)).join('');
  const name = isArticle ? node.name.replace(/^h[3-6]$/, 'h2') : node.name;
  if (!kept.has(name)) return inside;
  const given = (attributes[name] ?? []).filter(each => node.attribs[each] !== undefined);
  const own = Object.fromEntries(given.map(each => [each, node.attribs[each]!]));
  if (isArticle && name === 'p') own.class = 'no-margin';
  const begin = `<${name}${Object.entries(own)
    .map(([each, value]) => ` ${each}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
    .join('')}>`;
  return ['br', 'hr', 'img'].includes(name) ? begin : `${begin}${inside}</${name}>`;
}
