import express, { type Router } from 'express';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { Database } from '../store/data-source.js';
import { runsToTake } from '../store/run-leases.js';
import { createMetricsServer } from '../telemetry/metrics-server.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { closeHttpServer, listen } from '../web/http-server.js';
import type { Resources } from './resources.js';

/** Metrics and traces, as far as they are configured. @returns null if nothing is, so that nothing is measured */
export async function openTelemetry({ telemetry }: Config, resources: Resources): Promise<Telemetry | null> {
  const { traces, metrics } = telemetry;
  if (!traces && !metrics) return null;
  // Only here: the packages take time and memory to load.
  if (traces) resources.defer((await import('../telemetry/tracing.js')).startTracing(traces));
  const { Telemetry } = await import('../telemetry/telemetry.js');
  const { createMetrics } = await import('../telemetry/metrics.js');
  const opened = new Telemetry(createMetrics());
  resources.defer(opened.countRetries());
  return opened;
}

/** A router whose requests are traced. */
export const traced = (router: Router, telemetry: Telemetry | null): Router =>
  telemetry ? express.Router().use(telemetry.traceRequest, router) : router;

/** Serves the metrics, with those that are read from the database and its pools. */
export async function serveMetrics(
  { telemetry: { metrics: address } }: Config,
  telemetry: Telemetry | null,
  pools: { api?: Database; jobs: Database },
  log: Logger,
  resources: Resources,
): Promise<void> {
  if (!telemetry || !address) return;
  const { metrics } = telemetry;
  const countsOf = (read: (pool: PoolCounts) => number) => async () =>
    Object.fromEntries(
      Object.entries(pools).map(([name, database]) => [
        name,
        read((database.driver as unknown as { master: PoolCounts }).master),
      ]),
    );
  metrics.observe(
    'database_connections',
    'Open database connections.',
    'pool',
    countsOf(pool => pool.totalCount),
  );
  metrics.observe(
    'database_connections_idle',
    'Database connections that nobody uses.',
    'pool',
    countsOf(pool => pool.idleCount),
  );
  metrics.observe(
    'database_waiting',
    'Work that waits for a database connection.',
    'pool',
    countsOf(pool => pool.waitingCount),
  );
  metrics.observe('runs_waiting', 'Runs that wait for a worker, at most 500, in all processes.', 'state', async () => ({
    QUEUED: (await runsToTake(pools.jobs)).length,
  }));
  const server = createMetricsServer(metrics.registry, log);
  const port = await listen(server, address);
  resources.defer(() => closeHttpServer(server));
  log.info({ port }, 'metrics ready');
}

/** The counts of a pool of node-postgres. */
interface PoolCounts {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}
