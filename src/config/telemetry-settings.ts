import { z } from 'zod';
import type { Secret } from '../domain/model/secret.js';
import { integer, secret, url } from '../domain/model/setting-fields.js';

export interface TelemetryConfig {
  /** Null: no metrics. */
  metrics: { host: string; port: number } | null;
  /** Null: no traces. */
  traces: { endpoint: string; headers: Secret | null; serviceName: string; ratio: number } | null;
}

export const telemetrySettings = {
  METRICS_PORT: integer(0, 65_535, 0)
    .nullable()
    .default(null)
    .describe('Port of `/metrics` for Prometheus, without a key: only the monitoring may reach it. Default: no metrics.'),
  METRICS_HOST: z.string().default('127.0.0.1').describe('Address of METRICS_PORT.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https')
    .nullable()
    .default(null)
    .describe('Address of a collector for traces by OTLP over HTTP, such as `http://collector:4318`. Default: no traces.'),
  OTEL_EXPORTER_OTLP_HEADERS: secret(z.string()).describe('Headers for the collector: `name=value`, separated by commas.'),
  OTEL_SERVICE_NAME: z.string().max(100).default('landfall').describe('Name of this process in traces.'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .transform(Number)
    .pipe(z.number({ error: 'Give a number from 0 to 1.' }).min(0).max(1, { error: 'Give a number from 0 to 1.' }))
    .default(1)
    .describe('Share of traces that are sent, from 0 to 1.'),
};

type Values = z.output<z.ZodObject<typeof telemetrySettings>>;

export function telemetryOf(value: Values): TelemetryConfig {
  const { METRICS_PORT: port, METRICS_HOST: host, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = value;
  const { OTEL_EXPORTER_OTLP_HEADERS: headers, OTEL_SERVICE_NAME: serviceName, OTEL_TRACES_SAMPLER_ARG: ratio } = value;
  return {
    metrics: port === null ? null : { host, port },
    traces: endpoint === null ? null : { endpoint, headers, serviceName, ratio },
  };
}
