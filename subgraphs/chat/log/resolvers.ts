import type { Resolvers, ResolversTypes } from '../schema.types.ts';
import type { Context } from '../service.ts';
import { eventFields } from './cursor.ts';
import type { RoomEventKind, RoomEventRecord } from './record.ts';

/** The GraphQL type of each kind of event. */
const eventTypes = {
  ROOM_CREATED: 'RoomCreated',
  MEMBER_JOINED: 'MemberJoined',
  MEMBER_LEFT: 'MemberLeft',
  MEMBER_KICKED: 'MemberKicked',
  MEMBER_BANNED: 'MemberBanned',
  MEMBER_UNBANNED: 'MemberUnbanned',
  MEMBER_MUTED: 'MemberMuted',
  MEMBER_UNMUTED: 'MemberUnmuted',
  ROLE_CHANGED: 'RoleChanged',
  OWNERSHIP_TRANSFERRED: 'OwnershipTransferred',
  ROOM_UPDATED: 'RoomUpdated',
  ROOM_ARCHIVED: 'RoomArchived',
  ROOM_RESTORED: 'RoomRestored',
  ROOM_DELETED: 'RoomDeleted',
  MESSAGE_SENT: 'MessageSent',
  MESSAGE_EDITED: 'MessageEdited',
  MESSAGE_DELETED: 'MessageDeleted',
  REACTION_ADDED: 'ReactionAdded',
  REACTION_REMOVED: 'ReactionRemoved',
  MESSAGE_PINNED: 'MessagePinned',
  MESSAGE_UNPINNED: 'MessageUnpinned',
  WEBHOOK_CREATED: 'WebhookCreated',
  WEBHOOK_REVOKED: 'WebhookRevoked',
} as const satisfies Record<RoomEventKind, keyof ResolversTypes>;

/** What a subscription field resolves from. */
type Shown<Field extends string> = Record<Field, RoomEventRecord>;

export const logResolvers: Resolvers = {
  Subscription: {
    roomEvents: {
      subscribe: (_parent, { roomId, after }, { log }) =>
        log.followRoom(roomId, after ?? null, (roomEvents) => ({ roomEvents })) as never,
      resolve: ({ roomEvents }: Shown<'roomEvents'>, _args: object, { log }: Context) => log.showEvent(roomEvents),
    },
    messageAdded: {
      subscribe: (_parent, { roomId, after }, { log }) =>
        log.followRoom(roomId, after ?? null, (messageAdded) =>
          messageAdded.kind === 'MESSAGE_SENT' ? { messageAdded } : null,
        ) as never,
      resolve: ({ messageAdded }: Shown<'messageAdded'>, _args: object, { log }: Context) =>
        log.showEvent(messageAdded),
    },
  },
  RoomEvent: {
    __resolveType: ({ kind }) => eventTypes[kind],
  },
  RoomCreated: {
    ...eventFields,
    room: ({ roomId }, _args, { rooms }) => rooms.room(roomId),
    actor: ({ actorId }) => ({ id: actorId }),
  },
};
