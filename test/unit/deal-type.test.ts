import { expect, test } from 'vitest';
import { dealAttributesOf } from '../../src/domain/mapping/deal-type.js';
import { MappingProposal } from '../../src/domain/mapping/propose.js';
import { dealTypeSteps } from '../../src/pipeline/provision/deal-type-steps.js';
import { typeFromBlocker } from '../support/destination.js';

const define = (label: string, type: string, options: string[] = []) => ({ recordType: 'DEAL' as const, label, type, options });

test('attributes of deals have the type of their definition, if every value fits it', () => {
  const proposal = new MappingProposal(
    [
      define('Adet', 'number'),
      define('Tutar', 'decimal'),
      define('Teslim', 'date'),
      define('Son temas', 'datetime'),
      define('Sıcak', 'checkbox'),
      define('Aşama', 'select', ['Yeni', 'Eski; "çok"']),
      define('Kanallar', 'multiselect', ['web', 'mobil']),
      define('Not', 'longtext'),
      define('Bozuk', 'number'),
    ],
    'Europe/Istanbul',
    'TR',
  );
  proposal.add('DEAL', {
    id: 1,
    name: 'Anlaşma',
    value: 5,
    closeDate: '2026-05-01',
    customFields: { Adet: 3, Tutar: 4, Teslim: '2026-05-01', 'Son temas': '2026-05-01T10:00:00Z', Bozuk: 'çok', Tanımsız: 7 },
  });
  const fields = proposal.propose().map(field => ({ ...field, id: '' }));
  const wanted = dealAttributesOf(fields);
  expect(Object.fromEntries([...wanted].map(([name, { format }]) => [name, format]))).toEqual({
    infoset_id: 'text',
    name: 'text',
    value: 'decimal',
    close_date: 'date',
    adet: 'decimal',
    tutar: 'decimal',
    teslim: 'date',
    son_temas: 'text',
    sicak: 'boolean',
    asama: 'list',
    kanallar: 'text',
    not: 'text',
    bozuk: 'text',
    tanimsiz: 'text',
  });
  const told = typeFromBlocker(dealTypeSteps(wanted, 'DESTINATION'));
  expect(Object.keys(told.attributes).sort()).toEqual([...wanted.keys()].sort());
  expect(told.options).toEqual({ asama: ['Yeni', 'Eski; "çok"'] });
});
