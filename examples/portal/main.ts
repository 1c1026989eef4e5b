import { migrate } from './migrate.js';

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}. README.md lists all variables.`);
  return value;
}

async function main(): Promise<void> {
  const { stage } = await migrate(
    {
      url: variable('LANDFALL_URL'),
      apiKey: variable('LANDFALL_KEY'),
      infoset: { url: variable('INFOSET_URL'), key: variable('INFOSET_KEY') },
      sandbox: { url: variable('SANDBOX_URL'), token: variable('SANDBOX_TOKEN') },
      production: { url: variable('INTERCOM_URL'), token: variable('INTERCOM_TOKEN') },
      placeholder: variable('PLACEHOLDER_EMAIL'),
    },
    line => console.log(line),
  );
  console.log(`The project is in ${stage}.`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
