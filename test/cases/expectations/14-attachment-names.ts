import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { documentNamed, textOf } from '../../support/documents.js';
import { seenText } from '../../support/seen-text.js';
import type { Expectation } from '../expectation.js';

const large = Buffer.alloc(11_534_336, 1);
const names = [
  'Auftrag_225_2385_5648.pdf',
  'windows_a.pdf',
  'etc_passwd',
  'faturafdp.exe',
  'iki satır.pdf',
  `${'u'.repeat(251)}.pdf`,
  'özgeçmiş İşçi.pdf',
  'aynı.pdf',
  'aynı.pdf',
  'winmail.dat',
  'a&amp;b <c>.pdf',
  'file 14012',
  '文档🔥.pdf',
];

export default {
  files: { 14028: () => large },
  async check({ arrived, infoset, issues, root, projectId }) {
    const { account } = infoset;
    const digestOf = (id: number) => account.get('files', String(id))!.sha256;
    const carried = (ticket: number) =>
      arrived.parts(ticket).map(({ body, attachments }) => ({
        text: seenText(body!).text,
        files: attachments.map(({ name, sha256 }) => [name, sha256]),
      }));
    expect(carried(701401)).toEqual(
      names.map((name, place) => ({ text: `dosya ${place}`, files: [[name, digestOf(14001 + place)]] })),
    );
    const [empty, alone] = carried(701402);
    expect(empty).toEqual({ text: 'boş dosya', files: [['bos.txt', digestOf(14014)]] });
    expect(alone!.files).toEqual([['yalniz.txt', digestOf(14015)]]);
    const twelve = carried(701403);
    expect(twelve[0]!.text).toBe('12 dosya');
    expect(twelve.flatMap(({ files }) => files)).toEqual(
      Array.from({ length: 12 }, (_, place) => [`f${place}.txt`, digestOf(14016 + place)]),
    );
    // Too large for a message: named in it, reported, and stored in the package.
    expect(createHash('sha256').update(large).digest('hex')).toBe(digestOf(14028));
    expect(carried(701404)).toEqual([]);
    expect(arrived.messages(701404)).toEqual([
      'büyük\nAttachment: büyük_dosya.bin (11534336 bytes), in the package as files/14028-büyük_dosya.bin',
    ]);
    expect(issues.filter(each => each.code === 'ATTACHMENT_NAMED').map(each => each.sourceId)).toEqual(['14028']);
    const rows = parse(await textOf(root, projectId, 'production/kept-files.csv'), { bom: true, columns: true }) as object[];
    expect(rows).toHaveLength(1);
    expect(Object.values(rows[0]!)).toEqual(expect.arrayContaining(['14028', 'files/14028-büyük_dosya.bin', digestOf(14028)]));
    const { downloadUrl } = await documentNamed(root, projectId, 'production/recordings.zip');
    expect(Buffer.from(await (await fetch(downloadUrl)).arrayBuffer()).includes(large)).toBe(true);
  },
} satisfies Expectation;
