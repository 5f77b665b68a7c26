import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { accept, act, createLink, invite, openPrivateRoom, preview, received, registerKnown } from '../inviting.ts';
import { codesOf, mutate } from '../mutations.ts';

describe('invitations', () => {
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

  describe('are open only while their creator may invite:', () => {
    const ends: Record<string, (roomId: string) => Promise<unknown>> = {
      'a kick': (roomId) => act(owner, 'kickMember', { roomId, userId: member.userId }),
      'a ban': (roomId) => act(owner, 'banMember', { roomId, userId: member.userId }),
      leaving: (roomId) => act(member, 'leaveRoom', { roomId }),
      'a lower role': (roomId) => act(owner, 'changeMemberRole', { roomId, userId: member.userId, role: 'READ_ONLY' }),
      'a setting': (roomId) => mutate(owner, 'updateRoom', { roomId, settings: { whoMayInvite: 'MODERATOR' } }, ''),
    };

    it.each(Object.entries(ends))('%s ends them for good', async (_what, end) => {
      const roomId = await openRoom();
      const { invitation } = await createLink(member, roomId);
      const personal = (await invite(member, roomId, guest)).invitation;
      const kept = (await createLink(owner, roomId)).invitation;
      await end(roomId);
      expect(await accept(guest, { code: invitation.code })).toEqual(['INVITATION_NOT_FOUND']);
      expect(await accept(guest, { invitationId: personal.id })).toEqual(['INVITATION_NOT_FOUND']);
      expect(await received(guest)).toEqual([]);
      // Nothing comes back with the right.
      await chat('DELETE FROM room_ban WHERE room_id = $1', [roomId]);
      await chat("UPDATE room SET who_may_invite = 'MEMBER' WHERE id = $1", [roomId]);
      await chat(
        `INSERT INTO room_member VALUES ($1, $2, 'MEMBER', now(), 0)
         ON CONFLICT (room_id, user_id) DO UPDATE SET role = 'MEMBER'`,
        [roomId, member.userId],
      );
      expect(await accept(guest, { code: invitation.code })).toEqual(['INVITATION_NOT_FOUND']);
      expect(await accept(guest, { code: kept.code })).toEqual([]);
    });

    it('who gave the room away may still invite where the new role may', async () => {
      const roomId = await openRoom();
      const { invitation } = await createLink(owner, roomId);
      await mutate(owner, 'updateRoom', { roomId, settings: { whoMayInvite: 'OWNER' } }, '');
      expect(await preview(guest, invitation.code)).not.toBeNull();
      await act(owner, 'transferOwnership', { roomId, userId: member.userId });
      expect(await accept(guest, { code: invitation.code })).toEqual(['INVITATION_NOT_FOUND']);
    });

    it('a role that was changed past the log lets nobody in either', async () => {
      const roomId = await openRoom();
      const { invitation } = await createLink(member, roomId);
      await chat("UPDATE room_member SET role = 'READ_ONLY' WHERE room_id = $1 AND user_id = $2", [
        roomId,
        member.userId,
      ]);
      expect(await accept(guest, { code: invitation.code })).toEqual(['INVITATION_NOT_FOUND']);
      expect(await preview(guest, invitation.code)).toBeNull();
    });

    it('nobody comes in behind the end of the right, however they race', async () => {
      const joined = `subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) { __typename } }`;
      for (let round = 0; round < 8; round += 1) {
        const roomId = await openRoom();
        const { invitation } = await createLink(member, roomId);
        const after = await owner.headCursor(roomId);
        const [codes] = await Promise.all([
          accept(guest, { code: invitation.code }),
          act(owner, 'changeMemberRole', { roomId, userId: member.userId, role: 'READ_ONLY' }),
          createLink(member, roomId),
        ]);
        const events = owner.subscribe(joined, { roomId, after });
        const kinds = (await events.take(codes.length === 0 ? 2 : 1)).map(({ __typename }) => __typename);
        expect(kinds).toEqual(codes.length === 0 ? ['MemberJoined', 'RoleChanged'] : ['RoleChanged']);
        const open = await chat('SELECT FROM invitation WHERE room_id = $1 AND revoked_at IS NULL', [roomId]);
        expect(open).toEqual([]);
        events.stop();
      }
    });
  });

  describe('of one person', () => {
    it('show the room to them alone, and let them alone in', async () => {
      const roomId = await openRoom('For you');
      const { invitation } = await invite(member, roomId, guest);
      expect(invitation).toMatchObject({ code: null, maxUses: 1 });
      expect(await received(guest)).toEqual([
        {
          ...{ id: invitation.id, code: null, room: null, createdBy: { username: member.username } },
          preview: { roomId, name: 'For you', invitedBy: { username: member.username } },
        },
      ]);
      const others = await owner.run(
        'query ($id: ID!) { user(id: $id) { roomInvitations(first: 5) { nodes { id } } } }',
        { id: guest.userId },
      );
      expect(others.roomInvitations.nodes).toEqual([]);
      const stranger = await register();
      for (const name of ['acceptInvitation', 'declineInvitation', 'revokeInvitation']) {
        expect(await act(stranger, name, { invitationId: invitation.id })).toEqual(['INVITATION_NOT_FOUND']);
      }
      expect(await accept(guest, { invitationId: invitation.id })).toEqual([]);
      expect(await accept(guest, { invitationId: invitation.id })).toEqual([]);
      expect(await membersOf(roomId)).toContain(guest.userId);
      expect(await received(guest)).toEqual([]);
      await act(owner, 'kickMember', { roomId, userId: guest.userId });
      expect(await accept(guest, { invitationId: invitation.id })).toEqual(['INVITATION_NOT_FOUND']);
    });

    it('can be declined and revoked, and then made anew', async () => {
      const roomId = await openRoom();
      const { invitation } = await invite(member, roomId, guest, 'first');
      expect(codesOf(await invite(owner, roomId, guest))).toEqual(['ALREADY_INVITED']);
      for (const _ of [1, 2])
        expect(await act(guest, 'declineInvitation', { invitationId: invitation.id })).toEqual([]);
      expect(await accept(guest, { invitationId: invitation.id })).toEqual(['INVITATION_NOT_FOUND']);
      expect((await invite(member, roomId, guest, 'first')).invitation.id).toBe(invitation.id);
      const second = (await invite(owner, roomId, guest)).invitation;
      expect(await act(member, 'revokeInvitation', { invitationId: second.id })).toEqual(['INVITATION_NOT_FOUND']);
      for (const _ of [1, 2]) expect(await act(owner, 'revokeInvitation', { invitationId: second.id })).toEqual([]);
      expect(await accept(guest, { invitationId: second.id })).toEqual(['INVITATION_NOT_FOUND']);
      expect(await act(guest, 'declineInvitation', { invitationId: second.id })).toEqual(['INVITATION_NOT_FOUND']);
      expect(codesOf(await invite(owner, roomId, guest))).toEqual([]);
    });

    it('are one when several invite them at once', async () => {
      const roomId = await openRoom();
      const codes = await Promise.all([owner, member, owner, member].map((client) => invite(client, roomId, guest)));
      expect(codes.flatMap(codesOf)).toEqual(Array(3).fill('ALREADY_INVITED'));
      expect(await received(guest)).toHaveLength(1);
      await act(owner, 'deleteRoom', { roomId });
      expect(await received(guest)).toEqual([]);
    });

    it('are not for members, banned people, and those who do not exist or want no contact', async () => {
      const roomId = await openRoom();
      const invited = await register();
      const [first, blocker] = [(await invite(owner, roomId, invited)).invitation, await register()];
      expect(codesOf(await invite(owner, roomId, member))).toEqual(['ALREADY_A_MEMBER']);
      await act(owner, 'banMember', { roomId, userId: invited.userId });
      expect(codesOf(await invite(owner, roomId, invited))).toEqual(['MEMBER_BANNED']);
      await act(owner, 'unbanMember', { roomId, userId: invited.userId });
      // A ban ends what was open before it.
      expect(await accept(invited, { invitationId: first.id })).toEqual(['INVITATION_NOT_FOUND']);
      const open = (await invite(owner, roomId, blocker)).invitation;
      const block = 'INSERT INTO account_block VALUES ($1, $2, now(), true)';
      await chat(block, [blocker.userId, owner.userId]);
      await chat(block, [owner.userId, invited.userId]);
      const refusal = async (userId: string) =>
        mutate(
          owner,
          'inviteUser',
          { roomId, userId, clientInvitationId: randomUUID() },
          'userErrors { code message field }',
        );
      const unknown = await refusal(randomUUID());
      expect(codesOf(unknown)).toEqual(['MEMBER_NOT_FOUND']);
      for (const userId of ['nobody', '', '\ud800', 'x'.repeat(100_000)])
        expect(await refusal(userId)).toEqual(unknown);
      const refused = await refusal(blocker.userId);
      expect(codesOf(refused)).toEqual(['CONTACT_REFUSED']);
      expect(await refusal(invited.userId)).toEqual(refused);
      expect(await received(blocker)).toEqual([]);
      expect(await accept(blocker, { invitationId: open.id })).toEqual(['INVITATION_NOT_FOUND']);
      expect(codesOf(await invite(member, roomId, invited))).toEqual([]);
    });

    it('tell who is banned only to those who may list the bans; for others it is as after a block', async () => {
      const roomId = await openRoom();
      const [banned, blocker] = [await register(), await register()];
      await act(owner, 'banMember', { roomId, userId: banned.userId });
      await chat('INSERT INTO account_block VALUES ($1, $2, now(), true)', [blocker.userId, member.userId]);
      const answers = await Promise.all([banned, blocker].map((person) => invite(member, roomId, person)));
      expect(answers.map(codesOf)).toEqual([['CONTACT_REFUSED'], ['CONTACT_REFUSED']]);
      expect(answers[0]).toEqual(answers[1]);
      expect(codesOf(await invite(owner, roomId, banned))).toEqual(['MEMBER_BANNED']);
      await act(owner, 'changeMemberRole', { roomId, userId: member.userId, role: 'MODERATOR' });
      expect(codesOf(await invite(member, roomId, banned))).toEqual(['MEMBER_BANNED']);
      expect(await received(banned)).toEqual([]);
    });

    it('are gone with the account of either', async () => {
      const roomId = await openRoom();
      const [inviter, invited, other] = await Promise.all([1, 2, 3].map(() => register()));
      if (!inviter || !invited || !other) throw new Error('nobody registered');
      await chat("INSERT INTO room_member VALUES ($1, $2, 'MEMBER', now(), 0)", [roomId, inviter.userId]);
      const { invitation: link } = await createLink(inviter, roomId);
      await invite(inviter, roomId, other);
      await invite(owner, roomId, invited);
      for (const client of [inviter, invited]) {
        await client.run('mutation { deleteAccount { deletedUserId } }');
      }
      await expect.poll(() => chat('SELECT FROM invitation WHERE room_id = $1', [roomId])).toEqual([]);
      expect(await accept(guest, { code: link.code })).toEqual(['INVITATION_NOT_FOUND']);
      expect(codesOf(await invite(owner, roomId, invited))).toEqual(['MEMBER_NOT_FOUND']);
    });

    it('are open no more when they came in another way', async () => {
      const roomId = await openRoom();
      const { invitation } = await invite(member, roomId, guest);
      const { invitation: link } = await createLink(owner, roomId);
      await accept(guest, { code: link.code });
      await act(guest, 'leaveRoom', { roomId });
      expect(await accept(guest, { invitationId: invitation.id })).toEqual(['INVITATION_NOT_FOUND']);
    });
  });
});
