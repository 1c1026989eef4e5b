import type { MappingVersion } from '../../domain/mapping/field-mapping.js';
import type { DescribeMapping } from '../../domain/model/document.js';
import { confirmedMapping, fieldsOfMapping, newestMapping } from '../../store/mappings.js';
import { cellLines, md, paragraphs, table } from './markup.js';
import { keepDocument, type Reporting, tableDraft, textDrafts } from './write-documents.js';

const about = { kind: 'MAPPING_SPECIFICATION' as const, name: 'mapping-specification', title: 'Mapping of fields' };

/** The target of each field in the newest version. */
export async function writeMappingSpecification(context: Reporting): Promise<void> {
  const { projectId } = context.work.lease;
  const drafts = await context.work.transaction(async tx => {
    const mapping = await newestMapping(tx, projectId);
    return mapping
      ? mappingSpecification(mapping, await confirmedMapping(tx, projectId), await fieldsOfMapping(tx, mapping.id))
      : [];
  });
  for (const draft of drafts) await keepDocument(context, draft);
}

export const mappingSpecification: DescribeMapping = (mapping, confirmed, fields) => {
  const types = [...new Set(fields.map(({ recordType }) => recordType))];
  const sections = types.map(type => {
    const rows = fields
      .filter(({ recordType }) => recordType === type)
      .map(({ sourcePath, action, targetPath, ignoreReason, rationale, losses, values, defaultValue, profile }) => [
        sourcePath,
        `${Math.round(profile.fillRate * 100)} %`,
        action === 'IGNORE'
          ? 'left out'
          : action === 'UNDECIDED'
            ? md`**undecided**`
            : `${targetPath}${action === 'CREATE_ATTRIBUTE' ? ' (new)' : ''}`,
        ignoreReason ?? rationale,
        cellLines([
          ...losses.map(({ message, affectedRecords }) => `${affectedRecords}: ${message}`),
          ...(defaultValue === null ? [] : [`empty → ${defaultValue}`]),
          ...values.filter(({ from, to }) => from !== to).map(({ from, to }) => `${from} → ${to ?? 'left out'}`),
        ]),
      ]);
    return md`## ${type}\n\n${table(['field', 'filled', 'goes to', 'why', 'losses and values'], rows)}`;
  });
  const declared = [
    'Declared losses: update and closing times, ratings, priorities, service levels, pipelines and stages of tickets become attributes. A value of more than 255 characters is cut; a note contains the whole value.',
    'Not included, because Infoset does not return them: meetings and other kinds of activity.',
  ];
  const text = paragraphs([stateOf(mapping, confirmed), md`Digest: \`${mapping.hash}\``, ...declared, ...sections]);
  const rows = tableDraft(
    { ...about, name: `${about.name}.csv` },
    ['record_type', 'source_path', 'action', 'target_path', 'attribute_type', 'reason', 'fill_rate', 'losses'],
    fields.map(each => [
      each.recordType,
      each.sourcePath,
      each.action,
      each.targetPath,
      each.attributeType,
      each.ignoreReason ?? each.rationale,
      each.profile.fillRate,
      each.losses.map(({ code, affectedRecords }) => `${code} ${affectedRecords}`).join('; '),
    ]),
  );
  return [...textDrafts(about, text), rows];
};

function stateOf({ status, version }: MappingVersion, confirmed: MappingVersion | null): string {
  const held = confirmed
    ? `ersion ${confirmed.version}, confirmed by ${confirmed.confirmedBy} on ${confirmed.confirmedAt!.toISOString().slice(0, 10)}`
    : null;
  if (status === 'CONFIRMED') return `V${held}.`;
  return `Version ${version} is a draft that nobody has confirmed.${held ? ` Until it is confirmed, v${held}, is in force.` : ''}`;
}
