import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { listDocuments } from '../../operations/find-documents.js';
import type { GraphQLContext } from '../context.js';
import { DocumentType, toDocumentType } from '../types/document.js';
import { ProjectType } from '../types/project.js';

@Resolver(() => ProjectType)
export class DocumentResolver {
  @FieldResolver(() => [DocumentType], { description: 'Documents of the project, sorted by name.' })
  async documents(@Root() { project }: ProjectType, @Ctx() { reads }: GraphQLContext): Promise<DocumentType[]> {
    return (await reads.load(listDocuments, project.id)).map(toDocumentType);
  }
}
