import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reasonLimit } from '../../subgraphs/chat/audit/reason.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { createLink } from '../inviting.ts';
import { codesOf, mutate } from '../mutations.ts';
import { createWebhook } from '../webhooks.ts';

interface Entry {
  action: string;
  actor: { id: string };
  target: { id: string } | null;
  message: { id: string } | null;
  eventSeq: number | null;
  reason: string | null;
  until: string | null;
  fromRole: string | null;
  toRole: string | null;
  fields: string[] | null;
}

const selection = 'action actor { id } target { id } message { id } eventSeq reason until fromRole toRole fields';

describe('the record of what moderators do', () => {
  let stack: TestStack;
  let owner: TestClient;
  let moderator: TestClient;
  let member: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, moderator, member] = await Promise.all([
      stack.register('owner'),
      stack.register('moderator'),
      stack.register('member'),
    ]);
  });

  afterAll(() => stack?.stop());

  async function setScene(): Promise<string> {
    const roomId = await owner.createRoom();
    await Promise.all([moderator.joinRoom(roomId), member.joinRoom(roomId)]);
    await stack.databases.query('chat', "UPDATE room_member SET role = 'MODERATOR' WHERE user_id = $1", [
      moderator.userId,
    ]);
    return roomId;
  }

  const entriesOf = async (client: TestClient, roomId: string): Promise<Entry[] | null> => {
    const query = `query ($id: ID!) { room(id: $id) { moderationLog(first: 50) { nodes { ${selection} } } } }`;
    return (await client.run(query, { id: roomId }))?.moderationLog?.nodes ?? null;
  };

  const ask = (client: TestClient, roomId: string) =>
    mutate(client, 'requestToJoin', { roomId, clientRequestId: randomUUID() }, '');

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  it('has every use of a power over others, with who, to whom, why and when, newest first', async () => {
    const roomId = await setScene();
    const { userId } = member;
    const until = '2090-01-01T00:00:00.000Z';
    const { message } = await member.sendMessage(roomId, 'bad');
    await mutate(moderator, 'deleteMessage', { messageId: message.id, reason: 'against the rules' }, '');
    await mutate(moderator, 'muteMember', { roomId, userId, until, reason: 'to calm down' }, '');
    await mutate(moderator, 'unmuteMember', { roomId, userId }, '');
    await mutate(moderator, 'kickMember', { roomId, userId, reason: 'once' }, '');
    await mutate(moderator, 'banMember', { roomId, userId, reason: 'twice' }, '');
    await mutate(moderator, 'unbanMember', { roomId, userId }, '');
    await member.joinRoom(roomId);
    await mutate(owner, 'changeMemberRole', { roomId, userId, role: 'ADMIN' }, '');
    await mutate(owner, 'updateRoom', { roomId, name: 'New', settings: { slowModeSeconds: 5 } }, '');
    await mutate(owner, 'archiveRoom', { roomId }, '');
    await mutate(owner, 'restoreRoom', { roomId }, '');
    await mutate(owner, 'transferOwnership', { roomId, userId }, '');
    const entries = (await entriesOf(moderator, roomId)) ?? [];
    const nothing = { message: null, reason: null, until: null, fromRole: null, toRole: null, fields: null };
    const by = (client: TestClient, action: string, details: object = {}) => ({
      ...nothing,
      action,
      actor: { id: client.userId },
      target: { id: userId },
      eventSeq: expect.any(Number),
      ...details,
    });
    const ofRoom = (action: string, details: object = {}) => by(owner, action, { target: null, ...details });
    expect(entries).toEqual(
      [
        by(moderator, 'MESSAGE_DELETED', { message: { id: message.id }, reason: 'against the rules' }),
        by(moderator, 'MEMBER_MUTED', { until, reason: 'to calm down' }),
        by(moderator, 'MEMBER_UNMUTED'),
        by(moderator, 'MEMBER_KICKED', { reason: 'once' }),
        by(moderator, 'MEMBER_BANNED', { reason: 'twice' }),
        by(moderator, 'MEMBER_UNBANNED'),
        by(owner, 'ROLE_CHANGED', { fromRole: 'MEMBER', toRole: 'ADMIN' }),
        ofRoom('ROOM_UPDATED', { fields: ['name', 'slowModeSeconds'] }),
        ofRoom('ROOM_ARCHIVED'),
        ofRoom('ROOM_RESTORED'),
        by(owner, 'OWNERSHIP_TRANSFERRED'),
      ].reverse(),
    );
    const seqs = entries.map(({ eventSeq }) => eventSeq as number);
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
  });

  it('has webhooks, invitations of others and requests to join, with whose they were', async () => {
    const roomId = await setScene();
    const guest = await stack.register('guest');
    const { id: webhookId } = await createWebhook(owner, roomId);
    await mutate(owner, 'revokeWebhook', { webhookId }, '');
    const { invitation: ownOne } = await createLink(moderator, roomId);
    await mutate(moderator, 'revokeInvitation', { invitationId: ownOne.id }, '');
    const { invitation } = await createLink(member, roomId);
    for (const _ of ['once', 'and once more']) {
      await mutate(moderator, 'revokeInvitation', { invitationId: invitation.id }, '');
    }
    await mutate(owner, 'updateRoom', { roomId, settings: { joinPolicy: 'ON_REQUEST' } }, '');
    const decide = async (name: string) => {
      await ask(guest, roomId);
      for (const _ of ['once', 'and once more']) await mutate(moderator, name, { roomId, userId: guest.userId }, '');
    };
    await decide('declineJoinRequest');
    await decide('approveJoinRequest');
    const entries = (await entriesOf(owner, roomId)) ?? [];
    const shown = entries.map(({ action, actor, target, eventSeq }) => [action, actor.id, target?.id, eventSeq]);
    expect(shown.reverse()).toEqual([
      ['WEBHOOK_CREATED', owner.userId, undefined, 4],
      ['WEBHOOK_REVOKED', owner.userId, undefined, 5],
      ['INVITATION_REVOKED', moderator.userId, member.userId, null],
      ['ROOM_UPDATED', owner.userId, undefined, 6],
      ['JOIN_REQUEST_DECLINED', moderator.userId, guest.userId, null],
      ['JOIN_REQUEST_APPROVED', moderator.userId, guest.userId, 7],
    ]);
  });

  it('has nothing of what people do to themselves, of what changes nothing, and of what is refused', async () => {
    const roomId = await setScene();
    const { message } = await member.sendMessage(roomId, 'mine');
    await mutate(member, 'deleteMessage', { messageId: message.id, reason: 'a slip' }, '');
    await mutate(moderator, 'deleteMessage', { messageId: message.id }, '');
    await mutate(moderator, 'unmuteMember', { roomId, userId: member.userId }, '');
    await mutate(member, 'kickMember', { roomId, userId: moderator.userId, reason: 'no' }, '');
    await mutate(member, 'leaveRoom', { roomId }, '');
    expect(await entriesOf(owner, roomId)).toEqual([]);
  });

  it('has one entry when two moderators do the same at once', async () => {
    const roomId = await setScene();
    const kick = (client: TestClient) => mutate(client, 'kickMember', { roomId, userId: member.userId }, '');
    const answers = await Promise.all([kick(owner), kick(moderator)]);
    expect(answers.flatMap(codesOf)).toEqual(['MEMBER_NOT_FOUND']);
    expect(await entriesOf(owner, roomId)).toHaveLength(1);
  });

  it('is read by moderators and above', async () => {
    const roomId = await setScene();
    await mutate(owner, 'updateRoom', { roomId, name: 'New' }, '');
    expect(await entriesOf(moderator, roomId)).toHaveLength(1);
    for (const client of [member, await stack.register()]) expect(await entriesOf(client, roomId)).toBeNull();
  });

  it('shows reasons nowhere else, and keeps them sealed', async () => {
    const roomId = await setScene();
    const reason = 'a reason that only moderators read';
    const head = await member.headCursor(roomId);
    await mutate(moderator, 'muteMember', { roomId, userId: member.userId, reason }, '');
    const event = await member
      .subscribe(
        'subscription ($id: ID!, $after: String) { roomEvents(roomId: $id, after: $after) { __typename seq } }',
        {
          id: roomId,
          after: head,
        },
      )
      .next();
    await member.disconnect();
    expect(event.__typename).toBe('MemberMuted');
    const rows = await chat<{ row: string }>(
      `SELECT entry::text || encode(sealed_reason, 'escape') AS row FROM moderation_entry AS entry WHERE room_id = $1
       UNION ALL SELECT event::text FROM room_event AS event WHERE room_id = $1`,
      [roomId],
    );
    expect(rows.filter(({ row }) => row.includes(reason))).toEqual([]);
    expect((await entriesOf(owner, roomId))?.[0]?.reason).toBe(reason);
  });

  it('refuses a reason that is none', async () => {
    const roomId = await setScene();
    const { userId } = member;
    const { message } = await member.sendMessage(roomId, 'bad');
    for (const reason of ['', 'x'.repeat(reasonLimit + 1), 'a\u0000b', 'a\ud800']) {
      for (const name of ['kickMember', 'banMember', 'muteMember'])
        expect(codesOf(await mutate(moderator, name, { roomId, userId, reason }, ''))).toEqual(['REASON_INVALID']);
      const deletion = await mutate(moderator, 'deleteMessage', { messageId: message.id, reason }, '');
      expect(codesOf(deletion)).toEqual(['REASON_INVALID']);
    }
    expect(await entriesOf(owner, roomId)).toEqual([]);
  });

  it('can not be changed, deleted or emptied, and goes with its room', async () => {
    const roomId = await setScene();
    await mutate(owner, 'updateRoom', { roomId, name: 'New' }, '');
    const refused = /never changed/;
    await expect(chat('UPDATE moderation_entry SET actor_id = target_id')).rejects.toThrow(refused);
    await expect(chat('DELETE FROM moderation_entry WHERE room_id = $1', [roomId])).rejects.toThrow(refused);
    await expect(chat('TRUNCATE moderation_entry')).rejects.toThrow(refused);
    expect(await entriesOf(owner, roomId)).toHaveLength(1);
    await mutate(owner, 'deleteRoom', { roomId }, '');
    await expect.poll(() => chat('SELECT FROM moderation_entry WHERE room_id = $1', [roomId])).toEqual([]);
  });

  it('comes in pages whose cursors belong to their room', async () => {
    const roomId = await setScene();
    for (const name of ['One', 'Two', 'Three']) await mutate(owner, 'updateRoom', { roomId, name }, '');
    const query = `query ($id: ID!, $after: String) { room(id: $id) {
      moderationLog(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`;
    const first = (await owner.run(query, { id: roomId })).moderationLog;
    const second = (await owner.run(query, { id: roomId, after: first.pageInfo.endCursor })).moderationLog;
    expect(new Set([...first.nodes, ...second.nodes].map(({ id }) => id)).size).toBe(3);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const { errors } = await owner.send(query, { id: await setScene(), after: first.pageInfo.endCursor });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});
