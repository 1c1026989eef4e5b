import { z } from 'zod';
import { integer, onOff, origins, url } from '../domain/model/setting-fields.js';

/** Where the server listens, and what it serves to whom. */
export interface ServerConfig {
  port: number;
  host: string;
  /** Address at which clients reach the server, without a trailing slash; null for http://HOST:PORT. */
  publicUrl: string | null;
  /** Origins whose pages may use the API from a browser. */
  allowedOrigins: readonly string[];
  /** Whether queries may ask for the schema. */
  introspection: boolean;
  /** Whether the page /graphiql is served. */
  graphiql: boolean;
}

export const serverSettings = {
  PORT: integer(0, 65_535, 4000).describe('Port to listen on.'),
  HOST: z.string().default('127.0.0.1').describe('Address to listen on.'),
  PUBLIC_URL: url('http', 'https')
    .nullable()
    .default(null)
    .describe(
      'Address at which clients reach the server, and at which Intercom downloads the images of articles. Default: `http://HOST:PORT`.',
    ),
  ALLOWED_ORIGINS: origins.describe(
    'Origins whose pages may use `/graphql`, its WebSocket and downloads from a browser, separated by commas, for example `https://portal.example`. Default: none but the server itself.',
  ),
  GRAPHQL_INTROSPECTION: onOff(true).describe('Whether queries may ask for the schema (`__schema`, `__type`).'),
  GRAPHIQL: onOff(true).describe('Whether the page `/graphiql` is served.'),
};

type Values = z.output<z.ZodObject<typeof serverSettings>>;

export const serverOf = (value: Values): ServerConfig => ({
  port: value.PORT,
  host: value.HOST,
  publicUrl: value.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
  allowedOrigins: value.ALLOWED_ORIGINS,
  introspection: value.GRAPHQL_INTROSPECTION,
  graphiql: value.GRAPHIQL,
});
