import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, issues }) {
    const values = (id: number) => Object.values(arrived.contact(id).custom_attributes).map(String);
    for (const value of ['5', '2026-02-03', 'A', 'true', 'x, y']) expect(values(27001)).toContain(value);
    for (const value of ['1.234,56', '31.02.2026', 'Eski Seçenek', 'Evet', 'x']) expect(values(27002)).toContain(value);
    expect(values(27003)).toContain('birinci, ikinci');
    for (const value of ['{"iç":1}', 'A, B']) expect(values(27004)).toContain(value);
    expect(values(27005)).toContain('0532');
    expect(values(27006)).toContain('7');
    expect(issues.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
  },
} satisfies Expectation;
