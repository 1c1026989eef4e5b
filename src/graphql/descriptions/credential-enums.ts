import type { Descriptions } from './describe.js';

/** Roles, scopes and kinds of credentials. */
export const credentialEnumDescriptions: Descriptions = {
  Role: {
    '': 'Role of an API key. A key of a PARTNER or an AGENCY also reaches the organizations below.',
    ADMIN: 'May do everything.',
    OPERATOR: 'May create projects and run migrations.',
    SUPPORT: 'May read, and attach recordings.',
    VIEWER: 'May read everything except recordings.',
  },
  Scope: {
    '': 'What a credential may do of what its role may do. Every credential may read.',
    READ: 'Nothing but reading.',
    PROJECTS: 'May create, change, connect and close projects.',
    MAPPING: 'May propose, edit and confirm mappings, and resolve agents.',
    RUNS: 'May start and steer runs, sign off, decide about issues and cut over.',
    RECORDINGS: 'May listen to recordings and attach them.',
    ADMIN: 'May manage organizations, keys, share tokens and webhooks, and read the audit trail.',
  },
  CredentialKind: {
    '': 'Kind of a credential.',
    API_KEY: 'A key of `createApiKey`.',
    SHARE_TOKEN: 'A token of `createShareToken`: it only reads one project.',
    PORTAL_TOKEN: 'A JWT of a portal.',
  },
};
