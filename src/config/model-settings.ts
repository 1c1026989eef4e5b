import { z } from 'zod';
import type { Secret } from '../domain/model/secret.js';
import { secret, url } from '../domain/model/setting-fields.js';

/** A model that suggests targets of fields. */
export interface MappingModel {
  url: string;
  model: string;
  key: Secret | null;
}

export const modelSettings = {
  MAPPING_LLM_URL: url('http', 'https')
    .nullable()
    .default(null)
    .describe(
      'Base URL of an endpoint like that of OpenAI, for example `https://host/v1`. A model suggests targets for fields that are uncertain; people decide. Default: none.',
    ),
  MAPPING_LLM_MODEL: z.string().max(200).nullable().default(null).describe('Name of the model. Required with MAPPING_LLM_URL.'),
  MAPPING_LLM_KEY: secret(z.string()).describe('Key of MAPPING_LLM_URL, sent as a bearer token. Default: none.'),
};

type Values = z.output<z.ZodObject<typeof modelSettings>>;

/** Reports settings without those that they need. */
export function requireModel(value: Values, need: (name: string, message: string) => void): void {
  const { MAPPING_LLM_URL, MAPPING_LLM_MODEL, MAPPING_LLM_KEY } = value;
  if (MAPPING_LLM_URL && !MAPPING_LLM_MODEL) need('MAPPING_LLM_MODEL', 'Give the name of the model too.');
  if ((MAPPING_LLM_MODEL || MAPPING_LLM_KEY) && !MAPPING_LLM_URL) need('MAPPING_LLM_URL', 'Give the URL of the endpoint too.');
}

export const mappingModelOf = ({ MAPPING_LLM_URL, MAPPING_LLM_MODEL, MAPPING_LLM_KEY }: Values): MappingModel | null =>
  MAPPING_LLM_URL && MAPPING_LLM_MODEL ? { url: MAPPING_LLM_URL, model: MAPPING_LLM_MODEL, key: MAPPING_LLM_KEY } : null;
