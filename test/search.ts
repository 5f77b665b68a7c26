import type { Answer, TestClient } from './client.ts';

export interface FoundPage {
  edges: { cursor: string; node: { id: string; text: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
}

const query = `query (
  $words: String, $roomId: ID, $authorId: ID, $since: DateTime, $until: DateTime, $hasAttachment: Boolean, $first: Int!, $after: String
) {
  searchMessages(
    words: $words, roomId: $roomId, authorId: $authorId, since: $since, until: $until, hasAttachment: $hasAttachment, first: $first, after: $after
  ) { edges { cursor node { id text } } pageInfo { hasNextPage hasPreviousPage endCursor } }
}`;

/** A search of somebody, the first 100 unless it says otherwise. */
export function trySearch(client: TestClient, search: object): Promise<Answer> {
  return client.send(query, { first: 100, ...search });
}

export function search(client: TestClient, asked: object): Promise<FoundPage> {
  return client.run(query, { first: 100, ...asked });
}

/** The texts that a search finds, newest first. */
export async function findTexts(client: TestClient, asked: object): Promise<string[]> {
  return (await search(client, asked)).edges.map(({ node }) => node.text);
}

/** All pages of a search, with so many on each. */
export async function searchAll(
  client: TestClient,
  asked: object,
  first: number,
): Promise<{ id: string; text: string }[]> {
  const nodes: { id: string; text: string }[] = [];
  for (let after: string | null = null, hasNextPage = true; hasNextPage; ) {
    const page: FoundPage = await search(client, { ...asked, first, after });
    nodes.push(...page.edges.map(({ node }) => node));
    ({ endCursor: after, hasNextPage } = page.pageInfo);
  }
  return nodes;
}
