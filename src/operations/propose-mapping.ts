import type { MappingVersion, ProposedField } from '../domain/mapping/field-mapping.js';
import { keptDecisions } from '../domain/mapping/kept-decisions.js';
import { acceptedAnswers, questionsAbout } from '../domain/mapping/model-suggestions.js';
import { mappingHash } from '../domain/mapping/rules.js';
import { UserError } from '../domain/model/errors.js';
import { confirmedMapping, fieldsOfMapping, insertMapping, mappingById, saveSuggestions } from '../store/mappings.js';
import { appendEvent } from '../store/project-events.js';
import { lockProject, projectById } from '../store/projects.js';
import { newestRun } from '../store/runs.js';
import { requirePermission } from '../tenancy/permissions.js';
import { type OperationContext, within } from './context.js';
import { once } from './once.js';
import { projectInReach } from './project-in-reach.js';
import { readFields } from './read-fields.js';
import { requireUnpurged } from './require-unpurged.js';
import { saveSpecification } from './save-specification.js';

export interface ProposeMappingInput {
  projectId: string;
  idempotencyKey?: string | null;
}

/**
 * Proposes the next version from all staged records. Earlier confirmed decisions are kept if they still apply.
 * @throws UserError ROLE_NOT_PERMITTED, MALFORMED_ID, NOT_FOUND, NOTHING_EXTRACTED
 */
export async function proposeMapping(context: OperationContext, input: ProposeMappingInput): Promise<MappingVersion> {
  requirePermission(context.principal, 'proposeMapping');
  // Of a repeated request there are none: its version was proposed before.
  let fields: ProposedField[] = [];
  const { mappingId } = await once(context, 'proposeMapping', input, async tx => {
    const { id: projectId, organizationId } = await projectInReach(tx, input.projectId);
    const extraction = await newestRun(tx, projectId, 'EXTRACTION');
    if (extraction?.state !== 'SUCCEEDED' && extraction?.state !== 'INCOMPLETE') {
      throw new UserError('NOTHING_EXTRACTED', 'Start an EXTRACTION run first, and wait for its end.', {
        path: ['input', 'projectId'],
      });
    }
    const proposal = await readFields(tx, projectId);
    await lockProject(tx, projectId);
    // It may have been closed and purged while its records were read.
    await requireUnpurged(tx, projectId, ['input', 'projectId']);
    const confirmed = await confirmedMapping(tx, projectId);
    const existing = confirmed ? await fieldsOfMapping(tx, confirmed.id) : [];
    const proposed = proposal.propose(existing);
    fields = confirmed ? keptDecisions(proposed, existing, confirmed.version) : proposed;
    const mappingId = await insertMapping(tx, { projectId, organizationId, hash: mappingHash(fields) }, fields);
    const undecided = fields.filter(({ action }) => action === 'UNDECIDED').length;
    await appendEvent(tx, {
      projectId,
      type: 'MAPPING_PROPOSED',
      message: `A mapping of ${fields.length} fields was proposed.`,
      data: { mappingVersionId: mappingId, fields: fields.length, undecided },
    });
    return { mappingId };
  });
  await suggest(context, mappingId, fields);
  const mapping = (await within(context, tx => mappingById(tx, mappingId)))!;
  await saveSpecification(context, mapping.projectId);
  return mapping;
}

/** Asks a model about fields that are uncertain, outside of any transaction. Its answer decides nothing. */
async function suggest(context: OperationContext, mappingId: string, fields: readonly ProposedField[]): Promise<void> {
  if (!context.suggestTargets || fields.length === 0) return;
  const project = await within(context, async tx => {
    const mapping = await mappingById(tx, mappingId);
    return mapping && projectById(tx, mapping.projectId);
  });
  const questions = questionsAbout(fields, { withSamples: project?.allowSamplesToLlm ?? false });
  if (questions.length === 0) return;
  const answers = await context.suggestTargets(questions.map(({ asked }) => asked));
  const accepted = acceptedAnswers(questions, answers);
  if (accepted.length === 0) return;
  const suggestions = accepted.map(({ field: { recordType, sourcePath }, suggestion }) => ({
    recordType,
    sourcePath,
    ...suggestion,
  }));
  await within(context, tx => saveSuggestions(tx, mappingId, suggestions));
}
