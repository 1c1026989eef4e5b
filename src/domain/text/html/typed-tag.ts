import type { Token } from 'parse5';
import {
  bareNames,
  closedElements,
  formattingElements,
  holdersOf,
  isKnownElement,
  knownAttributes,
  oftenOpenElements,
  unclosedElements,
  voidElements,
} from './elements.js';

/** What is around a tag. */
export interface TagPlace {
  source: string;
  /** Whether the text may be HTML or plain. */
  isEither: boolean;
  /** Whether text or an element comes before the tag. */
  isBegun: boolean;
  /** Whether elements before the tag are of an editor or a mail program. */
  isEdited: boolean;
  isOpen(name: string): boolean;
  /** Whether a later end tag has this name. */
  isClosedAfter(name: string, offset: number): boolean;
  /** How often a start tag has this name. */
  countOf(name: string): number;
}

/** Void elements that mean something without attributes. */
const wholeElements = new Set(['br', 'hr', 'wbr', 'col']);

/** Whether a start tag was typed by a person as text: `<env>`, `List<Object>`, `a<b && c>d`. */
export function isTypedTag(token: Token.TagToken, place: TagPlace): boolean {
  const { tagName, attrs, selfClosing, location } = token;
  const { startOffset, endOffset } = location!;
  const { source } = place;
  if (!isKnownElement(tagName) || tagName === 'frameset') return true;
  const isClosed = place.isClosedAfter(tagName, endOffset);
  if (closedElements.has(tagName) && !isClosed && !selfClosing) return true;
  const before = source[startOffset - 1] ?? '';
  if (place.isEither && before === '`') return true;
  const isJoined = /[a-z0-9]/i.test(before);
  if (attrs.length > 0) return !hasAttributes(token, source, isClosed && !isJoined);
  // A type such as List<Table>, or a component: HTML is written in small or in capital letters.
  const isCapitalized = /^[A-Z][a-z]/.test(source.slice(startOffset + 1, startOffset + 3));
  if (isCapitalized && (isJoined || !isClosed) && !isLegallyOpen(tagName, isJoined, place)) return true;
  if (place.isEither && bareNames.has(tagName) && !(tagName === 'a' && isClosed && place.isEdited)) return true;
  if (voidElements.has(tagName) && !wholeElements.has(tagName)) return true;
  if (isClosed || selfClosing) return false;
  // `<p> ...` in a sentence about the tag.
  const isSaid = place.isEither && /^ \p{L}/u.test(source.slice(endOffset, endOffset + 3)) && place.countOf(tagName) === 1;
  const isInSentence = isSaid && !(documentElements.has(tagName) && place.isOpen('html'));
  return (isInSentence && !wholeElements.has(tagName)) || isUnusual(tagName, isJoined, source, location!, place);
}

const documentElements = new Set(['html', 'head', 'body']);

/** Whether HTML lets an element stay open here, in any letters: `<Br>`, `<Li>` in a list. */
function isLegallyOpen(name: string, isJoined: boolean, place: TagPlace): boolean {
  if (wholeElements.has(name)) return true;
  if (!unclosedElements.has(name)) return false;
  return !isJoined || (holdersOf[name] ?? []).some(each => place.isOpen(each));
}

/** Whether programs do not leave an element open without attributes. */
function isUnusual(
  name: string,
  isJoined: boolean,
  source: string,
  { startOffset, endOffset }: Token.Location,
  place: TagPlace,
): boolean {
  const holders = holdersOf[name];
  if (holders) {
    if (!place.isEither || place.isOpen(name)) return false;
    const before =
      source
        .slice(Math.max(0, startOffset - 2), startOffset)
        .trimEnd()
        .at(-1) ?? '>';
    return !holders.some(each => place.isOpen(each)) && before !== '>' && source[endOffset] === ' ';
  }
  // A document after a line of a mail server, or cut off.
  if (documentElements.has(name))
    return place.isEither && place.isBegun && !place.isOpen('html') && !/^\s*</.test(source.slice(endOffset, endOffset + 20));
  if (formattingElements.has(name)) return isJoined || name === 'a' || name === 'code';
  return !oftenOpenElements.has(name) && !unclosedElements.has(name) && !voidElements.has(name) && !name.includes(':');
}

const wellFormed = /^[\w:@.*()[\]#-]+$/;

/**
 * Whether what a tag contains are attributes, and not the middle of a comparison.
 * @param isUsual whether the tag is that of a closed element, and stands apart from the word before it
 */
function hasAttributes({ attrs, location }: Token.TagToken, source: string, isUsual: boolean): boolean {
  const written = attrs.map(({ name }) => {
    const at = location!.attrs?.[name];
    const value = at ? source.slice(at.startOffset + name.length, at.endOffset).trimStart() : '';
    const isKnown = knownAttributes.has(name) || /^(?:on|data-|aria-|v-|ng-|xml|[@:*[(#])|-|:/.test(name);
    // `x == 1`, and the braces of JSX.
    const hasValue = /^=(?![={])/.test(value);
    return { isKnown, isWell: wellFormed.test(name), hasValue, isQuoted: hasValue && /^=\s*["']/.test(value) };
  });
  const first = written[0]!;
  if (first.isWell && first.hasValue && (first.isKnown || first.isQuoted)) return true;
  if (!written.every(({ isWell }) => isWell)) return false;
  if (isUsual && written.every(each => each.hasValue)) return true;
  return written.some(each => each.isKnown && each.isQuoted) || written.every(each => each.isKnown || each.isQuoted);
}
