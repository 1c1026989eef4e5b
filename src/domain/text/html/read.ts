import { blockElements, unseenElements } from './elements.js';
import { attribute, type HtmlElement, type HtmlNode, isElement, isText, parseHtml } from './parse.js';
import { isHidden } from './style.js';

/** All text of an element, hidden or not. */
export const textContent = (element: HtmlElement): string =>
  element.childNodes
    .map(node => (isText(node) ? node.value : isElement(node) && !isCode(node) ? textContent(node) : ''))
    .join('');

const isCode = ({ tagName }: HtmlElement) => tagName === 'style' || tagName === 'script';

/** White space that looks like a space. */
export const oneLine = (text: string) => text.replace(/[\s\u200b\u00a0]+/g, ' ').trim();

/** The visible text of HTML in one line, with collapsed white space. */
export const readText = (html: string) => readNodes(parseHtml(html).nodes);

export function readNodes(read: readonly HtmlNode[]): string {
  const text: string[] = [];
  const walk = (nodes: readonly HtmlNode[]) => {
    for (const node of nodes) {
      if (isText(node)) text.push(node.value);
      else if (isElement(node) && !unseenElements.has(node.tagName) && !isHidden(node)) {
        const around = node.tagName === 'br' || blockElements.has(node.tagName) ? ' ' : '';
        text.push(around);
        walk(node.childNodes);
        text.push(around);
      }
    }
  };
  walk(read);
  return oneLine(text.join(''));
}

/** Whether nothing is visible, also no image. */
export function isBlank(html: string): boolean {
  const shows = (node: HtmlNode): boolean =>
    isElement(node) && (node.tagName === 'img' || node.tagName === 'iframe' || node.childNodes.some(shows));
  const { nodes } = parseHtml(html);
  return readNodes(nodes) === '' && !nodes.some(shows);
}

/** The visible text of a body that is HTML or plain text. */
export const readBody = (body: string, isPlain: boolean) => (isPlain ? oneLine(body) : readText(body));

/** HTML as plain text with line breaks and with the addresses of links and images. */
export function plainText(html: string): string {
  const lines = [''];
  const write = (text: string) => {
    lines[lines.length - 1] += text;
  };
  const endLine = () => {
    if (lines.at(-1) !== '') lines.push('');
  };
  const walk = (nodes: readonly HtmlNode[], isPre: boolean) => {
    for (const node of nodes) {
      if (isText(node)) {
        if (!isPre) write(collapsed(node.value, lines.at(-1) === ''));
        else for (const [index, line] of node.value.split('\n').entries()) index === 0 ? write(line) : lines.push(line);
      } else if (isElement(node)) element(node, isPre);
    }
  };
  const element = (node: HtmlElement, isPre: boolean) => {
    const { tagName, childNodes } = node;
    if (tagName === 'br') lines.push('');
    else if (tagName === 'img') write(`[${attribute(node, 'alt') || 'image'}] (${attribute(node, 'src')})`);
    else if (tagName === 'a') {
      const href = attribute(node, 'href') ?? '';
      walk(childNodes, isPre);
      if (/^https?:/i.test(href) && !textContent(node).includes(href)) write(` (${href})`);
    } else if (tagName === 'td' || tagName === 'th') {
      if (lines.at(-1) !== '') write(' | ');
      walk(childNodes, isPre);
    } else {
      const isBlock = blockElements.has(tagName);
      if (isBlock) endLine();
      if (tagName === 'ol' || tagName === 'ul') list(node);
      else walk(childNodes, isPre || tagName === 'pre');
      if (isBlock) endLine();
    }
  };
  const list = (node: HtmlElement) => {
    let number = Number(attribute(node, 'start') ?? 1);
    for (const item of node.childNodes.filter(isElement)) {
      endLine();
      write(node.tagName === 'ol' ? `${number++}. ` : '- ');
      walk(item.childNodes, false);
    }
  };
  walk(parseHtml(html).nodes, false);
  const text = lines.map(line => line.trimEnd()).join('\n');
  return withoutLineBreaks(text);
}

/** White space as a browser shows it: one space, and none at the start of a line. */
function collapsed(text: string, atLineStart: boolean): string {
  const spaced = text.replace(/[ \t\n\r\f]+/g, ' ');
  return atLineStart ? spaced.trimStart() : spaced;
}

/** Removes empty lines at both ends. */
function withoutLineBreaks(text: string): string {
  let from = 0;
  while (text[from] === '\n') from++;
  return text.slice(from).trimEnd();
}

const plainTags = new Set(['html', 'head', 'body', 'p', 'br']);

/** Whether HTML shows no more than its plain text. */
export function isPlainMarkup(html: string): boolean {
  const isPlain = (node: HtmlNode): boolean =>
    isText(node) || (isElement(node) && plainTags.has(node.tagName) && node.childNodes.every(isPlain));
  return parseHtml(html).nodes.every(isPlain);
}
