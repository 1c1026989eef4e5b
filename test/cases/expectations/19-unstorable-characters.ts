import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, issues }) {
    expect(arrived.contact(19001).name).toBe('Ad  Soyad');
    expect(arrived.conversation(701901).title).toBe('Konu   son');
    const [plain, signs, nothing, html] = arrived.messages(701901);
    expect(plain).toBe('ab c');
    for (const sign of ['👩‍👩‍👧‍👦', '🇹🇷', 'é', '\u202eters\u202c', 'مرحبا', 'kırmızı'])
      expect(signs!.normalize('NFC')).toContain(sign.normalize('NFC'));
    expect(nothing).toBe('(no text)');
    expect(html).toBe('xy');
    const reported = issues.filter(({ code }) => code === 'CHARACTERS_REMOVED').map(({ sourceId }) => sourceId);
    expect(reported.sort()).toEqual(['190001', '190003', '190004', '19001', '701901']);
  },
} satisfies Expectation;
