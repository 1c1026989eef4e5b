import { type Address, type Call, type Reply, SimulatorServer } from '../simulator-server.js';
import { type InfosetAccount, type ListingName, listingPaths } from './account.js';
import { blobReply } from './blobs.js';
import { startControl } from './control.js';
import { listingReply } from './listing.js';
import { isAuthorized, loginReply } from './login.js';
import type { InfosetSettings } from './settings.js';

export interface InfosetSimulator {
  url: string;
  controlUrl: string;
  settings: InfosetSettings;
  account: InfosetAccount;
  server: SimulatorServer;
  close(): Promise<void>;
}

const defaults: InfosetSettings = {
  credentials: {
    apiKey: '11111111-2222-4333-8444-555555555555',
    email: 'admin@ege.example',
    password: 'parola-1',
    tokenSeconds: 3600,
  },
  limit: null,
  unavailable: {},
  hidden: {},
  latencyMs: 0,
};

/** Starts an Infoset API as the contract describes it, on a loopback port. Tests control it by a second port. */
export async function startInfosetSimulator(
  makeAccount: (ownUrl: () => string) => InfosetAccount,
  { port = 0, controlPort = 0, ...changes }: Partial<InfosetSettings> & { port?: number; controlPort?: number } = {},
): Promise<InfosetSimulator> {
  const settings = { ...defaults, ...changes };
  let address: Address | null = null;
  let window = { endsAt: 0, left: 0 };
  const spend = (): { headers: Record<string, string>; exhausted: boolean } => {
    if (!settings.limit) return { headers: {}, exhausted: false };
    if (Date.now() >= window.endsAt) window = { endsAt: Date.now() + settings.limit.windowMs, left: settings.limit.calls };
    const exhausted = window.left <= 0;
    window.left = Math.max(0, window.left - 1);
    return { headers: { 'x-ratelimit-remaining': String(window.left) }, exhausted };
  };
  const server = new SimulatorServer(
    async call => {
      if (settings.latencyMs > 0) await new Promise(resolve => setTimeout(resolve, settings.latencyMs));
      const { headers, exhausted } = spend();
      const reply: Reply = exhausted ? { status: 429, body: { message: 'Too many requests' } } : route(account, settings, call);
      return { ...reply, headers: { ...headers, ...reply.headers } };
    },
    () => account.now(),
  );
  // The account needs the port for its file URLs.
  const placeholder = await server.start(port);
  address = placeholder;
  const account = makeAccount(() => address!.url);
  const control = await startControl({ account, settings, server }, controlPort);
  return {
    url: address.url,
    controlUrl: control.url,
    settings,
    account,
    server,
    close: async () => {
      await Promise.all([address!.close(), control.close()]);
    },
  };
}

function route(account: InfosetAccount, settings: InfosetSettings, call: Call): Reply {
  if (call.method === 'POST' && call.path === '/v1/login/token') return loginReply(settings.credentials, call);
  if (!isAuthorized(settings.credentials, call)) return { status: 401, body: { message: 'Unauthorized' } };
  const refused = Object.entries(settings.unavailable).find(([path]) => call.path.startsWith(path));
  if (refused)
    return { status: refused[1], body: { message: refused[1] === 403 ? 'Your plan does not include this.' : 'Not found' } };
  if (call.method !== 'GET') return { status: 405, body: { message: 'Method not allowed' } };
  const listing = (Object.keys(listingPaths) as ListingName[]).find(name => listingPaths[name] === call.path);
  if (listing) return listingReply(account, listing, call, settings.hidden[listing] ?? []);
  return one(account, call);
}

function one(account: InfosetAccount, call: Call): Reply {
  if (call.path === '/v1/account') return { status: 200, body: account.account };
  // An API key has no user.
  if (call.path === '/v1/users/me') {
    if (call.headers['x-api-key']) return { status: 403, body: { message: 'Not available with an API key.' } };
    return { status: 200, body: account.all('users')[0] ?? null };
  }
  const [, kind, id, rest] = /^\/v1\/(\w+)\/([\w-]+)(\/\w+)?$/.exec(call.path) ?? [];
  const found = (item: object | undefined): Reply =>
    item ? { status: 200, body: item } : { status: 404, body: { message: 'Not found' } };
  if (kind === 'files' && !rest) return blobReply(account.blobs.files.get(id!), call);
  if (kind === 'calls' && rest === '/recording') return blobReply(account.blobs.recordings.get(id!), call);
  if (kind === 'reports' && rest === '/data') return found(account.get('reports', id!)?.data);
  if (kind === 'email' && !rest) return found(account.get('emails', id!));
  if ((kind === 'companies' || kind === 'contacts' || kind === 'tickets') && !rest) return found(account.get(kind, id!));
  return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><h1>404</h1></html>' };
}
