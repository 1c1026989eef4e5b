// Extraction beside a bare COPY of the same rows: `npm run bench:extract -- [tickets]`.
// Simulator, server and database are processes of their own; only ratios of one run mean something.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgres } from '../../dist/src/store/embedded/embedded-postgres.js';

const tickets = process.argv[2] ?? '20000';
const directory = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
const key = 'a-bootstrap-key-of-the-bench';
const processes = [];
const startOptions = JSON.parse(readFileSync('package.json', 'utf8'))
  .scripts.start.match(/--max\S+/g)
  .join(' ');

function start(args, pattern, env = {}) {
  const child = spawn(process.execPath, [resolve('dist/src/main.js'), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  return new Promise((found, failed) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
      const match = pattern.exec(output);
      if (match) found({ child, match });
    });
    child.once('exit', code => failed(new Error(`${args[0]} ended with ${code}: ${output}`)));
  });
}

const postgres = await EmbeddedPostgres.join(directory, message => console.error(message));
try {
  const infoset = await start(['simulators', '--tickets', tickets], /Infoset: (\S+) +key (\S+)/);
  const server = await start(['serve'], /"url":"([^"]+)"/, {
    DATA_DIR: directory,
    PORT: '0',
    BOOTSTRAP_API_KEY: key,
    // As `npm start` runs it.
    NODE_OPTIONS: startOptions,
    ALLOW_PRIVATE_HOSTS: '1',
  });
  const ask = async (query, input) => {
    const response = await fetch(`${server.match[1]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const { createProject } = await ask(
    'mutation ($input: CreateProjectInput!) { createProject(input: $input) { project { id } } }',
    { name: 'bench' },
  );
  const projectId = createProject.project.id;
  const access = { projectId, side: 'SOURCE', baseUrl: infoset.match[1], secret: infoset.match[2] };
  await ask('mutation ($input: SetConnectionInput!) { setConnection(input: $input) { connection { status } } }', access);
  const begun = performance.now();
  const { startRun } = await ask('mutation ($input: StartRunInput!) { startRun(input: $input) { run { id } } }', {
    projectId,
    kind: 'EXTRACTION',
  });
  let run;
  do {
    await sleep(500);
    ({ run } = await ask(`{ run(id: "${startRun.run.id}") { state isTerminal progress { fraction } } }`));
  } while (!run.isTerminal && run.state !== 'BLOCKED');
  const seconds = (performance.now() - begun) / 1000;
  const memory = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1] / 1024;

  const owner = new pg.Client({ connectionString: postgres.ownerUrl });
  await owner.connect();
  const rows = Number((await owner.query('SELECT count(*) FROM landfall.staged_records')).rows[0].count);
  const file = join(directory, 'rows.copy');
  await owner.query(`COPY landfall.staged_records TO ${pg.escapeLiteral(file)}`);
  await owner.query('CREATE TABLE copied (LIKE landfall.staged_records INCLUDING ALL)');
  const copyBegun = performance.now();
  await owner.query(`COPY copied FROM ${pg.escapeLiteral(file)}`);
  const copySeconds = (performance.now() - copyBegun) / 1000;
  await owner.end();
  console.log(`tickets ${tickets}, run ${run.state}, rows ${rows}`);
  console.log(`extraction ${seconds.toFixed(1)} s = ${(rows / seconds).toFixed(0)} rows/s`);
  console.log(
    `bare COPY ${copySeconds.toFixed(1)} s = ${(rows / copySeconds).toFixed(0)} rows/s; ratio ${(copySeconds / seconds).toFixed(3)}`,
  );
  console.log(`server memory, most resident: ${memory.toFixed(0)} MB`);
} finally {
  for (const child of processes) child.kill('SIGTERM');
  await sleep(2_000);
  await postgres.leave();
  rmSync(directory, { recursive: true, force: true });
}
