import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const seconds = [0.005, 0.02, 0.1, 0.5, 2, 10, 30];

/** All metrics of a process. Each label has few values, none of which a client can choose. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Counter<L>({ name: `landfall_${name}`, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, buckets: number[], ...labelNames: L[]) =>
    new Histogram<L>({ name: `landfall_${name}`, help, buckets, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge<L>({ name: `landfall_${name}`, help, labelNames, registers });
  return {
    registry,
    requests: histogram('http_request_seconds', 'Requests by route and status class.', seconds, 'route', 'status'),
    operations: histogram('graphql_operation_seconds', 'Operations by root field and result.', seconds, 'operation', 'result'),
    sockets: gauge('websocket_connections', 'Open WebSocket connections.'),
    calls: histogram(
      'outgoing_call_seconds',
      'Calls by platform and status class, 429, or failure.',
      seconds,
      'vendor',
      'status',
    ),
    retries: counter('outgoing_retries_total', 'Calls that are sent again, by failure.', 'failure'),
    rateWait: histogram(
      'rate_limit_wait_seconds',
      'Time until the rate limit of a platform lets a call go.',
      [0.1, 1, 5, 15, 60, 300],
      'vendor',
    ),
    rateUsed: gauge('rate_limit_used_ratio', 'Share of the rate limit that is used, as last reported.', 'vendor'),
    queueWait: histogram('run_queue_wait_seconds', 'Waits of runs for a worker.', [1, 5, 30, 120, 600, 3600], 'kind'),
    runsWorking: gauge('runs_working', 'Runs that this process executes.', 'kind'),
    runsEnded: counter('runs_ended_total', 'Runs that this process let go, by state.', 'kind', 'state'),
    /** A gauge that is read when it is collected. */
    observe: <L extends string>(name: string, help: string, labelName: L, read: () => Promise<Record<string, number>>) =>
      new Gauge<L>({
        name: `landfall_${name}`,
        help,
        labelNames: [labelName],
        registers,
        async collect() {
          for (const [label, value] of Object.entries(await read())) this.set({ [labelName]: label } as Record<L, string>, value);
        },
      }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;

/** `2xx`, and 429 on its own. */
export const statusClass = (status: number) => (status === 429 ? '429' : `${Math.floor(status / 100)}xx`);
