import type { RoomEventResolvers } from '../../../subgraphs/chat/schema.types.ts';

/** The GraphQL types of events: with a new one `reducers` does not compile. */
export type EventType = NonNullable<Awaited<ReturnType<RoomEventResolvers['__resolveType']>>>;

interface Reference {
  id: string;
}

const settingNames = [
  'whoMayPost',
  'whoMayInvite',
  'whoMayPin',
  'joinPolicy',
  'slowModeSeconds',
  'retentionDays',
] as const;
const textNames = ['name', 'topic', 'avatarUrl'] as const;
export const settingFields = settingNames.join(' ');
export const textFields = textNames.join(' ');

/** What people write about a room and choose for it. */
export type RoomTexts = Record<(typeof textNames)[number], string | null>;
export type RoomSettings = Record<(typeof settingNames)[number], string | number | null>;

/** What a message is by itself, without what others do to it. */
export interface Content {
  id: string;
  seq: number;
  text: string | null;
  attachments: object[];
  author: Reference | null;
  webhook: Reference | null;
  mentions: { userId: string }[];
  mentionsRoom: boolean;
  replyTo: { seq: number } | null;
  isForwarded: boolean;
  createdAt: string;
  editedAt: string | null;
  deletedAt: string | null;
}

export const contentFields = `id seq text attachments { url name contentType sizeBytes } author { id } webhook { id }
  mentions { userId } mentionsRoom replyTo { seq } isForwarded createdAt editedAt deletedAt`;

/** An event as a client gets it. Each type has some of these fields; those of its own are what its reducer reads. */
export interface LogEvent {
  __typename: EventType;
  seq: number;
  cursor: string;
  occurredAt: string;
  userId: string;
  actorId: string;
  actor: Reference;
  until: string | null;
  to: string;
  role: string;
  isMuted: boolean;
  mutedUntil: string | null;
  fields: string[];
  room: (RoomTexts & { kind: string; settings: RoomSettings }) | null;
  sent: Content;
  message: Content | null;
  messageSeq: number;
  version: number;
  emoji: string;
  webhookId: string;
  webhook: { name: string; avatarUrl: string | null } | null;
}

const aboutMember = 'userId actorId';
const aboutMessage = `messageSeq message { ${contentFields} }`;
const aboutRoom = `room { kind ${textFields} settings { ${settingFields} } }`;
const aboutWebhook = 'webhookId actorId webhook { name avatarUrl }';

/** What is asked of each type of event, besides what all have. */
const selections: Record<EventType, string> = {
  RoomCreated: `actorId ${aboutRoom}`,
  MemberJoined: `${aboutMember} role isMuted mutedUntil`,
  MemberLeft: 'userId',
  MemberKicked: aboutMember,
  MemberBanned: `${aboutMember} until`,
  MemberUnbanned: aboutMember,
  MemberMuted: `${aboutMember} until`,
  MemberUnmuted: aboutMember,
  RoleChanged: `${aboutMember} to`,
  OwnershipTransferred: aboutMember,
  RoomUpdated: `fields ${aboutRoom}`,
  RoomArchived: 'actorId',
  RoomRestored: 'actorId',
  RoomDeleted: 'actorId',
  MessageSent: `sent: message { ${contentFields} }`,
  MessageEdited: `version ${aboutMessage}`,
  MessageDeleted: aboutMessage,
  ReactionAdded: 'messageSeq emoji userId',
  ReactionRemoved: 'messageSeq emoji userId',
  MessagePinned: 'messageSeq actor { id }',
  MessageUnpinned: 'messageSeq',
  WebhookCreated: aboutWebhook,
  WebhookRevoked: 'webhookId',
};

export const followRoom = `subscription ($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) {
    __typename seq cursor occurredAt
    ${Object.entries(selections)
      .map(([type, selection]) => `... on ${type} { ${selection} }`)
      .join('\n    ')}
  }
}`;

interface Member {
  role: string;
  joinedAt: string;
  isMuted: boolean;
  mutedUntil: string | null;
}

interface Webhook {
  name: string;
  avatarUrl: string | null;
  createdBy: Reference;
  createdAt: string;
  revokedAt: string | null;
}

export interface MessageState {
  content: Content;
  editCount: number;
  /** Who reacted, by emoji, in the order in which the emoji came. */
  reactions: Map<string, Set<string>>;
}

/** What a client knows of a room that has seen nothing but the room's log. */
export interface RoomState {
  seq: number;
  /** Which types of events there were. */
  types: Set<EventType>;
  isDeleted: boolean;
  texts: RoomTexts;
  settings: RoomSettings;
  archivedAt: string | null;
  members: Map<string, Member>;
  bans: Map<string, { bannedAt: string; bannedUntil: string | null }>;
  /** By `seq`, in its order. */
  messages: Map<number, MessageState>;
  /** By `seq` of the message, the oldest pin first. */
  pins: Map<number, { pinnedAt: string; pinnedBy: Reference }>;
  webhooks: Map<string, Webhook>;
}

export function createState(): RoomState {
  return {
    seq: 0,
    types: new Set(),
    isDeleted: false,
    texts: { name: null, topic: null, avatarUrl: null },
    settings: Object.fromEntries(settingNames.map((name) => [name, null])) as RoomSettings,
    archivedAt: null,
    members: new Map(),
    bans: new Map(),
    messages: new Map(),
    pins: new Map(),
    webhooks: new Map(),
  };
}

type Reducer = (state: RoomState, event: LogEvent) => void;

const addMember = (state: RoomState, userId: string, role: string, joinedAt: string) =>
  state.members.set(userId, { role, joinedAt, isMuted: false, mutedUntil: null });
const removeMember: Reducer = ({ members }, { userId }) => {
  take(members, userId);
};

/** What each type of event changes, by what the event itself tells. */
export const reducers: Record<EventType, Reducer> = {
  RoomCreated(state, { actorId, occurredAt, room }) {
    const { kind, settings, ...texts } = present(room);
    Object.assign(state, { texts, settings });
    addMember(state, actorId, kind === 'DIRECT' ? 'MEMBER' : 'OWNER', occurredAt);
  },
  MemberJoined(state, { userId, occurredAt, role, isMuted, mutedUntil }) {
    addMember(state, userId, role, occurredAt);
    Object.assign(present(state.members.get(userId)), { isMuted, mutedUntil });
  },
  MemberLeft: removeMember,
  MemberKicked: removeMember,
  MemberBanned({ members, bans }, { userId, occurredAt, until }) {
    members.delete(userId);
    bans.set(userId, { bannedAt: occurredAt, bannedUntil: until });
  },
  MemberUnbanned: ({ bans }, { userId }) => void take(bans, userId),
  MemberMuted: ({ members }, { userId, until }) =>
    void Object.assign(present(members.get(userId)), { isMuted: true, mutedUntil: until }),
  MemberUnmuted: ({ members }, { userId }) =>
    void Object.assign(present(members.get(userId)), { isMuted: false, mutedUntil: null }),
  RoleChanged({ members }, { userId, to }) {
    present(members.get(userId)).role = to;
  },
  OwnershipTransferred({ members }, { userId, actorId }) {
    present(members.get(userId)).role = 'OWNER';
    present(members.get(actorId)).role = 'ADMIN';
  },
  RoomUpdated({ texts, settings }, { fields, room }) {
    const now = present(room);
    for (const field of fields) {
      const [text, setting] = [textNames.find((name) => name === field), settingNames.find((name) => name === field)];
      if (text !== undefined) texts[text] = now[text];
      else settings[present(setting)] = now.settings[present(setting)];
    }
  },
  RoomArchived(state, { occurredAt }) {
    state.archivedAt = occurredAt;
  },
  RoomRestored(state) {
    state.archivedAt = null;
  },
  RoomDeleted(state) {
    state.isDeleted = true;
  },
  MessageSent: ({ messages }, { seq, sent }) =>
    void messages.set(seq, { content: sent, editCount: 0, reactions: new Map() }),
  MessageEdited({ messages }, { messageSeq, message, version }) {
    Object.assign(present(messages.get(messageSeq)), { content: present(message), editCount: version });
  },
  MessageDeleted({ messages, pins }, { messageSeq, message }) {
    const deleted = { content: present(message), editCount: 0, reactions: new Map() };
    Object.assign(present(messages.get(messageSeq)), deleted);
    pins.delete(messageSeq);
  },
  ReactionAdded({ messages }, { messageSeq, emoji, userId }) {
    const { reactions } = present(messages.get(messageSeq));
    reactions.set(emoji, (reactions.get(emoji) ?? new Set()).add(userId));
  },
  ReactionRemoved({ messages }, { messageSeq, emoji, userId }) {
    const { reactions } = present(messages.get(messageSeq));
    const userIds = present(reactions.get(emoji));
    if (!userIds.delete(userId)) throw new Error('Nobody has reacted so.');
    if (userIds.size === 0) reactions.delete(emoji);
  },
  MessagePinned: ({ pins }, { messageSeq, occurredAt, actor }) =>
    void pins.set(messageSeq, { pinnedAt: occurredAt, pinnedBy: actor }),
  MessageUnpinned: ({ pins }, { messageSeq }) => void take(pins, messageSeq),
  WebhookCreated({ webhooks }, { webhookId, webhook, actorId, occurredAt }) {
    const made = { createdBy: { id: actorId }, createdAt: occurredAt, revokedAt: null };
    webhooks.set(webhookId, { ...present(webhook), ...made });
  },
  WebhookRevoked({ webhooks }, { webhookId, occurredAt }) {
    present(webhooks.get(webhookId)).revokedAt = occurredAt;
  },
};

/** @throws when the event is not the next one, is of a type that nobody knows, or does not fit what was before. */
export function applyEvent(state: RoomState, event: LogEvent): void {
  const place = `${event.__typename} ${event.seq}`;
  if (event.seq !== state.seq + 1) throw new Error(`After ${state.seq} came ${place}.`);
  if (state.isDeleted) throw new Error(`The room is deleted, and ${place} came.`);
  try {
    reducers[event.__typename](state, event);
  } catch (error) {
    throw new Error(`${place} can't be applied.`, { cause: error });
  }
  state.seq = event.seq;
  state.types.add(event.__typename);
}

function take<Key>(from: Map<Key, unknown>, key: Key): void {
  if (!from.delete(key)) throw new Error(`There is no ${key}.`);
}

function present<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('The event needs something that is not there.');
  return value;
}
