import { expect } from 'vitest';
import { Gates } from './gates.ts';
import type { Model, Person, RoomKind } from './model.ts';
import { Random } from './random.ts';

/** Calls a mutation for a person, on one of their devices. */
// biome-ignore lint/suspicious/noExplicitAny: payloads differ, and each operation knows its own.
export type Call = (person: Person, device: number, mutation: string, input: object) => Promise<any>;

export interface PlayOptions {
  call: Call;
  model: Model;
  people: readonly Person[];
  seed: number;
  /** Whether an edit's answer has its number: without it, edits of one message wait for each other. */
  knowsVersions: boolean;
}

interface Sent {
  roomId: string;
  id: string;
  seq: number;
  authorId: string;
}

interface Turn {
  person: Person;
  device: number;
  random: Random;
  roomId: string;
}

export const devicesEach = 3;
const roomsAtOnce = 10;
/** They can't be deleted: in time there would be no others. */
const directRoomsAtOnce = 2;
const rememberedMessages = 400;
let nextName = 0;

/** What races and roles bring with them; any other refusal would be a mistake. */
const refusals = [
  'NOT_A_MEMBER',
  'NOT_ALLOWED',
  'MEMBER_NOT_FOUND',
  'ROOM_NOT_FOUND',
  'MESSAGE_NOT_FOUND',
  'MESSAGE_DELETED',
  'ROOM_OWNER_MUST_HAND_OVER',
  'BANNED',
  'MEMBER_BANNED',
  'CONTACT_REFUSED',
  'ALREADY_A_MEMBER',
  'ALREADY_INVITED',
  'INVITATION_NOT_FOUND',
  'INVITATION_LIMIT_REACHED',
];

/** Lets everybody do random things on all their devices at once, and tells the model what was acknowledged. */
export function createPlayers({ call, model, people, seed, knowsVersions }: PlayOptions) {
  const gates = new Gates();
  const messages: Sent[] = [];
  const lanes = people.flatMap((person) => Array.from({ length: devicesEach }, (_, device) => ({ person, device })));
  const randoms = lanes.map((_, lane) => new Random(seed + lane));

  const keyOf = (roomId: string, userId: string) => `${roomId} ${userId}`;

  /** Resolves to the payload, or to null for a refusal. */
  async function attempt({ person, device }: Turn, mutation: string, input: object) {
    const payload = await call(person, device, mutation, input);
    const [error] = payload.userErrors;
    if (error !== undefined) expect(refusals).toContain(error.code);
    return error === undefined ? payload : null;
  }

  function writeText(random: Random): string {
    const words = ['hello', `${nextName}`];
    for (let count = random.below(3); count > 0; count -= 1) words.push(`@${random.pick(people).username}`);
    if (random.next() < 0.15) words.push('@room');
    return words.join(' ');
  }

  async function openRoom(turn: Turn): Promise<void> {
    nextName += 1;
    const { person, random } = turn;
    const others = people.filter((each) => each !== person);
    const chosen = random.weighed({ PUBLIC: 5, PRIVATE: 2, GROUP: 2, DIRECT: 1 });
    const kind: RoomKind = chosen === 'DIRECT' && model.countOf('DIRECT') >= directRoomsAtOnce ? 'PUBLIC' : chosen;
    const payload = await openings[kind](turn, others);
    model.addRoom(payload.room.id, kind);
  }

  const create = (kind: RoomKind) => (turn: Turn) => attempt(turn, 'createRoom', { name: `Room ${nextName}`, kind });
  const openings = {
    PUBLIC: create('PUBLIC'),
    PRIVATE: create('PRIVATE'),
    GROUP: (turn: Turn, others: Person[]) => {
      const userIds = others.slice(0, 4).map(({ userId }) => userId);
      return attempt(turn, 'openGroupRoom', { userIds, clientRoomId: `${seed}-${nextName}` });
    },
    DIRECT: (turn: Turn, others: Person[]) =>
      attempt(turn, 'openDirectRoom', { userId: turn.random.pick(others).userId }),
  };

  /** A room that is not for everybody is joined by whom a member invites. */
  async function enter({ person, device, random, roomId }: Turn): Promise<void> {
    const host = { person: random.pick(people), device, random, roomId };
    nextName += 1;
    const invitation = { roomId, userId: person.userId, clientInvitationId: `${seed}-${nextName}` };
    const invited = await attempt(host, 'inviteUser', invitation);
    if (invited === null) return;
    await attempt({ ...host, person }, 'acceptInvitation', { invitationId: invited.invitation.id });
  }

  const operations = {
    async send(turn: Turn) {
      const { person, random, roomId } = turn;
      nextName += 1;
      const input = { roomId, text: writeText(random), clientMessageId: `${seed}-${nextName}` };
      // Now and then a client gives up waiting and sends the same once more.
      const tries = random.next() < 0.05 ? 2 : 1;
      await gates.shared(keyOf(roomId, person.userId), async () => {
        const answers = await Promise.all(Array.from({ length: tries }, () => attempt(turn, 'sendMessage', input)));
        for (const answer of answers.filter((each) => each !== null)) {
          const { id, seq } = answer.message;
          model.sent(roomId, person.userId, seq, input.text);
          messages[random.below(rememberedMessages)] = { roomId, id, seq, authorId: person.userId };
        }
      });
    },
    async markRead(turn: Turn) {
      const { person, random, roomId } = turn;
      const seq = Math.max(0, model.headSeq(roomId) - random.below(8));
      await gates.shared(keyOf(roomId, person.userId), async () => {
        const isDone = (await attempt(turn, 'markRoomRead', { roomId, seq })) !== null;
        if (isDone) model.moved(roomId, person.userId, { direction: 'forward', seq });
      });
    },
    async markUnread(turn: Turn) {
      const { person, random } = turn;
      const message = pickMessage(random);
      if (message === undefined) return;
      const { roomId, id, seq } = message;
      await gates.exclusive(keyOf(roomId, person.userId), async () => {
        const isDone = (await attempt(turn, 'markRoomUnread', { roomId, fromMessageId: id })) !== null;
        if (isDone) model.moved(roomId, person.userId, { direction: 'back', seq });
      });
    },
    async edit(turn: Turn) {
      const { person, random } = turn;
      const message = pickMessage(random, person);
      if (message === undefined) return;
      const { roomId, id, seq } = message;
      nextName += 1;
      const text = writeText(random);
      const edit = async () => {
        const payload = await attempt(turn, 'editMessage', { messageId: id, text });
        if (payload !== null) model.edited(roomId, seq, versionOf(payload.message), text);
      };
      await (knowsVersions ? edit() : gates.exclusive(id, edit));
    },
    async remove(turn: Turn) {
      const message = pickMessage(turn.random, turn.random.next() < 0.5 ? turn.person : undefined);
      if (message !== undefined) await attempt(turn, 'deleteMessage', { messageId: message.id });
    },
    async join(turn: Turn) {
      const { person, roomId } = turn;
      await gates.exclusive(keyOf(roomId, person.userId), async () => {
        if ((await attempt(turn, 'joinRoom', { roomId })) === null) await enter(turn);
      });
    },
    async forward(turn: Turn) {
      const { person, random, roomId } = turn;
      const message = pickMessage(random);
      if (message === undefined) return;
      nextName += 1;
      const input = { roomId, messageId: message.id, clientMessageId: `${seed}-${nextName}` };
      await gates.shared(keyOf(roomId, person.userId), async () => {
        const answer = await attempt(turn, 'forwardMessage', input);
        // Whom it mentioned was told where it came from.
        if (answer !== null) model.sent(roomId, person.userId, answer.message.seq, 'forwarded');
      });
    },
    async leave(turn: Turn) {
      const { person, roomId } = turn;
      await gates.exclusive(keyOf(roomId, person.userId), async () => {
        if ((await attempt(turn, 'leaveRoom', { roomId })) !== null) model.ended(roomId, person.userId);
      });
    },
    async kick(turn: Turn) {
      const { random, roomId } = turn;
      const { userId } = random.pick(people);
      await gates.exclusive(keyOf(roomId, userId), async () => {
        if ((await attempt(turn, 'kickMember', { roomId, userId })) !== null) model.ended(roomId, userId);
      });
    },
    async ban(turn: Turn) {
      const { random, roomId } = turn;
      const { userId } = random.pick(people);
      await gates.exclusive(keyOf(roomId, userId), async () => {
        if ((await attempt(turn, 'banMember', { roomId, userId })) === null) return;
        model.ended(roomId, userId);
        if (random.next() < 0.9) await attempt(turn, 'unbanMember', { roomId, userId });
      });
    },
    async changeRole(turn: Turn) {
      const { random, roomId } = turn;
      const role = random.pick(['ADMIN', 'MODERATOR', 'MEMBER']);
      await attempt(turn, 'changeMemberRole', { roomId, userId: random.pick(people).userId, role });
    },
    async removeRoom(turn: Turn) {
      if ((await attempt(turn, 'deleteRoom', { roomId: turn.roomId })) !== null) model.removeRoom(turn.roomId);
    },
  };

  const weights: Record<keyof typeof operations, number> = {
    ...{ send: 34, forward: 2, markRead: 36, markUnread: 9, edit: 5, remove: 2 },
    ...{ join: 8, leave: 2, kick: 0.7, ban: 0.7, changeRole: 2, removeRoom: 0.4 },
  };

  function pickMessage(random: Random, author?: Person): Sent | undefined {
    const known = messages.filter((each) => each && (author === undefined || each.authorId === author.userId));
    return known[random.below(known.length)];
  }

  /** A number of random operations, shared by all lanes, which wait for nobody but at the end. */
  async function play(count: number): Promise<void> {
    let left = count;
    const isLeft = () => left-- > 0;
    await Promise.all(
      lanes.map(async ({ person, device }, lane) => {
        const random = randoms[lane] as Random;
        while (isLeft()) {
          const { roomIds } = model;
          const turn = { person, device, random, roomId: roomIds.length > 0 ? random.pick(roomIds) : '' };
          if (roomIds.length < roomsAtOnce) await openRoom(turn);
          else await operations[random.weighed(weights)](turn);
        }
      }),
    );
  }

  return { play };
}

function versionOf(message: { editCount?: number; edits?: { nodes: unknown[] } }): number {
  return message.editCount ?? message.edits?.nodes.length ?? 0;
}
