import { expect } from 'vitest';
import { elementsNamed } from '../../support/seen-text.js';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    const [theirs, ours, large] = elementsNamed(arrived.articleHtml('Bağlayan'), 'a').map(({ href }) => href);
    const target = `/articles/${arrived.article('Hedef').id}-`;
    expect(theirs).toBe('https://infoset.help/baska-firma/tr/articles/25801-onlarin-makalesi');
    expect(ours).toMatch(/\?x=1&y=2#bolum$/);
    for (const href of [ours, large]) expect(href).toContain(target);
    const [message] = arrived.messages(702501);
    expect(message).toContain(`${theirs} ve https://`);
    expect(message).toContain(target);
  },
} satisfies Expectation;
