import { resolve } from 'node:path';
import { freshDatabase } from './database.js';
import { TestProcess } from './processes.js';
import { Partner } from './server.js';

const key = 'a-bootstrap-key-of-the-tests';

/** A server as a process of its own, that can be killed and started again on the same database. */
export class RestartableServer {
  private constructor(
    private process: TestProcess,
    partner: Partner,
    private readonly environment: NodeJS.ProcessEnv,
    readonly ownerUrl: string,
    private readonly nodeOptions: readonly string[],
  ) {
    this.partner = partner;
  }

  partner: Partner;

  static async start(times: Record<string, string>, nodeOptions: readonly string[] = []): Promise<RestartableServer> {
    const { serverUrl, ownerUrl } = await freshDatabase();
    const environment = {
      PATH: process.env.PATH,
      PORT: '0',
      DATABASE_URL: serverUrl,
      DATABASE_OWNER_URL: ownerUrl,
      SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
      BOOTSTRAP_API_KEY: key,
      ALLOW_PRIVATE_HOSTS: '1',
      ...times,
    };
    const { server, partner } = await RestartableServer.launch(environment, nodeOptions);
    return new RestartableServer(server, partner, environment, ownerUrl, nodeOptions);
  }

  private static async launch(environment: NodeJS.ProcessEnv, nodeOptions: readonly string[]) {
    const server = new TestProcess(process.execPath, [...nodeOptions, resolve('dist/src/main.js'), 'serve'], environment);
    await server.says('server ready');
    return { server, partner: new Partner(/"url":"([^"]+)"/.exec(server.output)![1]!, key) };
  }

  get pid(): number {
    return this.process.child.pid!;
  }

  /** A worker beside it, on the same database. */
  worker(): TestProcess {
    return new TestProcess(process.execPath, [resolve('dist/src/main.js'), 'worker'], this.environment);
  }

  get output(): string {
    return this.process.output;
  }

  get hasEnded(): boolean {
    const { exitCode, signalCode } = this.process.child;
    return exitCode !== null || signalCode !== null;
  }

  /** Kills it and starts it again. */
  async kill(): Promise<void> {
    this.process.child.kill('SIGKILL');
    await this.process.exited;
    const { server, partner } = await RestartableServer.launch(this.environment, this.nodeOptions);
    this.process = server;
    this.partner = partner;
  }

  /** Ends it as an operator would. */
  async stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    this.process.child.kill('SIGTERM');
    return this.process.exited;
  }
}
