import { type Fields, isFilled, objectsIn, textOf } from '../../../domain/model/record-fields.js';
import type { Person, Pipeline } from '../../../domain/model/source-shapes.js';

/** The name of a person; '' if there is none. */
export function personName({ fullName, firstName, lastName, email }: Fields): string {
  return textOf(fullName) || [textOf(firstName), textOf(lastName)].filter(Boolean).join(' ') || textOf(email);
}

export function personOf(user: Fields): Person {
  const id = textOf(user.id);
  return { id, name: personName(user) || id, email: isFilled(user.email) ? textOf(user.email) : null };
}

/** The id of a record; '' if it has none. */
export const idOf = ({ id }: Fields): string => textOf(id);

/** The name of a team, a company, a report or an automation. */
export const nameOf = ({ name }: Fields): string => textOf(name);

export function pipelineOf({ id, name, stages }: Fields): Pipeline {
  return {
    id: textOf(id),
    name: textOf(name),
    stages: objectsIn(stages).map(stage => [`${textOf(id)}/${textOf(stage.id)}`, textOf(stage.name)]),
  };
}

/** The company of a contact; '' if it has none. */
export const companyOf = ({ companyId }: Fields): string => textOf(companyId);

/** The company above a company; '' if there is none. */
export const parentCompanyOf = ({ parentCompanyId }: Fields): string => textOf(parentCompanyId);

/** Tags of a record, as the source writes them. */
export const tagsOf = ({ tags }: Fields): unknown[] => [tags].flat().filter(isFilled);

/** When a record was changed, as the source writes it. */
export const updatedDateOf = ({ updatedDate }: Fields): unknown => updatedDate;

/** Whether a contact has an address and a telephone number. */
export const contactPointsOf = ({ email, phone }: Fields) => ({ hasAddress: isFilled(email), hasPhone: isFilled(phone) });
