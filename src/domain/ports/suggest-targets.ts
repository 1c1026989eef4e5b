import type { MappedType } from '../mapping/field-mapping.js';

/** A field that a model is asked about. */
export interface AskedField {
  recordType: MappedType;
  label: string;
  dataType: string;
  /** Values of records; empty unless the project allows it. */
  samples: readonly string[];
  /** The targets that can be answered. */
  targets: readonly string[];
}

/** What a model answered about a field. It is foreign text. */
export interface ModelAnswer {
  /** Index of the field that was asked about. */
  field: number;
  target: string;
  /** 0 to 1. */
  confidence: number;
  reason: string;
}

/** Asks a model. It answers nothing if the model cannot be reached or answers something else than asked. */
export type SuggestTargets = (fields: readonly AskedField[]) => Promise<ModelAnswer[]>;
