import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { TestClient } from '../../client.ts';
import { mutate } from '../../mutations.ts';
import { inTime } from '../../scheduled.ts';
import { callWebhook } from '../../webhooks.ts';
import { Random } from '../read-state/random.ts';
import type { EventType, MessageState, RoomState } from './state.ts';

/** A room as the players know it: with what has come of its log until now, which may be less than what has happened. */
export interface PlayedRoom {
  id: string;
  kind: 'PUBLIC' | 'PRIVATE' | 'GROUP' | 'DIRECT';
  state: RoomState;
  /** The paths of webhooks, by their ids. */
  webhookPaths: Map<string, string>;
}

interface Turn {
  room: PlayedRoom;
  /** Whose turn it is: as a rule a member. For what takes a role it is somebody else. */
  player: TestClient;
  random: Random;
}

type PlayedType = Exclude<EventType, 'RoomCreated' | 'RoomDeleted'>;

/** What may come of doing things in a room that others change meanwhile; any other refusal would be a mistake. */
const refusals = [
  ...['NOT_A_MEMBER', 'NOT_ALLOWED', 'MEMBER_NOT_FOUND', 'ROOM_NOT_FOUND', 'ROOM_OWNER_MUST_HAND_OVER'],
  ...['MESSAGE_NOT_FOUND', 'MESSAGE_DELETED', 'MEMBER_MUTED', 'ROOM_ARCHIVED', 'SLOW_MODE', 'TIME_INVALID'],
  ...['BANNED', 'MEMBER_BANNED', 'ALREADY_A_MEMBER', 'ALREADY_INVITED', 'INVITATION_NOT_FOUND'],
  ...[
    'JOIN_NEEDS_REQUEST',
    'JOIN_NEEDS_NO_REQUEST',
    'ALREADY_REQUESTED',
    'JOIN_REQUEST_NOT_FOUND',
    'WEBHOOK_NOT_FOUND',
  ],
  ...['WEBHOOK_LIMIT_REACHED', 'PIN_LIMIT_REACHED'],
];
/** A message, a name that was used, a webhook that was revoked, an archived room, and too many calls. */
const webhookStatuses = [201, 200, 404, 409, 429];

const hour = 3_600_000;
const emoji = ['👍', '🎉', '👀', '❤️'];
const moderators = ['OWNER', 'ADMIN', 'MODERATOR'];
const administrators = ['OWNER', 'ADMIN'];
/** What is under way at once. */
const lanes = 12;
const retryRate = 0.08;
/** How often an operation is one of those that are wanted: to many of them others have to come first. */
const wantedRate = 0.5;
/** How often it is anybody's turn, members or not. */
const strayRate = 0.1;
/** How often something is tried in a direct room, where there is less to do, instead of where it leads to its event. */
const directRate = 0.1;
/** Of the newest messages: so that what people do to them meets. */
const messagesInPlay = 12;

/** Lets everybody do random things in all rooms at once, as far as they know what they may. */
export function createPlayers(players: readonly TestClient[], rooms: readonly PlayedRoom[], seed: number) {
  const randoms = Array.from({ length: lanes }, (_, lane) => new Random(seed + lane));
  const direct = rooms.filter(({ kind }) => kind === 'DIRECT');
  const others = rooms.filter(({ kind }) => kind !== 'DIRECT');

  /** Does something, and now and then twice at once, as a client that retries. Resolves to null for a refusal. */
  async function attempt(random: Random, client: TestClient, mutation: string, input: object, selection = '') {
    const tries = random.next() < retryRate ? 2 : 1;
    const run = () => mutate(client, mutation, input, selection);
    const answers = await Promise.all(Array.from({ length: tries }, run));
    for (const { userErrors } of answers) {
      for (const { code } of userErrors) expect(refusals, `${mutation} was refused`).toContain(code);
    }
    return answers.find(({ userErrors }) => userErrors.length === 0) ?? null;
  }

  /** Somebody who has one of these roles, if there is anybody; otherwise whose turn it is. */
  function somebody({ room, player, random }: Turn, roles: readonly string[]): TestClient {
    const found = players.filter(({ userId }) => roles.includes(room.state.members.get(userId)?.role ?? ''));
    return found.length > 0 ? random.pick(found) : player;
  }

  const anybody = ({ random }: Turn): string => random.pick(players).userId;

  function messageOf(turn: Turn, isFit: (message: MessageState, seq: number) => boolean = () => true): string | null {
    const { room, random } = turn;
    const fit = [...room.state.messages].filter(([seq, message]) => isFit(message, seq)).slice(-messagesInPlay);
    return fit.length > 0 ? (random.pick(fit)[1].content.id as string) : null;
  }

  /** By a moderator, towards somebody who is there as a rule. */
  const moderate = (mutation: string, isFit: (turn: Turn, userId: string) => boolean, roles = moderators) =>
    async function moderateSomebody(turn: Turn): Promise<void> {
      const fit = players.filter(({ userId }) => isFit(turn, userId));
      const userId = fit.length > 0 ? turn.random.pick(fit).userId : anybody(turn);
      const input = { roomId: turn.room.id, userId, ...optionsOf(mutation, turn.random) };
      await attempt(turn.random, somebody(turn, roles), mutation, input);
    };

  function optionsOf(mutation: string, random: Random): object {
    if (mutation === 'changeMemberRole') return { role: random.pick(['ADMIN', 'MODERATOR', 'MEMBER', 'READ_ONLY']) };
    if (mutation !== 'banMember' && mutation !== 'muteMember') return {};
    return { ...(random.next() < 0.5 && { until: inTime(hour + random.below(1_000)) }), reason: 'at random' };
  }

  const isMember = ({ room }: Turn, userId: string) => room.state.members.has(userId);

  function written({ random }: Turn): object {
    const mention = random.next() < 0.3 ? ` @${random.pick(players).username}` : '';
    const everybody = random.next() < 0.1 ? ' @room' : '';
    return { text: `message ${random.below(1_000_000)}${mention}${everybody}`, clientMessageId: randomUUID() };
  }

  function attached({ random }: Turn): object {
    const file = { url: 'https://example.org/file', name: 'file', contentType: 'text/plain', sizeBytes: 1 };
    return random.next() < 0.2 ? { attachments: [file] } : {};
  }

  const sendings = {
    async sendMessage(turn: Turn) {
      const input = { roomId: turn.room.id, ...written(turn), ...attached(turn) };
      const replyToMessageId = turn.random.next() < 0.5 ? messageOf(turn) : null;
      await attempt(turn.random, turn.player, 'sendMessage', { ...input, replyToMessageId });
    },
    async forwardMessage(turn: Turn) {
      const { player, random } = turn;
      const messageId = messageOf({ ...turn, room: random.pick(rooms) });
      if (messageId === null) return;
      const input = { messageId, roomId: turn.room.id, clientMessageId: randomUUID() };
      await attempt(random, player, 'forwardMessage', input);
    },
    async scheduleMessage(turn: Turn) {
      const input = { roomId: turn.room.id, ...written(turn), sendAt: inTime(200) };
      await attempt(turn.random, turn.player, 'scheduleMessage', input);
    },
    async postByWebhook({ room, player, random }: Turn) {
      const live = [...room.state.webhooks].filter(([, { revokedAt }]) => revokedAt === null).map(([id]) => id);
      const paths = live.map((id) => room.webhookPaths.get(id)).filter((path) => path !== undefined);
      if (paths.length === 0) return;
      const { status } = await callWebhook(player.url, random.pick(paths), { text: `built ${random.below(1_000)}` });
      expect(webhookStatuses).toContain(status);
    },
  };

  /** Comes in by one of the ways that there are; a moderator helps. */
  async function enter(turn: Turn): Promise<void> {
    const { room, random } = turn;
    const outside = players.filter(({ userId }) => !room.state.members.has(userId));
    const player = outside.length > 0 ? random.pick(outside) : turn.player;
    const target = { roomId: room.id, userId: player.userId };
    const helper = somebody(turn, administrators);
    if (room.state.bans.has(player.userId)) await attempt(random, helper, 'unbanMember', target);
    if (room.kind !== 'PUBLIC' || random.next() < 0.3) return enterInvited(turn, player, helper);
    if (room.state.settings.joinPolicy === 'OPEN') {
      await attempt(random, player, 'joinRoom', { roomId: room.id });
      return;
    }
    const request = { roomId: room.id, clientRequestId: randomUUID() };
    if ((await attempt(random, player, 'requestToJoin', request)) !== null) {
      await attempt(random, helper, 'approveJoinRequest', target);
    }
  }

  async function enterInvited({ room, random }: Turn, player: TestClient, helper: TestClient): Promise<void> {
    const named = { roomId: room.id, clientInvitationId: randomUUID() };
    const made =
      random.next() < 0.5
        ? await attempt(random, helper, 'createInvitation', { ...named, maxUses: 1 }, 'invitation { code }')
        : await attempt(random, helper, 'inviteUser', { ...named, userId: player.userId }, 'invitation { id }');
    if (made === null) return;
    const { code, id: invitationId } = made.invitation;
    await attempt(random, player, 'acceptInvitation', code === undefined ? { invitationId } : { code });
  }

  async function update(turn: Turn): Promise<void> {
    const { room, random } = turn;
    const number = random.below(1_000);
    const change = random.pick([
      { name: `Room ${number}` },
      { topic: random.pick([null, `about ${number}`]), avatarUrl: `https://example.org/${number}` },
      { avatarUrl: null, settings: { slowModeSeconds: random.below(2), retentionDays: random.pick([0, 30, 365]) } },
      { settings: { whoMayPost: random.pick(['MEMBER', 'MEMBER', 'MODERATOR']), whoMayPin: 'MEMBER' } },
      { settings: { whoMayInvite: random.pick(['MEMBER', 'ADMIN']), whoMayPin: random.pick(['MODERATOR', 'ADMIN']) } },
      { settings: { joinPolicy: random.pick(['OPEN', 'ON_REQUEST']), slowModeSeconds: 0 } },
    ]);
    await attempt(random, somebody(turn, administrators), 'updateRoom', { roomId: room.id, ...change });
  }

  const onMessage = (
    mutation: string,
    options: { isFit?: (message: MessageState, seq: number, turn: Turn) => boolean; input?: (turn: Turn) => object },
    actor: (turn: Turn) => TestClient = ({ player }) => player,
  ) =>
    async function changeMessage(turn: Turn): Promise<void> {
      const messageId = messageOf(turn, (message, seq) => options.isFit?.(message, seq, turn) ?? true);
      if (messageId === null) return;
      await attempt(turn.random, actor(turn), mutation, { messageId, ...options.input?.(turn) });
    };

  const isOwn = ({ content }: MessageState, _seq: number, { player }: Turn) => content.author?.id === player.userId;
  const isPinned = (_message: MessageState, seq: number, { room }: Turn) => room.state.pins.has(seq);
  const withEmoji = ({ random }: Turn) => ({ emoji: random.pick(emoji) });

  /** A reaction that somebody has given, in whose turn it is then. */
  async function takeBack({ room, random }: Turn): Promise<void> {
    const given = [...room.state.messages.values()].flatMap(({ content, reactions }) =>
      [...reactions].flatMap(([emoji, userIds]) => [...userIds].map((userId) => ({ id: content.id, emoji, userId }))),
    );
    if (given.length === 0) return;
    const { id: messageId, emoji, userId } = random.pick(given);
    const player = players.find((each) => each.userId === userId);
    if (player !== undefined) await attempt(random, player, 'removeReaction', { messageId, emoji });
  }

  const inRoom = (mutation: string) => async (turn: Turn) => {
    await attempt(turn.random, somebody(turn, administrators), mutation, { roomId: turn.room.id });
  };

  /** What leads to each type of event. */
  const operations: Record<PlayedType, (turn: Turn) => Promise<void>> = {
    MemberJoined: enter,
    async MemberLeft({ room, player, random }) {
      // With the last of its members a room would go.
      if (room.state.members.size <= 2) return;
      await attempt(random, player, 'leaveRoom', { roomId: room.id });
    },
    MemberKicked: moderate('kickMember', isMember),
    MemberBanned: moderate('banMember', () => true),
    MemberUnbanned: moderate('unbanMember', ({ room }, userId) => room.state.bans.has(userId)),
    MemberMuted: moderate('muteMember', isMember),
    MemberUnmuted: moderate('unmuteMember', ({ room }, userId) => room.state.members.get(userId)?.isMuted ?? false),
    RoleChanged: moderate('changeMemberRole', isMember, administrators),
    OwnershipTransferred: moderate('transferOwnership', isMember, ['OWNER']),
    RoomUpdated: update,
    RoomArchived: inRoom('archiveRoom'),
    RoomRestored: inRoom('restoreRoom'),
    async MessageSent(turn) {
      const weights = { sendMessage: 20, forwardMessage: 4, scheduleMessage: 3, postByWebhook: 5 };
      await sendings[turn.random.weighed(weights)](turn);
    },
    MessageEdited: onMessage('editMessage', { isFit: isOwn, input: (turn) => ({ text: `edited, ${textOf(turn)}` }) }),
    MessageDeleted: onMessage('deleteMessage', {}, (turn) => somebody(turn, moderators)),
    ReactionAdded: onMessage('addReaction', { input: withEmoji }),
    ReactionRemoved: takeBack,
    MessagePinned: onMessage('pinMessage', {}, (turn) => somebody(turn, moderators)),
    MessageUnpinned: onMessage('unpinMessage', { isFit: isPinned }, (turn) => somebody(turn, moderators)),
    async WebhookCreated(turn) {
      const { room, random } = turn;
      const input = { roomId: room.id, name: `Builds ${random.below(100)}`, clientWebhookId: randomUUID() };
      const made = await attempt(random, somebody(turn, administrators), 'createWebhook', input, 'webhook { id path }');
      if (made !== null) room.webhookPaths.set(made.webhook.id, made.webhook.path);
    },
    async WebhookRevoked(turn) {
      const { room, random } = turn;
      const ids = [...room.state.webhooks.keys()];
      if (ids.length === 0) return;
      await attempt(random, somebody(turn, administrators), 'revokeWebhook', { webhookId: random.pick(ids) });
    },
  };

  const textOf = (turn: Turn) => (written(turn) as { text: string }).text;

  const weights: Record<PlayedType, number> = {
    ...{ MessageSent: 34, MessageEdited: 12, MessageDeleted: 4, ReactionAdded: 18, ReactionRemoved: 12 },
    ...{ MessagePinned: 7, MessageUnpinned: 4, WebhookCreated: 2, WebhookRevoked: 1 },
    ...{ MemberJoined: 14, MemberLeft: 2, MemberKicked: 2, MemberBanned: 3, MemberUnbanned: 2 },
    ...{ MemberMuted: 3, MemberUnmuted: 4, RoleChanged: 7, OwnershipTransferred: 2 },
    ...{ RoomUpdated: 7, RoomArchived: 1, RoomRestored: 0 },
  };

  function choose({ room, random }: Turn): PlayedType {
    const isArchived = room.state.archivedAt !== null;
    return isArchived && random.next() < 0.3 ? 'RoomRestored' : random.weighed(weights);
  }

  function takeTurn(random: Random): Turn {
    const room = random.pick(random.next() < directRate ? direct : others);
    const members = players.filter(({ userId }) => room.state.members.get(userId)?.isMuted === false);
    const isStray = members.length === 0 || random.next() < strayRate;
    return { room, player: random.pick(isStray ? players : members), random };
  }

  /** A number of random operations, often those that lead to some types of events, shared by all lanes, which wait for nobody but at the end. */
  async function play(count: number, types: readonly EventType[] = []): Promise<void> {
    let left = count;
    const isLeft = () => left-- > 0;
    await Promise.all(
      randoms.map(async (random) => {
        while (isLeft()) {
          const turn = takeTurn(random);
          const isWanted = types.length > 0 && random.next() < wantedRate;
          const type = isWanted ? random.pick(types) : choose(turn);
          await operations[type as PlayedType](turn);
        }
      }),
    );
  }

  return { play };
}
