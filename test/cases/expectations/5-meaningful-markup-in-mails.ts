import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived }) {
    const [first, second] = arrived.messages(700501);
    expect(first).toMatch(/10\^6 satır, H_2O; eski fiyat ~~100 TL~~ ~~90 TL~~ yeni 80 TL$/);
    expect(second!.split('\n').slice(-9)).toEqual(
      'Sipariş 4711 Tutar 80 Birinci İkinci Özet Ayrıntı Açıklama Adres son'.split(' ').slice(-9),
    );
  },
} satisfies Expectation;
