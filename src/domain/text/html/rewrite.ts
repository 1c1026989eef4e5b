import { serialize } from 'parse5';
import { type HtmlElement, type HtmlNode, isElement, parseHtml } from './parse.js';

/**
 * Changes some elements of HTML that this program produced. The rest stays exactly as it is.
 * @param change answers the nodes that replace an element; it runs for an element before its children
 */
export function rewritten(html: string, change: (element: HtmlElement) => readonly HtmlNode[]): string {
  const walk = (nodes: readonly HtmlNode[]): HtmlNode[] =>
    nodes.flatMap(node => {
      if (!isElement(node)) return node;
      node.childNodes = walk(node.childNodes);
      return change(node);
    });
  return parseHtml(html)
    .nodes.map(part => {
      if (isElement(part)) part.childNodes = walk(part.childNodes);
      return serialize(part as HtmlElement);
    })
    .join('');
}

/** All elements, in document order. */
export function* elementsOf(html: string): Generator<HtmlElement> {
  function* within(nodes: readonly HtmlNode[]): Generator<HtmlElement> {
    for (const node of nodes.filter(isElement)) {
      yield node;
      yield* within(node.childNodes);
    }
  }
  for (const part of parseHtml(html).nodes.filter(isElement)) yield* within(part.childNodes);
}

export function setAttribute(element: HtmlElement, name: string, value: string): void {
  const found = element.attrs.find(each => each.name === name);
  if (found) found.value = value;
  else element.attrs.push({ name, value });
}
