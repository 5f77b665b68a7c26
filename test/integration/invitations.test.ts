import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  invitationLimitDays,
  invitationUseLimit,
  openInvitationLimit,
} from '../../subgraphs/chat/invitations/checks.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { accept, act, createLink, invite, openPrivateRoom, preview, registerKnown } from '../inviting.ts';
import { atLater, codesOf, mutate } from '../mutations.ts';

const hour = 3_600_000;
const day = 24 * hour;
const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString();

describe('invitation links', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let guest: TestClient;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, member, guest] = await Promise.all([register('owner'), register('member'), register('guest')]);
  });

  afterAll(() => stack?.stop());

  beforeEach(async () => {
    await chat('DELETE FROM invitation');
  });

  const chat = <Row extends object>(sql: string, values: unknown[] = []) =>
    stack.databases.query<Row>('chat', sql, values);

  const register = (name?: string) => registerKnown(stack, name);

  const openRoom = (name?: string) => openPrivateRoom(stack.databases, owner, member, name);

  const membersOf = async (roomId: string) =>
    (await chat<{ id: string }>('SELECT user_id AS id FROM room_member WHERE room_id = $1', [roomId])).map(
      ({ id }) => id,
    );

  const listOf = async (client: TestClient, id: string) =>
    (
      await client.run(
        `query ($id: ID!) { room(id: $id) { invitations(first: 100) { nodes {
           id code createdBy { username } invitee { username } } } } }`,
        { id },
      )
    )?.invitations.nodes;

  const usesOf = async (id: string) =>
    (await chat<{ uses: number }>('SELECT use_count AS uses FROM invitation WHERE id = $1', [id]))[0]?.uses;

  describe('by a link', () => {
    it('show what there is to know of a private room, and make members, which the log tells', async () => {
      const roomId = await owner.createRoom('PRIVATE', 'Behind a link');
      await mutate(owner, 'updateRoom', { roomId, topic: 'A topic' }, '');
      const { invitation } = await createLink(owner, roomId);
      expect(invitation.code).toMatch(/^[\w-]{32}$/);
      expect(await preview(guest, invitation.code)).toEqual({
        ...{ roomId, name: 'Behind a link', topic: 'A topic', kind: 'PRIVATE', memberCount: 1 },
        ...{ expiresAt: invitation.expiresAt, invitedBy: { username: owner.username } },
      });
      expect(await guest.run('query ($id: ID!) { room(id: $id) { id } }', { id: roomId })).toBeNull();
      const after = await owner.headCursor(roomId);
      const input = { code: invitation.code };
      const { room } = await mutate(guest, 'acceptInvitation', input, 'room { id viewerRole unreadCount }');
      expect(room).toEqual({ id: roomId, viewerRole: 'MEMBER', unreadCount: 0 });
      const joined = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) {
        ... on MemberJoined { userId actorId user { username } actor { username } invitedBy { username } } } }`;
      expect(await owner.subscribe(joined, { roomId, after }).next()).toEqual({
        ...{ userId: guest.userId, actorId: guest.userId, user: { username: guest.username } },
        ...{ actor: { username: guest.username }, invitedBy: { username: owner.username } },
      });
      expect(await usesOf(invitation.id)).toBe(1);
    });

    it('change nothing for a member and count no use, also when they have ended since', async () => {
      const roomId = await openRoom();
      const { invitation } = await createLink(owner, roomId, { maxUses: 1 });
      expect(await accept(member, { code: invitation.code })).toEqual([]);
      expect(await usesOf(invitation.id)).toBe(0);
      const twice = await Promise.all([1, 2, 3].map(() => accept(guest, { code: invitation.code })));
      expect(twice.flat()).toEqual([]);
      expect(await usesOf(invitation.id)).toBe(1);
      await act(owner, 'revokeInvitation', { invitationId: invitation.id });
      expect(await accept(guest, { code: invitation.code })).toEqual([]);
    });

    it('let in as many as they are for, however many come at once', async () => {
      const roomId = await openRoom();
      const { invitation } = await createLink(owner, roomId, { maxUses: 3 });
      const people = await Promise.all(Array.from({ length: 10 }, () => register('crowd')));
      const codes = await Promise.all(people.map((person) => accept(person, { code: invitation.code })));
      expect(codes.filter((each) => each.length === 0)).toHaveLength(3);
      expect(codes.flat()).toEqual(Array(7).fill('INVITATION_NOT_FOUND'));
      expect(await membersOf(roomId)).toHaveLength(2 + 3);
      expect(await usesOf(invitation.id)).toBe(3);
      expect(await preview(guest, invitation.code)).toBeNull();
    });

    it('are the first one for every retry, for ever and in a race', async () => {
      const roomId = await openRoom();
      const input = { clientInvitationId: 'the-same', maxUses: 5, expiresAt: inHours(1) };
      const links = await Promise.all([1, 2, 3, 4].map(() => createLink(member, roomId, input)));
      const [first] = links;
      expect(links).toEqual(Array(4).fill(first));
      expect(await createLink(member, roomId, { ...input, maxUses: 9 })).toEqual(first);
      // Also when it could not be made any more: the time is over, and its maker may not invite.
      await mutate(owner, 'updateRoom', { roomId, settings: { whoMayInvite: 'ADMIN' } }, '');
      const again = (await createLink(member, roomId, { ...input, expiresAt: '2020-01-01T00:00:00Z' })).invitation;
      expect(again).toMatchObject({ id: first?.invitation.id, code: null });
      // Names are each inviter's own.
      const others = (await createLink(owner, roomId, input)).invitation;
      expect(others.id).not.toBe(first?.invitation.id);
    });

    it('never let in who is banned, and show them nothing', async () => {
      for (const kind of ['PUBLIC', 'PRIVATE'] as const) {
        const roomId = await owner.createRoom(kind);
        const { invitation } = await createLink(owner, roomId);
        expect(await act(owner, 'banMember', { roomId, userId: guest.userId })).toEqual([]);
        expect(await accept(guest, { code: invitation.code })).toEqual(['BANNED']);
        expect(await preview(guest, invitation.code)).toBeNull();
        expect(await membersOf(roomId)).toEqual([owner.userId]);
        expect(await usesOf(invitation.id)).toBe(0);
        await act(owner, 'unbanMember', { roomId, userId: guest.userId });
        expect(await accept(guest, { code: invitation.code })).toEqual([]);
      }
    });

    it('let nobody in who is banned at the same time', async () => {
      for (let round = 0; round < 8; round += 1) {
        const roomId = await openRoom();
        const { invitation } = await createLink(owner, roomId);
        await Promise.all([
          accept(guest, { code: invitation.code }),
          act(owner, 'banMember', { roomId, userId: guest.userId }),
        ]);
        expect(await membersOf(roomId)).not.toContain(guest.userId);
      }
    });

    it('look the same when they are unknown, broken, expired, used up, revoked or of a deleted room', async () => {
      const roomId = await openRoom();
      const link = async (input: object = {}) => (await createLink(owner, roomId, input)).invitation;
      const [expired, used, revoked, gone] = [
        await link({ expiresAt: inHours(1) }),
        await link({ maxUses: 1 }),
        await link(),
        await link(),
      ];
      await accept(await register(), { code: used.code });
      await act(owner, 'revokeInvitation', { invitationId: revoked.id });
      const refused = async (code: string) => {
        expect(await preview(guest, code)).toBeNull();
        expect(await mutate(guest, 'acceptInvitation', { code }, 'userErrors { code message field }')).toEqual({
          userErrors: [
            {
              code: 'INVITATION_NOT_FOUND',
              message: 'There is no such invitation, or it is no longer open.',
              field: ['code'],
            },
          ],
        });
      };
      const unknown = [
        '',
        'A'.repeat(31),
        'A'.repeat(32),
        `${revoked.code}=`,
        revoked.code.toLowerCase(),
        '\ud800',
        'x'.repeat(100_000),
      ];
      for (const code of [...unknown, used.code, revoked.code, used.id]) await refused(code);
      expect(await preview(guest, expired.code)).not.toBeNull();
      await atLater(2 * hour, async () => {
        const later = await stack.signIn(guest.username);
        expect(await accept(later, { code: expired.code })).toEqual(['INVITATION_NOT_FOUND']);
        expect(await preview(later, expired.code)).toBeNull();
      });
      await act(owner, 'deleteRoom', { roomId });
      await refused(gone.code);
      await expect.poll(() => chat('SELECT FROM invitation WHERE room_id = $1', [roomId])).toEqual([]);
    });

    it('lead into no archived room', async () => {
      const roomId = await openRoom();
      const { invitation } = await createLink(owner, roomId);
      await act(owner, 'archiveRoom', { roomId });
      expect(await accept(guest, { code: invitation.code })).toEqual(['ROOM_ARCHIVED']);
      expect(codesOf(await createLink(owner, roomId))).toEqual(['ROOM_ARCHIVED']);
      expect(await act(owner, 'revokeInvitation', { invitationId: invitation.id })).toEqual([]);
    });

    it('are for a bounded time and a bounded number of people', async () => {
      const roomId = await openRoom();
      const codes = async (input: object) => codesOf(await createLink(owner, roomId, input));
      const tooLate = new Date(Date.now() + invitationLimitDays * day + hour).toISOString();
      for (const expiresAt of ['2020-01-01T00:00:00Z', new Date().toISOString(), tooLate]) {
        expect(await codes({ expiresAt })).toEqual(['TIME_INVALID']);
      }
      for (const maxUses of [0, -1, invitationUseLimit + 1])
        expect(await codes({ maxUses })).toEqual(['MAX_USES_INVALID']);
      for (const clientInvitationId of ['', ' ', 'ä', 'x'.repeat(65)]) {
        expect(await codes({ clientInvitationId })).toEqual(['CLIENT_INVITATION_ID_INVALID']);
      }
      const { invitation } = await createLink(owner, roomId, { maxUses: invitationUseLimit });
      expect(Date.parse(invitation.expiresAt)).toBeGreaterThan(Date.now() + (invitationLimitDays - 1) * day);
    });

    it('are open in a bounded number', async () => {
      const roomId = await openRoom();
      await chat(
        `INSERT INTO invitation (room_id, id, created_by_id, client_invitation_id, created_at, expires_at)
         SELECT $1, gen_random_uuid(), $2, number::text, now(), now() + interval '1 day' FROM generate_series(1, $3) AS number`,
        [roomId, owner.userId, openInvitationLimit],
      );
      expect(codesOf(await createLink(owner, roomId))).toEqual(['INVITATION_LIMIT_REACHED']);
      expect(codesOf(await invite(owner, roomId, guest))).toEqual(['INVITATION_LIMIT_REACHED']);
      const [row] = await chat<{ id: string }>('SELECT id FROM invitation WHERE room_id = $1 LIMIT 1', [roomId]);
      await act(owner, 'revokeInvitation', { invitationId: row?.id });
      expect(codesOf(await createLink(owner, roomId))).toEqual([]);
    });

    it('are kept as a hash and a sealed code', async () => {
      const roomId = await openRoom();
      const { invitation } = await createLink(owner, roomId);
      const [row] = await chat<{ text: string }>('SELECT invitation::text AS text FROM invitation WHERE id = $1', [
        invitation.id,
      ]);
      expect(row?.text).not.toContain(invitation.code);
      expect(row?.text).not.toContain(Buffer.from(invitation.code).toString('hex'));
    });
  });

  it('are not for a room between two people', async () => {
    const roomId = await openRoom();
    const { invitation } = await createLink(owner, roomId);
    await chat("UPDATE room SET kind = 'DIRECT' WHERE id = $1", [roomId]);
    expect(codesOf(await createLink(owner, roomId))).toEqual(['NOT_ALLOWED']);
    expect(codesOf(await invite(owner, roomId, guest))).toEqual(['NOT_ALLOWED']);
    expect(await accept(guest, { code: invitation.code })).toEqual(['INVITATION_NOT_FOUND']);
  });

  it('are listed in pages for moderators, each with its code; for others their own, and none for strangers', async () => {
    const roomId = await openRoom();
    const links: { id: string; code: string }[] = [];
    for (const client of [owner, member, owner]) links.unshift((await createLink(client, roomId)).invitation);
    const revoked = (await createLink(owner, roomId)).invitation;
    await act(owner, 'revokeInvitation', { invitationId: revoked.id });
    const shown = (invitations: typeof links) => invitations.map(({ id, code }) => ({ id, code }));
    expect(await listOf(owner, roomId)).toMatchObject(shown(links));
    expect(await listOf(member, roomId)).toMatchObject(shown(links.slice(1, 2)));
    expect(await listOf(guest, roomId)).toBeUndefined();
    await act(owner, 'changeMemberRole', { roomId, userId: member.userId, role: 'MODERATOR' });
    expect(await listOf(member, roomId)).toMatchObject(shown(links));
    const page = `query ($id: ID!, $after: String) { room(id: $id) { invitations(first: 2, after: $after) {
      nodes { id } pageInfo { hasNextPage endCursor } } } }`;
    const first = (await owner.run(page, { id: roomId })).invitations;
    const second = (await owner.run(page, { id: roomId, after: first.pageInfo.endCursor })).invitations;
    expect([...first.nodes, ...second.nodes]).toEqual(links.map(({ id }) => ({ id })));
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const foreign = Buffer.from(`members:${roomId}:${owner.userId}`).toString('base64url');
    expect((await owner.send(page, { id: roomId, after: foreign })).errors?.[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
    expect(await act(member, 'revokeInvitation', { invitationId: links[0]?.id })).toEqual([]);
  });

  it('take exactly one of code and id, and nobody who is signed out', async () => {
    const roomId = await openRoom();
    const { invitation } = await createLink(owner, roomId);
    const both = { code: invitation.code, invitationId: invitation.id };
    expect(await accept(guest, both)).toEqual(['INVITATION_NOT_FOUND']);
    expect(await accept(guest, {})).toEqual(['INVITATION_NOT_FOUND']);
    // The id of a link is no secret, and lets nobody in.
    expect(await accept(guest, { invitationId: invitation.id })).toEqual(['INVITATION_NOT_FOUND']);
    expect(await preview(stack.guest, invitation.code)).toBeNull();
    const { errors } = await stack.guest.send(
      'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { userErrors { code } } }',
      { input: { code: invitation.code } },
    );
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
