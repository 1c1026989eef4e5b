import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** A page as a browser shows it. */
export interface ParsedPage {
  /** What a person reads, white space collapsed. */
  text: string;
  elements: { name: string; attributes: Map<string, string> }[];
}

export function parsedPage(html: string): ParsedPage {
  const elements: ParsedPage['elements'] = [];
  const words: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document) => {
    if (node.nodeName === '#text') words.push((node as DefaultTreeAdapterTypes.TextNode).value);
    if ('tagName' in node)
      elements.push({ name: node.tagName, attributes: new Map(node.attrs.map(({ name, value }) => [name, value])) });
    if ('tagName' in node && /^(p|li|td|th|h\d|tr|br)$/.test(node.tagName)) words.push(' ');
    // Its content is not shown.
    if ('tagName' in node && node.tagName === 'style') return;
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(html));
  return { text: words.join('').replace(/\s+/g, ' '), elements };
}

const harmless = new Set(
  'html head meta title style body header main section nav figure figcaption dl dt dd div span label h1 h2 h3 p ul ol li table thead tbody tr th td strong code br a input svg rect text'.split(
    ' ',
  ),
);
const attributes = new Set(
  'lang charset name content http-equiv type disabled checked align start href id class viewbox role aria-label x y width height text-anchor'.split(
    ' ',
  ),
);
/** Elements that only our charts contain. */
const drawn = new Set('svg rect text'.split(' '));
const isChart = (own: Map<string, string>) => own.get('class') === 'chart' || own.has('x');

/** Elements and attributes that our documents never contain; links except anchors and those that `isOurs` accepts. */
export function strangersIn({ elements }: ParsedPage, isOurs: (href: string) => boolean): string[] {
  return elements.flatMap(({ name, attributes: own }) => [
    ...(harmless.has(name) && (!drawn.has(name) || isChart(own)) ? [] : [`<${name}>`]),
    ...[...own.keys()].filter(each => !attributes.has(each.toLowerCase())).map(each => `<${name} ${each}>`),
    ...(name === 'meta' && own.has('http-equiv') && own.get('http-equiv') !== 'Content-Security-Policy'
      ? ['<meta http-equiv>']
      : []),
    ...(own.has('href') && !/^#s-[\p{L}\p{N}-]*$/u.test(own.get('href')!) && !isOurs(own.get('href')!)
      ? [`href ${own.get('href')}`]
      : []),
  ]);
}
