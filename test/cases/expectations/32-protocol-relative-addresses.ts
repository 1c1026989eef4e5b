import { expect } from 'vitest';
import { elementsNamed, seenText } from '../../support/seen-text.js';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    const html = arrived.articleHtml('Göreli video');
    expect(elementsNamed(html, 'iframe').map(({ src }) => src)).toEqual(['https://www.youtube.com/embed/Rx9fH1bXLPA']);
    expect(elementsNamed(html, 'a').map(({ href }) => href)).toEqual(['https://ornek.example/sayfa']);
    const mail = arrived.bodies(703201).at(-1)!;
    expect(elementsNamed(mail, 'a')[0]!.href).toBe('https://ornek.example/sayfa');
    for (const address of ['whatsapp://send?phone=905320000000', 'sms:+905320000001', 'ftp://ornek.example/dosya.zip'])
      expect(seenText(mail).text).toContain(address);
  },
} satisfies Expectation;
