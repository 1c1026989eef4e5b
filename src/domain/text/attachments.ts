import { dataImage, drawingImage } from './html/data-image.js';
import { unseenElements } from './html/elements.js';
import { imageElements, imageShown, mediaAddresses, mediaElements } from './html/media.js';
import { attribute, type HtmlNode, isElement, isText } from './html/parse.js';
import { readSource, type SourceText } from './html/source-text.js';
import { isHidden } from './html/style.js';
import { keptId } from './kept-text.js';
import { SourceLinks } from './source-links.js';

/** A file of a message or a mail. */
export interface Attachment {
  id: string;
  name: string;
  contentType: string;
  url: string;
  /** In bytes, as the source reports it. */
  size: number | null;
}

const signs = ['files', '<img', '<image', '<picture', '<svg', '<amp-', 'srcdoc'];

/** A quick check: most texts refer to no file and need not be parsed. */
function mayShowFiles(text: string): boolean {
  const lower = text.toLowerCase();
  return signs.some(sign => lower.includes(sign));
}

/** The distinct files of the source that a text shows or links to, and its embedded images. */
export function inlineFiles(source: SourceText, hosts: readonly string[]): Attachment[] {
  const links = new SourceLinks(hosts);
  const files = new Map<string, Attachment>();
  const ofSource = (text: string) => {
    for (const id of links.fileIdsIn(text))
      files.set(keptId(id), { id: keptId(id), name: `file ${keptId(id)}`, contentType: '', url: `/v1/files/${id}`, size: null });
  };
  const walk = (nodes: readonly HtmlNode[]) => {
    for (const node of nodes) {
      if (isText(node)) ofSource(node.value);
      if (!isElement(node) || unseenElements.has(node.tagName) || isHidden(node)) continue;
      const { tagName } = node;
      if (imageElements.has(tagName)) {
        const { address } = imageShown(node);
        const held = dataImage(address);
        if (held) files.set(held.id, held);
        else ofSource(address);
      } else if (tagName === 'svg') {
        const drawing = drawingImage(node);
        if (drawing) files.set(drawing.id, drawing);
      } else {
        ofSource(attribute(node, 'href') ?? '');
        if (mediaElements.has(tagName)) for (const address of mediaAddresses(node)) ofSource(address);
        walk(node.childNodes);
      }
    }
  };
  if (!mayShowFiles(source.text)) return [];
  const read = readSource(source);
  if ('plain' in read) ofSource(read.plain);
  else walk(read.nodes);
  return [...files.values()];
}
