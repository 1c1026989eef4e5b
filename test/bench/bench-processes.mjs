// What the benches share: simulators, server and database as processes of their own, and the API as a partner uses it.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgres } from '../../dist/src/store/embedded/embedded-postgres.js';

const key = 'a-bootstrap-key-of-the-bench';
const startOptions = JSON.parse(readFileSync('package.json', 'utf8')).scripts.start.match(/--\S+/g).join(' ');

export class BenchProcesses {
  directory = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
  #children = [];

  async start(tickets) {
    this.postgres = await EmbeddedPostgres.join(this.directory, message => console.error(message));
    const simulators = await this.#launch(
      ['simulators', '--tickets', tickets],
      /Infoset: +(\S+) +key (\S+) +control (\S+)\s+Intercom: +(\S+) +token (\S+) +control (\S+)/,
    );
    const [, infosetUrl, infosetKey, infosetControl, intercomUrl, intercomToken, intercomControl] = simulators.match;
    this.infoset = { url: infosetUrl, secret: infosetKey, control: infosetControl };
    this.intercom = { url: intercomUrl, secret: intercomToken, control: intercomControl };
    // As `npm start` runs it.
    const server = await this.#launch(['serve'], /"url":"([^"]+)"/, {
      DATA_DIR: this.directory,
      PORT: '0',
      BOOTSTRAP_API_KEY: key,
      ALLOW_PRIVATE_HOSTS: '1',
      NODE_OPTIONS: startOptions,
      ...(process.env.SERVER_OPTIONS ? { NODE_OPTIONS: `${startOptions} ${process.env.SERVER_OPTIONS}` } : {}),
    });
    this.server = server;
    this.url = server.match[1];
  }

  /** Another process that executes runs, on the same database. */
  async addWorker() {
    const options = { DATA_DIR: this.directory, ALLOW_PRIVATE_HOSTS: '1', NODE_OPTIONS: startOptions };
    await this.#launch(['worker'], /worker ready/, options);
  }

  #launch(args, pattern, env = {}) {
    const child = spawn(process.execPath, [resolve('dist/src/main.js'), ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    return new Promise((found, failed) => {
      let output = '';
      child.stdout.setEncoding('utf8').on('data', text => {
        output += text;
        // What went wrong, as the server logs it.
        for (const line of text.split('\n')) if (/"level":(50|60)/.test(line)) console.error(line.slice(0, 2_000));
        const match = pattern.exec(output);
        if (match) found({ child, match });
      });
      child.once('exit', code => failed(new Error(`${args[0]} ended with ${code}: ${output}`)));
    });
  }

  async ask(query, variables = {}) {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  async mutate(name, input, fields) {
    const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code message } } }`;
    const { [name]: payload } = await this.ask(query, { input });
    if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
    return payload;
  }

  /** @returns how the run ended, its phases, and its seconds */
  async carryOut(input) {
    const begun = performance.now();
    const { run } = await this.mutate('startRun', input, 'run { id }');
    for (;;) {
      await sleep(250);
      const { run: now } = await this.ask(
        `{ run(id: "${run.id}") { state isTerminal blockedBy { message } phases { recordType startedAt finishedAt apiCalls } } }`,
      );
      if (now.isTerminal || now.state === 'BLOCKED') return { ...now, seconds: (performance.now() - begun) / 1000 };
    }
  }

  /** Most resident memory of the server so far, in MB. */
  memory() {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.server.child.pid}/status`, 'utf8'))[1]) / 1024;
  }

  async stop() {
    for (const child of this.#children) child.kill('SIGTERM');
    await sleep(2_000);
    await this.postgres?.leave();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
