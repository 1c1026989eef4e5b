import { matchAgents } from '../../domain/model/agent-matches.js';
import { nameDetails } from '../../domain/model/blocker-details.js';
import { foldedName } from '../../domain/model/folded-name.js';
import type { ChecklistCode, ProvisioningCheck } from '../../domain/model/provisioning-checklist.js';
import { textOf } from '../../domain/model/record-fields.js';
import { listingOf } from '../../domain/model/record-types.js';
import { CallFailure } from '../../domain/ports/call-failure.js';
import type { DestinationProbe } from '../../domain/ports/destination.js';
import { matchingFacts, saveAgentMatches } from '../../store/agents.js';
import { languagesOf } from '../../store/discovery-facts.js';
import { saveChecks } from '../../store/provisioning-checks.js';
import { allStaged } from '../../store/staged-pages.js';
import { saveMembers } from '../../store/workspace-members.js';
import type { Provisioning } from './provisioning-work.js';

/** Attempts of each call of the probe. */
const probeAttempts = 6;

/** Reads what people have prepared in the workspace: members, teams, addresses and the help center. It writes nothing there. */
export async function checkPreparation(context: Provisioning): Promise<void> {
  const { work, run, destination } = context;
  const found = await destination.probe(probeAttempts);
  const scope = { projectId: run.projectId, organizationId: work.lease.organizationId, environment: run.environment! };
  if (found.ok) {
    await work.fencedTransaction(tx => saveMembers(tx, scope, found));
    const matches = await work.transaction(async tx => matchAgents(await matchingFacts(tx, run.projectId)));
    await work.fencedTransaction(tx => saveAgentMatches(tx, scope, matches));
  }
  const checks = [await teams(context, found), await addresses(context, found), ...(await helpCenter(context))];
  await work.fencedTransaction(tx => saveChecks(tx, work.lease, run, checks));
}

/** DONE if nothing is missing. */
const byMissing = (code: ChecklistCode, missing: readonly string[], done: string, open: string): ProvisioningCheck => ({
  code,
  state: missing.length === 0 ? 'DONE' : 'OPEN',
  message: missing.length === 0 ? done : open,
  details: missing.length === 0 ? null : nameDetails(missing),
});

const unknown = (code: ChecklistCode, message: string, names: readonly string[] = []): ProvisioningCheck => ({
  code,
  state: 'UNKNOWN',
  message,
  details: names.length > 0 ? nameDetails(names) : null,
});

const unreadable = 'Intercom did not answer. Start a PROVISIONING run again.';

async function teams(context: Provisioning, found: DestinationProbe): Promise<ProvisioningCheck> {
  if (!found.ok) return unknown('TEAMS', unreadable);
  const there = new Set(found.teams.map(({ name }) => foldedName(name)));
  const names = (await allStaged(context, listingOf('TEAM'))).map(({ record }) => textOf(record.name));
  return byMissing(
    'TEAMS',
    names.filter(name => name !== '' && !there.has(foldedName(name))),
    'Every team of the source has a team in the workspace.',
    'Create these teams in Intercom. Conversations of a missing team are not assigned to a team.',
  );
}

async function addresses(context: Provisioning, found: DestinationProbe): Promise<ProvisioningCheck> {
  const accounts = await allStaged(context, listingOf('MAIL_ACCOUNT'));
  const wanted = accounts.filter(({ record }) => record.isActive !== false).map(({ record }) => textOf(record.address));
  const there = new Set(found.addresses.map(({ address }) => address.toLowerCase()));
  const missing = wanted.filter(address => address !== '' && !there.has(address.toLowerCase()));
  // Without an address, the app may also lack the permission to read them.
  if (missing.length > 0 && there.size === 0)
    return unknown('MAIL_ADDRESSES', 'The API shows no address. Add and verify these in Intercom.', missing);
  return byMissing(
    'MAIL_ADDRESSES',
    missing,
    'Every active mail account is an address of the workspace.',
    'Add and verify these addresses in Intercom.',
  );
}

async function helpCenter({ work, run, destination }: Provisioning): Promise<ProvisioningCheck[]> {
  const languages = (await work.transaction(tx => languagesOf(tx, [run.projectId]))).get(run.projectId) ?? [];
  const codes = ['HELP_CENTER', 'HELP_CENTER_LANGUAGES'] as const;
  if (languages.length === 0) return codes.map(code => byMissing(code, [], 'The source has no articles.', ''));
  try {
    const center = await destination.helpCenter();
    const create = 'Create a help center in Intercom.';
    if (!center) return [{ code: codes[0], state: 'OPEN', message: create, details: null }, unknown(codes[1], create, languages)];
    const on = new Set(center.locales.map(locale => locale.toLowerCase()));
    const exists = byMissing(codes[0], [], 'The workspace has a help center.', '');
    if (on.size === 0) return [exists, unknown(codes[1], 'The API shows no language. Enable these in Intercom.', languages)];
    const missing = languages.filter(language => !on.has(language));
    return [
      exists,
      byMissing(
        codes[1],
        missing,
        'Every language of the articles is enabled.',
        'Enable these languages in the help center. A translation is not loaded if its language is not enabled.',
      ),
    ];
  } catch (error) {
    // The help center is needed only by the load.
    if (!(error instanceof CallFailure)) throw error;
    return codes.map(code => unknown(code, `The help center cannot be read: ${error.message}`));
  }
}
