import { Field, ObjectType } from 'type-graphql';
import type { Environment, RunKind } from '../../domain/model/run.js';
import type { AvailableRunKind } from '../../operations/find-run-kinds.js';
import { EnvironmentEnum, RunKindEnum } from './enums.js';
import { toUserErrorType, UserErrorType } from './payloads.js';

@ObjectType('AvailableRunKind', { description: 'Whether `startRun` would queue a run of this kind now.' })
export class AvailableRunKindType {
  @Field(() => RunKindEnum)
  kind: RunKind;

  @Field(() => EnvironmentEnum, { nullable: true, description: 'The workspace; null for kinds that need none.' })
  environment: Environment | null;

  @Field({ description: 'Whether it may start. Of a ROLLBACK: whether a plan can be made.' })
  mayStart: boolean;

  @Field(() => [UserErrorType], {
    description:
      'The errors that `startRun` would answer. A run of another tenant in the same workspace is not seen here; then `startRun` answers WORKSPACE_BUSY.',
  })
  reasons: UserErrorType[];
}

export const toAvailableRunKind = ({ kind, environment, reasons }: AvailableRunKind): AvailableRunKindType => ({
  kind,
  environment,
  mayStart: reasons.length === 0,
  reasons: reasons.map(toUserErrorType),
});
