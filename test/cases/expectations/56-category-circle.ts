import { expect } from 'vitest';
import type { Expectation } from '../expectation.js';

export default {
  check({ arrived, issues }) {
    const { collections, articles } = arrived.intercom.workspace;
    const named = (name: string) => [...collections.values()].filter(each => each.name === name);
    expect(collections.size).toBe(2);
    const [[top], [below]] = [named('Kurulum'), named('Yardım')];
    // Cut once: one of them is in the other; the one with the smaller id is at the top.
    expect([top!.parent_id, below!.parent_id]).toEqual([null, top!.id]);
    expect(articles.size).toBe(2);
    expect(arrived.article('Makale 561').parent_id).toBe(top!.id);
    expect(arrived.article('Makale 562').parent_id).toBe(below!.id);
    for (const id of [561, 562]) expect(arrived.articleHtml(`Makale ${id}`)).toContain(`içerik ${id}`);
    expect(issues.filter(each => each.code === 'CATEGORY_CIRCLE').map(each => each.sourceId)).toEqual(['561']);
  },
} satisfies Expectation;
