import { expect, test } from 'vitest';
import { allowedTargets } from '../../src/domain/mapping/allowed-targets.js';
import { type FieldMapping, mappedTypes } from '../../src/domain/mapping/field-mapping.js';
import { MappingProposal } from '../../src/domain/mapping/propose.js';
import { edited } from '../../src/domain/mapping/rules.js';
import { targetsOf } from '../../src/domain/mapping/standard-fields.js';
import { UserError } from '../../src/domain/model/errors.js';

const proposal = new MappingProposal([], 'Europe/Istanbul', 'TR');
for (const type of mappedTypes)
  proposal.add(type, { id: 1, name: 'x', fullName: 'x', title: 'x', customFields: { Boy: 12, 'Ad Soyad': 'x', 'E-posta': 'y' } });
const fields: FieldMapping[] = proposal.propose().map((field, index) => ({ ...field, id: String(index) }));

const refusal = (work: () => unknown): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof UserError ? error.code : String(error);
  }
};

test('an edit accepts the allowed targets of a field, and reports the other paths as taken', () => {
  const free = { paths: 0, attributes: 0, taken: 0 };
  for (const field of fields) {
    const others = fields.filter(each => each !== field);
    const allowed = allowedTargets(field, others);
    for (const targetPath of targetsOf(field.recordType)) {
      const code = refusal(() => edited(field, { action: 'MAP', targetPath, values: [], defaultValue: null }, others));
      const isAllowed = allowed.paths.includes(targetPath);
      expect([field.recordType, field.sourcePath, targetPath, code]).toEqual([
        field.recordType,
        field.sourcePath,
        targetPath,
        isAllowed ? null : 'TARGET_TAKEN',
      ]);
      free[isAllowed ? 'paths' : 'taken'] += 1;
    }
    if (allowed.attribute === null) {
      expect(allowed.attributePrefix).toBeNull();
      continue;
    }
    free.attributes += 1;
    expect(allowed.attribute.startsWith(allowed.attributePrefix!)).toBe(true);
    const given = { action: 'CREATE_ATTRIBUTE', targetPath: allowed.attribute } as const;
    expect(edited(field, given, others).targetPath).toBe(allowed.attribute);
  }
  // The account of this test has all three.
  expect(Object.values(free).every(count => count > 5)).toBe(true);
});
