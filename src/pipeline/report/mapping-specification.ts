import { confirmedMapping, fieldsOfMapping, mappingOf } from '../../store/mappings.js';
import { plain, table } from './markdown.js';
import { keepTable, keepText, type Reporting } from './write-documents.js';

/** What becomes of each field, as it was confirmed; of a draft, as it is proposed. */
export async function writeMappingSpecification(x: Reporting): Promise<void> {
  const { projectId } = x.work.lease;
  const { mapping, fields } = await x.work.read(async tx => {
    const mapping = (await confirmedMapping(tx, projectId)) ?? (await mappingOf(tx, projectId, null));
    return { mapping, fields: mapping ? await fieldsOfMapping(tx, mapping.id) : [] };
  });
  if (!mapping) return;
  const about = { kind: 'MAPPING_SPECIFICATION' as const, name: 'mapping-specification', title: 'Mapping of fields' };
  const types = [...new Set(fields.map(({ recordType }) => recordType))];
  const sections = types.map(type => {
    const rows = fields
      .filter(({ recordType }) => recordType === type)
      .map(({ sourcePath, action, targetPath, ignoreReason, rationale, losses, values, profile }) => [
        plain(sourcePath),
        `${Math.round(profile.fillRate * 100)} %`,
        action === 'IGNORE'
          ? 'left out'
          : action === 'UNDECIDED'
            ? '**undecided**'
            : `${plain(targetPath)}${action === 'CREATE_ATTRIBUTE' ? ' (new)' : ''}`,
        plain(ignoreReason ?? rationale),
        [
          ...losses.map(({ message, affectedRecords }) => `${affectedRecords}: ${plain(message)}`),
          ...values
            .filter(({ from, to }) => from !== to)
            .map(({ from, to }) => `${plain(from)} → ${to === null ? 'left out' : plain(to)}`),
        ].join('<br>'),
      ]);
    return `## ${type}\n\n${table(['field', 'filled', 'goes to', 'why', 'losses and values'], rows)}`;
  });
  const state =
    mapping.status === 'CONFIRMED'
      ? `Version ${mapping.version}, confirmed by ${plain(mapping.confirmedBy)} on ${mapping.confirmedAt!.toISOString().slice(0, 10)}.`
      : `Version ${mapping.version} is a draft that nobody has confirmed.`;
  const declared = [
    'Declared losses of place: times of change and of closing, ratings, priorities, service levels, pipelines and stages of tickets become attributes; a value of more than 255 characters is cut, and stands whole in a note.',
    'Declared absent, because Infoset does not give them: meetings and other kinds of activity.',
  ];
  await keepText(x, about, [state, `Digest: \`${mapping.hash}\``, ...declared, ...sections].join('\n\n'));
  await keepTable(
    x,
    {
      ...about,
      name: 'mapping-specification.csv',
    },
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
}
