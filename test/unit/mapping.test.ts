import { expect, test } from 'vitest';
import { MappingProposal } from '../../src/domain/mapping/propose.js';

test('above the limit of a workspace only the least filled attributes are UNDECIDED', () => {
  const proposal = new MappingProposal([], 'Europe/Istanbul', 'TR');
  const fields = Array.from({ length: 300 }, (_, number) => [`Field ${number}`, `value ${number}`]);
  // The last ones are filled in the first record alone.
  for (const count of [300, 200, 200])
    proposal.add('CONTACT', { id: count, customFields: Object.fromEntries(fields.slice(0, count)) });
  const proposed = proposal.propose();
  const waiting = proposed.filter(({ action }) => action === 'UNDECIDED');
  const made = proposed.filter(({ action }) => action === 'CREATE_ATTRIBUTE');
  expect(waiting.length).toBeGreaterThan(50);
  expect(waiting.length + made.length).toBe(300);
  expect(made.length).toBeLessThanOrEqual(250);
  for (const { targetPath, proposedTarget, profile } of waiting) {
    expect(targetPath).toBeNull();
    // A person may choose it anyway.
    expect(proposedTarget).toMatch(/^contact\.custom_attributes\./);
    expect(profile.fillRate).toBeLessThan(0.5);
  }
});
