/** How deals move: as instances of a type that people make by hand, or in an attribute of the contact and a table. */
export const dealsAs = (options: Record<string, unknown>): 'CUSTOM_OBJECT' | 'CONTACT_ATTRIBUTES' =>
  options.dealsAs === 'CONTACT_ATTRIBUTES' ? 'CONTACT_ATTRIBUTES' : 'CUSTOM_OBJECT';

/** The type of custom objects that deals become, and the attribute by which a contact refers to them. */
export const dealType = 'Deal';
export const dealReference = 'deal';
