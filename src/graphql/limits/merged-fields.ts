/** Two fragments are compared faster than two fields. */
const comparisonsOfFragments = 0.1;

/** The fields of one object of an answer. Several selections can name the same field. */
export class MergedFields {
  private readonly fields = new Map<string, { count: number; below: MergedFields }>();
  private fragments = 0;
  private readonly names = new Set<string>();

  /** @returns how many fields it must be compared with, and the fields of its object */
  addField(responseName: string): { comparisons: number; below: MergedFields } {
    const field = this.fields.get(responseName) ?? { count: 0, below: new MergedFields() };
    this.fields.set(responseName, field);
    return { comparisons: field.count++, below: field.below };
  }

  /** @returns whether this fragment was not spread on this object before */
  isFirst(fragmentName: string): boolean {
    const known = this.names.has(fragmentName);
    this.names.add(fragmentName);
    return !known;
  }

  /** @returns the same as for a field, for a fragment */
  addFragment(): number {
    return this.fragments++ * comparisonsOfFragments;
  }
}
