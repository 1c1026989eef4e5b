import { expect, test } from 'vitest';
import { acceptedAnswers, questionsAbout } from '../../src/domain/mapping/model-suggestions.js';
import { MappingProposal } from '../../src/domain/mapping/propose.js';
import { mappingHash } from '../../src/domain/mapping/rules.js';

const path = (label: string) => `customFields[${JSON.stringify(label)}]`;

function proposed() {
  const proposal = new MappingProposal(
    [{ recordType: 'COMPANY', label: 'Şirket web adresi', type: 'text', options: [] }],
    'UTC',
    null,
  );
  proposal.add('COMPANY', {
    id: 1,
    name: 'Ege',
    customFields: { 'Şirket web adresi': 'ege.example', Sektörü: 'Turizm', 'Firma Adı': 'Ege A.Ş.', 'Vergi No': '12' },
  });
  return proposal.propose();
}

test('the name of a field suggests a free target, and maps nothing', () => {
  const fields = proposed();
  const at = (label: string) => fields.find(({ sourcePath }) => sourcePath === path(label))!;
  expect(at('Sektörü')).toMatchObject({
    action: 'CREATE_ATTRIBUTE',
    targetPath: 'company.custom_attributes.sektoru',
    suggestedTarget: 'company.industry',
  });
  // The standard field has it.
  expect(at('Firma Adı').suggestedTarget).toBeNull();
  // The name is only a part of the label.
  expect(at('Şirket web adresi')).toMatchObject({ suggestedTarget: null, confidence: 0.6 });
});

test('a model is asked only about uncertain fields, with samples only if they are allowed', () => {
  const fields = proposed();
  const asked = (withSamples: boolean) => questionsAbout(fields, { withSamples }).map(each => each.asked);
  expect(asked(false).map(({ label }) => label)).toEqual(['Firma Adı', 'Vergi No', 'Şirket web adresi']);
  expect(asked(false).flatMap(({ samples }) => samples)).toEqual([]);
  expect(asked(true).flatMap(({ samples }) => samples)).toContain('ege.example');
  for (const { targets } of asked(false)) {
    expect(targets).toContain('company.website');
    expect(targets).not.toContain('company.name');
  }
});

test('only answers of a model that name a free target count; none is certain, and none changes the mapping', () => {
  const fields = proposed();
  const questions = questionsAbout(fields, { withSamples: false });
  const answer = (field: number, target: string, more: object = {}) => ({
    field,
    target,
    confidence: 1,
    reason: 'because',
    ...more,
  });
  const accepted = acceptedAnswers(questions, [
    answer(2, 'company.website', { reason: `a\u0000b\u202e\n${'x'.repeat(500)}` }),
    answer(2, 'company.industry'),
    answer(0, 'company.name'),
    answer(0, 'contact.email'),
    answer(1, '__proto__'),
    answer(99, 'company.website'),
    answer(0.5, 'company.website'),
  ]);
  expect(accepted.map(({ field, suggestion }) => [field.sourcePath, suggestion.suggestedTarget])).toEqual([
    [path('Şirket web adresi'), 'company.website'],
  ]);
  const { suggestion } = accepted[0]!;
  expect(suggestion.suggestionConfidence).toBe(0.7);
  expect(suggestion.suggestionReason!.length).toBeLessThan(250);
  expect(suggestion.suggestionReason).not.toMatch(/\p{C}/u);
  const suggested = fields.map(field => (field === accepted[0]!.field ? { ...field, ...suggestion } : field));
  expect(mappingHash(suggested)).toBe(mappingHash(fields));
});
