import pg from 'pg';
import { LandfallError } from '../domain/model/errors.js';

const withinMs = 4_000;

const reasons: Record<string, string> = {
  ECONNREFUSED: 'no server listens on its port',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name is unknown',
  '28P01': 'the database refuses its user or password',
  '28000': 'the database refuses its user or password',
  '3D000': 'the database does not exist',
};

/**
 * Opens a separate connection, for use at the start.
 * @param variable the setting that the URL comes from
 * @throws LandfallError DATABASE_UNAVAILABLE within 4 seconds, with the reason in one line
 */
export async function connect(url: string, variable: string, applicationName = 'landfall start'): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: withinMs,
  });
  client.on('error', () => {}); // If the connection breaks, the pending query fails.
  try {
    await client.connect();
    return client;
  } catch (cause) {
    await client.end().catch(() => {});
    throw new LandfallError('DATABASE_UNAVAILABLE', `Check ${variable}: ${reasonOf(cause as Error & { code?: string })}.`, {
      cause,
    });
  }
}

function reasonOf({ code, message }: Error & { code?: string }): string {
  if (/timeout/i.test(message)) return `the database does not answer within ${withinMs / 1000} seconds`;
  return reasons[code ?? ''] ?? message.split('\n')[0]!;
}
