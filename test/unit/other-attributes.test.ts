import { expect, test } from 'vitest';
import { otherAttributesChanged, otherAttributesRead } from '../../src/domain/verify/other-attributes.js';

const draft = { attributes: { infoset_ticket_id: '7' } };
const at = (attributes: Record<string, string | null>) => ({ attributes: { infoset_ticket_id: '7', ...attributes } });

/** What the read-back stored. */
const lastOf = (attributes: Record<string, string | null>) =>
  Object.fromEntries(Object.entries(otherAttributesRead(draft, at(attributes))).map(([key, { digest }]) => [key, digest]));

test('an attribute that is filled after the read-back is an edit by a person; one that Intercom filled before is not', () => {
  expect(otherAttributesChanged(draft, at({}), lastOf({}))).toBe(false);
  expect(otherAttributesChanged(draft, at({ order: null, note: '' }), lastOf({}))).toBe(false);
  expect(otherAttributesChanged(draft, at({ order: 'A-1' }), lastOf({}))).toBe(true);
  const byIntercom = { 'Fin AI Agent: Preview': 'No', 'AI Title': 'Kargo' };
  expect(otherAttributesChanged(draft, at({ 'AI Title': 'Kargo', 'Fin AI Agent: Preview': 'No' }), lastOf(byIntercom))).toBe(
    false,
  );
  expect(otherAttributesChanged(draft, at({ ...byIntercom, order: 'A-1' }), lastOf(byIntercom))).toBe(true);
  expect(otherAttributesChanged(draft, at({ 'AI Title': 'Fatura' }), lastOf(byIntercom))).toBe(true);
});

test('without a read-back every filled attribute counts, except those that Landfall writes', () => {
  expect(otherAttributesChanged(draft, at({ order: 'A-1' }), {})).toBe(true);
  expect(otherAttributesChanged(draft, at({}), {})).toBe(false);
  expect(otherAttributesChanged(draft, { attributes: { infoset_ticket_id: '8' } }, lastOf({}))).toBe(false);
});
