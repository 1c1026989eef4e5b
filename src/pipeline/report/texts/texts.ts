import type { Language } from '../../../domain/model/project.js';
import type { Reason } from '../../../domain/rollback/reasons.js';
import { constructs } from './en/constructs.js';
import { documents } from './en/documents.js';
import { frame } from './en/frame.js';
import { names } from './en/names.js';
import { results } from './en/results.js';
import { sourceWords } from './en/source-words.js';
import { type Say, sayingIn } from './sentences.js';
import { constructs as constructsTr } from './tr/constructs.js';
import { documents as documentsTr } from './tr/documents.js';
import { fieldSentences } from './tr/field-sentences.js';
import { frame as frameTr } from './tr/frame.js';
import { names as namesTr } from './tr/names.js';
import { results as resultsTr } from './tr/results.js';
import { runSentences } from './tr/run-sentences.js';
import { sourceWords as sourceWordsTr } from './tr/source-words.js';

const asItIs: Say = english => english;

const en = { say: asItIs, frame, names, constructs, sourceWords, ...documents, ...results };

/** All texts of documents. English defines them; another language that lacks one does not compile. */
export type Texts = typeof en;

/** What is stored in English, by its sentence. */
export const turkishSentences = {
  ...fieldSentences,
  ...runSentences,
  ...Object.fromEntries(Object.entries(names.reasons).map(([code, english]) => [english, namesTr.reasons[code as Reason]])),
};

const byLanguage: Record<Language, Texts> = {
  EN: en,
  TR: {
    say: sayingIn(turkishSentences),
    frame: frameTr,
    names: namesTr,
    constructs: constructsTr,
    sourceWords: sourceWordsTr,
    ...documentsTr,
    ...resultsTr,
  },
};

export const textsOf = (language: Language): Texts => byLanguage[language];
