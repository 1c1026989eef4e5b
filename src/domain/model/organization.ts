export const organizationKinds = ['PARTNER', 'AGENCY', 'CUSTOMER'] as const;
export type OrganizationKind = (typeof organizationKinds)[number];

/** A node of the tenant tree: partner → agency → customer. A principal can access its own organization and all below it. */
export interface Organization {
  id: string;
  name: string;
  kind: OrganizationKind;
  parentId: string | null;
  createdAt: Date;
}

/** Allowed kinds below each kind. The root is a PARTNER, and other partners are below it. */
export const kindsBelow: Record<OrganizationKind, readonly OrganizationKind[]> = {
  PARTNER: ['PARTNER', 'AGENCY', 'CUSTOMER'],
  AGENCY: ['CUSTOMER'],
  CUSTOMER: [],
};
