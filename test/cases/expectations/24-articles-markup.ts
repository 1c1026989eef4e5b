import { expect } from 'vitest';
import { elementsNamed, seenText } from '../../support/seen-text.js';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    const html = (title: string) => arrived.articleHtml(title);
    expect(elementsNamed(html('Açık li'), 'td')).toHaveLength(2);
    expect(elementsNamed(html('Yorumda li'), 'td')).toHaveLength(2);
    expect(seenText(html('Anlam')).lines).toEqual(['10^6 ve ~~eski~~ yeni Ctrl', 'Terim', 'Tanım', 'Soru', 'Yanıt']);
    for (const name of ['kurulum.mp4', 'ses.mp3', 'kilavuz.pdf', 'e.pdf'])
      expect(html('Video')).toContain(`https://cdn.ege.example/${name}`);
    expect(html('Kod')).toContain('function a() {\n  return "&lt;table&gt;";\n}');
    expect(seenText(html('Kod')).text).toMatch(/Dış\s+iç1\s+iç2/);
    expect(elementsNamed(html('İframe'), 'iframe').map(({ src }) => src)).toEqual([
      'https://www.youtube.com/embed/abc',
      'https://www.youtube.com/embed/def',
    ]);
    expect(html('İframe')).toContain('https://maps.google.com/maps?q=x&amp;output=embed');
  },
} satisfies Expectation;
