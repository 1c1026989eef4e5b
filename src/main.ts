import { parseArgs } from 'node:util';

const [major] = process.versions.node.split('.').map(Number);
if (major! < 24) {
  console.error(
    `Run \`npm ci\` without --ignore-scripts, and start by npm: Landfall needs Node 24, and this is ${process.versions.node}.`,
  );
  process.exit(1);
}

const commands = ['serve', 'worker', 'migrate', 'demo', 'simulators', 'db-stop', 'print-schema'] as const;
const [command, ...options] = process.argv.slice(2);

/** `--exit`, `--data DIR`, `--tickets N`, `--port N`. */
function accountOptions() {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args: options,
    options: { exit: { type: 'boolean' }, data: string, tickets: string, port: string },
  });
  const number = (name: 'tickets' | 'port', fallback: number) => {
    const value = Number(values[name] ?? fallback);
    if (!Number.isInteger(value) || value < 0) throw new RangeError(`Give a whole number after --${name}.`);
    return value;
  };
  const { data, exit = false } = values;
  return { ...(data ? { data } : {}), exit, tickets: number('tickets', 300), port: number('port', 0) };
}
const stopWithinMs = 14_000;

/** Runs until SIGTERM or SIGINT, closes, and ends the process, with 0 unless `exitCode` says otherwise; a second signal changes nothing. */
async function runUntilSignal<T extends AsyncDisposable>(
  start: () => Promise<T>,
  { exitImmediately = false, exitCode = (_: T): number => 0 } = {},
): Promise<void> {
  const signalled = new Promise<void>(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
  const deadline = () =>
    setTimeout(() => {
      console.error(`Not closed within ${stopWithinMs / 1000} seconds. The process ends anyway.`);
      process.exit(1);
    }, stopWithinMs).unref();
  void signalled.then(deadline);
  const running = await start();
  if (!exitImmediately) await signalled;
  await running[Symbol.asyncDispose]();
  process.exit(exitCode(running));
}

async function main(): Promise<void> {
  const { loadConfig } = await import('./config.js');
  const { createLog } = await import('./log.js');
  if (command === 'worker') {
    // It loads nothing of the API.
    const { startWorker } = await import('./compose/worker.js');
    const config = loadConfig();
    const log = createLog(config);
    await runUntilSignal(async () => {
      const worker = await startWorker(config, log);
      log.info({}, 'worker ready');
      return worker;
    });
    return;
  }
  const compose = await import('./compose.js');
  if (command === 'print-schema') {
    const { printedSchema } = await import('./graphql/schema.js');
    process.stdout.write(await printedSchema());
  } else if (command === 'serve') {
    const config = loadConfig();
    const log = createLog(config);
    await runUntilSignal(async () => {
      const server = await compose.startServer(config, log, key =>
        console.log(`API key of the root organization, role ADMIN, shown this once: ${key.reveal()}`),
      );
      log.info({ url: server.url }, 'server ready');
      return server;
    });
  } else if (command === 'demo') {
    const { exit, ...account } = accountOptions();
    const config = loadConfig({ allowPrivateHosts: true, logLevel: 'warn' });
    await runUntilSignal(
      async () => {
        const print = (line: string) => console.log(line);
        const demo = await compose.startDemo(config, createLog(config), {
          ...account,
          print,
          isTerminal: process.stdout.isTTY === true,
        });
        if (!exit) console.log('\nServing until Ctrl-C.');
        return demo;
      },
      { exitImmediately: exit, exitCode: ({ balanced }) => (!exit || balanced ? 0 : 1) },
    );
  } else if (command === 'simulators') {
    const { exit: _, ...account } = accountOptions();
    const { startSimulators } = await import('./simulators/start-simulators.js');
    await runUntilSignal(() => startSimulators(account, line => console.log(line)));
  } else if (command === 'migrate') {
    const config = loadConfig({ needsSecretsKey: false, logLevel: 'warn' });
    const ran = await compose.runMigrations(config, createLog(config));
    console.log(ran.length > 0 ? `Migrated: ${ran.join(', ')}` : 'Nothing to migrate.');
  } else if (command === 'db-stop') {
    const stopped = await compose.stopDatabase(loadConfig({ needsSecretsKey: false }));
    console.log(stopped ? 'Postgres has ended.' : 'No embedded Postgres runs here.');
  } else {
    console.error(`Name one of ${commands.join(', ')}.`);
    process.exitCode = 2;
  }
}

main().catch((error: Error) => {
  // Expected errors print one line. Other errors print their stack.
  const known =
    error.name === 'LandfallError' ||
    error.name === 'ConfigError' ||
    error instanceof RangeError ||
    error.message.startsWith('Unknown option');
  console.error(known ? error.message : error);
  process.exit(1);
});
