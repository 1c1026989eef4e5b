import { attribute } from './parse.js';
import { elementsOf } from './rewrite.js';

/** The addresses in a text. */
export interface AddressesIn {
  /** As written in the text. */
  links: string[];
  images: number;
  frames: number;
}

export function addressesIn(html: string): AddressesIn {
  const found: AddressesIn = { links: [], images: 0, frames: 0 };
  if (!html.includes('<')) return found;
  for (const element of elementsOf(html)) {
    const href = element.tagName === 'a' ? attribute(element, 'href') : undefined;
    if (href !== undefined) found.links.push(href);
    if (element.tagName === 'img') found.images++;
    if (element.tagName === 'iframe') found.frames++;
  }
  return found;
}
