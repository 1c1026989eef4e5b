import { DomUtils, parseDocument } from 'htmlparser2';
import { expect, test } from 'vitest';
import { articleText } from '../../src/domain/text/article-html.js';
import { messageHtml } from '../../src/domain/text/message-html.js';
import { Random } from '../support/random.js';

/** HTML as people and programs write it, in which each word is known: whether it is seen, and what comes before it. */
class Writer {
  readonly seen: string[] = [];
  readonly hidden: string[] = [];
  /** Words that must not be joined to the one before. */
  readonly apart = new Set<string>();
  readonly addresses: string[] = [];
  private count = 0;
  private isHidden = false;
  private isApart = true;

  constructor(private readonly random: Random) {}

  document(): string {
    const body = this.blocks(4);
    if (this.random.chance(0.3)) return body;
    const head = this.unseen(() => `<title>${this.word()}</title><style>.${this.word()} { color: red }</style>`);
    return `<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`;
  }

  private word(): string {
    const word = `w${++this.count}w`;
    if (this.isHidden) this.hidden.push(word);
    else {
      this.seen.push(word);
      if (this.isApart) this.apart.add(word);
    }
    this.isApart = false;
    return word;
  }

  private unseen(write: () => string): string {
    const before = this.isHidden;
    this.isHidden = true;
    const html = write();
    this.isHidden = before;
    return html;
  }

  private gap(html: string): string {
    this.isApart = true;
    return html;
  }

  private address(kind: string): string {
    const address = `${kind}ornek.example/${++this.count}a`;
    if (!this.isHidden) this.addresses.push(`ornek.example/${this.count}a`);
    return address;
  }

  private blocks(depth: number): string {
    let html = '';
    for (let left = 1 + this.random.below(3); left > 0; left--) html += this.gap(this.block(depth));
    return html;
  }

  private block(depth: number): string {
    const { random } = this;
    if (depth === 0) return this.gap(`<p>${this.inline(2)}</p>`);
    const inside = () => this.gap(this.blocks(depth - 1));
    const name = random.of(
      'div section article header footer aside nav main address center form blockquote figure details DIV'.split(' '),
    );
    const heading = `h${1 + random.below(6)}`;
    return random.of<() => string>([
      () => `<${name} class=x>${inside()}</${name}>`,
      () => `<p>${this.inline(2)}</p>`,
      // Its end may be left out.
      () => `<p>${this.inline(2)}\n`,
      () => `${this.inline(2)}<div>${inside()}</div>`,
      () => `<${heading}>${this.inline(1)}</${heading}>`,
      () => `<${random.of(['ul', 'ol'])}>${this.items(depth)}</ul></ol>`,
      () =>
        `<dl><dt>${this.inline(1)}${this.gap('')}<dd>${this.inline(1)}${this.gap('')}<dt>${this.inline(1)}${this.gap('')}</dt><dd>${inside()}</dd></dl>`,
      () => this.table(depth),
      () => `<figure><figcaption>${this.inline(1)}</figcaption></figure>`,
      () => `<details><summary>${this.inline(1)}</summary>${inside()}</details>`,
      () => `<fieldset><legend>${this.inline(1)}</legend>${inside()}</fieldset>`,
      () => `<select><option>${this.word()}${this.gap('')}<option selected>${this.word()}</select>`,
      () => `<textarea>${this.word()}${this.gap('\n')}${this.word()}</textarea>`,
      () => `<pre>${this.word()}${this.gap('\n  ')}${this.word()} &lt;${this.gap('')}${this.word()}&gt;</pre>`,
      () => `<hr><center>${inside()}</center>`,
      () =>
        this.unseen(
          () =>
            `<div style="${random.of(['display:none', 'Display: None !important', 'visibility:hidden', '/* ; */display:none ! important', 'font:0/0 a'])}">${inside()}</div>`,
        ),
      () =>
        this.unseen(
          () => `<!-- <li> ${this.word()} --><script>"<p>${this.word()}</p>"</script><template>${this.word()}</template>`,
        ),
      () => `<video controls><source src="${this.address('https://')}"></video><iframe src="${this.address('//')}"></iframe>`,
      () =>
        `<audio src='${this.address('http://')}'></audio><object data="${this.address('https://')}"></object><embed src=${this.address('https://')}>`,
    ])();
  }

  private items(depth: number): string {
    let html = '';
    for (let left = 1 + this.random.below(3); left > 0; left--) {
      const inside = this.random.chance(0.4) ? this.blocks(depth - 1) : this.inline(2);
      html += `<li>${inside}${this.gap(this.random.chance(0.5) ? '</li>' : '\n')}`;
    }
    return html;
  }

  private table(depth: number): string {
    const { random } = this;
    const columns = 1 + random.below(3);
    let html = random.chance(0.2) ? `<caption>${this.inline(1)}</caption>` : '';
    for (let rows = 1 + random.below(3); rows > 0; rows--) {
      html += '<tr>';
      for (let left = columns; left > 0; left--) {
        this.gap('');
        html += `<td>${random.chance(0.3) ? this.blocks(depth - 1) : this.inline(1)}</td>`;
      }
      html += '</tr>';
    }
    return this.gap(`<table border=1>${random.chance(0.5) ? `<tbody>${html}</tbody>` : html}</table>`);
  }

  private inline(depth: number): string {
    let html = '';
    for (let left = 1 + this.random.below(4); left > 0; left--) html += this.phrase(depth);
    return html;
  }

  private phrase(depth: number): string {
    const { random } = this;
    if (depth === 0) return this.word() + this.gap(' ');
    const inside = () => this.inline(depth - 1);
    const name = random.of(
      'b i u em strong span font small big mark code kbd q label abbr sup sub del s strike ins cite time tt B'.split(' '),
    );
    return random.of<() => string>([
      () => this.word(),
      () => this.word() + this.gap(' '),
      () => this.gap('&nbsp;&amp; ') + this.word(),
      () => `<${name}>${inside()}</${name}>`,
      () => `<${name} style="color: red; font-weight: bold">${inside()}</${name}>`,
      () => this.gap('<br>') + this.word(),
      // Typed in angle brackets.
      () => `&lt;env&gt;${this.gap(' ')}`,
      () => `<env-${this.word()}>${this.gap(' ')}`,
      () => ` a < b ${this.gap('')}`,
      () => `<a href="${this.address('https://')}">${this.plain()}</a>`,
      () => `<a href=${random.of(['tel:+905320000000', 'javascript:x()', '#yer', 'baska.html', '""'])}>${this.plain()}</a>`,
      () => `<a href="${this.address('whatsapp://')}">${this.plain()}</a>`,
      () => `<img src="${this.address('https://')}" alt="resim">`,
      () => this.gap(`<input type=checkbox> <input value="${this.gap('') + this.word()}">`),
      () => this.gap(`<button>${this.gap('') + this.plain()}</button>`),
      () => this.unseen(() => `<span hidden>${this.plain()}</span><input type="hidden" value="${this.word()}">`),
    ])();
  }

  private plain(): string {
    return this.word() + (this.random.chance(0.5) ? this.gap(' ') + this.word() : '');
  }
}

const blocks = new Set('p h1 h2 ul ol li table tr td th pre blockquote br hr iframe'.split(' '));

/** What a destination shows that separates blocks and has no other element. */
function shownBy(html: string): string {
  const walk = (nodes: ReturnType<typeof parseDocument>['children']): string =>
    nodes
      .map(node => {
        if (DomUtils.isText(node)) return node.data;
        if (!DomUtils.isTag(node)) return '';
        return blocks.has(node.name) ? `\n${walk(node.children)}\n` : walk(node.children);
      })
      .join('');
  return walk(parseDocument(html).children);
}

const context = {
  url: 'https://yardim.example/tr/articles/1-x',
  language: 'tr',
  sites: [{ host: 'yardim.example', path: '' }],
  apiHosts: ['api.infoset.app'],
  articles: new Set<string>(),
  isShown: () => true,
};

const kinds = {
  message: (html: string) => {
    const { html: sent, left } = messageHtml({ text: html, as: 'HTML' }, { hosts: context.apiHosts });
    return { sent, reported: left };
  },
  article: (html: string) => {
    const text = articleText(html, context);
    return { sent: decodeURIComponent(text.html), reported: [...text.left, ...text.brokenLinks, ...text.removedImages] };
  },
};

for (const [kind, convert] of Object.entries(kinds)) {
  test(`${kind}: every word that is seen arrives, in order, and none that is hidden; addresses arrive or are reported`, () => {
    for (let seed = 1; seed <= 400; seed++) {
      const writer = new Writer(new Random(seed));
      const html = writer.document();
      const { sent, reported } = convert(html);
      const shown = shownBy(sent);
      const about = `seed ${seed}\n${html}\n→\n${sent}`;
      expect(shown.match(/w\d+w/g) ?? [], about).toEqual(writer.seen);
      for (const [place, word] of writer.seen.entries())
        if (place > 0 && writer.apart.has(word))
          expect(shown.includes(`${writer.seen[place - 1]}${word}`), `${word} runs into the word before. ${about}`).toBe(false);
      for (const address of writer.addresses)
        expect(sent.includes(address) || reported.some(each => each.includes(address)), `${address} is lost. ${about}`).toBe(
          true,
        );
    }
  });
}

test('the generator produces every kind of construct', () => {
  const writers = Array.from({ length: 400 }, (_, seed) => {
    const writer = new Writer(new Random(seed + 1));
    return { html: writer.document(), writer };
  });
  const all = writers.map(({ html }) => html).join('');
  for (const what of ['<li>', '<td>', '<sup>', '<del>', '<video', 'display:none', '<env-', '<dd>', '<textarea>', 'whatsapp:'])
    expect(all).toContain(what);
  expect(writers.reduce((sum, { writer }) => sum + writer.seen.length, 0)).toBeGreaterThan(5_000);
  expect(writers.reduce((sum, { writer }) => sum + writer.hidden.length, 0)).toBeGreaterThan(500);
});
