import { linkTarget } from './link-scheme.js';
import { attribute, type HtmlElement, type HtmlNode, isElement } from './parse.js';
import { isSmall } from './style.js';

/** Elements that show content from another address. */
export const mediaElements = new Set(
  'video audio object embed iframe applet bgsound portal oembed amp-video amp-audio amp-iframe'.split(' '),
);

export const imageElements = new Set(['img', 'picture', 'amp-img', 'amp-anim']);

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
  const own = of('src');
  const lazy =
    lazyNames.map(of).find(Boolean) ||
    first(of('data-srcset')) ||
    first(of('data-lazy-srcset')) ||
    (isEmpty(own) ? of('data-url') : '');
  const sources = inside.filter(({ tagName }) => tagName === 'source');
  const others = sources
    .map(source => first(attribute(source, 'srcset') || attribute(source, 'data-srcset') || ''))
    .find(Boolean);
  const address = isReplaced(own, lazy) ? lazy : own || first(of('srcset')) || (others ?? '');
  return { address, alt: of('alt'), isPixel: isSmall(image) };
}

/** Lazy loading: a script replaces the address by the one in an attribute of its own. */
const lazyNames = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-cfsrc'];

/** Whether it shows nothing before a script replaces it. */
const isEmpty = (own: string) => own === '' || /^(?:about|data):/i.test(own);

function isReplaced(own: string, lazy: string): boolean {
  if (lazy === '' || own.toLowerCase().startsWith('cid:')) return false;
  const { kind } = linkTarget(lazy);
  return kind === 'WEB' || own === '' || own.startsWith('data:') || (kind === 'RELATIVE' && linkTarget(own).kind !== 'WEB');
}

/** The first address of a srcset. */
const first = (srcset: string) => srcset.trim().split(/\s/, 1)[0]!.replace(/,$/, '');

/** The distinct addresses of a video, an iframe or similar content. */
export function mediaAddresses(element: HtmlElement): string[] {
  const found = new Set<string>();
  const add = (address: string | undefined) => {
    const trimmed = address?.trim();
    if (trimmed && !/^about:(?:blank|srcdoc)$/i.test(trimmed)) found.add(trimmed);
  };
  const source = (each: HtmlElement) => {
    const own = attribute(each, 'src')?.trim() ?? '';
    const names = ['data-src', 'data-lazy-src', ...(isEmpty(own) ? ['data-url'] : [])];
    const lazy = names.map(name => attribute(each, name)?.trim()).find(Boolean) ?? '';
    add(lazy !== '' && (own === '' || own.startsWith('about:') || linkTarget(lazy).kind === 'WEB') ? lazy : own);
  };
  source(element);
  for (const name of ['data', 'code', 'url']) add(attribute(element, name));
  if (attribute(element, 'srcdoc') !== undefined) return [...found];
  const look = (nodes: readonly HtmlNode[]) => {
    for (const node of nodes.filter(isElement)) {
      if (node.tagName === 'source' || node.tagName === 'embed') source(node);
      if (node.tagName === 'param' && /^(movie|src|url|filename)$/i.test(attribute(node, 'name') ?? ''))
        add(attribute(node, 'value'));
      look(node.childNodes);
    }
  };
  look(element.childNodes);
  return [...found];
}

/** The addresses of all visible images and other media in some nodes. */
export function addressesOf(nodes: readonly HtmlNode[]): string[] {
  return nodes.filter(isElement).flatMap(node => {
    if (!imageElements.has(node.tagName))
      return [...(mediaElements.has(node.tagName) ? mediaAddresses(node) : []), ...addressesOf(node.childNodes)];
    const { address, isPixel } = imageShown(node);
    return isPixel || address === '' ? [] : [address];
  });
}
