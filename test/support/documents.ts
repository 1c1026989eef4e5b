import { expect } from 'vitest';
import type { Partner } from './server.js';

export interface DocumentView {
  kind: string;
  name: string;
  title: string;
  mediaType: string;
  byteSize: number;
  sha256: string;
  downloadUrl: string;
  createdAt: string;
}

export async function documents(partner: Partner, projectId: string): Promise<DocumentView[]> {
  const { data, errors } = await partner.ask(
    `{ project(id: "${projectId}") { documents { kind name title mediaType byteSize sha256 downloadUrl createdAt } } }`,
  );
  expect(errors).toBeUndefined();
  return data.project.documents;
}

export async function documentNamed(partner: Partner, projectId: string, name: string): Promise<DocumentView> {
  const found = (await documents(partner, projectId)).find(each => each.name === name);
  expect(found, name).toBeDefined();
  return found!;
}

export async function textOf(partner: Partner, projectId: string, name: string): Promise<string> {
  return (await fetch((await documentNamed(partner, projectId, name)).downloadUrl)).text();
}
