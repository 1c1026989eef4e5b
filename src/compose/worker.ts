import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { touchWhileAlive } from '../web/alive-file.js';
import { localUrl } from '../web/http-server.js';
import { openBasis } from './basis.js';
import { openJobs } from './jobs.js';
import { platformOpeners } from './platforms.js';
import { openAll } from './resources.js';
import { serveMetrics } from './telemetry.js';

/** Starts a worker: only jobs. It loads nothing of the API, so that it starts soon and takes little memory. */
export function startWorker(config: Config, log: Logger): Promise<AsyncDisposable> {
  return openAll(async resources => {
    const basis = await openBasis(config, log, resources);
    const { jobsDatabase, telemetry, checkWakeUps } = basis;
    const publicUrl = () => config.publicUrl ?? localUrl(config);
    const dependencies = { ...platformOpeners(config, basis, log), publicUrl };
    const { start } = await openJobs({ config, jobsDatabase, telemetry, log }, dependencies, resources);
    await serveMetrics(config, telemetry, { jobs: jobsDatabase.database }, log, resources);
    await start();
    const checkDependencies = () => Promise.all([jobsDatabase.database.query('SELECT 1'), checkWakeUps()]);
    if (config.aliveFile) resources.defer(touchWhileAlive(config.aliveFile, checkDependencies, log));
    return resources;
  });
}
