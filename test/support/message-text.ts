import { readText } from '../../src/domain/text/html-text.js';
import { messageHtml } from '../../src/domain/text/message-html.js';

/** A text as it is sent in a message. */
export const sent = (text: string, as: 'HTML' | 'EITHER') => messageHtml({ text, as }, { hosts: [] });

/** What a text shows, with its line breaks. */
export const seen = (text: string, as: 'HTML' | 'EITHER') =>
  sent(text, as)
    .html.split(/<br>|<\/p>|<\/li>|<\/blockquote>/)
    .map(readText)
    .filter(Boolean)
    .join('\n');
