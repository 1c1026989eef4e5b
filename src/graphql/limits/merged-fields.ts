/** Two fragments are compared faster than two fields. */
const comparisonsOfFragments = 0.1;

/** The fields of one object of an answer. Several selections can name the same field. */
export class MergedFields {
  private readonly fields = new Map<string, { count: number; below: MergedFields }>();
  private fragments = 0;

  /** @returns how many fields it must be compared with, and the fields of its object */
  addField(responseName: string): { comparisons: number; below: MergedFields } {
    const field = this.fields.get(responseName) ?? { count: 0, below: new MergedFields() };
    this.fields.set(responseName, field);
    return { comparisons: field.count++, below: field.below };
  }

  /** @returns the same for a fragment */
  addFragment(): number {
    return this.fragments++ * comparisonsOfFragments;
  }
}
