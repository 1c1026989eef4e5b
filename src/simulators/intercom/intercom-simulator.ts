import { channel } from 'node:diagnostics_channel';
import { type Call, type Reply, SimulatorServer } from '../simulator-server.js';
import { startControl } from './control.js';
import { ApiError } from './errors.js';
import { answer } from './routes.js';
import { defaultSettings, type IntercomSettings } from './settings.js';
import { Windows } from './windows.js';
import { Workspace } from './workspace.js';

export interface IntercomSimulator {
  url: string;
  controlUrl: string;
  settings: IntercomSettings;
  workspace: Workspace;
  windows: Windows;
  server: SimulatorServer;
  /** Number of writes so far: POST except searches, PUT, DELETE. */
  writes(): number;
  close(): Promise<void>;
}

/** Publishes calls and replies before faults change them. Tests check them against the OpenAPI description. */
export const exchanges = channel('landfall:simulators:intercom');

/** Starts an Intercom workspace with API 2.16 on a loopback port. Tests control it by a second port. */
export async function startIntercomSimulator({
  port = 0,
  controlPort = 0,
  ...changes
}: Partial<IntercomSettings> & { port?: number; controlPort?: number } = {}): Promise<IntercomSimulator> {
  const settings = { ...defaultSettings, ...changes };
  const workspace = new Workspace(settings);
  const windows = new Windows(settings);
  const server = new SimulatorServer(
    async call => {
      if (settings.latencyMs > 0) await new Promise(resolve => setTimeout(resolve, settings.latencyMs));
      return replyTo(workspace, windows, call);
    },
    () => new Date(),
    () => settings.largestRequest ?? Number.POSITIVE_INFINITY,
  );
  server.onReply = (call, reply) => {
    if (!settings.asRecorded) exchanges.publish({ call, reply });
  };
  const address = await server.start(port);
  const control = await startControl({ workspace, settings, server, windows }, controlPort);
  return {
    url: address.url,
    controlUrl: control.url,
    settings,
    workspace,
    windows,
    server,
    writes: () => Object.entries(server.calls).reduce((sum, [name, count]) => sum + (isWrite(name) ? count : 0), 0),
    close: async () => {
      await Promise.all([address.close(), control.close()]);
    },
  };
}

/** Accepted versions. All get the answers of 2.16. */
const versions = ['2.14', '2.15', '2.16'];

const isWrite = (name: string) => !name.startsWith('GET ') && !name.endsWith('/search');

async function replyTo(workspace: Workspace, windows: Windows, call: Call): Promise<Reply> {
  const { settings } = workspace;
  if (call.headers.authorization !== `Bearer ${settings.token}`)
    return new ApiError(401, 'unauthorized', 'Access Token Invalid').reply();
  const { exhausted, headers, limit } = windows.spend();
  const refuse = (error: ApiError): Reply => {
    const reply = error.reply();
    return { ...reply, headers: { ...headers, ...reply.headers } };
  };
  if (exhausted) return refuse(new ApiError(429, 'rate_limit_exceeded', `Exceeded rate limit of ${limit} in 10_seconds`));
  if (!/application\/(json|\*)|\*\/\*/.test(call.headers.accept ?? ''))
    return refuse(new ApiError(406, 'client_error', 'Accept application/json'));
  if (!versions.includes(String(call.headers['intercom-version'])))
    return refuse(new ApiError(400, 'intercom_version_invalid', `Send one of the versions ${versions.join(', ')}`));
  if (settings.forbidden.some(path => call.path.startsWith(path)))
    return refuse(new ApiError(403, 'forbidden', 'The app lacks a scope for this'));
  try {
    const body = call.body === '' ? {} : JSON.parse(call.body);
    return { status: 200, headers, body: await answer(workspace, call.method, call.path, call.query, body) };
  } catch (error) {
    if (error instanceof ApiError) return refuse(error);
    if (error instanceof SyntaxError) return refuse(new ApiError(400, 'parameter_invalid', 'The body is not JSON'));
    throw error;
  }
}
