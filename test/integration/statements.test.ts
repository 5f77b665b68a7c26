import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { recordStatements } from '../statement-recorder.ts';

describe('statements for one request', () => {
  let stack: TestStack;
  let user: TestClient;
  let peer: TestClient;
  let recorder: ReturnType<typeof recordStatements>;
  const count = (work: () => Promise<unknown>) => recorder.count(work);

  beforeAll(async () => {
    // The relay's poll would be counted along: here it only works when it is woken.
    stack = await startTestStack({
      environment: {
        OUTBOX_POLL_MILLISECONDS: '60000',
        FEED_HEARTBEAT_MILLISECONDS: '60000',
        SCHEDULE_POLL_MILLISECONDS: '60000',
      },
    });
    [user, peer] = [await stack.register(), await stack.register('peer')];
    recorder = recordStatements();
  });

  afterAll(async () => {
    recorder?.stop();
    await stack?.stop();
  });

  it('do not grow with the number of rooms whose moderators look at reports and at what was done', async () => {
    const moderator = await stack.register('watchful');
    const others = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => stack.register(`other${number}`)));
    for (const other of others) {
      const roomId = await moderator.createRoom();
      await other.joinRoom(roomId);
      const { message } = await other.sendMessage(roomId, 'bad');
      const input = { messageId: message.id, reason: 'SPAM', comment: 'look', clientReportId: roomId };
      await mutate(user, 'reportMessage', input, '');
      await mutate(moderator, 'kickMember', { roomId, userId: other.userId, reason: 'spam' }, '');
    }
    const list = (rooms: number) =>
      moderator.run(`{ viewer { rooms(first: ${rooms}) { nodes {
        reports(first: 5) { nodes { content { text } comment message { text } author { displayName isBlocked } } }
        moderationLog(first: 5) { nodes { reason actor { username } target { isBlocked } } }
      } } } }`);
    // Data keys of rooms are read once.
    await list(6);
    const short = await count(() => list(1));
    const long = await count(() => list(6));
    expect(long).toBe(short);
  });

  it('do not grow with the length of the lists in it', async () => {
    const roomIds: string[] = [];
    const authors = [user];
    for (let number = 0; number < 8; number += 1) authors.push(await stack.register(`author${number}`));
    for (let number = 0; number < 8; number += 1) roomIds.push(await user.createRoom());
    for (const roomId of roomIds) {
      for (const author of authors) {
        if (author !== user) await author.joinRoom(roomId);
        await author.sendMessage(roomId, 'hello');
      }
    }
    const list = (rooms: number, messages: number) =>
      user.run(`{ viewer { rooms(first: ${rooms}) { nodes {
        name unreadCount unreadMentionCount viewerReadSeq readReceipts(first: ${messages}) { nodes { seq readAt } }
        members(first: ${messages}) { nodes { role user { username } } } messages(last: ${messages}) { nodes { text author { username displayName } room { name } } }
      } } } }`);
    const short = await count(() => list(1, 1));
    const long = await count(() => list(8, 9));
    expect(long).toBe(short);
    // viewer, rooms, mentions, receipts, messages, members, accounts of authors and of members, profiles
    expect(short).toBeLessThanOrEqual(9);
  });

  it('are two for what is unread in all rooms together, however many there are', async () => {
    const person = await stack.register('collector');
    const totals = () =>
      count(() => person.run('{ viewer { unread { unreadCount unreadMentionCount unreadRoomCount } } }'));
    const none = await totals();
    for (let number = 0; number < 5; number += 1) {
      const roomId = await user.createRoom();
      await person.joinRoom(roomId);
      await user.sendMessage(roomId, `@room @${person.username}`);
    }
    expect(await totals()).toBe(none);
    // The viewer, and all that is counted.
    expect(none).toBeLessThanOrEqual(2);
  });

  it('do not grow with invitations, requests to join and the rooms that they are for', async () => {
    const people: TestClient[] = [];
    for (let number = 0; number < 6; number += 1) people.push(await stack.register(`person${number}`));
    for (let number = 0; number < 6; number += 1) {
      const roomId = await user.createRoom();
      await mutate(user, 'updateRoom', { roomId, settings: { joinPolicy: 'ON_REQUEST' } }, '');
      for (const [index, person] of people.entries()) {
        await mutate(person, 'requestToJoin', { roomId, clientRequestId: 'a', text: 'please' }, '');
        await mutate(user, 'createInvitation', { roomId, clientInvitationId: `link-${index}` }, '');
      }
      const input = { roomId, userId: people[0]?.userId, clientInvitationId: 'person' };
      await mutate(user, 'inviteUser', input, 'invitation { id }');
    }
    const list = (rooms: number, entries: number) =>
      user.run(`{ viewer { rooms(first: ${rooms}) { nodes {
        invitations(first: ${entries}) { nodes { code useCount room { name } preview { name memberCount } createdBy { username } invitee { username } } }
        joinRequests(first: ${entries}) { nodes { text user { username } } } viewerJoinRequest { text }
      } } } }`);
    const short = await count(() => list(1, 2));
    expect(await count(() => list(6, 6))).toBe(short);
    // viewer, rooms, invitations, requests, rooms and member counts of previews, accounts of three fields
    expect(short).toBeLessThanOrEqual(9);
    const received = (entries: number) =>
      people[0]?.run(`{ viewer { roomInvitations(first: ${entries}) { nodes {
        room { name } preview { name topic memberCount invitedBy { username } } createdBy { username }
      } } } }`);
    const few = await count(async () => received(1));
    expect(await count(async () => received(6))).toBe(few);
    // viewer, invitations, rooms to read, rooms and member counts of previews, accounts of two fields
    expect(few).toBeLessThanOrEqual(7);
  });

  it('do not grow with the rooms of a list, of all kinds, nor with what stands beside each', async () => {
    const people: TestClient[] = [];
    for (let number = 0; number < 8; number += 1) people.push(await stack.register(`peer${number}`));
    const userIds = people.map(({ userId }) => userId);
    for (const { userId } of people) {
      await mutate(user, 'openDirectRoom', { userId }, 'room { id }');
      await mutate(user, 'openGroupRoom', { userIds, clientRoomId: userId }, 'room { id }');
      const roomId = await user.createRoom('PUBLIC', 'Listed');
      for (const banned of userIds) await mutate(user, 'banMember', { roomId, userId: banned }, 'room { id }');
    }
    const about = (size: number) =>
      `kind name memberCount directPeer { username } bans(first: ${size}) { nodes { bannedAt user { username } } }`;
    const rooms = (size: number) => user.run(`{ viewer { rooms(first: ${size}) { nodes { ${about(size)} } } } }`);
    const found = (size: number, search: string) =>
      user.run(`{ publicRooms(first: ${size}, search: "${search}") { nodes { ${about(size)} } } }`);
    const whole = await rooms(24);
    expect(whole.rooms.nodes.filter(({ directPeer }: { directPeer: unknown }) => directPeer !== null)).toHaveLength(8);
    expect(whole.rooms.nodes.flatMap(({ bans }: { bans: { nodes: unknown[] } }) => bans.nodes)).toHaveLength(64);
    const short = await count(() => rooms(3));
    expect(await count(() => rooms(24))).toBe(short);
    // viewer, rooms, bans, accounts of peers and of those who are banned
    expect(short).toBeLessThanOrEqual(5);
    const shortSearch = await count(() => found(1, 'listed'));
    expect(await count(() => found(8, 'listed'))).toBe(shortSearch);
    expect(await count(() => found(8, 'li list listed'))).toBe(shortSearch);
    // rooms, bans, accounts of those who are banned
    expect(shortSearch).toBeLessThanOrEqual(3);
  });

  it('do not grow with messages, their answers, reactions, edits and pins', async () => {
    const roomId = await user.createRoom();
    const { message: root } = await user.sendMessage(roomId, 'root');
    for (let number = 0; number < 12; number += 1) {
      const input = { roomId, text: 'answer', replyToMessageId: root.id, clientMessageId: `answer-${number}` };
      const { message } = await mutate(user, 'sendMessage', input, 'message { id }');
      await mutate(user, 'editMessage', { messageId: message.id, text: 'edited' }, 'message { id }');
      for (const emoji of ['👍', '🎉'])
        await mutate(user, 'addReaction', { messageId: message.id, emoji }, 'message { id }');
      await mutate(user, 'pinMessage', { messageId: message.id }, 'message { id }');
      await mutate(
        user,
        'forwardMessage',
        { messageId: root.id, roomId, clientMessageId: `${number}` },
        'message { id }',
      );
    }
    const page = (size: number) =>
      user.run(
        `query ($id: ID!) { room(id: $id) {
          pins(first: ${size}) { nodes { message { text } pinnedAt } }
          messages(first: ${size}) { nodes {
            text editedAt pinnedAt mentionsRoom mentions { userId } attachments { name } replyTo { text } forwardedFrom { text } reactions { emoji count viewerReacted }
            thread { root { text } replyCount participantCount } edits(first: 5) { nodes { text } }
            replies(first: ${size}) { nodes { text replyTo { seq } } }
          } }
        } }`,
        { id: roomId },
      );
    // One more or fewer as what hangs on answers is asked for before or with what hangs on messages.
    const counts = [await count(() => page(4)), await count(() => page(25))];
    // room, its pins and their messages, messages, those forwarded, answered and begun with, mentions of people and of everybody, reactions, threads, edits, answers, pins of messages
    expect(Math.max(...counts)).toBeLessThanOrEqual(14);
  });

  it('do not grow with drafts and scheduled messages', async () => {
    const person = await stack.register();
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    for (let number = 0; number < 6; number += 1) {
      const roomId = await person.createRoom();
      for (const name of ['a', 'b', 'c']) {
        await mutate(person, 'saveDraft', { roomId, deviceId: name, text: name }, 'draft { deviceId }');
        const input = { roomId, text: name, sendAt, clientMessageId: name };
        await mutate(person, 'scheduleMessage', input, 'scheduledMessage { id }');
      }
    }
    const list = (size: number) =>
      person.run(`{ viewer { drafts(first: ${size}) { nodes { text room { name } } } rooms(first: ${size}) { nodes {
        drafts { text replyTo { id } } scheduledMessages(first: ${size}) { nodes { text attachments { name } room { name } message { id } } }
      } } } }`);
    // One fewer when the list of rooms is read before the drafts ask for theirs.
    const counts = [await count(() => list(1)), await count(() => list(6))];
    // viewer, rooms, drafts of the person, those of rooms, what is scheduled, and the rooms of drafts that are not in the list of rooms
    expect(Math.max(...counts)).toBeLessThanOrEqual(6);
  });

  it('are as many for a change of a message however much is on it', async () => {
    // What other statements there are belongs to the relay, which is at work behind the answer.
    const count = async (work: () => Promise<unknown>) => {
      const sent = await recorder.during(work);
      return sent.filter(({ text }) => /room|message|reaction/.test(text) && !/outbox/.test(text)).length;
    };
    const roomId = await user.createRoom();
    const { message } = await user.sendMessage(roomId, 'text');
    const change = async (emoji: string) => [
      await count(() => mutate(user, 'editMessage', { messageId: message.id, text: emoji }, 'message { id }')),
      await count(() => mutate(user, 'addReaction', { messageId: message.id, emoji }, 'message { id }')),
    ];
    const first = await change('👍');
    for (const emoji of ['🎉', '😀', '🥰']) expect(await change(emoji)).toEqual(first);
  });

  it('are two for the first message of a sender, what they may and the message, and one for the next', async () => {
    const roomId = await user.createRoom();
    expect(await count(() => user.sendMessage(roomId, 'hello'))).toBe(2);
    // What was decided is remembered, and holds as long as nobody can have lost a right in the room.
    expect(await count(() => user.sendMessage(roomId, 'hello again'))).toBe(1);
    expect(await count(() => user.sendMessage(roomId, `hello @${user.username}`))).toBe(2);
    await mutate(user, 'banMember', { roomId, userId: peer.userId }, 'room { id }');
    // The statement that finds the decision outdated, the question, and the message.
    expect(await count(() => user.sendMessage(roomId, 'hello'))).toBe(3);
    // Nor does it take more to know that nobody has blocked anybody.
    const { room } = await mutate(user, 'openDirectRoom', { userId: peer.userId }, 'room { id }');
    expect(await count(() => user.sendMessage(room.id, 'hello'))).toBe(2);
  });

  it('are as many for a search however many rooms, words and hits there are', async () => {
    const searcher = await stack.register('searcher');
    const find = (words: string) =>
      searcher.run(
        'query ($words: String) { searchMessages(words: $words, first: 50) { nodes { text room { id } } } }',
        {
          words,
        },
      );
    const roomIds = [await searcher.createRoom(), await searcher.createRoom()];
    await searcher.sendMessage(roomIds[0] as string, 'alpha beta');
    const few = await count(() => find('alpha'));
    for (let number = 0; number < 6; number += 1) roomIds.push(await searcher.createRoom());
    for (const roomId of roomIds) for (const text of ['alpha', 'alpha beta']) await searcher.sendMessage(roomId, text);
    expect((await find('alpha beta')).nodes).toHaveLength(roomIds.length + 1);
    expect(await count(() => find('alpha beta'))).toBe(few);
    // The rooms of the viewer, the places, the messages, and the rooms once more for the policy.
    expect(few).toBeLessThanOrEqual(4);
  });

  it('are as many for the messages around places of many rooms', async () => {
    const reader = await stack.register('reader');
    const around = (rooms: number, size: number) =>
      reader.run(`{ viewer { rooms(first: ${rooms}) { nodes {
        messagesAround(at: "2026-01-01T00:00:00Z", count: ${size}) { nodes { text } }
      } } } }`);
    for (let number = 0; number < 5; number += 1) {
      const roomId = await reader.createRoom();
      for (const text of ['one', 'two', 'three']) await reader.sendMessage(roomId, text);
    }
    const short = await count(() => around(1, 1));
    expect(await count(() => around(5, 6))).toBe(short);
  });
});
