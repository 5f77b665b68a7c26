import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Action, directActions, permissions, type Role, roles, roomKinds } from '../../subgraphs/chat/policy.ts';
import { describePermissions, permissionsPath } from '../../tools/permissions.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';
import { everyWay, type ReadableRoom, tryToRead, type WaysToRead } from '../ways-to-read.ts';

interface Cell {
  actor: TestClient;
  roomId: string;
  /** A message of the actor's when the action is about one's own, and of the target's otherwise. */
  messageId: string;
  /** An open report of a message of the target's. */
  reportId: string;
  /** A read-only member. */
  target: TestClient;
  /** Somebody who is banned, and had asked to join before. */
  outcast: TestClient;
  /** An invitation by the actor when the action is about one's own, and by the target otherwise. */
  invitationId: string;
  /** Sends a message, and tries every way to the room and to it as the actor. */
  tryToRead(): Promise<WaysToRead>;
  /** Lets visitors ask where they could join. */
  takeRequests(): Promise<void>;
  /** That of the actor. */
  role: Role;
}

/** Nobody may export many rooms at once. */
const oneExport = pLimit(1);

/** Does each action, and resolves to whether it was allowed. An action without a way to try it does not compile. */
const attempts: Record<Action, (cell: Cell) => Promise<boolean>> = {
  // All ways agree, but that a search which names no room is one of the rooms that somebody is in.
  'room:read': async ({ role, tryToRead }) => {
    const ways = await tryToRead();
    const isMember = role !== 'VISITOR' && role !== 'BANNED';
    expect(ways).toEqual({ ...everyWay(ways.room), searchEverywhere: ways.room && isMember });
    return ways.room;
  },
  'members:list': async ({ actor, roomId }) => ((await look(actor, roomId))?.members.nodes.length ?? 0) > 0,
  'bans:list': async ({ actor, roomId }) => ((await look(actor, roomId))?.bans.nodes.length ?? 0) > 0,
  'room:join': ({ actor, roomId }) => tries(actor, 'joinRoom', { roomId }),
  // Who is no member of a public room has nothing to leave and gets the answer of somebody who has left.
  'room:leave': async ({ actor, roomId, role, target }) => {
    if (role === 'OWNER') await tries(actor, 'transferOwnership', { roomId, userId: target.userId });
    const wasMember = (await look(actor, roomId))?.viewerRole != null;
    await tries(actor, 'leaveRoom', { roomId });
    return wasMember && (await look(actor, roomId))?.viewerRole == null;
  },
  'invitation:create': ({ actor, roomId }) =>
    tries(actor, 'createInvitation', { roomId, clientInvitationId: 'another' }),
  'invitation:revoke-own': ({ actor, invitationId }) => tries(actor, 'revokeInvitation', { invitationId }),
  'invitation:revoke-any': ({ actor, invitationId }) => tries(actor, 'revokeInvitation', { invitationId }),
  'invitations:list': async ({ actor, roomId }) => (await lookInside(actor, roomId, 'invitations')) > 0,
  'join-request:create': async ({ actor, roomId, takeRequests }) => {
    await takeRequests();
    return tries(actor, 'requestToJoin', { roomId, clientRequestId: 'a' });
  },
  'join-request:decide': ({ actor, roomId, outcast }) =>
    tries(actor, 'declineJoinRequest', { roomId, userId: outcast.userId }),
  'join-requests:list': async ({ actor, roomId }) => (await lookInside(actor, roomId, 'joinRequests')) > 0,
  'message:send': ({ actor, roomId }) => tries(actor, 'sendMessage', { roomId, text: 'hello', clientMessageId: 'a' }),
  'draft:save': ({ actor, roomId }) => tries(actor, 'saveDraft', { roomId, deviceId: 'phone', text: 'hello' }),
  // Sent it is, by whoever may send: then it stands for nothing.
  'message:mention-room': async ({ actor, roomId }) => {
    const input = { roomId, text: 'hello @room', clientMessageId: 'a' };
    const { message } = await mutate(actor, 'sendMessage', input, 'message { mentionsRoom }');
    return message?.mentionsRoom ?? false;
  },
  'message:edit-own': ({ actor, messageId }) => tries(actor, 'editMessage', { messageId, text: 'new' }),
  'message:delete-own': ({ actor, messageId }) => tries(actor, 'deleteMessage', { messageId }),
  'message:delete-any': ({ actor, messageId }) => tries(actor, 'deleteMessage', { messageId }),
  'message:react': ({ actor, messageId }) => tries(actor, 'addReaction', { messageId, emoji: '👍' }),
  'message:pin': ({ actor, messageId }) => tries(actor, 'pinMessage', { messageId }),
  'message:report': ({ actor, messageId }) =>
    tries(actor, 'reportMessage', { messageId, reason: 'SPAM', clientReportId: messageId }),
  'report:review': async ({ actor, roomId }) => (await look(actor, roomId))?.reports != null,
  'report:resolve': ({ actor, reportId }) => tries(actor, 'resolveReport', { reportId, resolution: 'DISMISSED' }),
  'moderation-log:read': async ({ actor, roomId }) => (await look(actor, roomId))?.moderationLog != null,
  'webhook:manage': ({ actor, roomId }) =>
    tries(actor, 'createWebhook', { roomId, name: 'Builds', clientWebhookId: 'a' }),
  'room:export': async ({ actor, roomId }) => {
    const headers = { authorization: `Bearer ${actor.accessToken}` };
    const status = await oneExport(async () => {
      const response = await fetch(new URL(`/rooms/${roomId}/export`, actor.url), { headers });
      await response.arrayBuffer();
      return response.status;
    });
    expect([200, 403, 404]).toContain(status);
    return status === 200;
  },
  'read-mark:move': ({ actor, roomId }) => tries(actor, 'markRoomRead', { roomId, seq: 1 }),
  'receipts:list': async ({ actor, roomId, target }) => {
    await tries(target, 'markRoomRead', { roomId, seq: 1 });
    const room = await actor.run('query ($id: ID!) { room(id: $id) { readReceipts(first: 5) { nodes { seq } } } }', {
      id: roomId,
    });
    return (room?.readReceipts.nodes.length ?? 0) > 0;
  },
  'signals:follow': async ({ actor, roomId, messageId, target }) => {
    const query = 'subscription ($roomId: ID!) { roomSignals(roomId: $roomId) { userId } }';
    const subscription = actor.subscribe(query, { roomId });
    const following = { isDecided: false };
    const decision = subscription.next().then(
      () => true,
      () => false,
    );
    void decision.finally(() => Object.assign(following, { isDecided: true }));
    while (!following.isDecided) {
      await tries(target, 'markRoomUnread', { roomId, fromMessageId: messageId });
      await tries(target, 'markRoomRead', { roomId, seq: 1 });
    }
    subscription.stop();
    return decision;
  },
  'member:change-role': ({ actor, roomId, target }) =>
    tries(actor, 'changeMemberRole', { roomId, userId: target.userId, role: 'MEMBER' }),
  'member:kick': ({ actor, roomId, target }) => tries(actor, 'kickMember', { roomId, userId: target.userId }),
  'member:ban': ({ actor, roomId, target }) => tries(actor, 'banMember', { roomId, userId: target.userId }),
  'member:unban': ({ actor, roomId, outcast }) => tries(actor, 'unbanMember', { roomId, userId: outcast.userId }),
  'member:mute': ({ actor, roomId, target }) => tries(actor, 'muteMember', { roomId, userId: target.userId }),
  'member:unmute': ({ actor, roomId, target }) => tries(actor, 'unmuteMember', { roomId, userId: target.userId }),
  'room:transfer': ({ actor, roomId, target }) => tries(actor, 'transferOwnership', { roomId, userId: target.userId }),
  'room:update': ({ actor, roomId }) => tries(actor, 'updateRoom', { roomId, name: 'New' }),
  'room:archive': ({ actor, roomId }) => tries(actor, 'archiveRoom', { roomId }),
  'room:restore': ({ actor, roomId }) => tries(actor, 'restoreRoom', { roomId }),
  'room:delete': ({ actor, roomId }) => tries(actor, 'deleteRoom', { roomId }),
};

/** Refusals of the policy; any other user error would be a mistake of the test. */
const refusals = [
  ...['NOT_ALLOWED', 'NOT_A_MEMBER', 'ALREADY_A_MEMBER', 'BANNED'],
  ...['ROOM_NOT_FOUND', 'MESSAGE_NOT_FOUND', 'INVITATION_NOT_FOUND', 'REPORT_NOT_FOUND'],
];

const isInserted = (role: Role) => !['VISITOR', 'BANNED', 'OWNER'].includes(role);

/** Who is in a room and who is banned, somebody who had asked to join, a message, a report of it and an invitation. */
const scenery = `
  WITH members AS (
    INSERT INTO room_member (room_id, user_id, role, joined_at, read_message_number)
    SELECT $1::uuid, user_id, role::member_role, now(), 0 FROM unnest($3::uuid[], $4::text[]) AS given(user_id, role)
  ), bans AS (
    INSERT INTO room_ban (room_id, user_id, banned_at) SELECT $1::uuid, user_id, now() FROM unnest($5::uuid[]) AS given(user_id)
  ), requests AS (
    INSERT INTO join_request (room_id, user_id, id, requested_at, client_request_id)
    VALUES ($1::uuid, $8::uuid, $8::uuid, now(), 'inserted')
  ), messages AS (
    INSERT INTO message (room_id, seq, id, author_id, client_message_id, number, created_at)
    VALUES ($1::uuid, 1, $9::uuid, $6::uuid, 'inserted', 1, now())
  ), reports AS (
    INSERT INTO report (id, room_id, message_seq, message_id, author_id, client_report_id, reason, created_at)
    VALUES ($10::uuid, $1::uuid, 1, $9::uuid, $7::uuid, 'inserted', 'SPAM', now())
  ), invitations AS (
    INSERT INTO invitation (room_id, id, created_by_id, client_invitation_id, created_at, expires_at)
    VALUES ($1::uuid, $11::uuid, $6::uuid, 'inserted', now(), now() + interval '1 day')
  )
  UPDATE room SET kind = $2::room_kind, who_may_pin = 'MEMBER' WHERE id = $1::uuid`;

async function tries(client: TestClient, name: string, input: object): Promise<boolean> {
  const [code] = codesOf(await mutate(client, name, input, ''));
  if (code !== undefined) expect(refusals).toContain(code);
  return code === undefined;
}

function look(client: TestClient, id: string) {
  const selection = `viewerRole members(first: 5) { nodes { role } } bans(first: 5) { nodes { bannedAt } }
    reports(first: 1) { nodes { id } } moderationLog(first: 1) { nodes { id } }`;
  return client.run(`query ($id: ID!) { room(id: $id) { ${selection} } }`, { id });
}

/** How many entries of a list of a room somebody sees. */
async function lookInside(client: TestClient, id: string, list: 'invitations' | 'joinRequests'): Promise<number> {
  const room = await client.run(`query ($id: ID!) { room(id: $id) { ${list}(first: 5) { edges { cursor } } } }`, {
    id,
  });
  return room?.[list].edges.length ?? 0;
}

describe('docs/PERMISSIONS.md', () => {
  it('is what `node tools/permissions.ts` makes', () => {
    expect(readFileSync(permissionsPath, 'utf8')).toBe(describePermissions());
  });
});

describe.each(roomKinds)('who may do what in a room that is %s', (kind) => {
  let stack: TestStack;
  let owner: TestClient;
  let actor: TestClient;
  let target: TestClient;
  let outcast: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, actor, target, outcast] = await Promise.all([
      stack.register('owner'),
      stack.register('actor'),
      stack.register('target'),
      stack.register('outcast'),
    ]);
  });

  afterAll(() => stack?.stop());

  /**
   * A room in which the actor is what the cell says, with what an action could be done to. Only the room itself is opened as
   * people do, for its key; the scenery is one statement.
   */
  async function setScene(role: Role, isOwn: boolean) {
    const roomId = await (role === 'OWNER' ? actor : owner).createRoom();
    const author = isOwn ? actor : target;
    const members = { [target.userId]: 'READ_ONLY', ...(isInserted(role) && { [actor.userId]: role }) };
    const banned = [outcast.userId, ...(role === 'BANNED' ? [actor.userId] : [])];
    const [messageId, reportId, invitationId] = [randomUUID(), randomUUID(), randomUUID()];
    const people = [Object.keys(members), Object.values(members), banned, author.userId, target.userId, outcast.userId];
    const values = [roomId, kind, ...people, messageId, reportId, invitationId];
    await stack.databases.query('chat', scenery, values);
    return { roomId, messageId, reportId, invitationId };
  }

  /** A message by whoever has opened the room. */
  async function sendReadable(opener: TestClient, roomId: string): Promise<ReadableRoom> {
    const word = `needle${randomUUID().replaceAll('-', '')}`;
    const { message } = await opener.sendMessage(roomId, `a ${word}`);
    return { roomId, messageId: message.id, word };
  }

  const cells = (Object.keys(permissions) as Action[]).flatMap((action) =>
    roles.map((role) => {
      const allowed: readonly Role[] = permissions[action];
      const isMember = role !== 'VISITOR' && role !== 'BANNED';
      const isDone = kind !== 'DIRECT' || directActions.has(action);
      const expected = isDone && allowed.includes(role) && (kind === 'PUBLIC' || isMember);
      return { action, role, expected, verdict: expected ? 'allowed' : 'refused' };
    }),
  );

  // Each cell has a room of its own, and so several can be tried at once.
  it.concurrent.each(cells)('$action is $verdict to $role', async ({ action, role, expected }) => {
    const scene = await setScene(role, action.endsWith('-own'));
    const takeRequests = async () =>
      void (await stack.databases.query('chat', "UPDATE room SET join_policy = 'ON_REQUEST' WHERE id = $1", [
        scene.roomId,
      ]));
    const opener = role === 'OWNER' ? actor : owner;
    const tryThis = async () => tryToRead(actor, stack.subgraphs.chat.url, await sendReadable(opener, scene.roomId));
    const cell = { ...scene, actor, target, outcast, role, takeRequests, tryToRead: tryThis };
    expect(await attempts[action](cell)).toBe(expected);
  });

  it('is shown to a removed member as to a visitor, and to a banned one in no way', async () => {
    const room = await sendReadable(owner, (await setScene('MEMBER', false)).roomId);
    const ways = () => tryToRead(actor, stack.subgraphs.chat.url, room);
    expect(await ways()).toEqual(everyWay(true));
    const values = [room.roomId, actor.userId];
    await stack.databases.query('chat', 'DELETE FROM room_member WHERE room_id = $1 AND user_id = $2', values);
    expect(await ways()).toEqual({ ...everyWay(kind === 'PUBLIC'), searchEverywhere: false });
    await stack.databases.query('chat', 'INSERT INTO room_ban VALUES ($1, $2, now())', values);
    expect(await ways()).toEqual(everyWay(false));
  });
});
