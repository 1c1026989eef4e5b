import type { FieldMapping, MappingVersion } from '../../domain/mapping/field-mapping.js';
import type { DescribeMapping } from '../../domain/model/document.js';
import { documentSaying } from '../../store/documents.js';
import { confirmedMapping, fieldsOfMapping, newestMapping } from '../../store/mappings.js';
import { cellLines, md, paragraphs, percent, table } from './markup.js';
import { textDrafts } from './text-drafts.js';
import { type Texts, textsOf } from './texts/texts.js';
import { keepDocument, type Reporting, tableDraft } from './write-documents.js';

/** The target of each field in the newest version. */
export async function writeMappingSpecification(context: Reporting): Promise<void> {
  const { projectId } = context.work.lease;
  const drafts = await context.work.transaction(async tx => {
    const mapping = await newestMapping(tx, projectId);
    return mapping
      ? mappingSpecification(mapping, await confirmedMapping(tx, projectId), await fieldsOfMapping(tx, mapping.id), context.head)
      : [];
  });
  for (const draft of drafts) {
    const { name, contentSha256 } = draft;
    const kept = contentSha256 && (await context.work.transaction(tx => documentSaying(tx, projectId, name, contentSha256)));
    if (!kept || (await context.blobs.state(kept)) !== 'KEPT') await keepDocument(context, draft);
  }
}

export const mappingSpecification: DescribeMapping = (mapping, confirmed, fields, head) => {
  const texts = textsOf(head.language);
  const { mapping: t } = texts;
  const about = { kind: 'MAPPING_SPECIFICATION' as const, name: 'mapping-specification', title: t.title };
  const byType = Map.groupBy(fields, ({ recordType }) => recordType);
  const counts = [...byType].map(([type, of]) => {
    const number = (...actions: FieldMapping['action'][]) => of.filter(({ action }) => actions.includes(action)).length;
    return [
      texts.names.recordTypes[type],
      of.length,
      number('MAP'),
      number('CREATE_ATTRIBUTE'),
      number('IGNORE'),
      number('UNDECIDED'),
    ];
  });
  const text = {
    title: t.title,
    head: { ...head, mappingHash: mapping.hash },
    isSigned: true,
    summary: paragraphs([stateOf(mapping, confirmed, texts), md`${t.digest}: \`${mapping.hash}\``, table(t.counts, counts)]),
    body: paragraphs([...t.declared, ...[...byType].map(([type, of]) => section(texts.names.recordTypes[type], of, texts))]),
  };
  const rows = tableDraft(
    { ...about, name: `${about.name}.csv` },
    ['record_type', 'source_path', 'action', 'target_path', 'attribute_type', 'reason', 'fill_rate', 'losses'],
    fields.map(each => [
      each.recordType,
      each.sourcePath,
      each.action,
      each.targetPath,
      each.attributeType,
      texts.say(each.ignoreReason ?? each.rationale),
      each.profile.fillRate,
      each.losses.map(({ code, affectedRecords }) => `${code} ${affectedRecords}`).join('; '),
    ]),
  );
  return [...textDrafts(about, text, texts), rows];
};

function section(heading: string, fields: readonly FieldMapping[], { mapping: t, say }: Texts) {
  const rows = fields.map(
    ({ sourcePath, action, targetPath, ignoreReason, rationale, losses, values, defaultValue, profile }) => [
      sourcePath,
      percent(profile.fillRate),
      action === 'IGNORE'
        ? t.leftOut
        : action === 'UNDECIDED'
          ? t.undecided
          : action === 'CREATE_ATTRIBUTE'
            ? t.isNew(targetPath)
            : targetPath,
      say(ignoreReason ?? rationale),
      cellLines([
        ...losses.map(({ message, affectedRecords }) => `${affectedRecords}: ${say(message)}`),
        ...(defaultValue === null ? [] : [`${t.empty} → ${defaultValue}`]),
        ...values.filter(({ from, to }) => from !== to).map(({ from, to }) => `${from} → ${to ?? t.leftOut}`),
      ]),
    ],
  );
  return md`## ${heading}\n\n${table(t.columns, rows)}`;
}

function stateOf({ status, version }: MappingVersion, confirmed: MappingVersion | null, { mapping: t }: Texts): string {
  const about =
    confirmed && ([confirmed.version, confirmed.confirmedBy, confirmed.confirmedAt!.toISOString().slice(0, 10)] as const);
  if (status === 'CONFIRMED' && about) return t.confirmed(...about);
  return [t.draft(version), ...(about ? [t.inForce(...about)] : [])].join(' ');
}
