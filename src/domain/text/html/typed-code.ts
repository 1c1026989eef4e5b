import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html } from 'parse5';
import { blockElements, unseenElements } from './elements.js';
import { attribute, type HtmlElement, type HtmlNode, isElement, isForeign, isText, type ParsedHtml } from './parse.js';

/** Comments that programs write between words. */
const ofPrograms = /^(?:<!\[|<\?xml|<!--(?:\[|<!|-|>|\s*$|\/?\$|(?:Start|End)Fragment|bindings=| ?\/?react-| ?ngI|v-if|\s*-->))/;

/** Elements that mail programs write between blocks. */
const ofHeads = new Set(['style', 'meta', 'link', 'base', 'title']);

/**
 * The nodes of a text that may be either HTML or plain. Code in it of which a browser shows nothing (a script, a comment, a meta
 * element) was typed by a person, and becomes text. Between blocks, styles and the like are of a mail program: they are left out, and named.
 */
export function withTypedCode({ nodes, around, evidence, source }: ParsedHtml): { nodes: HtmlNode[]; leftOut: string[] } {
  if (evidence.isDocument) return { nodes, leftOut: [] };
  const inside = nodes.flatMap(node =>
    isElement(node) && (node.tagName === 'head' || node.tagName === 'body') ? node.childNodes : node,
  );
  const leftOut: string[] = [];
  return { nodes: shownIn([...around.before, ...inside, ...around.after], source, leftOut), leftOut };
}

function shownIn(nodes: readonly HtmlNode[], source: string, leftOut: string[]): HtmlNode[] {
  const before = besideText(nodes);
  const after = besideText(nodes.toReversed()).toReversed();
  return nodes.map((node, place) => {
    const code = codeOf(node, source);
    if (code !== null) {
      const isOfHead = isElement(node) ? ofHeads.has(node.tagName) : true;
      if (!isOfHead || before[place] || after[place]) return asText(code);
      if (isElement(node)) leftOut.push(code);
      return node;
    }
    if (isElement(node) && !isForeign(node)) node.childNodes = shownIn(node.childNodes, source, leftOut);
    return node;
  });
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

/** The source text of a node that shows nothing; null for any other node. */
function codeOf(node: HtmlNode, source: string): string | null {
  const isCode = isElement(node) ? isUnseen(node) : node.nodeName === '#comment';
  const location = isCode
    ? (node as { sourceCodeLocation?: { startOffset: number; endOffset: number } | null }).sourceCodeLocation
    : null;
  if (!location) return null;
  const written = source.slice(location.startOffset, location.endOffset).replaceAll('&lt;!--', '<!--');
  return isElement(node) || !ofPrograms.test(written) ? written : null;
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
