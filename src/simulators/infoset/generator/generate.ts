import { Random } from '../../random.js';
import { InfosetAccount } from '../account.js';
import { addHelpCentre, addInventories } from './help-centre.js';
import type { Making } from './making.js';
import { addPeople } from './people.js';
import { addTickets } from './tickets.js';

/** How large an account is made, and from what seed. */
export interface Scale {
  tickets: number;
  seed?: number;
  /** The moment that the newest records are near; the account's clock runs on from the real one where this is absent. */
  now?: Date;
}

/** An account with every quirk of the contract: the same for the same seed, scale and moment. */
export function generateAccount(scale: Scale, ownUrl: () => string): InfosetAccount {
  const now = scale.now?.getTime() ?? Date.now();
  const random = new Random(scale.seed ?? 1);
  const clock = scale.now ? () => scale.now! : () => new Date();
  const account = new InfosetAccount(clock, true);
  account.account = {
    id: 71,
    name: 'Ege Yazılım',
    workspace: 'ege',
    timeZone: 'Europe/Istanbul',
    language: 'tr',
    createdDate: '2019-03-01T09:00:00Z',
    plan: {
      code: 'professional',
      name: 'Professional',
      chatHistoryRetentionDays: 90,
      mailAccountLimit: 3,
      chatWidgetLimit: 1,
      recordingDownload: true,
    },
  };
  const making: Making = {
    account,
    random,
    tickets: scale.tickets,
    now,
    ownUrl,
    date: dateIn(random),
    customFields: encodingIn(random),
  };
  addPeople(making);
  addTickets(making);
  addHelpCentre(making);
  addInventories(making);
  return account;
}

const istanbulOffsetMs = 3 * 3_600_000;

function dateIn(random: Random): Making['date'] {
  return at => {
    const utc = new Date(at).toISOString();
    const istanbul = new Date(at + istanbulOffsetMs).toISOString();
    return random.pick([utc, `${utc.slice(0, 19)}Z`, `${istanbul.slice(0, 19)}+03:00`, istanbul.slice(0, 23)]);
  };
}

function encodingIn(random: Random): Making['customFields'] {
  return values => {
    const kind = random.integer(0, 11);
    if (kind === 0) return null;
    if (kind === 1) return '';
    if (kind < 5) return values;
    if (kind < 9) return Object.entries(values).map(([label, value]) => ({ label, value }));
    return JSON.stringify(values);
  };
}
