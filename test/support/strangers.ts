import { Partner } from './server.js';

type Tenant = Partner & { organizationId: string };

export interface Stranger {
  partner: Partner;
  isOfSameTenant: boolean;
}

/** Callers of another tenant, and callers of the same tenant that are limited to another project. */
export async function strangers(ours: Tenant, theirs: Tenant, jwt: string): Promise<Record<string, Stranger>> {
  const key = async (owner: Tenant, input: Record<string, unknown>) =>
    new Partner(ours.url, (await owner.createApiKey({ organizationId: owner.organizationId, name: 'k', ...input })).secret);
  const share = async (owner: Tenant, projectId: string) => {
    const made = await owner.mutate('createShareToken', 'CreateShareTokenInput', { projectId, name: 'g' }, 'token');
    return new Partner(ours.url, made.token);
  };
  const { project: mine } = await ours.createProject({ name: 'Mine' });
  const { project: beside } = await theirs.createProject({ name: 'Beside' });
  const roles = ['ADMIN', 'OPERATOR', 'SUPPORT', 'VIEWER'];
  const byRole = roles.map(async role => [role, { partner: await key(ours, { role }), isOfSameTenant: false }] as const);
  return {
    ...Object.fromEntries(await Promise.all(byRole)),
    'a key with scopes': { partner: await key(ours, { role: 'ADMIN', scopes: ['READ', 'RUNS'] }), isOfSameTenant: false },
    'a share token': { partner: await share(ours, mine.id), isOfSameTenant: false },
    'a JWT': { partner: new Partner(ours.url, jwt), isOfSameTenant: false },
    'a key of another project': { partner: await key(theirs, { role: 'ADMIN', projectIds: [beside.id] }), isOfSameTenant: true },
    'a share token of another project': { partner: await share(theirs, beside.id), isOfSameTenant: true },
  };
}
