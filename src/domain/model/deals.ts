/** How deals are loaded: as objects of a type that people create, or in an attribute of the contact and a table. */
export const dealsAs = (options: Record<string, unknown>): 'CUSTOM_OBJECT' | 'CONTACT_ATTRIBUTES' =>
  options.dealsAs === 'CONTACT_ATTRIBUTES' ? 'CONTACT_ATTRIBUTES' : 'CUSTOM_OBJECT';

/** The custom object type for deals, and the attribute with which a contact refers to them. */
export const dealType = 'Deal';
export const dealReference = 'deal';
