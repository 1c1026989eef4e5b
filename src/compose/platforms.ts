import type { Config } from '../config.js';
import { openIntercom } from '../destinations/intercom/connector.js';
import type { Log } from '../domain/ports/log.js';
import type { SuggestTargets } from '../domain/ports/suggest-targets.js';
import { zipArchive } from '../files/zip-archive.js';
import { createDownload } from '../http/download.js';
import { createHttp } from '../http/http-client.js';
import type { Services } from '../operations/context.js';
import { finalReport } from '../pipeline/report/final-report.js';
import { mappingSpecification } from '../pipeline/report/mapping-specification.js';
import { previewRecords } from '../pipeline/transform/preview.js';
import { Budget } from '../rate/budget.js';
import { openInfoset } from '../sources/infoset/connector.js';
import { PostgresLedger } from '../store/postgres-ledger.js';
import { chatSuggestions } from '../suggestions/chat-endpoint.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import type { Basis } from './basis.js';

/** Services that both the API and the jobs use. */
export type Dependencies = Pick<
  Services,
  | 'wakeUps'
  | 'openSource'
  | 'openDestination'
  | 'secretBox'
  | 'blobs'
  | 'packArchive'
  | 'describeMapping'
  | 'describeHandover'
  | 'previewRecords'
  | 'publicUrl'
>;

/** Longest wait for a model: a person waits for the proposal. */
const maxSuggestionMs = 20_000;

/** The endpoint that suggests targets; null if none is set up. */
export function suggestionsOf(
  { mappingLlm, times, allowPrivateHosts }: Config,
  telemetry: Telemetry | null,
  log: Log,
): SuggestTargets | null {
  if (!mappingLlm) return null;
  const http = createHttp({ requestTimeoutMs: Math.min(times.request, maxSuggestionMs), allowPrivateHosts });
  return chatSuggestions(mappingLlm, telemetry?.http('model', http) ?? http, log);
}

/** Opens platforms with one shared HTTP client and one shared rate budget. */
export function platformOpeners(
  config: Config,
  { jobsDatabase: { database }, wakeUps, blobs, secretBox, digests, telemetry }: Basis,
): Omit<Dependencies, 'publicUrl'> {
  const { times, allowPrivateHosts } = config;
  const http = createHttp({ requestTimeoutMs: times.request, allowPrivateHosts });
  const openDownload = createDownload({ requestTimeoutMs: times.request, allowPrivateHosts });
  const budget = new Budget(new PostgresLedger(database, times.rateLimitWait), {
    digest: key => digests.of('budget', key).toString('hex'),
    maxWaitMs: times.retryAfterLimit,
  });
  const infoset = {
    http: telemetry?.http('infoset', http) ?? http,
    openDownload: telemetry?.download('infoset', openDownload) ?? openDownload,
    budget: telemetry?.budget('infoset', budget) ?? budget,
  };
  const intercom = {
    http: telemetry?.http('intercom', http) ?? http,
    budget: telemetry?.budget('intercom', budget) ?? budget,
  };
  return {
    wakeUps,
    secretBox,
    blobs,
    packArchive: zipArchive(blobs),
    describeMapping: mappingSpecification,
    describeHandover: finalReport,
    previewRecords,
    openSource: ({ baseUrl, secret, options }, handlers) =>
      openInfoset({ ...infoset, baseUrl, secret, rateLimitWaitMs: times.rateLimitWait, ...handlers }, options),
    openDestination: ({ baseUrl, secret, options }, handlers) =>
      openIntercom({ ...intercom, baseUrl, secret, ...handlers }, options),
  };
}
