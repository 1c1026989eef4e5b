import { createHash } from 'node:crypto';
import { escapeUTF8 } from 'entities';
import { type HtmlElement, isElement, isText } from './parse.js';

/** An embedded image: its address contains the bytes. */
export interface HeldImage {
  /** A digest of the content. */
  id: string;
  name: string;
  contentType: string;
  /** `data:` address in base64. */
  url: string;
  size: null;
}

/** The image in a `data:` address, which is base64 or text; null if there is none. */
export function dataImage(address: string): HeldImage | null {
  const comma = address.indexOf(',');
  if (comma < 0 || address.slice(0, 5).toLowerCase() !== 'data:') return null;
  const [type = '', ...parameters] = address.slice('data:'.length, comma).toLowerCase().split(';');
  const format = /^image\/([a-z0-9.+-]+)$/.exec(type.trim())?.[1];
  if (!format) return null;
  const written = address.slice(comma + 1);
  if (parameters.some(each => each.trim() === 'base64')) {
    const data = written.replace(/\s/g, '');
    return data === '' ? null : image(type.trim(), written, decoded(data));
  }
  return written === '' ? null : image(type.trim(), written, Buffer.from(decoded(written)).toString('base64'));
}

/** An SVG in the text as a file; null if it is empty. */
export function drawingImage(svg: HtmlElement): HeldImage | null {
  if (!svg.childNodes.some(isElement)) return null;
  const xml = xmlOf(svg);
  return image('image/svg+xml', xml, Buffer.from(xml).toString('base64'));
}

function image(contentType: string, written: string, base64: string): HeldImage {
  const id = `inline:${createHash('sha256').update(written).digest('hex').slice(0, 32)}`;
  const extension = contentType.slice('image/'.length).split(/\W/, 1)[0]!;
  return { id, name: `image.${extension}`, contentType, url: `data:${contentType};base64,${base64}`, size: null };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A literal per cent sign.
    return text;
  }
}

const svgNames = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';

function xmlOf(element: HtmlElement): string {
  const attributes = element.attrs
    .filter(({ name }) => name !== 'xmlns' && !name.startsWith('xmlns:') && /^[\w:.-]+$/.test(name))
    .map(({ name, prefix, value }) => ` ${prefix ? `${prefix}:` : ''}${name}="${escapeUTF8(value)}"`)
    .join('');
  const inside = element.childNodes.map(node => (isElement(node) ? xmlOf(node) : isText(node) ? escapeUTF8(node.value) : ''));
  const names = element.tagName === 'svg' ? ` ${svgNames}` : '';
  return `<${element.tagName}${names}${attributes}>${inside.join('')}</${element.tagName}>`;
}
