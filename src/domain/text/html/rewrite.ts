import { serialize } from 'parse5';
import { type HtmlElement, type HtmlNode, isElement, parseHtml } from './parse.js';

/**
 * HTML of ours with some of its elements changed: what is left alone comes out as it was.
 * @param change answers what stands in the place of an element, itself where it stays; what is inside is seen after it
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

/** Each element of a text, in order. */
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
