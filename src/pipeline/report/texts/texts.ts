import type { Language } from '../../../domain/model/project.js';
import { constructs } from './en/constructs.js';
import { documents } from './en/documents.js';
import { frame } from './en/frame.js';
import { names } from './en/names.js';
import { results } from './en/results.js';
import { constructs as constructsTr } from './tr/constructs.js';
import { documents as documentsTr } from './tr/documents.js';
import { frame as frameTr } from './tr/frame.js';
import { names as namesTr } from './tr/names.js';
import { results as resultsTr } from './tr/results.js';

const en = { frame, names, constructs, ...documents, ...results };

/** All texts of documents. English defines them; another language that lacks one does not compile. */
export type Texts = typeof en;

const byLanguage: Record<Language, Texts> = {
  EN: en,
  TR: { frame: frameTr, names: namesTr, constructs: constructsTr, ...documentsTr, ...resultsTr },
};

export const textsOf = (language: Language): Texts => byLanguage[language];
