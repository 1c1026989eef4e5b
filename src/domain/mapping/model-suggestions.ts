import type { AskedField, ModelAnswer } from '../ports/suggest-targets.js';
import { keptText } from '../text/kept-text.js';
import { labelOf } from './choose-attribute.js';
import type { ProposedField, Suggestion } from './field-mapping.js';
import { freeTargets } from './free-targets.js';

/** Below this confidence a model is asked. */
const unsure = 0.8;
/** No answer of a model is more certain than this. */
const mostConfident = 0.7;
/** Fields of one question, the fullest first. */
const maxAsked = 60;
const [longestLabel, longestSample, maxSamples, longestReason] = [120, 40, 3, 200];

/** A field, and the question about it. */
export interface Question {
  field: ProposedField;
  asked: AskedField;
}

/** Questions about the fields that are undecided or uncertain, and have a free target. */
export function questionsAbout(fields: readonly ProposedField[], { withSamples }: { withSamples: boolean }): Question[] {
  return fields
    .filter(
      ({ action, confidence, suggestedTarget }) =>
        suggestedTarget === null && (action === 'UNDECIDED' || (action === 'CREATE_ATTRIBUTE' && confidence < unsure)),
    )
    .map(field => ({ field, targets: freeTargets(field, fields) }))
    .filter(({ targets }) => targets.length > 0)
    .sort((a, b) => b.field.profile.fillRate - a.field.profile.fillRate)
    .slice(0, maxAsked)
    .map(({ field, targets }) => ({
      field,
      asked: {
        recordType: field.recordType,
        label: keptText(labelOf(field.sourcePath), longestLabel),
        dataType: field.profile.dataType,
        samples: withSamples ? field.profile.samples.slice(0, maxSamples).map(each => keptText(each, longestSample)) : [],
        targets,
      },
    }));
}

/** The answers that name a field and one of its targets; the first for each field. */
export function acceptedAnswers(
  questions: readonly Question[],
  answers: readonly ModelAnswer[],
): { field: ProposedField; suggestion: Suggestion }[] {
  const accepted = new Map<ProposedField, Suggestion>();
  for (const { field: index, target, confidence, reason } of answers) {
    const question = questions[index];
    if (!question?.asked.targets.includes(target) || accepted.has(question.field)) continue;
    const said = keptText(reason, longestReason)
      .replace(/\p{C}+/gu, ' ')
      .trim();
    accepted.set(question.field, {
      suggestedTarget: target,
      suggestionConfidence: Math.min(mostConfident, Math.max(0, confidence)),
      suggestionReason: `A model suggests it${said ? `: ${said}` : '.'}`,
    });
  }
  return [...accepted].map(([field, suggestion]) => ({ field, suggestion }));
}
