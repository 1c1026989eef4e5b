import { expect, test } from 'vitest';
import type { ContactDraft, PartDraft } from '../../src/domain/drafts/drafts.js';
import type { ContactView, ConversationView, PartView } from '../../src/domain/ports/destination-records.js';
import { compareContact } from '../../src/domain/verify/compare-contact.js';
import { compareParts } from '../../src/domain/verify/compare-parts.js';

const contact = (phone: string | null) => {
  const draft: ContactDraft = {
    sourceId: '1',
    merged: [],
    key: 'infoset:71:1',
    name: 'Işıl',
    email: null,
    phone: '+905320000000',
    signedUpAt: null,
    ownerAgent: null,
    companies: [],
    attributes: {},
    tags: [],
    fields: { phone: 'phone', fullName: 'name' },
    note: null,
    losses: [],
  };
  const view = { externalId: draft.key, name: 'Işıl', email: null, phone, tags: [], companies: [], attributes: {} };
  return compareContact(draft, { key: draft.key, ownerId: null, companies: [], tags: [] }, view as unknown as ContactView);
};

test('a telephone number is equal in any format of the read-back', () => {
  expect(contact('+905320000000').outcomes).toMatchObject({ phone: { equal: 1 }, fullName: { equal: 1 } });
  expect(contact('+90 532 000 00 00').outcomes.phone).toEqual({ normalised: 1 });
  expect(contact('+905320000001').differences).toMatchObject([{ field: 'phone', expected: '+905320000000' }]);
  expect(contact(null).outcomes.phone).toEqual({ different: 1 });
});

test('files of a part are compared by name, and by size if it is known', () => {
  const file = (name: string, byteSize: number) => ({ id: name, sha256: '', name, contentType: '', byteSize });
  const draft = {
    messages: ['7'],
    files: [file('a.pdf', 1), file('b.pdf', 2)],
    author: { kind: 'PLACEHOLDER_TEAMMATE' },
    type: 'comment',
    createdAt: 5,
    html: '<p>x</p>',
    plain: false,
    charactersRemoved: false,
  } as unknown as PartDraft;
  const outcome = (attachments: PartView['attachments']) => {
    const part = { id: '9', type: 'comment', authorType: 'admin', authorId: '1', body: '<p>x</p>', createdAt: 5, attachments };
    const view = { parts: [part], partsCut: false } as unknown as ConversationView;
    return compareParts([{ draft, partId: '9', authorId: '1', isOpening: false }], view).outcomes.attachments;
  };
  const [a, b] = [
    { name: 'a.pdf', byteSize: 1 },
    { name: 'b.pdf', byteSize: 2 },
  ];
  expect(outcome([a, b])).toEqual({ equal: 1 });
  expect(outcome([b, a])).toEqual({ equal: 1 });
  expect(outcome([a, { ...b, byteSize: null }])).toEqual({ equal: 1 });
  expect(outcome([a, { ...b, byteSize: 3 }])).toEqual({ different: 1 });
  expect(outcome([a])).toEqual({ different: 1 });
  expect(outcome([])).toEqual({ different: 1 });
});
