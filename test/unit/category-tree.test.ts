import { expect, test } from 'vitest';
import { textOf } from '../../src/domain/model/record-fields.js';
import { categoryTree } from '../../src/pipeline/transform/category-tree.js';

const treeOf = (parents: readonly (readonly [string, unknown])[]) =>
  categoryTree(new Map(parents.map(([id, parentId]) => [id, textOf(parentId)])), 2);

test('a circle is cut at its smallest id, in any order of its categories', () => {
  const circle = [
    ['9', '10'],
    ['10', '11'],
    ['11', '9'],
    ['12', '10'],
  ] as const;
  const expected = treeOf(circle);
  expect(expected.get('9')).toEqual({ depth: 0, path: [], link: 'CUT' });
  expect(expected.get('11')).toEqual({ depth: 1, path: ['9'], link: 'KEPT' });
  expect(expected.get('10')).toEqual({ depth: 2, path: ['9', '11'], link: 'KEPT' });
  expect(expected.get('12')).toEqual({ depth: 3, path: ['9', '11'], link: 'KEPT' });
  for (const order of [
    [3, 2, 1, 0],
    [1, 3, 0, 2],
    [2, 0, 3, 1],
  ])
    expect(treeOf(order.map(place => circle[place]!))).toEqual(expected);
});

test('the time is linear: a line and a circle of a hundred thousand categories', () => {
  const count = 100_000;
  const id = (place: number) => String(1_000_000 + place);
  const line = Array.from({ length: count }, (_, place) => [id(place), place === 0 ? null : id(place - 1)] as const);
  for (const parents of [line, line.toReversed(), [...line.slice(1), [id(0), id(count - 1)] as const]]) {
    const tree = treeOf(parents);
    expect(tree.get(id(count - 1))).toMatchObject({ depth: count - 1, path: [id(0), id(1)] });
    expect([...tree.values()].filter(({ link }) => link !== 'KEPT')).toHaveLength(1);
  }
});
