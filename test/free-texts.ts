import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Kind, parse, type TypeNode } from 'graphql';
import { expect } from 'vitest';
import type { TestClient } from './client.ts';
import { codesOf, mutate } from './mutations.ts';

/** Where to write a marker, and who may. */
export interface MarkerScene {
  /** The owner of the room. */
  user: TestClient;
  roomId: string;
  /** A message of the user's. */
  messageId: string;
  marker: string;
}

async function write(user: TestClient, name: string, input: object, selection = ''): Promise<void> {
  expect({ name, codes: codesOf(await mutate(user, name, input, selection)) }).toEqual({ name, codes: [] });
}

const attach = ({ user, roomId }: MarkerScene, attachment: object) =>
  write(user, 'sendMessage', {
    roomId,
    text: '',
    clientMessageId: randomUUID(),
    attachments: [{ url: 'https://example.org/a', name: 'a', contentType: 'a/b', sizeBytes: 1, ...attachment }],
  });

/** Every input of chat in which people write what they like, as `Input.field`, and how to write a marker there. */
export const freeTexts: Record<string, (scene: MarkerScene) => Promise<void>> = {
  'CreateRoomInput.name': ({ user, marker }) => write(user, 'createRoom', { kind: 'PUBLIC', name: `new ${marker}` }),
  'UpdateRoomInput.name': ({ user, roomId, marker }) => write(user, 'updateRoom', { roomId, name: `name ${marker}` }),
  'UpdateRoomInput.topic': ({ user, roomId, marker }) => write(user, 'updateRoom', { roomId, topic: `of ${marker}` }),
  'UpdateRoomInput.avatarUrl': ({ user, roomId, marker }) =>
    write(user, 'updateRoom', { roomId, avatarUrl: `https://example.org/${marker}` }),
  'SendMessageInput.text': ({ user, roomId, marker }) =>
    write(user, 'sendMessage', { roomId, text: `text ${marker}`, clientMessageId: randomUUID() }),
  'EditMessageInput.text': async ({ user, messageId, marker }) => {
    // The second edit keeps the text of the first as one that was replaced.
    await write(user, 'editMessage', { messageId, text: `first ${marker}` });
    await write(user, 'editMessage', { messageId, text: `second ${marker}` });
  },
  'AttachmentInput.url': (scene) => attach(scene, { url: `https://example.org/${scene.marker}` }),
  'AttachmentInput.name': (scene) => attach(scene, { name: `file ${scene.marker}.pdf` }),
  'AttachmentInput.contentType': (scene) => attach(scene, { contentType: `image/${scene.marker}` }),
};

/** Inputs of type `String` that no person writes freely, and why each may be stored as it is. */
export const notFreeTexts: Record<string, string> = {
  'SendMessageInput.clientMessageId': 'a name that a program makes up',
  'ForwardMessageInput.clientMessageId': 'a name that a program makes up',
  'AddReactionInput.emoji': 'one of the emoji of Unicode',
  'RemoveReactionInput.emoji': 'one of the emoji of Unicode',
};

/** Other ways in which a text comes to a new place: copies, and events that carry it. */
export async function moveTexts({ user, roomId, messageId }: MarkerScene): Promise<void> {
  await write(user, 'forwardMessage', { messageId, roomId, clientMessageId: randomUUID() });
  await write(user, 'pinMessage', { messageId });
}

/** The inputs of chat's mutations that take a text, as `Input.field`. */
export function findTextInputs(): string[] {
  const schema = parse(readFileSync(new URL('../subgraphs/chat/schema.graphql', import.meta.url), 'utf8'));
  return schema.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return [];
    const texts = (definition.fields ?? []).filter(({ type }) => nameOf(type) === 'String');
    return texts.map((field) => `${definition.name.value}.${field.name.value}`);
  });
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
