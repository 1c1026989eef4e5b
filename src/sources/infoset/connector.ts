import type { Secret } from '../../domain/model/secret.js';
import type { Source } from '../../domain/ports/source.js';
import { InfosetAccount } from './account.js';
import { InfosetClient, type InfosetClientOptions } from './client.js';
import { files } from './files.js';
import { listings, listingsOf } from './listings.js';
import { keyLogin, tokenLogin } from './login.js';
import type { InfosetOptions } from './options.js';
import { probe } from './probe.js';
import { infosetV1, withOverrides } from './profile.js';

/** An Infoset account, read as its profile says. */
export function openInfoset(
  { secret, ...rest }: Omit<InfosetClientOptions, 'login'> & { secret: Secret },
  options: InfosetOptions,
): Source {
  const { http, baseUrl, rateLimitWaitMs } = rest;
  const login = options.loginEmail ? tokenLogin(http, baseUrl, options.loginEmail, secret, rateLimitWaitMs) : keyLogin(secret);
  const client = new InfosetClient({ ...rest, login });
  const profile = withOverrides(infosetV1, options.profile);
  const account = new InfosetAccount(client, profile.resources.account!.path, options);
  return {
    get calls() {
      return client.calls;
    },
    pageSize: profile.pageSize,
    listings: listingsOf(profile),
    probe: () => probe(client, profile, options.accountKey ?? null),
    plan: () => account.plan(),
    ...listings(client, profile, account),
    ...files(client, profile),
  };
}
