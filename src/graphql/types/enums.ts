import { registerEnumType } from 'type-graphql';
import { organizationKinds } from '../../domain/organization.js';
import { roles } from '../../domain/principal.js';
import { projectStages } from '../../domain/project.js';

const enumOf = <T extends string>(values: readonly T[]) =>
  Object.fromEntries(values.map(value => [value, value])) as { [K in T]: K };

export const OrganizationKindEnum = enumOf(organizationKinds);
export const RoleEnum = enumOf(roles);
export const ProjectStageEnum = enumOf(projectStages);

registerEnumType(OrganizationKindEnum, { name: 'OrganizationKind', description: 'A level of the tenant tree.' });
registerEnumType(RoleEnum, {
  name: 'Role',
  description:
    'PARTNER and AGENCY reach the organizations below theirs; SUPPORT reads crosswalk and recordings; VIEWER reads progress.',
});
registerEnumType(ProjectStageEnum, { name: 'ProjectStage', description: 'How far a migration has come.' });
