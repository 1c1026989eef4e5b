import { realpath } from 'node:fs/promises';
import pg from 'pg';
import { clusterPassword, postmaster } from './cluster.js';

/** A running server on our data folder, and the connection by which we hold it. */
export interface Adopted {
  port: number;
  /** The superuser's password. */
  password: string;
  connection: pg.Client;
}

/** Connects to the server that holds this data folder; null where none answers, or where the one that answers is not ours. */
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
  // An end is told by 'end'; an 'error' without a listener would end this process.
  connection.on('error', () => {});
  try {
    await connection.connect();
    const { rows } = await connection.query<{ data_directory: string }>('SHOW data_directory');
    if ((await realpath(rows[0]!.data_directory)) === (await realpath(data))) return { port: holder.port, password, connection };
  } catch (error) {
    await connection.end().catch(() => {});
    const code = (error as { code?: string }).code;
    // Not yet, or no longer, there; or another cluster's server on that port, to which our password means nothing.
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === '57P03' || code === '28P01') return null;
    throw error;
  }
  await connection.end();
  return null;
}
