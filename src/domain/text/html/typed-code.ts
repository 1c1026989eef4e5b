import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html } from 'parse5';
import { blockElements, unseenElements } from './elements.js';
import type { Evidence } from './evidence.js';
import { attribute, type HtmlElement, type HtmlNode, isElement, isForeign, isText, type ParsedHtml } from './parse.js';

/** Comments that programs write between words. */
const ofPrograms = [
  /^<!\[(?!CDATA)/,
  /^<\?xml/,
  /^<!--(?:\s{0,9}\[|<!|-|>|\]|\s*$|\/?\$|\?(?:xml|lit)|(?:Start|End)Fragment|bindings=| ?\/?react-)/,
  /^<!--(?: ?(?:end )?ng(?:I|[A-Z]|-)| ?\/?ko\b| ?\/?wp:|more-->|v-if|\s*-->)/,
];

/** Elements that mail programs write between blocks. */
const ofHeads = new Set(['style', 'meta', 'link', 'base', 'title']);

/** Those that nobody types in a mail with blocks or styles. */
const ofMails = new Set(['style', 'meta', 'link', 'input', 'datalist']);

/** What the text around code says about it. */
interface Around {
  source: string;
  evidence: Evidence;
  /** Whether a mail program wrote the text: it has blocks or styles. */
  isMail: boolean;
  leftOut: string[];
}

/**
 * The nodes of a text that may be either HTML or plain. Code in it of which a browser shows nothing (a script, a comment, a meta
 * element) was typed by a person, and becomes text. Styles and the like of a mail program are left out; those in a sentence are named.
 */
export function withTypedCode({ nodes, around, evidence, source }: ParsedHtml): { nodes: HtmlNode[]; leftOut: string[] } {
  if (evidence.isDocument) return { nodes, leftOut: [] };
  const inside = nodes.flatMap(node =>
    isElement(node) && (node.tagName === 'head' || node.tagName === 'body') ? node.childNodes : node,
  );
  const all = [...around.before, ...inside, ...around.after];
  const leftOut: string[] = [];
  return { nodes: shownIn(all, { source, evidence, isMail: all.some(isOfMail), leftOut }), leftOut };
}

const styling = new Set('style class face dir align bgcolor'.split(' '));

const isOfMail = (node: HtmlNode): boolean =>
  isElement(node) &&
  !isUnseen(node) &&
  (blockElements.has(node.tagName) || node.attrs.some(({ name }) => styling.has(name)) || node.childNodes.some(isOfMail));

function shownIn(nodes: readonly HtmlNode[], around: Around): HtmlNode[] {
  const before = besideText(nodes);
  const after = besideText(nodes.toReversed()).toReversed();
  return nodes.map((node, place) => {
    const code = codeOf(node, around.source);
    if (code !== null) {
      if (!isLeftOut(node, before[place]!, after[place]!, around)) return asText(code);
      if (isElement(node) && node.attrs.length === 0 && before[place] && after[place]) around.leftOut.push(code);
      return node;
    }
    if (isElement(node) && !isForeign(node)) node.childNodes = shownIn(node.childNodes, around);
    return node;
  });
}

/** Whether code is of a program, and not typed. */
function isLeftOut(node: HtmlNode, isAfterText: boolean, isBeforeText: boolean, { source, evidence, isMail }: Around): boolean {
  const { startOffset, endOffset } = locationOf(node)!;
  const isBeside = isAfterText || isBeforeText;
  if (!isElement(node)) return !isBeside || evidence.isInHead(startOffset);
  const { tagName } = node;
  if (isData(node)) return !isBeside || isMail;
  if (ofMails.has(tagName) && isMail) return true;
  if (!ofHeads.has(tagName)) return false;
  if (!isBeside || evidence.isInHead(startOffset) || (tagName === 'style' && node.attrs.length > 0)) return true;
  // At the beginning of a text. A sentence about it goes on after a space.
  return !isAfterText && source[endOffset] !== ' ';
}

/** A script that does not run. */
function isData(element: HtmlElement): boolean {
  const type = attribute(element, 'type');
  return element.tagName === 'script' && Boolean(type) && !/javascript|ecmascript|module/i.test(type!);
}

/** For each node, whether what comes before it is visible text on its line or the line before. */
function besideText(nodes: readonly HtmlNode[]): boolean[] {
  let isBeside = false;
  return nodes.map(node => {
    const is = isBeside;
    if (isText(node)) isBeside ||= node.value.trim() !== '';
    else if (isElement(node) && !isUnseen(node)) isBeside = !blockElements.has(node.tagName);
    return is;
  });
}

const locationOf = (node: HtmlNode) =>
  (node as { sourceCodeLocation?: { startOffset: number; endOffset: number } | null }).sourceCodeLocation;

/** The source text of a node that shows nothing; null for any other node. */
function codeOf(node: HtmlNode, source: string): string | null {
  const isCode = isElement(node) ? isUnseen(node) : node.nodeName === '#comment';
  const location = isCode ? locationOf(node) : null;
  if (!location) return null;
  const written = source.slice(location.startOffset, location.endOffset).replaceAll('&lt;!--', '<!--');
  return isElement(node) || !ofPrograms.some(pattern => pattern.test(written)) ? written : null;
}

function isUnseen(element: HtmlElement): boolean {
  const { tagName } = element;
  if (tagName === 'param' || tagName === 'track') return false;
  if (unseenElements.has(tagName)) return true;
  if (tagName !== 'input') return false;
  const type = attribute(element, 'type')?.toLowerCase() ?? 'text';
  return !['checkbox', 'radio'].includes(type) && !['value', 'placeholder', 'alt'].some(name => attribute(element, name));
}

/** A text whose line breaks are shown. */
function asText(code: string): HtmlElement {
  const element = defaultTreeAdapter.createElement('span', html.NS.HTML, [{ name: 'style', value: 'white-space:pre-line' }]);
  const text: DefaultTreeAdapterTypes.TextNode = { nodeName: '#text', value: code, parentNode: element };
  element.childNodes.push(text);
  return element;
}
