import type { Redis } from 'ioredis';
import type { Config } from '../config.js';
import { openIntercom } from '../destinations/intercom/connector.js';
import { parseId } from '../domain/model/ids.js';
import type { Log } from '../domain/ports/log.js';
import type { RateStore } from '../domain/ports/rate-budget.js';
import type { SuggestTargets } from '../domain/ports/suggest-targets.js';
import { zipArchive } from '../files/zip-archive.js';
import { createDownload } from '../http/download.js';
import { createHttp } from '../http/http-client.js';
import { createPost } from '../http/post.js';
import type { Services } from '../operations/context.js';
import { finalReport } from '../pipeline/report/final-report.js';
import { mappingSpecification } from '../pipeline/report/mapping-specification.js';
import { previewRecords } from '../pipeline/transform/preview.js';
import { Budget } from '../rate/budget.js';
import { FallbackStore } from '../rate/fallback-store.js';
import { RedisRateStore } from '../rate/redis-store.js';
import { SharedLedger } from '../rate/shared-ledger.js';
import { openInfoset } from '../sources/infoset/connector.js';
import type { Database } from '../store/data-source.js';
import { PostgresRateStore } from '../store/postgres-rate-store.js';
import { chatSuggestions } from '../suggestions/chat-endpoint.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { PortalTokens } from '../tenancy/portal-tokens.js';
import { postWebhooks, refuseWebhookUrl } from '../webhooks/post-webhook.js';
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
  | 'postWebhook'
  | 'refuseWebhookUrl'
  | 'usage'
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

/** Where budgets are shared: in Redis, if there is one. */
function rateStore(database: Database, redis: Redis | null, log: Log): RateStore {
  const postgres = new PostgresRateStore(database);
  return redis ? new FallbackStore(new RedisRateStore(redis), postgres, message => log.warn({}, message)) : postgres;
}

/** Checks JWTs of portals, one for each issuer. Their addresses are checked like those of platforms. */
export function portalTokensOf({ portalJwt, times, allowPrivateHosts }: Config): PortalTokens[] {
  const http = createHttp({ requestTimeoutMs: times.request, allowPrivateHosts });
  const maxBytes = 1024 * 1024;
  return portalJwt.map(
    ({ organization, ...portal }) =>
      new PortalTokens({ ...portal, organizationId: parseId(organization).uuid }, (url, signal) =>
        http({ url, signal, headers: {}, maxBytes }),
      ),
  );
}

/** Opens platforms with one shared HTTP client and one shared rate budget. */
export function platformOpeners(
  config: Config,
  { jobsDatabase: { database }, wakeUps, redis, usage, blobs, secretBox, digests, telemetry }: Basis,
  log: Log,
): Omit<Dependencies, 'publicUrl'> {
  const { times, allowPrivateHosts } = config;
  const http = createHttp({ requestTimeoutMs: times.request, allowPrivateHosts });
  const openDownload = createDownload({ requestTimeoutMs: times.request, allowPrivateHosts });
  const post = createPost({ requestTimeoutMs: times.webhooks.call, allowPrivateHosts });
  const rules = { windowMs: times.rateLimitWait, reserve: config.rateReserve };
  const budget = new Budget(new SharedLedger(rateStore(database, redis, log), rules), {
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
    usage,
    secretBox,
    blobs,
    packArchive: zipArchive(blobs),
    describeMapping: mappingSpecification,
    describeHandover: finalReport,
    previewRecords,
    postWebhook: postWebhooks(telemetry?.post('webhook', post) ?? post),
    refuseWebhookUrl: refuseWebhookUrl(allowPrivateHosts),
    openSource: ({ baseUrl, secret, options }, { onCall, ...handlers }) => {
      const calls = { http: counted(infoset.http, onCall), openDownload: counted(infoset.openDownload, onCall) };
      const { budget } = infoset;
      return openInfoset({ ...calls, budget, baseUrl, secret, rateLimitWaitMs: times.rateLimitWait, ...handlers }, options);
    },
    openDestination: ({ baseUrl, secret, options }, { onCall, ...handlers }) => {
      const { http, budget } = intercom;
      return openIntercom({ http: counted(http, onCall), budget, baseUrl, secret, ...handlers }, options);
    },
  };
}

const counted =
  <Call, Answer>(send: (call: Call) => Promise<Answer>, onCall: (() => void) | undefined) =>
  (call: Call): Promise<Answer> => {
    onCall?.();
    return send(call);
  };
