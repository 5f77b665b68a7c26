import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { TestClient } from './client.ts';
import { eventually, type TestDatabases, type TestStack } from './harness.ts';
import { codesOf, mutate } from './mutations.ts';

/** Does something of which nothing but the user errors matters. */
export async function act(client: TestClient, name: string, input: object): Promise<string[]> {
  return codesOf(await mutate(client, name, input, ''));
}

export function createLink(client: TestClient, roomId: string, input: object = {}) {
  const selection = 'invitation { id code maxUses useCount expiresAt revokedAt }';
  return mutate(client, 'createInvitation', { roomId, clientInvitationId: randomUUID(), ...input }, selection);
}

export function invite(client: TestClient, roomId: string, who: TestClient, clientInvitationId: string = randomUUID()) {
  const input = { roomId, userId: who.userId, clientInvitationId };
  return mutate(client, 'inviteUser', input, 'invitation { id code maxUses }');
}

export function accept(client: TestClient, input: object): Promise<string[]> {
  return act(client, 'acceptInvitation', input);
}

/** What the holder of a link sees of its room. */
export function preview(client: TestClient, code: string) {
  return client.run(
    `query ($code: String!) { invitation(code: $code) {
       roomId name topic kind memberCount expiresAt invitedBy { username } } }`,
    { code },
  );
}

/** The open invitations of a client. */
export async function received(client: TestClient) {
  const { roomInvitations } = await client.run(`{ viewer { roomInvitations(first: 100) { nodes {
    id code room { id } preview { roomId name invitedBy { username } } createdBy { username } } } } }`);
  return roomInvitations.nodes;
}

/** Somebody of whom chat has heard, as only they can be invited. */
export async function registerKnown(stack: TestStack, name?: string): Promise<TestClient> {
  const client = await stack.register(name);
  await eventually(async () => {
    const find = 'SELECT FROM account_handle WHERE user_id = $1';
    expect(await stack.databases.query('chat', find, [client.userId])).toHaveLength(1);
  });
  return client;
}

/** A private room of the owner's in which somebody else is a member. */
export async function openPrivateRoom(
  databases: TestDatabases,
  owner: TestClient,
  member: TestClient,
  name = 'Room',
): Promise<string> {
  const roomId = await owner.createRoom('PRIVATE', name);
  const { invitation } = await createLink(owner, roomId, { maxUses: 1 });
  expect(await accept(member, { code: invitation.code })).toEqual([]);
  await databases.query('chat', 'DELETE FROM invitation WHERE room_id = $1', [roomId]);
  return roomId;
}
