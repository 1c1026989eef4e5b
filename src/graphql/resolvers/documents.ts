import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { listDocuments } from '../../operations/find-documents.js';
import type { GraphQLContext } from '../context.js';
import { DocumentType, toDocumentType } from '../types/document.js';
import { ProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class ProjectDocumentsResolver {
  @FieldResolver(() => [DocumentType], { description: 'By their names.' })
  async documents(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<DocumentType[]> {
    return (await reads.load(listDocuments, project.id)).map(toDocumentType);
  }
}
