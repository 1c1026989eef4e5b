const names = (list: string) => new Set(list.trim().split(/\s+/));

/** Elements of current and former HTML. Anything else in angle brackets was typed by a person. */
const known = names(`
  a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button
  canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt em embed
  fieldset figcaption figure font footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins
  isindex kbd keygen label layer legend li link listing main map mark marquee math menu menuitem meta meter multicol nav nextid
  nobr noembed noframes noscript object ol optgroup option output p param picture plaintext portal pre progress q rb rp rt rtc
  ruby s samp script search section select shadow slot small source spacer span strike strong style sub summary sup svg table
  tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xml xmp`);

/** Elements of Microsoft Office, in mails and in pasted texts. */
const ofOffice = /^(?:[omvwxadpr]|st\d|u\d|wp|pic):[a-z]+$/;

export const isKnownElement = (name: string) => known.has(name) || ofOffice.test(name) || /^(?:amp|x)-[a-z]/.test(name);

export const voidElements = names(
  'area base basefont bgsound br col embed frame hr img image input keygen link meta param source track wbr',
);

/** Elements whose content is text without markup. */
export const rawElements = names('title textarea style script xmp iframe noembed noframes plaintext');

/** Elements whose end tag may be left out. */
export const unclosedElements = names('p li dt dd td th tr thead tbody tfoot option html body head');

/** Elements that are reopened after a block in which they were left open. */
export const formattingElements = names('a b big code em font i nobr s small strike strong tt u');

/** Elements that begin and end with a line break. */
export const blockElements = names(`
  address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer
  form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search section
  select summary table tbody td textarea tfoot th thead tr ul xmp`);

/** Elements whose content is never shown. */
export const unseenElements = names('base datalist link meta noembed noframes param script style template title track');

/** Attributes that may have no value. With other names the text is a comparison: `a<b && c>d`. */
export const attributesWithoutValue = names(`
  align alt allowfullscreen async autofocus autoplay bgcolor border checked class compact controls default defer dir disabled
  download formnovalidate height hidden href id inert ismap itemscope lang loop multiple muted name nomodule noresize noshade
  novalidate nowrap open playsinline readonly rel required reversed selected src style tabindex target title type valign value
  width`);
