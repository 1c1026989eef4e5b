/** A text for a document. Half surrogate pairs and control characters become U+FFFD; tabs and line breaks stay. */
export function shownText(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd');
}
