import { expect } from 'vitest';
import { elementsNamed, seenText } from '../../support/seen-text.js';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, issues }) {
    const { content } = arrived.article('Diller');
    expect(content).toMatchObject({ tr: { title: 'Diller' }, en: { title: 'Upper' } });
    expect(elementsNamed(arrived.articleHtml('Resimler'), 'img')).toHaveLength(4);
    expect(seenText(arrived.articleHtml('Resimler')).text).toBe('1 2 3 4 kaynaksız 5');
    const reported = issues.map(({ code, sourceId }) => `${code} ${sourceId}`);
    for (const each of ['TRANSLATION_REPEATED 51801', 'LOCALE_NOT_ENABLED 51801', 'ARTICLE_IMAGE_REMOVED 51802'])
      expect(reported).toContain(each);
  },
} satisfies Expectation;
