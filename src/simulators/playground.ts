import type { InfosetAccount } from './infoset/account.js';
import type { InfosetSimulator } from './infoset/infoset-simulator.js';
import type { IntercomSimulator } from './intercom/intercom-simulator.js';
import type { ObjectType } from './intercom/workspace.js';

/** A teammate of every new workspace, who stands for agents without a teammate. */
export const placeholderEmail = 'migration@ege.example';

/** Most agents of the account, as an admin would invite them by hand. The others have left. */
export const matchingTeammates = (account: InfosetAccount) =>
  account
    .all('users')
    .slice(0, 8)
    .map(({ id, fullName, email }) => ({ id: `70${id}`, name: String(fullName), email: String(email).toLowerCase() }));

/** The Deal type for the fields of a generated account, as an admin would make it by hand. */
export function playgroundDealType(): ObjectType {
  const texts = 'name currency stage pipeline status owner notes company infoset_id infoset_custom_fields rakip_firma';
  const attributes = Object.fromEntries(texts.split(' ').map(name => [name, 'text']));
  const own = { kazanma_olasiligi: 'decimal', teslim_tarihi: 'date', oncelik_sirasi: 'list' };
  return { name: 'Deal', attributes: { ...attributes, ...own, value: 'decimal', close_date: 'date' }, contactReference: 'deal' };
}

const setConnection = `mutation ($input: SetConnectionInput!) {
  setConnection(input: $input) { connection { status detail workspaceName } userErrors { code message } }
}`;

/** The mutations that connect a project to the simulators, with their variables. */
export function playgroundInputs(infoset: InfosetSimulator, intercom: IntercomSimulator): string {
  const input = (variables: object) => JSON.stringify({ input: { projectId: 'PROJECT_ID', ...variables } });
  const destination = {
    side: 'DESTINATION',
    baseUrl: intercom.url,
    secret: intercom.settings.token,
    options: { placeholderTeammateEmail: placeholderEmail },
  };
  return [
    'Start Landfall with ALLOW_PRIVATE_HOSTS=1 and paste into /graphiql:',
    'mutation { createProject(input: { name: "Playground" }) { project { id } userErrors { code message } } }',
    setConnection,
    'with these variables, one after the other, and the id of the project:',
    input({ side: 'SOURCE', baseUrl: infoset.url, secret: infoset.settings.credentials.apiKey }),
    input(destination),
  ].join('\n');
}
