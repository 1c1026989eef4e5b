import { realpath } from 'node:fs/promises';
import pg from 'pg';
import { clusterPassword, postmaster } from './cluster.js';

/** A running server on our data folder, and a connection that keeps it running. */
export interface Adopted {
  port: number;
  /** The password of the superuser. */
  password: string;
  connection: pg.Client;
}

/** Connects to the server on this data folder; null if none answers, or if it is another server. */
export async function adopt(data: string): Promise<Adopted | null> {
  const holder = await postmaster(data);
  if (!holder?.port) return null;
  const password = await clusterPassword(data);
  const options = { host: '127.0.0.1', port: holder.port, user: 'postgres', database: 'postgres', password };
  const connection = new pg.Client({
    ...options,
    application_name: 'landfall member',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  // The end is reported by 'end'. An 'error' without a listener would end this process.
  connection.on('error', () => {});
  try {
    await connection.connect();
    const { rows } = await connection.query<{ data_directory: string }>('SHOW data_directory');
    if ((await realpath(rows[0]!.data_directory)) === (await realpath(data))) return { port: holder.port, password, connection };
  } catch (error) {
    await connection.end().catch(() => {});
    const code = (error as { code?: string }).code;
    // The server is not running, or another cluster uses the port and refuses our password.
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === '57P03' || code === '28P01') return null;
    throw error;
  }
  await connection.end();
  return null;
}
