import { startControlServer } from '../control-server.js';
import type { Address, SimulatorServer } from '../simulator-server.js';
import type { InfosetAccount, TableName } from './account.js';
import type { InfosetSettings } from './settings.js';

const requests = {
  'PATCH /settings':
    'credentials, limit ({calls, windowMs} or null), unavailable ({path: status}), hidden ({listing: ids}), latencyMs',
  'PUT /records/{table}': 'adds or replaces one record',
  'DELETE /records/{table}/{id}': 'removes one record',
  'PUT /clock': 'the time of the account: {"now": "2026-11-28T00:00:00Z"}',
};

/** Controls a running simulator by HTTP. */
export function startControl(
  { account, settings, server }: { account: InfosetAccount; settings: InfosetSettings; server: SimulatorServer },
  port: number,
): Promise<Address> {
  return startControlServer(server, port, requests, (method, [what, table, id], body) => {
    if (method === 'PATCH' && what === 'settings') Object.assign(settings, body);
    else if (method === 'PUT' && what === 'records' && table) account.put(table as TableName, body);
    else if (method === 'DELETE' && what === 'records' && table && id) account.remove(table as TableName, id);
    else if (method === 'PUT' && what === 'clock') account.now = () => new Date(body.now as string);
    else return null;
    return {};
  });
}
