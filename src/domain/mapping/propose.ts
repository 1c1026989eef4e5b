import { ownEntry } from '../model/own-entry.js';
import { customFieldLabel, type Fields, fieldsOf, unreadableCustomFields } from '../model/record-fields.js';
import { foldedTag, tagName } from '../text/tag-name.js';
import { withinLimit } from './attribute-limit.js';
import { AttributeNames } from './attribute-names.js';
import { type AttributeModel, attributeOf, attributePath, ownAttributes } from './attributes.js';
import { labelOf } from './choose-attribute.js';
import { type CustomFieldDefinition, typeOf } from './custom-field-definition.js';
import { dealAttributeType } from './deal-type.js';
import { isEnumerated, looksEnumerated, optionValues, type StageNames, sameWords, wordOf } from './enumerations.js';
import {
  type FieldMapping,
  type MappedType,
  mappedTypes,
  noSuggestion,
  type ProposedField,
  type Suggestion,
  type ValueMapping,
} from './field-mapping.js';
import { FieldStatistics } from './field-statistics.js';
import { freeTargets } from './free-targets.js';
import { fieldKey } from './kept-decisions.js';
import { lossesOf } from './proposed-losses.js';
import { inventoryTypes, modelOf, requiredTargets, type StandardField, standardFields } from './standard-fields.js';
import { suggestByName } from './suggest-by-name.js';

/** The name of the attribute that a field becomes. */
type NameOf = (path: string, label: string, model: AttributeModel) => string;

/** Collects the fields of an account from its records, and proposes a mapping for each. */
export class MappingProposal {
  private readonly records = new Map<MappedType, number>();
  private readonly fields = new Map<MappedType, Map<string, FieldStatistics>>();
  private readonly tags = new Map<string, number>();

  constructor(
    private readonly definitions: readonly CustomFieldDefinition[],
    private readonly timeZone: string,
    private readonly country: string | null,
    private readonly names: StageNames = { pipelines: new Map(), stages: new Map() },
  ) {
    for (const { recordType, label } of definitions) this.statistics(recordType, `customFields[${JSON.stringify(label)}]`);
    this.statistics('TAG', 'name');
  }

  add(type: MappedType, record: Fields): void {
    this.records.set(type, (this.records.get(type) ?? 0) + 1);
    for (const [path, value] of fieldsOf(record)) {
      const statistics = this.statistics(type, path);
      statistics.add(value, isEnumerated(type, path) ? wordOf(path, value, record, this.names) : value);
      const contactPoint = contactPointOf(type, path);
      if (contactPoint) statistics.addContactPoint(contactPoint, value);
    }
  }

  /** Adds an e-mail. Its fields belong to the message that refers to it. */
  addEmail(record: Fields): void {
    for (const [path, value] of fieldsOf(record)) this.statistics('MESSAGE', `email.${path}`).add(value);
  }

  addTag(name: string, occurrences: number): void {
    this.tags.set(name, occurrences);
    this.statistics('TAG', 'name').add(name);
    this.records.set('TAG', (this.records.get('TAG') ?? 0) + 1);
  }

  /** Paths by type, to compare a mapping with. */
  get paths(): { recordType: MappedType; sourcePath: string }[] {
    return mappedTypes.flatMap(recordType =>
      [...(this.fields.get(recordType)?.keys() ?? [])].map(sourcePath => ({ recordType, sourcePath })),
    );
  }

  /**
   * @param confirmed fields of the confirmed mapping: their attributes keep their names
   * @returns every field that occurs, in a stable order
   */
  propose(confirmed: readonly FieldMapping[] = []): ProposedField[] {
    const reserved = Object.values(standardFields).flatMap(fields => Object.values(fields));
    const names = reserved.flatMap(field => ('target' in field ? [attributeOf(field.target)?.name ?? ''] : []));
    // Contacts and companies share one set of names. Conversations have their own.
    const existing = new Map(confirmed.map(field => [fieldKey(field), attributeOf(field.targetPath)?.name ?? null]));
    names.push(...[...existing.values()].filter(name => name !== null));
    const people = new AttributeNames([...names, ...ownAttributes.map(each => each.name)]);
    const conversations = new AttributeNames([...names, ...ownAttributes.map(each => each.name)]);
    const deals = new AttributeNames(names);
    const namesOf = (type: MappedType) => (type === 'TICKET' ? conversations : type === 'DEAL' ? deals : people);
    const proposed = mappedTypes.flatMap(type => {
      const paths = [...(this.fields.get(type)?.entries() ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      const nameOf = (path: string, label: string, model: AttributeModel) =>
        existing.get(fieldKey({ recordType: type, sourcePath: path })) ?? namesOf(type).name(label, model);
      return paths.map(([path, statistics]) => this.field(type, path, statistics, nameOf));
    });
    // A target that another field has is no suggestion.
    return withinLimit(proposed).map(field =>
      field.suggestedTarget === null || freeTargets(field, proposed).includes(field.suggestedTarget)
        ? field
        : { ...field, ...noSuggestion },
    );
  }

  private field(type: MappedType, path: string, statistics: FieldStatistics, nameOf: NameOf): ProposedField {
    const standard = ownEntry(standardFields[type], path);
    const records = this.records.get(type) ?? 0;
    const profile = statistics.profile(records);
    const empty = this.isRequired(type, path, standard) ? records - statistics.filled : 0;
    const losses = lossesOf(statistics, path, standard, empty);
    const about = { recordType: type, sourcePath: path, profile, losses, defaultValue: null, ...noSuggestion };
    if (standard && 'ignore' in standard) return { ...about, ...ignored(standard.ignore), confidence: 1 };
    if (standard) {
      return {
        ...about,
        action: 'MAP',
        targetPath: standard.target,
        attributeType: standard.type ?? null,
        proposedTarget: attributeOf(standard.target) ? standard.target : null,
        ignoreReason: null,
        confidence: 1,
        rationale: standard.why,
        values: this.valuesOf(type, path, statistics, standard.values),
      };
    }
    const model = modelOf(type);
    // The note of a call contains all of its fields.
    if (type === 'CALL') return { ...about, ...inCallNote };
    if (inventoryTypes.has(type)) return { ...about, ...inInventory };
    if (!model) {
      const what = type === 'MESSAGE' ? 'Parts of a conversation have no attributes' : 'The destination has no field for it';
      return { ...about, ...ignored(`${what}; it stays in staging.`), confidence: 0.5 };
    }
    return { ...about, ...this.attribute(type, model, path, statistics, nameOf) };
  }

  private attribute(type: MappedType, model: AttributeModel, path: string, statistics: FieldStatistics, nameOf: NameOf) {
    const definition = this.definitionOf(type, path);
    const { type: fitting, options } = typeOf(definition, statistics);
    // Of the attributes of a deal, only those with a definition have a type.
    const attributeType = model !== 'deal' ? fitting : definition ? dealAttributeType(fitting) : 'string';
    const unreadable = path === unreadableCustomFields;
    const verdict = suggestByName(type, labelOf(path), definition?.type ?? statistics.profile(0).dataType);
    const name = nameOf(path, labelOf(path), model);
    const targetPath = attributePath(model, name);
    return {
      action: 'CREATE_ATTRIBUTE' as const,
      targetPath,
      attributeType,
      proposedTarget: targetPath,
      ignoreReason: null,
      ...(verdict.kind === 'TARGET' ? named(verdict.target) : {}),
      confidence: verdict.kind === 'UNSURE' ? 0.6 : definition ? 0.95 : 0.7,
      rationale: unreadable
        ? 'Custom fields that cannot be read are kept as their text.'
        : definition
          ? `Defined at the source as ${definition.type}; its values fit ${attributeType}.`
          : `Not defined at the source; its values fit ${attributeType}.`,
      values:
        attributeType === 'options'
          ? optionValues(options, statistics)
          : attributeType === 'string' && (/^(multi)?select$/.test(definition?.type ?? '') || looksEnumerated(statistics))
            ? sameWords(statistics)
            : [],
    };
  }

  private definitionOf(type: MappedType, path: string): CustomFieldDefinition | null {
    const label = customFieldLabel(path);
    return this.definitions.find(each => each.recordType === type && each.label === label) ?? null;
  }

  private isRequired(type: MappedType, path: string, standard: StandardField | undefined): boolean {
    if (standard) return 'target' in standard && requiredTargets.has(standard.target);
    return this.definitionOf(type, path)?.isRequired ?? false;
  }

  private valuesOf(type: MappedType, path: string, statistics: FieldStatistics, labels?: Record<string, string>): ValueMapping[] {
    if (type === 'TAG') {
      // Tags that differ only in case are one.
      const first = new Map<string, string>();
      for (const name of this.tags.keys()) if (!first.has(foldedTag(name))) first.set(foldedTag(name), tagName(name));
      return [...this.tags].map(([from, occurrences]) => ({ from, to: first.get(foldedTag(from)) || null, occurrences }));
    }
    if (!labels) return isEnumerated(type, path) ? sameWords(statistics) : [];
    const seen = [...(statistics.values?.keys() ?? [])];
    // An unknown code stays as it is.
    return [...new Set([...Object.keys(labels), ...seen])].map(from => ({
      from,
      to: ownEntry(labels, from) ?? from,
      occurrences: statistics.values?.get(from) ?? 0,
    }));
  }

  private statistics(type: MappedType, path: string): FieldStatistics {
    const fields = this.fields.get(type) ?? new Map<string, FieldStatistics>();
    this.fields.set(type, fields);
    const known = fields.get(path) ?? new FieldStatistics(this.timeZone, this.country);
    fields.set(path, known);
    return known;
  }
}

/** Whether a field is mapped to the address or the telephone number of a contact. */
function contactPointOf(type: MappedType, path: string): 'phone' | 'email' | null {
  const standard = type === 'CONTACT' ? ownEntry(standardFields.CONTACT, path) : undefined;
  const target = standard && 'target' in standard ? standard.target : null;
  return target === 'contact.phone' ? 'phone' : target === 'contact.email' ? 'email' : null;
}

const ignored = (reason: string) => ({
  action: 'IGNORE' as const,
  targetPath: null,
  attributeType: null,
  proposedTarget: null,
  ignoreReason: reason,
  rationale: reason,
  values: [],
});

const named = (target: string): Suggestion => ({
  suggestedTarget: target,
  suggestionConfidence: 0.75,
  suggestionReason: 'Its name means this field.',
});

const inCallNote = {
  action: 'MAP' as const,
  targetPath: 'conversation_part.body',
  attributeType: null,
  proposedTarget: null,
  ignoreReason: null,
  confidence: 0.9,
  rationale: 'In the note of the call.',
  values: [],
};

const inInventory = {
  ...inCallNote,
  targetPath: 'document.inventory',
  rationale: 'It moves into the inventory among the documents: the API of Intercom cannot create it.',
};
