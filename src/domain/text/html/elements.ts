const names = (list: string) => new Set(list.trim().split(/\s+/));

/** Elements of current and former HTML. Anything else in angle brackets was typed by a person. */
const known = names(`
  a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button
  canvas caption center cite code col colgroup command content data datalist dd del details dfn dialog dir div dl dt em embed
  fieldset figcaption figure font footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins
  isindex kbd keygen label layer legend li link listing main map mark marquee math menu menuitem meta meter multicol nav nextid
  nobr noembed noframes noscript object oembed ol optgroup option output p param picture plaintext portal pre progress q rb rp rt rtc
  ruby s samp script search section select shadow slot small source spacer span strike strong style sub summary sup svg table
  tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr xmp`);

/** Elements of Microsoft Office, and of mail programs, in mails and in pasted texts. XML of others has prefixes of one letter too. */
const ofPrograms = names(`
  o:p o:lock o:idmap o:shapelayout o:shapedefaults o:smarttagtype o:oleobject o:officedocumentsettings o:allowpng o:pixelsperinch
  v:shape v:shapetype v:stroke v:formulas v:f v:path v:imagedata v:image v:textbox v:textpath v:rect v:roundrect v:fill v:oval
  v:line v:polyline v:arc v:curve v:group v:shadow v:background v:handles v:h v:vmlframe
  w:anchorlock w:wrap w:sdt w:sdtpr w:latentstyles w:lsdexception w:worddocument w:bordertop w:borderbottom w:borderleft
  w:borderright m:mathpr m:mathfont m:omath m:omathpara m:omathparapr m:r m:rpr m:ctrlpr m:ssup m:ssub m:sup m:sub m:num m:den
  g-emoji x-apple-data-detectors x-sigsep x-tab x-flowed x-html x-rich x-charset`);

const isOfProgram = (name: string) => ofPrograms.has(name) || /^(?:st|u)\d:[a-z-]+$/.test(name) || /^amp-[a-z]/.test(name);

export const isKnownElement = (name: string) => known.has(name) || isOfProgram(name);

/** Elements that a person may have typed although a browser shows nothing of them, or that XML has too. They are no sign of HTML. */
export const provesNothing = (name: string) => unseenElements.has(name) || voidElements.has(name) || isOfProgram(name);

export const voidElements = names(
  'area base basefont bgsound br col embed frame hr img image input keygen link meta param source track wbr',
);

/** Elements whose content is text without markup. */
export const rawElements = names('title textarea style script xmp iframe noembed noframes plaintext');

/** Elements whose end tag may be left out. */
export const unclosedElements = names(
  'p li dt dd td th tr thead tbody tfoot caption colgroup option rb rp rt rtc html body head',
);

/** Elements that are reopened after a block in which they were left open. */
export const formattingElements = names('a b big code em font i nobr s small strike strong tt u');

/** Elements that begin and end with a line break. */
export const blockElements = names(`
  address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer
  form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search section
  select summary table tbody td textarea tfoot th thead tr ul xmp`);

/** Elements whose content is never shown. */
export const unseenElements = names('base datalist link meta noembed noframes param script style template title track');

/** Elements that hide or take in all that follows if nobody closes them. */
export const closedElements = new Set([...rawElements, ...names('datalist math svg template')]);

/** Elements that programs often leave open. */
export const oftenOpenElements = names('blockquote center div dl form h1 h2 h3 h4 h5 h6 ol p pre span table ul');

/** Elements that stand in another one, with those. */
export const holdersOf: Record<string, readonly string[]> = {
  li: ['ul', 'ol', 'menu', 'dir'],
  option: ['select', 'datalist'],
  dt: ['dl'],
  dd: ['dl'],
  col: ['table'],
  ...Object.fromEntries(['td', 'th', 'tr', 'tbody', 'thead', 'tfoot', 'caption', 'colgroup'].map(name => [name, ['table']])),
  ...Object.fromEntries(['rb', 'rp', 'rt', 'rtc'].map(name => [name, ['ruby']])),
};

/** Elements of a table, which a browser leaves out anywhere else. */
export const tableParts = names('caption col colgroup tbody td tfoot th thead tr');

/** Attributes of HTML. With other names the text is a comparison: `a<b && c>d`. */
export const knownAttributes = names(`
  abbr accept action align alink allow allowfullscreen alt async autofocus autoplay axis background bgcolor border cellpadding
  cellspacing char charset checked cite class classid clear code codebase color cols colspan compact content contenteditable
  controls coords crossorigin data datetime default defer dir disabled download draggable enctype equiv face for form formnovalidate
  frame frameborder headers height hidden high href hreflang hspace id inert integrity ismap itemid itemprop itemref itemscope
  itemtype kind label lang language leftmargin link list loading longdesc loop low marginheight marginwidth max maxlength media
  method min multiple muted name nomodule nonce noresize noshade novalidate nowrap open optimum originalsrc pattern placeholder
  playsinline poster preload property readonly referrerpolicy rel required rev reversed role rows rowspan rules sandbox scope
  scrolling selected shape shash size sizes slot span spellcheck src srcdoc srclang srcset start step style summary tabindex target
  text title topmargin translate type typeof unselectable url usemap valign value vlink vspace width wrap xmlns`);

/** Elements that say nothing without attributes. XML has them too. */
export const bareNames = names('a command content data image layer map object param shadow spacer');
