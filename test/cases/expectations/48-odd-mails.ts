import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    const messages = arrived.messages(704801);
    expect(messages).toHaveLength(5);
    for (const [place, text] of ['kimden belli değil', 'iki', 'altmış alıcı', 'yalnız önizleme', 'html önizleme'].entries())
      expect(messages[place]).toContain(text);
    expect(messages[1]).toContain('"Soyad, Ad" <b> <x@y.example>');
    expect(messages[1]).toContain('tek@y.example');
    for (let recipient = 0; recipient < 60; recipient++) expect(messages[2]).toContain(`alici${recipient}@y.example`);
  },
} satisfies Expectation;
