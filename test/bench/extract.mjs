// Extraction compared with a bare COPY of the same rows: `npm run bench:extract -- [tickets]`. Only ratios of one run mean something.
import { join } from 'node:path';
import pg from 'pg';
import { BenchProcesses } from './bench-processes.mjs';

const tickets = process.argv[2] ?? '20000';
const bench = new BenchProcesses();
try {
  await bench.start(tickets);
  const { project } = await bench.mutate('createProject', { name: 'bench' }, 'project { id }');
  const { url, secret } = bench.infoset;
  await bench.mutate('setConnection', { projectId: project.id, side: 'SOURCE', baseUrl: url, secret }, 'connection { status }');
  const { state, seconds } = await bench.carryOut({ projectId: project.id, kind: 'EXTRACTION' });
  const memory = bench.memory();

  const owner = new pg.Client({ connectionString: bench.postgres.ownerUrl });
  await owner.connect();
  const rows = Number((await owner.query('SELECT count(*) FROM landfall.staged_records')).rows[0].count);
  const file = join(bench.directory, 'rows.copy');
  await owner.query(`COPY landfall.staged_records TO ${pg.escapeLiteral(file)}`);
  await owner.query('CREATE TABLE copied (LIKE landfall.staged_records INCLUDING ALL)');
  const copyBegun = performance.now();
  await owner.query(`COPY copied FROM ${pg.escapeLiteral(file)}`);
  const copySeconds = (performance.now() - copyBegun) / 1000;
  await owner.end();
  console.log(`tickets ${tickets}, run ${state}, rows ${rows}`);
  console.log(`extraction ${seconds.toFixed(1)} s = ${(rows / seconds).toFixed(0)} rows/s`);
  console.log(
    `bare COPY ${copySeconds.toFixed(1)} s = ${(rows / copySeconds).toFixed(0)} rows/s; ratio ${(copySeconds / seconds).toFixed(3)}`,
  );
  console.log(`server memory, most resident: ${memory.toFixed(0)} MB`);
} finally {
  await bench.stop();
}
