import { expect } from 'vitest';
import { seenText } from '../../support/seen-text.js';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    const lines = ['Giriş metni', 'Paragraf', 'Son söz', 'bir', 'kuyruk'];
    expect(seenText(arrived.articleHtml('Serbest metin')).lines).toEqual(lines);
    expect(seenText(arrived.articleHtml('Yalnız metin')).lines).toEqual(['Etiketsiz & düz metin']);
    expect(arrived.messages(703101)[0]!.split('\n').slice(-5)).toEqual([...lines.slice(0, -1), 'kuyrukkalın']);
  },
} satisfies Expectation;
