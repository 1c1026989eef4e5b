import { startControlServer } from '../control-server.js';
import type { Address, SimulatorServer } from '../simulator-server.js';
import type { InfosetAccount, TableName } from './account.js';
import type { InfosetSettings } from './settings.js';

/**
 * Controls a running simulator by HTTP:
 * `GET /calls` · `POST /faults` one order · `DELETE /faults` · `PATCH /settings` · `PUT /records/{table}` one record ·
 * `DELETE /records/{table}/{id}` · `PUT /clock` {"now"}.
 */
export function startControl(
  { account, settings, server }: { account: InfosetAccount; settings: InfosetSettings; server: SimulatorServer },
  port: number,
): Promise<Address> {
  return startControlServer(server, port, (method, [what, table, id], body) => {
    if (method === 'PATCH' && what === 'settings') Object.assign(settings, body);
    else if (method === 'PUT' && what === 'records' && table) account.put(table as TableName, body);
    else if (method === 'DELETE' && what === 'records' && table && id) account.remove(table as TableName, id);
    else if (method === 'PUT' && what === 'clock') account.now = () => new Date(body.now as string);
    else return null;
    return {};
  });
}
