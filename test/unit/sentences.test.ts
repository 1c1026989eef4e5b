import { expect, test } from 'vitest';
import { mappedTypes } from '../../src/domain/mapping/field-mapping.js';
import { MappingProposal } from '../../src/domain/mapping/propose.js';
import { requiredTargets, standardFields } from '../../src/domain/mapping/standard-fields.js';
import { reasons } from '../../src/domain/rollback/reasons.js';
import { articleFeatures, contactFeatures, threadFeatures, ticketFeatures } from '../../src/domain/sample/features.js';
import { mappingSpecification } from '../../src/pipeline/report/mapping-specification.js';
import { sayingIn } from '../../src/pipeline/report/texts/sentences.js';
import { textsOf, turkishSentences } from '../../src/pipeline/report/texts/texts.js';
import { articleOf, messageOf, ticketOf } from '../../src/sources/shapes.js';
import { headOf } from '../support/page.js';

const { say } = textsOf('TR');
const english = Object.keys(turkishSentences);

/** An account in which each rule of the proposal applies at least once. */
function proposedFields() {
  const proposal = new MappingProposal(
    [{ recordType: 'CONTACT', label: 'Segment', type: 'select', options: ['A', 'B'], isRequired: true }],
    'Europe/Istanbul',
    'TR',
  );
  const half = '\ud800';
  for (const type of mappedTypes) {
    const record = Object.fromEntries(Object.keys(standardFields[type]).map(path => [path, `${half}${'x'.repeat(300)}`]));
    proposal.add(type, { ...record, surprise: 'y', customFields: type === 'DEAL' ? 'no JSON' : { Other: '1' } });
    proposal.add(type, { id: '2' });
  }
  proposal.add('CONTACT', { id: '3', phone: '12', email: 'no address' });
  for (let number = 0; number < 260; number++) proposal.add('CONTACT', { id: '4', customFields: { [`Field ${number}`]: 'z' } });
  proposal.addEmail({ subject: 's' });
  proposal.addTag('vip', 2);
  return proposal.propose().map((field, id) => ({ ...field, id: String(id) }));
}

test('each sentence that is stored in English has a Turkish one with the same number of values', () => {
  for (const [from, to] of Object.entries(turkishSentences)) {
    expect(to.split('{}').length, from).toBe(from.split('{}').length);
    expect(to, from).not.toBe(from);
  }
  const whys = mappedTypes.flatMap(type =>
    Object.values(standardFields[type]).map(field => ('ignore' in field ? field.ignore : field.why)),
  );
  const fields = proposedFields();
  const proposed = fields.flatMap(({ rationale, ignoreReason, losses }) => [
    rationale,
    ...(ignoreReason === null ? [] : [ignoreReason]),
    ...losses.map(({ message }) => message),
  ]);
  // The account shows every loss and the limit of attributes.
  expect(new Set(fields.flatMap(({ losses }) => losses.map(({ code }) => code)))).toEqual(
    new Set(['TOO_LONG', 'PHONE_REFUSED', 'EMAIL_REFUSED', 'CHARACTERS_REMOVED', 'UNREADABLE', 'REQUIRED_EMPTY']),
  );
  expect(requiredTargets.size).toBeGreaterThan(0);
  const ticket = ticketOf({ contactId: 'gone', ownerIds: ['gone'], mergedIntoId: 9 });
  const people = { contacts: new Set<string>(), users: new Map() };
  const message = { ...messageOf({ isAgent: true, userId: 'gone', isInternal: true }), emailId: '4' };
  const features = [
    ...ticketFeatures({ customFields: { Şehir: 'Москва' } }, ticket, people),
    ...threadFeatures([{ message, files: 1 }], people.users),
    ...contactFeatures({}, { hasAddress: false, hasPhone: true }),
    ...articleFeatures({}, { ...articleOf({ isInternal: true, html: '<img>', translations: [{ language: 'tr' }] }) }),
  ];
  for (const each of [...whys, ...proposed, ...features, ...Object.values(reasons)]) expect(say(each), each).not.toBe(each);
});

test('values are put into the sentence; what nobody knows stays as it is', () => {
  expect(say('Defined at the source as select; its values fit options.')).toBe(
    'Kaynakta select olarak tanımlı; değerleri options türüne uyuyor.',
  );
  expect(say('Answered 403: Your plan has no recordings.')).toBe('403 yanıtı verdi: Your plan has no recordings.');
  expect(say('channel unknown')).toBe('kanalı bilinmiyor');
  expect(say('The customer wants it so.')).toBe('The customer wants it so.');
  expect(textsOf('EN').say('The same field.')).toBe('The same field.');
  const overlapping = sayingIn({ 'a {} a': 'b {}' });
  expect(overlapping('a a')).toBe('a a');
  expect(overlapping('a  a')).toBe('b ');
});

test('a Turkish mapping specification contains no English sentence', async () => {
  const mapping = {
    id: 'm',
    projectId: 'p',
    version: 1,
    status: 'DRAFT' as const,
    hash: 'h',
    confirmedBy: null,
    confirmedAt: null,
  };
  let length = 0;
  for (const draft of mappingSpecification(mapping, null, proposedFields(), headOf('TR'))) {
    let text = '';
    for await (const piece of draft.bytes) text += piece;
    length += text.length;
    for (const sentence of english)
      for (const piece of sentence.split('{}').filter(each => each.length > 12)) expect(text, draft.name).not.toContain(piece);
  }
  expect(length).toBeGreaterThan(10_000);
});
