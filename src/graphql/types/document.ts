import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import type { DocumentKind } from '../../domain/model/document.js';
import { publicId } from '../../domain/model/ids.js';
import type { FoundDocument } from '../../operations/find-documents.js';
import { DocumentKindEnum } from './enums.js';
import { Node } from './node.js';

@ObjectType('Document', { implements: Node, description: 'A file for the customer. The same input gives the same bytes.' })
export class DocumentType extends Node {
  @Field(() => DocumentKindEnum)
  kind: DocumentKind;

  @Field({ description: 'Stable name, like a path: `production/recording-manifest.csv`.' })
  name: string;

  @Field()
  title: string;

  @Field()
  mediaType: string;

  @Field(() => GraphQLSafeInt)
  byteSize: number;

  @Field()
  sha256: string;

  @Field({ description: 'Link to the bytes. It is valid for 15 minutes, needs no key and accepts Range.' })
  downloadUrl: string;

  @Field()
  createdAt: Date;

  /** The resolver of `project` reads it. */
  projectId: string;
}

export function toDocumentType({ id, organizationId: _o, packingList: _l, ...rest }: FoundDocument): DocumentType {
  return Object.assign(new DocumentType(), { ...rest, id: publicId('Document', id) });
}
