import { createServer } from 'node:http';
import { type Address, listen, type SimulatorServer } from '../simulator-server.js';
import type { InfosetAccount, Item, TableName } from './account.js';
import type { InfosetSettings } from './settings.js';

/**
 * Steers a running simulator by HTTP:
 * `GET /calls` · `POST /faults` one order · `DELETE /faults` · `PATCH /settings` · `PUT /records/{table}` one record ·
 * `DELETE /records/{table}/{id}` · `PUT /clock` {"now"}.
 */
export function startControl(
  { account, settings, server }: { account: InfosetAccount; settings: InfosetSettings; server: SimulatorServer },
  port: number,
): Promise<Address> {
  const act = (method: string, path: string[], body: Item): object | null => {
    const [what, table, id] = path;
    if (method === 'GET' && what === 'calls')
      return { calls: server.calls, answers: server.answers, mostInFlight: server.mostInFlight, faults: server.faults.done };
    if (method === 'POST' && what === 'faults') server.faults.add(body as Parameters<typeof server.faults.add>[0]);
    else if (method === 'DELETE' && what === 'faults') server.faults.clear();
    else if (method === 'PATCH' && what === 'settings') Object.assign(settings, body);
    else if (method === 'PUT' && what === 'records' && table) account.put(table as TableName, body);
    else if (method === 'DELETE' && what === 'records' && table && id) account.remove(table as TableName, id);
    else if (method === 'PUT' && what === 'clock') account.now = () => new Date(body.now as string);
    else return null;
    return {};
  };
  const control = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      const body = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString('utf8')) as Item) : {};
      const result = act(request.method ?? '', (request.url ?? '').split('/').filter(Boolean), body);
      answer(
        result ? 200 : 404,
        result ?? { message: 'Ask GET /calls, POST or DELETE /faults, PATCH /settings, PUT or DELETE /records, PUT /clock.' },
      );
    } catch (error) {
      answer(400, { message: (error as Error).message });
    }
  });
  return listen(control, port);
}
