import { generateAccount } from './infoset/generator/generate.js';
import { startInfosetSimulator } from './infoset/infoset-simulator.js';
import { storedAccount } from './infoset/stored-account.js';
import { startIntercomSimulator } from './intercom/intercom-simulator.js';
import { matchingTeammates, placeholderEmail, playgroundDealType, playgroundInputs } from './playground.js';

/** Starts an account and a prepared workspace without Landfall, and prints what to send to Landfall to connect them. */
export async function startSimulators(
  { data, tickets, port }: { data?: string; tickets: number; port: number },
  print: (line: string) => void,
): Promise<AsyncDisposable> {
  const infoset = await startInfosetSimulator(
    ownUrl => (data ? storedAccount(data, ownUrl) : generateAccount({ tickets }, ownUrl)),
    { port },
  );
  const intercom = await startIntercomSimulator({ port: port === 0 ? 0 : port + 1 });
  intercom.workspace.admins.unshift(...matchingTeammates(infoset.account));
  intercom.workspace.objectTypes = [playgroundDealType()];
  print(`Infoset:     ${infoset.url}   key ${infoset.settings.credentials.apiKey}   control ${infoset.controlUrl}`);
  print(`Intercom:    ${intercom.url}   token ${intercom.settings.token}   control ${intercom.controlUrl}`);
  print(`Placeholder: ${placeholderEmail}`);
  print(`The control addresses list their requests. docs/simulators.md explains them.\n`);
  print(playgroundInputs(infoset, intercom));
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all([infoset.close(), intercom.close()]);
    },
  };
}
