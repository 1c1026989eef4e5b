import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { CallFailure } from '../domain/ports/call-failure.js';
import type { RateBudget } from '../domain/ports/rate-budget.js';
import type { Http } from '../http/call.js';
import type { OpenDownload } from '../http/download.js';
import type { Post } from '../http/post.js';
import { retryChannel } from '../http/retry.js';
import { type Metrics, statusClass } from './metrics.js';

type Vendor = 'infoset' | 'intercom' | 'model' | 'webhook';
const routes = new Set(['graphql', 'graphiql', 'documents', 'recordings', 'images', 'healthz', 'readyz']);
const secondsSince = (begun: number) => (performance.now() - begun) / 1000;

/**
 * Measures and traces what the parts of a process do. Names and attributes come from this code and the schema: no text of a client,
 * no address, no id but those of runs. Without a tracer (`startTracing`) spans cost nothing.
 */
export class Telemetry {
  private readonly tracer = trace.getTracer('landfall');

  constructor(readonly metrics: Metrics) {}

  /** Calls to a platform. They carry no trace context: it is for our own processes only. */
  http(vendor: Vendor, http: Http): Http {
    return call => this.call(vendor, call.method ?? 'GET', () => http(call));
  }

  download(vendor: Vendor, open: OpenDownload): OpenDownload {
    return call => this.call(vendor, 'GET', () => open(call));
  }

  post(vendor: Vendor, post: Post): Post {
    return call => this.call(vendor, 'POST', () => post(call));
  }

  budget(vendor: Vendor, budget: RateBudget): RateBudget {
    return {
      take: async (key, options) => {
        const begun = performance.now();
        const taken = await budget.take(key, options);
        this.metrics.rateWait.observe({ vendor }, secondsSince(begun));
        return {
          answered: report => {
            if (report.window) this.metrics.rateUsed.set({ vendor }, 1 - report.window.remaining / report.window.limit);
            taken.answered(report);
          },
          end: () => taken.end(),
        };
      },
    };
  }

  /** The work of a worker on a run, until it ends, or is left to another worker. */
  async run<T extends { state: string }>(
    { runId, kind, waitedSeconds }: { runId: string; kind: string; waitedSeconds?: number | null },
    work: () => Promise<T>,
  ): Promise<T> {
    if (typeof waitedSeconds === 'number') this.metrics.queueWait.observe({ kind }, waitedSeconds);
    this.metrics.runsWorking.inc({ kind });
    let state = 'LEFT';
    try {
      return await this.span(`run ${kind}`, SpanKind.CONSUMER, { 'landfall.run': runId }, async span => {
        const outcome = await work();
        state = outcome.state;
        span.setAttribute('landfall.state', state);
        return outcome;
      });
    } finally {
      this.metrics.runsWorking.dec({ kind });
      this.metrics.runsEnded.inc({ kind, state });
    }
  }

  /** Counts requests and sockets of a server. */
  watch(server: Server): void {
    // First of all: a router changes the address of a request while it serves it.
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      const begun = performance.now();
      const first = request.url?.split(/[/?]/, 2)[1] ?? '';
      const route = routes.has(first) ? first : 'other';
      response.once('close', () => {
        this.metrics.requests.observe({ route, status: statusClass(response.statusCode) }, secondsSince(begun));
      });
    });
    server.on('upgrade', (_request, socket) => {
      this.metrics.sockets.inc();
      socket.once('close', () => this.metrics.sockets.dec());
    });
  }

  /** @returns function that ends it */
  countRetries(): () => void {
    const count = (failure: unknown) => this.metrics.retries.inc({ failure: String(failure) });
    subscribe(retryChannel, count);
    return () => void unsubscribe(retryChannel, count);
  }

  /** Serves a request of GraphQL within a span, which continues the trace of the client. */
  readonly traceRequest = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const parent = propagation.extract(context.active(), request.headers);
    const span = this.tracer.startSpan('graphql', { kind: SpanKind.SERVER }, parent);
    response.once('close', () => {
      span.setAttribute('http.response.status_code', response.statusCode);
      span.end();
    });
    context.with(trace.setSpan(parent, span), next);
  };

  /** Begins an operation of GraphQL; the function that is returned ends it. @param name kind and root field, from the schema */
  readonly operation = (name: string): ((result: 'ok' | 'error') => void) => {
    const begun = performance.now();
    trace.getActiveSpan()?.updateName(`graphql ${name}`);
    return result => this.metrics.operations.observe({ operation: name, result }, secondsSince(begun));
  };

  /** An operation over a WebSocket, or the beginning of a subscription, in a span of its own. @param name as for `operation` */
  readonly socketOperation = async <T extends object>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const end = this.operation(name);
    let result: 'ok' | 'error' = 'error';
    try {
      return await this.span(`graphql ${name}`, SpanKind.SERVER, {}, async () => {
        const answer = await work();
        result = 'errors' in answer && answer.errors ? 'error' : 'ok';
        return answer;
      });
    } finally {
      end(result);
    }
  };

  private async call<T extends { status: number }>(vendor: Vendor, method: string, send: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    let status = 'ABORTED';
    try {
      return await this.span(`${method} ${vendor}`, SpanKind.CLIENT, { 'http.request.method': method }, async span => {
        const answer = await send();
        status = statusClass(answer.status);
        span.setAttribute('http.response.status_code', answer.status);
        return answer;
      });
    } catch (error) {
      if (error instanceof CallFailure) status = error.kind;
      throw error;
    } finally {
      this.metrics.calls.observe({ vendor, status }, secondsSince(begun));
    }
  }

  /** An error marks its span by its name alone: its message can hold foreign texts. */
  private span<T>(
    name: string,
    kind: SpanKind,
    attributes: Record<string, string>,
    work: (span: Span) => Promise<T>,
  ): Promise<T> {
    return this.tracer.startActiveSpan(name, { kind, attributes }, async span => {
      try {
        return await work(span);
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
        throw error;
      } finally {
        span.end();
      }
    });
  }
}
