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
  otherwiseSealedWebhooks,
  overAllTenants,
  replaceDigests,
  replaceSealed,
  replaceSealedDigestKey,
  type SealedValue,
  sealedDigestKey,
} from '../store/sealed-values.js';
import { Digests, plainLength } from './digests.js';
import { SecretBox } from './secret-box.js';
import { apiKeyPlace, connectionPlace, digestKeyPlace, webhookPlace } from './secret-places.js';

const batchSize = 200;

/**
 * Opens the keys for encryption and digests. It checks that SECRETS_KEY belongs to this database, and encrypts all secrets
 * again with the first key, so that the other keys can be removed.
 * @throws LandfallError SECRETS_KEY_REFUSED if a key is missing
 */
export async function openSecrets(
  database: Database,
  keys: Secret,
  log: Log,
): Promise<{ secretBox: SecretBox; digests: Digests }> {
  const box = new SecretBox(keys);
  const known = await sealedDigestKey(database);
  // A wrong SECRETS_KEY is refused here, before anything is changed.
  if (known) openDigestKey(box, known);
  const resealed = await resealAll(database, box, log);
  if (resealed > 0) log.info({ resealed }, 'stored secrets were encrypted again with the first key of SECRETS_KEY');
  const fresh = new Secret(randomBytes(32).toString('base64'));
  const stored = known ?? (await keepSealedDigestKey(database, box.seal(fresh, digestKeyPlace)));
  const key = openDigestKey(box, stored);
  if (!stored.startsWith(box.sealsAs)) await replaceSealedDigestKey(database, stored, box.seal(key, digestKeyPlace));
  const digests = new Digests(Buffer.from(key.reveal(), 'base64'));
  await replacePlainDigests(database, digests);
  return { secretBox: box, digests };
}

function openDigestKey(box: SecretBox, sealed: string): Secret {
  try {
    return box.open(sealed, digestKeyPlace);
  } catch (cause) {
    throw new LandfallError('SECRETS_KEY_REFUSED', `Set the SECRETS_KEY of this database: ${missing(sealed)}.`, {
      cause,
    });
  }
}

const missing = (sealed: string) => {
  const id = /^v2\.([\w-]+)\./.exec(sealed)?.[1];
  return `the key ${id ?? 'of an older version'} is missing or different`;
};

async function resealAll(database: Database, box: SecretBox, log: Log): Promise<number> {
  let resealed = 0;
  for (const read of [otherwiseSealedConnections, otherwiseSealedResults, otherwiseSealedWebhooks]) {
    let after: SealedValue | null = null;
    do {
      const page: SealedValue[] | null = await overAllTenants(database, async tx => {
        const values = await read(tx, box.sealsAs, after, batchSize);
        for (const value of values) {
          const replacement = reseal(box, value, log);
          if (!replacement) continue;
          await replaceSealed(tx, value, replacement);
          resealed++;
        }
        return values;
      });
      after = page?.at(-1) ?? null;
    } while (after);
  }
  return resealed;
}

/** @returns null if the text was changed after its encryption; this affects only its owner */
function reseal(box: SecretBox, value: SealedValue, log: Log): string | null {
  const place = placeOf(value);
  try {
    return box.seal(box.open(value.sealed, place), place);
  } catch (cause) {
    if (!box.hasKeyOf(value.sealed)) {
      const message = `Add a key to SECRETS_KEY after the first one: stored secrets need it, and ${missing(value.sealed)}.`;
      throw new LandfallError('SECRETS_KEY_REFUSED', message, { cause });
    }
    log.warn(
      { table: value.table, owner: value.owner, side: value.side },
      'a stored secret was changed and cannot be decrypted: set the connection again, or rotate the secret of the webhook',
    );
    return null;
  }
}

function placeOf({ table, owner, side }: SealedValue): string {
  if (table === 'connections') return connectionPlace(owner, side!);
  return table === 'webhooks' ? webhookPlace(owner) : apiKeyPlace;
}

/** Older versions stored a plain SHA-256, which does not protect a weak secret. */
async function replacePlainDigests(database: Database, digests: Digests): Promise<void> {
  const purposes = { api_keys: 'api key', idempotency_keys: 'input' } as const;
  for (const table of ['api_keys', 'idempotency_keys'] as const) {
    const replaceBatch = () =>
      overAllTenants(database, async tx => {
        const plain = (await digestsOfLength(tx, table, plainLength)).map(row => row.digest);
        const keyed = plain.map(digest => digests.ofPlain(purposes[table], digest));
        if (plain.length > 0) await replaceDigests(tx, table, plain, keyed);
        return plain.length > 0;
      });
    while (await replaceBatch());
  }
}
