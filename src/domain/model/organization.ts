export const organizationKinds = ['PARTNER', 'AGENCY', 'CUSTOMER'] as const;
export type OrganizationKind = (typeof organizationKinds)[number];

/** A node of the tenant tree: partner → agency → customer. A principal reaches its own organization and all below it. */
export interface Organization {
  id: string;
  name: string;
  kind: OrganizationKind;
  parentId: string | null;
}

/** Which kinds may stand below which. The root is a PARTNER, and other partners stand below it. */
export const kindsBelow: Record<OrganizationKind, readonly OrganizationKind[]> = {
  PARTNER: ['PARTNER', 'AGENCY', 'CUSTOMER'],
  AGENCY: ['CUSTOMER'],
  CUSTOMER: [],
};
