import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { documents, textOf } from '../../support/documents.js';
import type { Expectation } from '../expectation.js';

/** What a spreadsheet runs, also after blanks and skipped characters, and in full width. */
const carriedOut = /^[\s\p{C}]*[=+@\uff1d\uff0b\uff20\uff0d-]|^[\t\r\n]/u;

export default {
  async check({ arrived, infoset, root, projectId }) {
    const tables = (await documents(root, projectId)).filter(({ name }) => name.endsWith('.csv'));
    const cells = new Set<string>();
    for (const { name } of tables) {
      const text = await textOf(root, projectId, name);
      for (const row of parse(text, { bom: true, relax_column_count: true }) as string[][])
        for (const cell of row) {
          cells.add(cell);
          expect(cell, name).not.toMatch(carriedOut);
        }
    }
    const { contacts, objectInstances } = arrived.intercom.workspace;
    const deals = infoset.account.all('deals');
    const made = [...objectInstances.get('Deal')!.values()];
    expect(made).toHaveLength(deals.length);
    for (const deal of deals) {
      const found = made.find(each => String(each.custom_attributes.infoset_id) === String(deal.id))!;
      expect([found.custom_attributes.name, found.custom_attributes.notes]).toEqual([deal.name, deal.notes]);
      // They are in the tables, and not left out.
      expect(
        [...cells].filter(cell => cell.endsWith(deal.name.trim())),
        deal.name,
      ).not.toEqual([]);
    }
    const [person] = infoset.account.all('contacts');
    expect([...contacts.values()].map(each => each.name)).toContain(person!.fullName);
    const [article] = infoset.account.all('articles');
    expect(arrived.article(article!.title).content.tr!.title).toBe(article!.title);
    const [file] = arrived.parts(702601).flatMap(part => part.attachments);
    expect(file).toMatchObject({ name: '=cmd|calc.bin', sha256: infoset.account.get('files', '26001')!.sha256 });
  },
} satisfies Expectation;
