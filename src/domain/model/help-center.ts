/** The help center of a workspace. */
export interface HelpCenterView {
  id: string;
  url: string | null;
  /** The enabled locales. */
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
  /** By locale, without the default locale. */
  translations: Record<string, ArticleContentFields>;
}

export interface ArticleView {
  id: string;
  /** Unix seconds. */
  createdAt: number;
  authorId: string;
  parentIds: string[];
  main: ArticleContentFields & { url: string | null };
  /** By locale. The default locale can be included. */
  translations: Record<string, ArticleContentFields & { url: string | null }>;
}

/** Writes and reads a help center. Every function throws CallFailure. Reads return null if the object does not exist. */
export interface DestinationHelpCenter {
  helpCenter(): Promise<HelpCenterView | null>;
  collection(id: string): Promise<CollectionView | null>;
  collections(): AsyncIterable<CollectionView>;
  /** @param id of the collection to change; null creates one */
  saveCollection(id: string | null, fields: CollectionFields): Promise<CollectionView>;
  article(id: string, isInternal: boolean): Promise<ArticleView | null>;
  /** The most recently changed first. */
  articles(isInternal: boolean): AsyncIterable<ArticleView>;
  /** @param id of the article to change; null creates one. The destination downloads images during the call */
  saveArticle(id: string | null, fields: ArticleFields): Promise<ArticleView>;
  /** Only for addresses of the help center itself. */
  createRedirect(centerId: string, redirect: { from: string; locale: string; articleId: string }): Promise<void>;
}
