import { attribute, type HtmlElement, type HtmlNode, isElement } from './parse.js';

/** Elements that show content from another address. */
export const mediaElements = new Set(['video', 'audio', 'object', 'embed', 'iframe', 'applet', 'bgsound', 'portal']);

/** An image in a text. */
export interface ImageShown {
  /** '' if there is none. */
  address: string;
  alt: string;
  /** A tracking pixel: too small to be visible. */
  isPixel: boolean;
}

/** @param element img, or the picture around it */
export function imageShown(element: HtmlElement): ImageShown {
  const inside = element.tagName === 'picture' ? element.childNodes.filter(isElement) : [];
  const image = inside.find(({ tagName }) => tagName === 'img') ?? element;
  const of = (name: string) => attribute(image, name)?.trim() ?? '';
  const lazy = of('data-src') || of('data-original') || of('data-lazy-src') || first(of('data-srcset'));
  const own = of('src');
  const others = inside.map(source => first(attribute(source, 'srcset') ?? '')).filter(Boolean);
  // Lazy loading: a script replaces the blank image by the address in a data attribute.
  const address = lazy && (own === '' || own.startsWith('data:')) ? lazy : own || first(of('srcset')) || (others[0] ?? '');
  const isSmall = (name: string) => ['0', '1', '0px', '1px'].includes(of(name));
  return { address, alt: of('alt'), isPixel: isSmall('width') && isSmall('height') };
}

/** The first address of a srcset. */
const first = (srcset: string) => srcset.trim().split(/\s/, 1)[0]!.replace(/,$/, '');

/** The distinct addresses of a video, an iframe or similar content. */
export function mediaAddresses(element: HtmlElement): string[] {
  const found = new Set<string>();
  const add = (address: string | undefined) => {
    if (address?.trim()) found.add(address.trim());
  };
  for (const name of ['src', 'data', 'code']) add(attribute(element, name));
  const look = (nodes: readonly HtmlNode[]) => {
    for (const node of nodes.filter(isElement)) {
      if (node.tagName === 'source' || node.tagName === 'embed') add(attribute(node, 'src'));
      if (node.tagName === 'param' && /^(movie|src|url|filename)$/i.test(attribute(node, 'name') ?? ''))
        add(attribute(node, 'value'));
      look(node.childNodes);
    }
  };
  look(element.childNodes);
  return [...found];
}
