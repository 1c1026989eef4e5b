import { startControlServer } from '../control-server.js';
import type { Address, SimulatorServer } from '../simulator-server.js';
import { addParticipant, manage, reply, updateConversation } from './conversations.js';
import type { IntercomSettings } from './settings.js';
import type { Windows } from './windows.js';
import type { Json, Workspace } from './workspace.js';

const requests = {
  'GET /state': 'the whole workspace',
  'GET /windows': 'calls by window of the rate limit',
  'PATCH /settings': 'token, limits ({app, workspace, windowMs} or null), searchLagMs, forbidden (paths), latencyMs and others',
  'PATCH /app': 'fields of the workspace, such as its name',
  'PUT /admins, /teams, /objectTypes, /helpCenters, /emails': 'a whole list, which the API cannot change',
  'POST /human/{reply|parts|update|customers}/{conversation}': 'an action of a person in the inbox',
};

/** Controls a running simulator by HTTP. */
export function startControl(
  {
    workspace,
    settings,
    server,
    windows,
  }: { workspace: Workspace; settings: IntercomSettings; server: SimulatorServer; windows: Windows },
  port: number,
): Promise<Address> {
  const human = { reply, parts: manage, update: updateConversation, customers: addParticipant };
  return startControlServer(server, port, requests, (method, [what, name, id], body: Json) => {
    if (method === 'GET' && what === 'state') return workspace.toJSON();
    if (method === 'GET' && what === 'windows') return windows.history;
    if (method === 'PATCH' && what === 'settings') Object.assign(settings, body);
    else if (method === 'PATCH' && what === 'app') Object.assign(workspace.app, body);
    else if (method === 'PUT' && what === 'admins') workspace.admins = body as Workspace['admins'];
    else if (method === 'PUT' && what === 'objectTypes') workspace.objectTypes = body as Workspace['objectTypes'];
    else if (method === 'PUT' && what === 'helpCenters') workspace.helpCenters = body as Workspace['helpCenters'];
    else if (method === 'PUT' && what === 'emails') workspace.emails = body as Workspace['emails'];
    else if (method === 'PUT' && what === 'teams') workspace.teams = body as Workspace['teams'];
    else if (method === 'POST' && what === 'human' && name && id) human[name as keyof typeof human](workspace, id, body);
    else return null;
    return {};
  });
}
