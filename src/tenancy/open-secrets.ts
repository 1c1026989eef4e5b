import { randomBytes } from 'node:crypto';
import { LandfallError } from '../domain/model/errors.js';
import { Secret } from '../domain/model/secret.js';
import type { Log } from '../domain/ports/log.js';
import type { Database } from '../store/data-source.js';
import {
  digestsOfLength,
  keepSealedDigestKey,
  otherwiseSealedConnections,
  otherwiseSealedResults,
  overAllTenants,
  replaceDigests,
  replaceSealed,
  replaceSealedDigestKey,
  type SealedValue,
  sealedDigestKey,
} from '../store/sealed-values.js';
import { Digests, plainLength } from './digests.js';
import { SecretBox } from './secret-box.js';
import { apiKeyPlace, connectionPlace, digestKeyPlace } from './secret-places.js';

const batch = 200;

/**
 * What secrets are sealed and recognised by. Proves at the start that SECRETS_KEY is the one of this database, and seals
 * everything anew with its first key, so that the others can be dropped.
 * @throws LandfallError SECRETS_KEY_REFUSED where a key is missing
 */
export async function openSecrets(
  database: Database,
  keys: Secret,
  log: Log,
): Promise<{ secretBox: SecretBox; digests: Digests }> {
  const box = new SecretBox(keys);
  const known = await sealedDigestKey(database);
  // Nothing is changed before this one opens.
  if (known) openDigestKey(box, known);
  const resealed = await resealAll(database, box, log);
  if (resealed > 0) log.info({ resealed }, 'stored secrets are sealed by the first key of SECRETS_KEY');
  const fresh = new Secret(randomBytes(32).toString('base64'));
  const kept = known ?? (await keepSealedDigestKey(database, box.seal(fresh, digestKeyPlace)));
  const key = openDigestKey(box, kept);
  if (!kept.startsWith(box.sealsAs)) await replaceSealedDigestKey(database, kept, box.seal(key, digestKeyPlace));
  const digests = new Digests(Buffer.from(key.reveal(), 'base64'));
  await replacePlainDigests(database, digests);
  return { secretBox: box, digests };
}

function openDigestKey(box: SecretBox, sealed: string): Secret {
  try {
    return box.open(sealed, digestKeyPlace);
  } catch (cause) {
    throw new LandfallError('SECRETS_KEY_REFUSED', `Set the SECRETS_KEY that this database was used with: ${missing(sealed)}.`, {
      cause,
    });
  }
}

const missing = (sealed: string) => {
  const id = /^v2\.([\w-]+)\./.exec(sealed)?.[1];
  return `the key ${id ?? 'of an older version'} is not listed, or is another one`;
};

async function resealAll(database: Database, box: SecretBox, log: Log): Promise<number> {
  let resealed = 0;
  for (const read of [otherwiseSealedConnections, otherwiseSealedResults]) {
    let after: SealedValue | null = null;
    do {
      const page: SealedValue[] | null = await overAllTenants(database, async tx => {
        const values = await read(tx, box.sealsAs, after, batch);
        for (const value of values) {
          const by = sealedAnew(box, value, log);
          if (!by) continue;
          await replaceSealed(tx, value, by);
          resealed++;
        }
        return values;
      });
      after = page?.at(-1) ?? null;
    } while (after);
  }
  return resealed;
}

/** @returns null for a text that was changed since it was sealed: that is its owner's alone */
function sealedAnew(box: SecretBox, value: SealedValue, log: Log): string | null {
  const place = value.side ? connectionPlace(value.owner, value.side) : apiKeyPlace;
  try {
    return box.seal(box.open(value.sealed, place), place);
  } catch (cause) {
    if (!box.names(value.sealed)) {
      const message = `Add a key to SECRETS_KEY, behind the first one: stored secrets need it, and ${missing(value.sealed)}.`;
      throw new LandfallError('SECRETS_KEY_REFUSED', message, { cause });
    }
    log.warn({ owner: value.owner, side: value.side }, 'a stored secret was changed and does not open: set the connection again');
    return null;
  }
}

/** Older versions stored SHA-256, by which a secret that people chose could be guessed. */
async function replacePlainDigests(database: Database, digests: Digests): Promise<void> {
  const tables = { api_keys: 'api key', idempotency_keys: 'input' } as const;
  for (const table of ['api_keys', 'idempotency_keys'] as const) {
    const more = () =>
      overAllTenants(database, async tx => {
        const plain = (await digestsOfLength(tx, table, plainLength)).map(row => row.digest);
        const keyed = plain.map(digest => digests.ofPlain(tables[table], digest));
        if (plain.length > 0) await replaceDigests(tx, table, plain, keyed);
        return plain.length > 0;
      });
    while (await more());
  }
}
