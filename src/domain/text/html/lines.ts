import { escapeText } from 'entities';

/** Inline markup around text. It is closed at the end of a line, and opened again on the next one. */
export interface Mark {
  open: string;
  close: string;
}

/** BLOCKS: paragraphs. LINES: lines in a list item or a cell. PRE: preformatted text. */
export type Container = 'BLOCKS' | 'LINES' | 'PRE';

/** Any character except white space, format characters and combining marks. */
const visible = /[^\s\p{Cf}\p{Mn}]/u;

/** Collects text line by line, with blocks between the lines. */
export class Lines {
  private readonly pieces: { html: string; isLine: boolean }[] = [];
  private readonly marks: Mark[];
  private line = '';
  /** Number of the marks that are open on this line. */
  private opened = 0;
  /** Space and line breaks to insert before the next text. */
  private space = false;
  private breaks = 0;
  /** Whether this line has visible content. */
  private isSeen = false;
  /** For preformatted text. */
  private atLineStart = true;

  constructor(
    readonly container: Container,
    marks: readonly Mark[],
  ) {
    this.marks = [...marks];
  }

  /** Nested lines that start with the same marks. */
  within(container: Container): Lines {
    return new Lines(container, this.marks);
  }

  html(): string {
    if (this.container === 'PRE') return this.line.trim() === '' ? '' : `<pre>${this.closed()}</pre>`;
    this.end();
    if (this.container === 'BLOCKS') return this.pieces.map(({ html, isLine }) => (isLine ? `<p>${html}</p>` : html)).join('');
    return this.pieces
      .map(({ html, isLine }, index) => (isLine && this.pieces[index - 1]?.isLine ? `<br>${html}` : html))
      .join('');
  }

  /** Adds plain text. White space becomes one space, unless line breaks are kept. */
  text(text: string, keepsLines: boolean): void {
    if (this.container === 'PRE') this.inline(escapeText(text));
    else if (!keepsLines) this.words(text);
    else
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) this.break();
        this.words(line);
      }
  }

  words(text: string): void {
    const collapsed = text.replace(/[ \t\n\r\f]+/g, ' ');
    if (collapsed.startsWith(' ')) this.spaceOut();
    const words = collapsed.slice(collapsed.startsWith(' ') ? 1 : 0, collapsed.endsWith(' ') ? -1 : undefined);
    if (words === '') return;
    this.isSeen ||= visible.test(words);
    this.inline(escapeText(words));
    if (collapsed.endsWith(' ')) this.spaceOut();
  }

  /** Adds visible HTML to the line. */
  shown(html: string): void {
    this.isSeen ||= html !== '';
    this.inline(html);
  }

  spaceOut(): void {
    if (this.line !== '' && this.breaks === 0) this.space = true;
  }

  break(): void {
    if (this.container === 'PRE') this.inline('\n');
    else if (this.line !== '') this.breaks++;
    this.space = false;
  }

  end(): void {
    if (this.container === 'PRE') {
      if (!this.atLineStart) this.break();
      return;
    }
    if (this.isSeen) this.pieces.push({ html: this.closed(), isLine: true });
    this.line = '';
    this.isSeen = false;
    this.opened = 0;
    this.space = false;
    this.breaks = 0;
  }

  block(html: string): void {
    if (html === '') return;
    this.end();
    this.pieces.push({ html, isLine: false });
  }

  /** Adds a whole line of HTML. */
  whole(html: string): void {
    this.end();
    this.pieces.push({ html, isLine: true });
  }

  marked(mark: Mark | null, content: () => void): void {
    if (mark) this.marks.push(mark);
    content();
    if (!mark) return;
    this.marks.pop();
    if (this.opened <= this.marks.length) return;
    this.opened = this.marks.length;
    this.line += mark.close;
  }

  private inline(html: string): void {
    if (html === '') return;
    if (this.line !== '') this.line += `${'<br>'.repeat(this.breaks)}${this.space ? ' ' : ''}`;
    this.breaks = 0;
    this.space = false;
    for (; this.opened < this.marks.length; this.opened++) this.line += this.marks[this.opened]!.open;
    this.line += html;
    this.atLineStart = html.endsWith('\n');
  }

  /** The line with its open marks closed. */
  private closed(): string {
    const ends = this.marks.slice(0, this.opened).reverse();
    return this.line + ends.map(({ close }) => close).join('');
  }
}
