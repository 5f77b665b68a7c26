import type { TestClient } from './client.ts';
import { askSubgraph, viewerWith } from './past-the-router.ts';
import { findTexts } from './search.ts';

/** A room with a message that was sent there, and a word of its text that no other message has. */
export interface ReadableRoom {
  roomId: string;
  messageId: string;
  word: string;
}

/** Each way to come to a room or to one of its messages, and whether it shows them. */
export interface WaysToRead {
  room: boolean;
  roomReference: boolean;
  messageReference: boolean;
  searchInRoom: boolean;
  searchEverywhere: boolean;
}

export function everyWay(isOpen: boolean): WaysToRead {
  return {
    room: isOpen,
    roomReference: isOpen,
    messageReference: isOpen,
    searchInRoom: isOpen,
    searchEverywhere: isOpen,
  };
}

/** Tries them all: the router, chat itself as the router asks it for what another subgraph refers to, and search. */
export async function tryToRead(client: TestClient, chatUrl: string, room: ReadableRoom): Promise<WaysToRead> {
  const { roomId, messageId, word } = room;
  const references = await readReferences(client.userId, chatUrl, [
    { __typename: 'Room', id: roomId },
    { __typename: 'Message', id: messageId },
  ]);
  const shown = await client.run('query ($id: ID!) { room(id: $id) { id } }', { id: roomId });
  return {
    room: shown !== null,
    roomReference: references[0] !== null,
    messageReference: references[1] !== null,
    searchInRoom: (await findTexts(client, { words: word, roomId })).length > 0,
    searchEverywhere: (await findTexts(client, { words: word })).length > 0,
  };
}

async function readReferences(userId: string, chatUrl: string, representations: object[]): Promise<unknown[]> {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Room { id name } ... on Message { id text } } }`;
  const viewer = viewerWith(userId, ['chat:read', 'chat:write']);
  const { data, errors } = await askSubgraph({ url: chatUrl }, viewer, query, { representations });
  if (errors) throw new Error(JSON.stringify(errors));
  return data._entities;
}
