import { type Fields, objectsIn, textOf } from '../../../domain/model/record-fields.js';
import type { ArticleShape, ArticleVersion, CategoryShape, CategoryText } from '../../../domain/model/source-shapes.js';

const categoryText = ({ language, name, description }: Fields): CategoryText => ({
  language: textOf(language),
  name: textOf(name),
  description: textOf(description),
});

export const categoryOf = (category: Fields): CategoryShape => ({
  ...categoryText(category),
  parentId: textOf(category.parentId),
  order: category.order,
  translations: objectsIn(category.translations).map(categoryText),
});

const versionOf = ({ language, title, html, url, status }: Fields): ArticleVersion => ({
  language: textOf(language),
  title: textOf(title),
  html: textOf(html),
  url: textOf(url),
  status: status === undefined || status === null ? null : textOf(status),
});

export const articleOf = (article: Fields): ArticleShape => ({
  ...versionOf(article),
  isInternal: article.isInternal === true,
  authorId: textOf(article.authorId),
  categoryId: textOf(article.categoryId),
  order: article.order,
  createdDate: article.createdDate,
  updatedDate: article.updatedDate,
  translations: objectsIn(article.translations).map(versionOf),
});
