import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { publicId } from '../../domain/model/ids.js';
import type { SignOff } from '../../domain/model/sign-off.js';
import { MutationInput } from './inputs.js';
import { Payload } from './payloads.js';
import { RunType } from './run.js';

@ObjectType('SignOff', { description: 'A person approved what a SANDBOX run has shown. PRODUCTION is bound to it.' })
export class SignOffType {
  @Field(() => ID)
  runId: string;

  @Field({ description: 'The hash of the mapping that was used.' })
  mappingHash: string;

  @Field({ description: 'Digest of what the SANDBOX run read back.' })
  sampleDigest: string;

  @Field({ description: 'Name of the API key that signed.' })
  signedBy: string;

  @Field({ description: 'When it was signed.' })
  signedAt: Date;

  @Field(() => String, { nullable: true, description: 'What the person wrote.' })
  note: string | null;
}

export enum SignOffStateEnum {
  MISSING = 'MISSING',
  STALE = 'STALE',
  VALID = 'VALID',
}
registerEnumType(SignOffStateEnum, {
  name: 'SignOffState',
  description: 'Whether PRODUCTION may start, as far as the sample decides.',
});

@InputType()
export class SignOffInput extends MutationInput {
  @Field(() => ID)
  runId: string;

  @Field({ description: 'The `hash` of the mapping version that the person reviewed.' })
  mappingHash: string;

  @Field(() => String, { nullable: true, description: 'At most 2,000 characters.' })
  note?: string | null;
}

@ObjectType()
export class SignOffPayload extends Payload {
  @Field(() => RunType, { nullable: true })
  run?: RunType;
}

export const toSignOffType = ({ runId, ...signOff }: SignOff): SignOffType =>
  Object.assign(new SignOffType(), { ...signOff, runId: publicId('Run', runId) });
