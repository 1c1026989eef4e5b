/** Where articles are shown. */
export interface HelpCenterView {
  id: string;
  url: string | null;
  /** Those that are switched on. */
  locales: string[];
  defaultLocale: string | null;
}

export interface CollectionFields {
  name: string;
  description: string | null;
  parentId: string | null;
  /** By locale. */
  translations: Record<string, { name: string; description: string | null }>;
}

export interface CollectionView extends CollectionFields {
  id: string;
  /** Unix seconds. */
  createdAt: number;
  url: string | null;
}

export interface ArticleContentFields {
  title: string;
  html: string;
  published: boolean;
}

export interface ArticleFields {
  isInternal: boolean;
  authorId: string;
  parentId: string | null;
  /** In the default locale. */
  main: ArticleContentFields;
  /** By locale, the default one left out. */
  translations: Record<string, ArticleContentFields>;
}

export interface ArticleView {
  id: string;
  /** Unix seconds. */
  createdAt: number;
  authorId: string;
  parentIds: string[];
  main: ArticleContentFields & { url: string | null };
  /** By locale; the default one may be among them. */
  translations: Record<string, ArticleContentFields & { url: string | null }>;
}

/** Writing and reading back a help centre. Every function throws CallFailure; reading answers null where there is none. */
export interface DestinationHelpCenter {
  helpCenter(): Promise<HelpCenterView | null>;
  collection(id: string): Promise<CollectionView | null>;
  collections(): AsyncIterable<CollectionView>;
  /** @param id of the one to change; null makes one */
  saveCollection(id: string | null, fields: CollectionFields): Promise<CollectionView>;
  article(id: string, isInternal: boolean): Promise<ArticleView | null>;
  /** The most recently changed first. */
  articles(isInternal: boolean): AsyncIterable<ArticleView>;
  /** @param id of the one to change; null makes one. Images are fetched by the destination as it is sent */
  saveArticle(id: string | null, fields: ArticleFields): Promise<ArticleView>;
  /** Within the address space of the help centre alone. */
  createRedirect(centerId: string, redirect: { from: string; locale: string; articleId: string }): Promise<void>;
}
