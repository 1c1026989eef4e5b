import { generateAccount } from './infoset/generator/generate.js';
import { startInfosetSimulator } from './infoset/infoset-simulator.js';
import { storedAccount } from './infoset/stored-account.js';
import { startIntercomSimulator } from './intercom/intercom-simulator.js';

/** Starts both simulators without Landfall, for development. */
export async function startSimulators(
  { data, tickets, port }: { data?: string; tickets: number; port: number },
  print: (line: string) => void,
): Promise<AsyncDisposable> {
  const infoset = await startInfosetSimulator(
    ownUrl => (data ? storedAccount(data, ownUrl) : generateAccount({ tickets }, ownUrl)),
    { port },
  );
  const intercom = await startIntercomSimulator({ port: port === 0 ? 0 : port + 1 });
  print(`Infoset: ${infoset.url}   key ${infoset.settings.credentials.apiKey}   control ${infoset.controlUrl}`);
  print(`Intercom: ${intercom.url}   token ${intercom.settings.token}   control ${intercom.controlUrl}`);
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all([infoset.close(), intercom.close()]);
    },
  };
}
