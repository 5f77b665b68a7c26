import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinRequestLimit } from '../../subgraphs/chat/join-requests/service.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { codesOf, mutate } from '../mutations.ts';

const events = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
  __typename ... on MemberJoined { userId actorId invitedBy { username } } ... on RoomUpdated { fields } } }`;

describe('requests to join', () => {
  let stack: TestStack;
  let owner: TestClient;
  let moderator: TestClient;
  let asker: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, moderator, asker] = await Promise.all([
      stack.register('owner'),
      stack.register('moderator'),
      stack.register('asker'),
    ]);
  });

  afterAll(() => stack?.stop());

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  const act = async (client: TestClient, name: string, input: object): Promise<string[]> =>
    codesOf(await mutate(client, name, input, ''));

  const ask = (client: TestClient, roomId: string, text?: string, clientRequestId: string = randomUUID()) =>
    mutate(
      client,
      'requestToJoin',
      { roomId, text, clientRequestId },
      'joinRequest { id text requestedAt endedAt user { username } }',
    );

  const approve = (client: TestClient, roomId: string, who: TestClient) =>
    act(client, 'approveJoinRequest', { roomId, userId: who.userId });

  const look = (client: TestClient, id: string) =>
    client.run(
      `query ($id: ID!) { room(id: $id) { viewerRole settings { joinPolicy } viewerJoinRequest { text }
         joinRequests(first: 10) { nodes { text user { username } } } } }`,
      { id },
    );

  /** A public room that people have to ask for, with a moderator. */
  async function openRoom(): Promise<string> {
    const roomId = await owner.createRoom();
    await moderator.joinRoom(roomId);
    await act(owner, 'changeMemberRole', { roomId, userId: moderator.userId, role: 'MODERATOR' });
    expect(await act(owner, 'updateRoom', { roomId, settings: { joinPolicy: 'ON_REQUEST' } })).toEqual([]);
    return roomId;
  }

  const requestsIn = async (roomId: string) =>
    (
      await chat<{ id: string }>('SELECT user_id AS id FROM join_request WHERE room_id = $1 AND ended_at IS NULL', [
        roomId,
      ])
    ).map(({ id }) => id);

  it('are what a room takes whose setting says so, which is an event; members notice nothing, visitors read on', async () => {
    const roomId = await owner.createRoom();
    expect(codesOf(await ask(asker, roomId))).toEqual(['JOIN_NEEDS_NO_REQUEST']);
    await moderator.joinRoom(roomId);
    await owner.sendMessage(roomId, 'readable');
    const after = await owner.headCursor(roomId);
    await act(owner, 'updateRoom', { roomId, settings: { joinPolicy: 'ON_REQUEST' } });
    expect(await owner.subscribe(events, { roomId, after }).next()).toEqual({
      __typename: 'RoomUpdated',
      fields: ['joinPolicy'],
    });
    expect((await look(asker, roomId)).settings).toEqual({ joinPolicy: 'ON_REQUEST' });
    expect(codesOf(await asker.joinRoom(roomId))).toEqual(['JOIN_NEEDS_REQUEST']);
    expect(codesOf(await moderator.joinRoom(roomId))).toEqual([]);
    const read = 'query ($id: ID!) { room(id: $id) { messages(last: 1) { nodes { text } } } }';
    expect((await asker.run(read, { id: roomId })).messages.nodes).toEqual([{ text: 'readable' }]);
    await act(owner, 'updateRoom', { roomId, settings: { joinPolicy: 'OPEN' } });
    expect(codesOf(await asker.joinRoom(roomId))).toEqual([]);
  });

  it('are shown to who asked and to moderators, and to nobody else', async () => {
    const roomId = await openRoom();
    const [visitor, member] = await Promise.all([stack.register('visitor'), stack.register('member')]);
    await ask(member, roomId);
    expect(await approve(moderator, roomId, member)).toEqual([]);
    const { joinRequest } = await ask(asker, roomId, 'Please.\r\nI am kind.');
    expect(joinRequest).toMatchObject({ text: 'Please.\nI am kind.', user: { username: asker.username } });
    const text = 'Please.\nI am kind.';
    const shown = [{ text, user: { username: asker.username } }];
    for (const client of [owner, moderator]) expect((await look(client, roomId)).joinRequests.nodes).toEqual(shown);
    expect(await look(asker, roomId)).toMatchObject({ viewerJoinRequest: { text }, joinRequests: { nodes: [] } });
    for (const client of [visitor, member]) {
      expect(await look(client, roomId)).toMatchObject({ viewerJoinRequest: null, joinRequests: { nodes: [] } });
    }
    expect((await look(stack.guest, roomId)) ?? null).toBeNull();
  });

  it('are open once for each person', async () => {
    const roomId = await openRoom();
    const asked = await Promise.all(['one', 'two', 'three'].map((text) => ask(asker, roomId, text)));
    expect(asked.flatMap(codesOf)).toEqual(Array(2).fill('ALREADY_REQUESTED'));
    expect(asked.filter(({ joinRequest }) => joinRequest !== null)).toHaveLength(1);
    expect(await requestsIn(roomId)).toEqual([asker.userId]);
    for (const _ of [1, 2]) expect(await act(asker, 'withdrawJoinRequest', { roomId })).toEqual([]);
    expect(await requestsIn(roomId)).toEqual([]);
    expect((await ask(asker, roomId, 'again')).joinRequest.text).toBe('again');
    for (const _ of [1, 2]) {
      expect(await act(moderator, 'declineJoinRequest', { roomId, userId: asker.userId })).toEqual([]);
    }
    expect((await look(asker, roomId)).viewerJoinRequest).toBeNull();
    expect(await approve(moderator, roomId, asker)).toEqual(['JOIN_REQUEST_NOT_FOUND']);
  });

  it('are the first one for every retry, also when they race, and whatever has become of it', async () => {
    const [roomId, name] = [await openRoom(), 'the-same'];
    const retry = (text = 'retried') => ask(asker, roomId, text, name);
    const asked = await Promise.all(['one', 'two', 'three'].map(retry));
    expect(asked.flatMap(codesOf)).toEqual([]);
    const first = asked[0]?.joinRequest;
    for (const { joinRequest } of asked) expect(joinRequest).toEqual(first);
    expect(await requestsIn(roomId)).toEqual([asker.userId]);
    await act(moderator, 'declineJoinRequest', { roomId, userId: asker.userId });
    const ended = { ...first, text: null, endedAt: expect.any(String) };
    expect((await retry()).joinRequest).toEqual(ended);
    expect((await look(asker, roomId)).viewerJoinRequest).toBeNull();
    expect(await approve(moderator, roomId, asker)).toEqual(['JOIN_REQUEST_NOT_FOUND']);
    // Another name is another request.
    const second = (await ask(asker, roomId)).joinRequest;
    expect(second).toMatchObject({ text: null, endedAt: null });
    expect(second.id).not.toBe(first.id);
    expect(await approve(moderator, roomId, asker)).toEqual([]);
    for (const change of ['none', 'kickMember', 'banMember']) {
      if (change !== 'none') await act(owner, change, { roomId, userId: asker.userId });
      expect((await retry()).joinRequest).toEqual(ended);
    }
    expect(await requestsIn(roomId)).toEqual([]);
    // The same name in another room, or of another person, is another's.
    expect((await ask(asker, await openRoom(), 'text', name)).joinRequest.id).not.toBe(first.id);
    expect((await ask(await stack.register(), roomId, 'text', name)).joinRequest.id).not.toBe(first.id);
  });

  it.each(['', ' ', 'ä', 'two words', 'x'.repeat(65)])('can not be named "%s"', async (name) => {
    expect((await ask(asker, await openRoom(), 'text', name)).userErrors).toMatchObject([
      { code: 'CLIENT_REQUEST_ID_INVALID' },
    ]);
  });

  it('make members when they are approved, which the log tells with whose doing it was', async () => {
    const roomId = await openRoom();
    await ask(asker, roomId);
    const after = await owner.headCursor(roomId);
    const input = { roomId, userId: asker.userId };
    const { member } = await mutate(moderator, 'approveJoinRequest', input, 'member { role user { username } }');
    expect(member).toEqual({ role: 'MEMBER', user: { username: asker.username } });
    expect(await owner.subscribe(events, { roomId, after }).next()).toEqual({
      ...{ __typename: 'MemberJoined', userId: asker.userId, actorId: moderator.userId, invitedBy: null },
    });
    expect(await approve(owner, roomId, asker)).toEqual([]);
    expect((await look(asker, roomId)).viewerRole).toBe('MEMBER');
    expect(await requestsIn(roomId)).toEqual([]);
    expect(codesOf(await ask(asker, roomId))).toEqual(['ALREADY_A_MEMBER']);
    const { headSeq } = await owner.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id: roomId });
    await Promise.all([1, 2, 3].map(() => approve(moderator, roomId, asker)));
    expect(await owner.run('query ($id: ID!) { room(id: $id) { headSeq } }', { id: roomId })).toEqual({ headSeq });
  });

  it('are decided by moderators and above, and by nobody for themselves', async () => {
    const roomId = await openRoom();
    const member = await stack.register('member');
    await ask(member, roomId);
    await approve(owner, roomId, member);
    await ask(asker, roomId);
    for (const name of ['approveJoinRequest', 'declineJoinRequest']) {
      expect(await act(member, name, { roomId, userId: asker.userId })).toEqual(['NOT_ALLOWED']);
      expect(await act(asker, name, { roomId, userId: asker.userId })).toEqual(['NOT_A_MEMBER']);
    }
    expect(await requestsIn(roomId)).toEqual([asker.userId]);
  });

  it('are refused to who is banned, and a ban ends them', async () => {
    const roomId = await openRoom();
    await ask(asker, roomId);
    await act(moderator, 'banMember', { roomId, userId: asker.userId });
    expect(await requestsIn(roomId)).toEqual([]);
    expect(await approve(moderator, roomId, asker)).toEqual(['JOIN_REQUEST_NOT_FOUND']);
    expect(codesOf(await ask(asker, roomId))).toEqual(['BANNED']);
    // As if the ban had come about past the log.
    await chat("INSERT INTO join_request VALUES ($1, $2, $3, NULL, now(), 'inserted')", [
      roomId,
      asker.userId,
      randomUUID(),
    ]);
    expect(await approve(moderator, roomId, asker)).toEqual(['MEMBER_BANNED']);
    for (let round = 0; round < 8; round += 1) {
      const raced = await openRoom();
      await ask(asker, raced);
      await Promise.all([
        approve(moderator, raced, asker),
        act(owner, 'banMember', { roomId: raced, userId: asker.userId }),
      ]);
      expect((await look(asker, raced))?.viewerRole ?? null).toBeNull();
    }
  });

  it('are for public rooms, and private ones are as if they were not there', async () => {
    const roomId = await owner.createRoom('PRIVATE');
    await act(owner, 'updateRoom', { roomId, settings: { joinPolicy: 'ON_REQUEST' } });
    expect(codesOf(await ask(asker, roomId))).toEqual(['ROOM_NOT_FOUND']);
    for (const id of [randomUUID(), 'nothing', '']) expect(codesOf(await ask(asker, id))).toEqual(['ROOM_NOT_FOUND']);
  });

  it('wait in an archived room, where they can be taken back', async () => {
    const roomId = await openRoom();
    await ask(asker, roomId);
    await act(owner, 'archiveRoom', { roomId });
    expect(await approve(moderator, roomId, asker)).toEqual(['ROOM_ARCHIVED']);
    expect(codesOf(await ask(await stack.register(), roomId))).toEqual(['ROOM_ARCHIVED']);
    expect(await act(asker, 'withdrawJoinRequest', { roomId })).toEqual([]);
    expect(await requestsIn(roomId)).toEqual([]);
  });

  it('have texts that are checked, and sealed', async () => {
    const roomId = await openRoom();
    for (const text of ['x'.repeat(joinRequestLimit + 1), 'a\u0000b', 'a\ud800', '\u200b', 'x'.repeat(100_000)]) {
      expect(codesOf(await ask(asker, roomId, text))).toEqual(['JOIN_REQUEST_TEXT_INVALID']);
    }
    expect((await ask(await stack.register(), roomId, ' ')).joinRequest.text).toBeNull();
    const marker = `marker${randomBytes(8).toString('hex')}`;
    const text = marker + '👍'.repeat(joinRequestLimit - marker.length);
    expect((await ask(asker, roomId, text)).joinRequest.text).toBe(text);
    const rows = await chat<{ text: string }>('SELECT join_request::text AS text FROM join_request');
    expect(rows.filter((row) => row.text.includes(Buffer.from(marker).toString('hex')))).toEqual([]);
    expect(rows.filter((row) => row.text.includes(marker))).toEqual([]);
  });

  it('keep no text once they have ended', async () => {
    const roomId = await openRoom();
    const kept = () => chat('SELECT FROM join_request WHERE room_id = $1 AND sealed_text IS NOT NULL', [roomId]);
    for (const [name, client] of [
      ['withdrawJoinRequest', asker],
      ['declineJoinRequest', moderator],
      ['approveJoinRequest', moderator],
    ] as const) {
      await ask(asker, roomId, 'please');
      expect(await kept()).toHaveLength(1);
      const input = client === asker ? { roomId } : { roomId, userId: asker.userId };
      expect(await act(client, name, input)).toEqual([]);
      expect(await kept()).toEqual([]);
    }
  });

  it('are listed in pages, the oldest first', async () => {
    const roomId = await openRoom();
    const people: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const person = await stack.register(name);
      await ask(person, roomId);
      people.push(person.username);
    }
    const page = `query ($id: ID!, $after: String) { room(id: $id) { joinRequests(first: 2, after: $after) {
      nodes { user { username } } pageInfo { hasNextPage endCursor } } } }`;
    const first = (await moderator.run(page, { id: roomId })).joinRequests;
    const second = (await moderator.run(page, { id: roomId, after: first.pageInfo.endCursor })).joinRequests;
    expect([...first.nodes, ...second.nodes].map(({ user }) => user.username)).toEqual(people);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const foreign = Buffer.from(`invitations:${roomId}:${randomUUID()}`).toString('base64url');
    const { errors } = await moderator.send(page, { id: roomId, after: foreign });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('are gone with the account, with the room, and when their writer comes in another way', async () => {
    const [left, deleted] = [await openRoom(), await openRoom()];
    const leaver = await stack.register('leaver');
    for (const roomId of [left, deleted]) await ask(leaver, roomId);
    await ask(asker, deleted);
    await act(owner, 'deleteRoom', { roomId: deleted });
    await expect.poll(() => chat('SELECT FROM join_request WHERE room_id = $1', [deleted])).toEqual([]);
    await leaver.run('mutation { deleteAccount { deletedUserId } }');
    await expect.poll(() => chat('SELECT FROM join_request WHERE room_id = $1', [left])).toEqual([]);
    expect(await approve(moderator, left, leaver)).toEqual(['JOIN_REQUEST_NOT_FOUND']);
    await ask(asker, left);
    const link = { roomId: left, clientInvitationId: 'link' };
    const { invitation } = await mutate(moderator, 'createInvitation', link, 'invitation { code }');
    // Whom a member lets in has not to ask.
    expect(await act(asker, 'acceptInvitation', { code: invitation.code })).toEqual([]);
    expect(await requestsIn(left)).toEqual([]);
  });
});
