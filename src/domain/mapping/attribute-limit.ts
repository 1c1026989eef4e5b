import { attributeOf, ownAttributes } from './attributes.js';
import type { ProposedField } from './field-mapping.js';

/** Intercom counts active attributes of contacts and companies together. */
export const maxAttributes = 250;

/** Above the limit of the workspace, the least filled attributes become UNDECIDED. */
export function withinLimit(fields: ProposedField[]): ProposedField[] {
  const created = fields.filter(
    ({ action, recordType }) => action === 'CREATE_ATTRIBUTE' && (recordType === 'COMPANY' || recordType === 'CONTACT'),
  );
  const others = fields.filter(
    ({ action, targetPath, recordType }) =>
      action === 'MAP' && (recordType === 'COMPANY' || recordType === 'CONTACT') && attributeOf(targetPath),
  ).length;
  const room = maxAttributes - others - ownAttributes.filter(({ model }) => model === 'contact' || model === 'company').length;
  const beyond = new Set([...created].sort((a, b) => b.profile.fillRate - a.profile.fillRate).slice(room));
  return fields.map(field =>
    beyond.has(field)
      ? {
          ...field,
          action: 'UNDECIDED',
          targetPath: null,
          confidence: 0,
          rationale: `A workspace has at most ${maxAttributes} attributes. Choose which fields to leave out.`,
        }
      : field,
  );
}
