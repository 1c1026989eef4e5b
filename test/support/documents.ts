import { expect } from 'vitest';
import { graphql } from './generated/gql.js';
import type { DocumentsOfQuery } from './generated/graphql.js';
import type { Partner } from './server.js';

const documentsOfQuery = graphql(`
  query DocumentsOf($id: ID!) {
    project(id: $id) { documents { kind name title mediaType byteSize sha256 downloadUrl createdAt } }
  }
`);

export type DocumentView = NonNullable<DocumentsOfQuery['project']>['documents'][number];

export async function documents(partner: Partner, projectId: string): Promise<DocumentView[]> {
  return (await partner.query(documentsOfQuery, { id: projectId })).project!.documents;
}

export async function documentNamed(partner: Partner, projectId: string, name: string): Promise<DocumentView> {
  const found = (await documents(partner, projectId)).find(each => each.name === name);
  expect(found, name).toBeDefined();
  return found!;
}

export async function textOf(partner: Partner, projectId: string, name: string): Promise<string> {
  return (await fetch((await documentNamed(partner, projectId, name)).downloadUrl)).text();
}
