import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, issues }) {
    expect(arrived.tags(arrived.contact(12002))).toEqual(['VIP']);
    expect(arrived.tags(arrived.conversation(701201))).toEqual(['x'.repeat(255)]);
    expect(issues.some(({ code, sourceId }) => code === 'FIELD_ALTERED' && sourceId === '701201')).toBe(true);
    expect(arrived.tags(arrived.conversation(701202))).toEqual(['NULetiket']);
    expect(arrived.tags(arrived.conversation(701203))).toEqual(['VIP']);
    expect(arrived.tags(arrived.conversation(701204))).toEqual(['VIP']);
    expect(arrived.tags(arrived.conversation(701205))).toEqual(['🔥 acil']);
    expect(arrived.tags(arrived.conversation(701206))).toEqual(['İADE']);
    expect(arrived.tags(arrived.conversation(701207))).toEqual(['iade']);
    expect(arrived.tags(arrived.conversation(701208))).toEqual(['a,b;c']);
    expect(arrived.tags(arrived.conversation(701209))).toEqual(['yarim']);
    const reported = issues.filter(({ code }) => code === 'CHARACTERS_REMOVED').map(({ sourceId }) => sourceId);
    expect(reported.sort()).toEqual(['701202', '701209']);
  },
} satisfies Expectation;
