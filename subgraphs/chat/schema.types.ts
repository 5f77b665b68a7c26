// Generated from schema.graphql by tools/generate.ts. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { RoomRecord } from './rooms/record.ts';
import type { MessageRecord } from './messages/record.ts';
import type { RoomEventRecord } from './log/record.ts';
import type { MemberRecord } from './members/record.ts';
import type { UserReference } from './accounts/repository.ts';
import type { Context } from './service.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A point in time, in RFC 3339 form with milliseconds and UTC: `2026-01-31T12:00:00.000Z`. */
  DateTime: { input: Date | string; output: Date | string; }
};

export type Query = {
  __typename?: 'Query';
  /** The room with this id; null when there is none or the viewer may not see it. */
  room?: Maybe<Room>;
};


export type QueryRoomArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Opens a room with the viewer as its owner. Needs the scope `chat:write`. */
  createRoom: CreateRoomPayload;
  /** Changes what a room is called and looks like, and its settings. What is not given stays as it is. Needs the scope `chat:write`. */
  updateRoom: UpdateRoomPayload;
  /** Archives a room: it can be read, and nothing can be written there. Archiving it again changes nothing. Needs the scope `chat:write`. */
  archiveRoom: ArchiveRoomPayload;
  /** Lets an archived room be written to again. Restoring it again changes nothing. Needs the scope `chat:write`. */
  restoreRoom: RestoreRoomPayload;
  /** Deletes a room for ever, with everything that was written there. Needs the scope `chat:write`. */
  deleteRoom: DeleteRoomPayload;
  /** Makes the viewer a member of a public room. Joining again changes nothing. Needs the scope `chat:write`. */
  joinRoom: JoinRoomPayload;
  /** Ends the viewer's membership. An owner hands the room over first, unless nobody else is there. Leaving again changes nothing. Needs the scope `chat:write`. */
  leaveRoom: LeaveRoomPayload;
  /** Gives a member another role. Only roles below the viewer's own can be given, and only to members below it. Needs the scope `chat:write`. */
  changeMemberRole: ChangeMemberRolePayload;
  /** Makes another member the owner of a room. The viewer, its owner so far, becomes an administrator. Needs the scope `chat:write`. */
  transferOwnership: TransferOwnershipPayload;
  /** Ends somebody's membership. They may join a public room again. Needs the scope `chat:write`. */
  kickMember: KickMemberPayload;
  /** Ends somebody's membership, if they have one, and keeps them from joining. Needs the scope `chat:write`. */
  banMember: BanMemberPayload;
  /** Lets somebody join again who was banned. Needs the scope `chat:write`. */
  unbanMember: UnbanMemberPayload;
  /** Keeps a member from sending messages. Needs the scope `chat:write`. */
  muteMember: MuteMemberPayload;
  /** Lets a member send messages again. Needs the scope `chat:write`. */
  unmuteMember: UnmuteMemberPayload;
  /**
   * Sends a message to a room of which the viewer is a member, and marks the room read up to it. A retry with the same
   * `clientMessageId` stores nothing and returns the first result, for ever. Needs the scope `chat:write`.
   */
  sendMessage: SendMessagePayload;
  /**
   * Marks the messages of a room as read by the viewer, up to and including a `seq`. Never marks anything unread.
   * Needs the scope `chat:write`.
   */
  markRoomRead: MarkRoomReadPayload;
};


export type MutationCreateRoomArgs = {
  input: CreateRoomInput;
};


export type MutationUpdateRoomArgs = {
  input: UpdateRoomInput;
};


export type MutationArchiveRoomArgs = {
  input: ArchiveRoomInput;
};


export type MutationRestoreRoomArgs = {
  input: RestoreRoomInput;
};


export type MutationDeleteRoomArgs = {
  input: DeleteRoomInput;
};


export type MutationJoinRoomArgs = {
  input: JoinRoomInput;
};


export type MutationLeaveRoomArgs = {
  input: LeaveRoomInput;
};


export type MutationChangeMemberRoleArgs = {
  input: ChangeMemberRoleInput;
};


export type MutationTransferOwnershipArgs = {
  input: TransferOwnershipInput;
};


export type MutationKickMemberArgs = {
  input: KickMemberInput;
};


export type MutationBanMemberArgs = {
  input: BanMemberInput;
};


export type MutationUnbanMemberArgs = {
  input: UnbanMemberInput;
};


export type MutationMuteMemberArgs = {
  input: MuteMemberInput;
};


export type MutationUnmuteMemberArgs = {
  input: UnmuteMemberInput;
};


export type MutationSendMessageArgs = {
  input: SendMessageInput;
};


export type MutationMarkRoomReadArgs = {
  input: MarkRoomReadInput;
};

export type Subscription = {
  __typename?: 'Subscription';
  /**
   * The whole log of a room: first what came after the cursor, then what happens, each event once and in order. Without
   * `after` it begins with the next event. After a cut, subscribe again with the `cursor` of the last event received.
   * Needs the scope `chat:read`.
   */
  roomEvents: RoomEvent;
  /** The same as `roomEvents`, messages only. Needs the scope `chat:read`. */
  messageAdded: MessageSent;
};


export type SubscriptionRoomEventsArgs = {
  roomId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionMessageAddedArgs = {
  roomId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What room to open. */
export type CreateRoomInput = {
  /** The room's name: 1 to 80 characters on one line. */
  name: Scalars['String']['input'];
  /** Who may find and join it. */
  kind: RoomKind;
};

/** What to change in which room. */
export type UpdateRoomInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The new name: 1 to 80 characters on one line. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** What the room is about: up to 500 characters; null or an empty text for nothing. */
  topic?: InputMaybe<Scalars['String']['input']>;
  /** The address of a picture, an https URL of up to 2,048 characters; null for none. */
  avatarUrl?: InputMaybe<Scalars['String']['input']>;
  /** The settings to change. */
  settings?: InputMaybe<RoomSettingsInput>;
};

/** Which room to archive. */
export type ArchiveRoomInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
};

/** Which room to restore. */
export type RestoreRoomInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
};

/** Which room to delete. */
export type DeleteRoomInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
};

/** Settings of a room; what is not given stays as it is. */
export type RoomSettingsInput = {
  /** The least role that may send messages; not `READ_ONLY`, which never may. */
  whoMayPost?: InputMaybe<MemberRole>;
  /** The least role that may invite people; not `READ_ONLY`. */
  whoMayInvite?: InputMaybe<MemberRole>;
  /** The least role that may pin messages; not `READ_ONLY`. */
  whoMayPin?: InputMaybe<MemberRole>;
  /** How long a member waits between two messages, 0 to 21,600 seconds; 0 ends slow mode. Moderators never wait. */
  slowModeSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** Which room to join. */
export type JoinRoomInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
};

/** Which room to leave. */
export type LeaveRoomInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
};

/** Whom to give which role. */
export type ChangeMemberRoleInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
  /** The new role; `OWNER` can't be given, see `transferOwnership`. */
  role: MemberRole;
};

/** Whom to hand which room. */
export type TransferOwnershipInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
};

/** Whom to remove from which room. */
export type KickMemberInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
};

/** Whom to keep out of which room. */
export type BanMemberInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
  /** When the ban ends; for ever without it. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Whom to let join which room again. */
export type UnbanMemberInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
};

/** Whom to keep from sending in which room. */
export type MuteMemberInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
  /** When the mute ends; for ever without it. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Whom to let send in which room again. */
export type UnmuteMemberInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
};

/** What to send where. */
export type SendMessageInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The text: 1 to 8,000 characters, not only white space. `@username` mentions a member. */
  text: Scalars['String']['input'];
  /** Names the message for retries: 1 to 64 visible ASCII characters, chosen by the client, unique among the viewer's messages in the room. A UUID is a good choice. */
  clientMessageId: Scalars['String']['input'];
};

/** Up to where a room was read. */
export type MarkRoomReadInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The `seq` of the last event that was read. */
  seq: Scalars['Int']['input'];
};

/** The result of `createRoom`. */
export type CreateRoomPayload = {
  __typename?: 'CreateRoomPayload';
  /** The new room; null when `userErrors` says why there is none. */
  room?: Maybe<Room>;
  /** What kept the room from being opened; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `updateRoom`. */
export type UpdateRoomPayload = {
  __typename?: 'UpdateRoomPayload';
  /** The room as it is now; null when it was not changed, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `archiveRoom`. */
export type ArchiveRoomPayload = {
  __typename?: 'ArchiveRoomPayload';
  /** The room as it is now; null when it was not changed, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `restoreRoom`. */
export type RestoreRoomPayload = {
  __typename?: 'RestoreRoomPayload';
  /** The room as it is now; null when it was not changed, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `deleteRoom`. */
export type DeleteRoomPayload = {
  __typename?: 'DeleteRoomPayload';
  /** The id of the room that is gone; null when it is not. */
  roomId?: Maybe<Scalars['ID']['output']>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `joinRoom`. */
export type JoinRoomPayload = {
  __typename?: 'JoinRoomPayload';
  /** The room as its new member sees it; null when it could not be joined, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept the viewer from joining; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `leaveRoom`. */
export type LeaveRoomPayload = {
  __typename?: 'LeaveRoomPayload';
  /** The room as the viewer sees it now; null when nothing was changed, or when the viewer or the token may not read it. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `changeMemberRole`. */
export type ChangeMemberRolePayload = {
  __typename?: 'ChangeMemberRolePayload';
  /** The member as it is now; null when `userErrors` says why not, or when the token lacks `chat:read`. */
  member?: Maybe<RoomMember>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `transferOwnership`. */
export type TransferOwnershipPayload = {
  __typename?: 'TransferOwnershipPayload';
  /** The room as the viewer sees it now; null when nothing was changed, or when the viewer or the token may not read it. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `kickMember`. */
export type KickMemberPayload = {
  __typename?: 'KickMemberPayload';
  /** The room as the viewer sees it now; null when nothing was changed, or when the viewer or the token may not read it. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `banMember`. */
export type BanMemberPayload = {
  __typename?: 'BanMemberPayload';
  /** The room as the viewer sees it now; null when nothing was changed, or when the viewer or the token may not read it. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `unbanMember`. */
export type UnbanMemberPayload = {
  __typename?: 'UnbanMemberPayload';
  /** The room as the viewer sees it now; null when nothing was changed, or when the viewer or the token may not read it. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `muteMember`. */
export type MuteMemberPayload = {
  __typename?: 'MuteMemberPayload';
  /** The member as it is now; null when `userErrors` says why not, or when the token lacks `chat:read`. */
  member?: Maybe<RoomMember>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `unmuteMember`. */
export type UnmuteMemberPayload = {
  __typename?: 'UnmuteMemberPayload';
  /** The member as it is now; null when `userErrors` says why not, or when the token lacks `chat:read`. */
  member?: Maybe<RoomMember>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `sendMessage`. */
export type SendMessagePayload = {
  __typename?: 'SendMessagePayload';
  /** The message as it is stored; null when it was not. */
  message?: Maybe<Message>;
  /** What kept the message from being sent; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `markRoomRead`. */
export type MarkRoomReadPayload = {
  __typename?: 'MarkRoomReadPayload';
  /** The room with its unread count as it is now; null when nothing was marked, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept the room from being marked; empty on success. */
  userErrors: Array<UserError>;
};

/** Who may find and join a room. */
export type RoomKind =
  /** Everybody who is signed in may read it and join it. */
  | 'PUBLIC'
  /** Only members know that it exists. */
  | 'PRIVATE';

/** What a member is in a room, from the most to the least powerful. docs/PERMISSIONS.md says who may do what. */
export type MemberRole =
  /** May do everything. Each room has one, until the last member leaves. */
  | 'OWNER'
  /** Looks after the room and gives roles. */
  | 'ADMIN'
  /** Looks after the members. */
  | 'MODERATOR'
  /** Takes part. */
  | 'MEMBER'
  /** Reads, and sends nothing. */
  | 'READ_ONLY';

/** A place to talk. */
export type Room = {
  __typename?: 'Room';
  /** Identifies the room for ever. */
  id: Scalars['ID']['output'];
  /** The name to show; null for a room without one. */
  name?: Maybe<Scalars['String']['output']>;
  /** Who may find and join it. */
  kind: RoomKind;
  /** What the room is about; null for a room without a topic. */
  topic?: Maybe<Scalars['String']['output']>;
  /** The address of a picture; null for a room without one. */
  avatarUrl?: Maybe<Scalars['String']['output']>;
  /** What its members may do, and how often. */
  settings: RoomSettings;
  /** When the room was archived; null while it can be written to. */
  archivedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The number of the newest event in the room's log. */
  headSeq: Scalars['Int']['output'];
  /** The cursor of the newest event: subscribe with it to follow on from what this answer shows, without a gap. */
  headCursor: Scalars['String']['output'];
  /** How many messages the viewer has not read; 0 for somebody who is not a member. */
  unreadCount: Scalars['Int']['output'];
  /** The viewer's role; null for somebody who is not a member. */
  viewerRole?: Maybe<MemberRole>;
  /** The members in an order that stays, which is none in particular. */
  members: RoomMemberConnection;
  /** The messages in the order in which they were sent. Give `first` or `last`, 1 to 100. */
  messages: MessageConnection;
};


/** A place to talk. */
export type RoomMembersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A place to talk. */
export type RoomMessagesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
};

/** What the members of a room may do, and how often. */
export type RoomSettings = {
  __typename?: 'RoomSettings';
  /** The least role that may send messages. */
  whoMayPost: MemberRole;
  /** The least role that may invite people. */
  whoMayInvite: MemberRole;
  /** The least role that may pin messages. */
  whoMayPin: MemberRole;
  /** How many seconds a member waits between two messages; 0 when slow mode is off. */
  slowModeSeconds: Scalars['Int']['output'];
};

/** A page of members. */
export type RoomMemberConnection = {
  __typename?: 'RoomMemberConnection';
  /** The members with their cursors. */
  edges: Array<RoomMemberEdge>;
  /** The members alone. */
  nodes: Array<RoomMember>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A member and its place in the list. */
export type RoomMemberEdge = {
  __typename?: 'RoomMemberEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The member. */
  node: RoomMember;
};

/** Somebody's membership in a room. */
export type RoomMember = {
  __typename?: 'RoomMember';
  /** Who it is; null when the account is gone. */
  user?: Maybe<User>;
  /** What they may do. */
  role: MemberRole;
  /** Since when. */
  joinedAt: Scalars['DateTime']['output'];
  /** Whether they are kept from sending messages. */
  isMuted: Scalars['Boolean']['output'];
  /** Until when; null for somebody who is not muted, and for ever. */
  mutedUntil?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of messages. */
export type MessageConnection = {
  __typename?: 'MessageConnection';
  /** The messages with their cursors. */
  edges: Array<MessageEdge>;
  /** The messages alone. */
  nodes: Array<Message>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A message and its place in the room's log. */
export type MessageEdge = {
  __typename?: 'MessageEdge';
  /** The place: good for paging and for `after` in a subscription to this room. */
  cursor: Scalars['String']['output'];
  /** The message. */
  node: Message;
};

/** Something that somebody said in a room. */
export type Message = {
  __typename?: 'Message';
  /** Identifies the message for ever. */
  id: Scalars['ID']['output'];
  /** The number of the event that added the message to the room's log. */
  seq: Scalars['Int']['output'];
  /** The text, with line ends as `\n`; null once it has been removed. */
  text?: Maybe<Scalars['String']['output']>;
  /** Who wrote it; null when the account is gone. */
  author?: Maybe<User>;
  /** When it was sent. */
  createdAt: Scalars['DateTime']['output'];
  /** The room it was sent to; null when the viewer may no longer see it. */
  room?: Maybe<Room>;
};

/** An event of a room's log. */
export type RoomEvent = {
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
};

/** The room was opened. Always the first event of a log. */
export type RoomCreated = RoomEvent & {
  __typename?: 'RoomCreated';
  /** The event's number in the log: 1. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The room. */
  room?: Maybe<Room>;
  /** Who opened the room, and was its first member; null when the account is gone. */
  actor?: Maybe<User>;
};

/** Somebody became a member. */
export type MemberJoined = RoomEvent & {
  __typename?: 'MemberJoined';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who joined: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who joined; null when the account is gone. */
  user?: Maybe<User>;
};

/** Somebody is no longer a member. */
export type MemberLeft = RoomEvent & {
  __typename?: 'MemberLeft';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who left: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who left; null when the account is gone. */
  user?: Maybe<User>;
};

/** A member was removed. */
export type MemberKicked = RoomEvent & {
  __typename?: 'MemberKicked';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who was removed: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who was removed; null when the account is gone. */
  user?: Maybe<User>;
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
};

/** Somebody may not be a member any more. */
export type MemberBanned = RoomEvent & {
  __typename?: 'MemberBanned';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who was banned: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who was banned; null when the account is gone. */
  user?: Maybe<User>;
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
  /** When the ban ends; null for ever. */
  until?: Maybe<Scalars['DateTime']['output']>;
};

/** Somebody who was banned may join again. */
export type MemberUnbanned = RoomEvent & {
  __typename?: 'MemberUnbanned';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who may join again: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who may join again; null when the account is gone. */
  user?: Maybe<User>;
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
};

/** A member may not send messages. */
export type MemberMuted = RoomEvent & {
  __typename?: 'MemberMuted';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who was muted: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who was muted; null when the account is gone. */
  user?: Maybe<User>;
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
  /** When the mute ends; null for ever. */
  until?: Maybe<Scalars['DateTime']['output']>;
};

/** A member may send messages again. */
export type MemberUnmuted = RoomEvent & {
  __typename?: 'MemberUnmuted';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who may send again: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who may send again; null when the account is gone. */
  user?: Maybe<User>;
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
};

/** A member has another role. */
export type RoleChanged = RoomEvent & {
  __typename?: 'RoleChanged';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who has another role: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who has another role; null when the account is gone. */
  user?: Maybe<User>;
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
  /** The role until then. */
  from: MemberRole;
  /** The role from then on. */
  to: MemberRole;
};

/** The room has another owner. Who was its owner is an administrator now. */
export type OwnershipTransferred = RoomEvent & {
  __typename?: 'OwnershipTransferred';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who owns the room now: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who owns the room now; null when the account is gone. */
  user?: Maybe<User>;
  /** The id of who handed it over: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who handed it over; null when the account is gone. */
  actor?: Maybe<User>;
};

/** Something about the room was changed. */
export type RoomUpdated = RoomEvent & {
  __typename?: 'RoomUpdated';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
  /** The room as it is now; null when the viewer may no longer see it. */
  room?: Maybe<Room>;
  /** The fields and settings that were changed, as `updateRoom` names them. */
  fields: Array<Scalars['String']['output']>;
};

/** The room was archived. */
export type RoomArchived = RoomEvent & {
  __typename?: 'RoomArchived';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
  /** The room as it is now; null when the viewer may no longer see it. */
  room?: Maybe<Room>;
};

/** The room can be written to again. */
export type RoomRestored = RoomEvent & {
  __typename?: 'RoomRestored';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
  /** The room as it is now; null when the viewer may no longer see it. */
  room?: Maybe<Room>;
};

/** The room was deleted. Always the last event of a log. */
export type RoomDeleted = RoomEvent & {
  __typename?: 'RoomDeleted';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of who did it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who did it; null when the account is gone. */
  actor?: Maybe<User>;
};

/** A message was sent. */
export type MessageSent = RoomEvent & {
  __typename?: 'MessageSent';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The message. */
  message: Message;
};

/** A page of rooms. */
export type RoomConnection = {
  __typename?: 'RoomConnection';
  /** The rooms with their cursors. */
  edges: Array<RoomEdge>;
  /** The rooms alone. */
  nodes: Array<Room>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A room and its place in the list. */
export type RoomEdge = {
  __typename?: 'RoomEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The room. */
  node: Room;
};

/** Where a page stands in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Whether there is more after the page. When paging backwards: whether `before` was given. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before the page. When paging forwards: whether `after` was given. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first edge; null for an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
  /** The cursor of the last edge; null for an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** Identifies the person for ever. */
  id: Scalars['ID']['output'];
  /** The rooms of which the person is a member, newest room first: complete for the viewer, empty for everybody else. */
  rooms: RoomConnection;
};


/** A person with an account. */
export type UserRoomsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** An expected failure of a mutation, to be shown to the person who asked. */
export type UserError = {
  __typename?: 'UserError';
  /** What went wrong, for programs. */
  code: UserErrorCode;
  /** What went wrong, in words. */
  message: Scalars['String']['output'];
  /** The path of the input field that caused it; null when no single field did. */
  field?: Maybe<Array<Scalars['String']['output']>>;
};

/** What can go wrong in a mutation. */
export type UserErrorCode =
  /** There is no such room, or the viewer may not know of it. */
  | 'ROOM_NOT_FOUND'
  /** The room's name is empty, longer than 80 characters, or not one line of text. */
  | 'ROOM_NAME_INVALID'
  /** Only members may do this. */
  | 'NOT_A_MEMBER'
  /** The viewer's role does not allow it, or not towards this person. */
  | 'NOT_ALLOWED'
  /** There is no such member, or no such person. */
  | 'MEMBER_NOT_FOUND'
  /** The viewer is banned from the room. */
  | 'BANNED'
  /** The viewer is muted in the room. */
  | 'MEMBER_MUTED'
  /** The room is archived: nothing can be written there. */
  | 'ROOM_ARCHIVED'
  /** The room is in slow mode, and the viewer's last message there is too new. The message says how many seconds to wait. */
  | 'SLOW_MODE'
  /** The topic is longer than 500 characters, or holds control characters or nothing to see. */
  | 'TOPIC_INVALID'
  /** The address of the picture is not an https URL of up to 2,048 characters. */
  | 'AVATAR_URL_INVALID'
  /** A setting is none that there is. */
  | 'SETTING_INVALID'
  /** An owner who is not alone hands the room over before leaving it. */
  | 'ROOM_OWNER_MUST_HAND_OVER'
  | 'TIME_INVALID'
  /** The message is empty or only white space. */
  | 'MESSAGE_EMPTY'
  /** The message is longer than 8,000 characters. */
  | 'MESSAGE_TOO_LONG'
  /** The message holds control characters or broken Unicode. */
  | 'MESSAGE_INVALID'
  /** The client's name for the message is not 1 to 64 visible ASCII characters. */
  | 'CLIENT_MESSAGE_ID_INVALID'
  /** The number is not that of an event in the room's log. */
  | 'SEQ_INVALID';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Room: Room;
  Message: Message;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Room:
    ( { __typename: 'Room' }
    & GraphQLRecursivePick<FederationTypes['Room'], {"id":true}> );
  Message:
    ( { __typename: 'Message' }
    & GraphQLRecursivePick<FederationTypes['Message'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CreateRoomInput: CreateRoomInput;
  UpdateRoomInput: UpdateRoomInput;
  ArchiveRoomInput: ArchiveRoomInput;
  RestoreRoomInput: RestoreRoomInput;
  DeleteRoomInput: DeleteRoomInput;
  RoomSettingsInput: RoomSettingsInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JoinRoomInput: JoinRoomInput;
  LeaveRoomInput: LeaveRoomInput;
  ChangeMemberRoleInput: ChangeMemberRoleInput;
  TransferOwnershipInput: TransferOwnershipInput;
  KickMemberInput: KickMemberInput;
  BanMemberInput: BanMemberInput;
  UnbanMemberInput: UnbanMemberInput;
  MuteMemberInput: MuteMemberInput;
  UnmuteMemberInput: UnmuteMemberInput;
  SendMessageInput: SendMessageInput;
  MarkRoomReadInput: MarkRoomReadInput;
  CreateRoomPayload: ResolverTypeWrapper<Omit<CreateRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  UpdateRoomPayload: ResolverTypeWrapper<Omit<UpdateRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  ArchiveRoomPayload: ResolverTypeWrapper<Omit<ArchiveRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  RestoreRoomPayload: ResolverTypeWrapper<Omit<RestoreRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  DeleteRoomPayload: ResolverTypeWrapper<DeleteRoomPayload>;
  JoinRoomPayload: ResolverTypeWrapper<Omit<JoinRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  LeaveRoomPayload: ResolverTypeWrapper<Omit<LeaveRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  ChangeMemberRolePayload: ResolverTypeWrapper<Omit<ChangeMemberRolePayload, 'member'> & { member?: Maybe<ResolversTypes['RoomMember']> }>;
  TransferOwnershipPayload: ResolverTypeWrapper<Omit<TransferOwnershipPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  KickMemberPayload: ResolverTypeWrapper<Omit<KickMemberPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  BanMemberPayload: ResolverTypeWrapper<Omit<BanMemberPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  UnbanMemberPayload: ResolverTypeWrapper<Omit<UnbanMemberPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  MuteMemberPayload: ResolverTypeWrapper<Omit<MuteMemberPayload, 'member'> & { member?: Maybe<ResolversTypes['RoomMember']> }>;
  UnmuteMemberPayload: ResolverTypeWrapper<Omit<UnmuteMemberPayload, 'member'> & { member?: Maybe<ResolversTypes['RoomMember']> }>;
  SendMessagePayload: ResolverTypeWrapper<Omit<SendMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  MarkRoomReadPayload: ResolverTypeWrapper<Omit<MarkRoomReadPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  RoomKind: RoomKind;
  MemberRole: MemberRole;
  Room: ResolverTypeWrapper<RoomRecord>;
  RoomSettings: ResolverTypeWrapper<RoomRecord>;
  RoomMemberConnection: ResolverTypeWrapper<Omit<RoomMemberConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['RoomMemberEdge']>, nodes: Array<ResolversTypes['RoomMember']> }>;
  RoomMemberEdge: ResolverTypeWrapper<Omit<RoomMemberEdge, 'node'> & { node: ResolversTypes['RoomMember'] }>;
  RoomMember: ResolverTypeWrapper<MemberRecord>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  MessageConnection: ResolverTypeWrapper<Omit<MessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['MessageEdge']>, nodes: Array<ResolversTypes['Message']> }>;
  MessageEdge: ResolverTypeWrapper<Omit<MessageEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  Message: ResolverTypeWrapper<MessageRecord>;
  RoomEvent: ResolverTypeWrapper<RoomEventRecord>;
  RoomCreated: ResolverTypeWrapper<RoomEventRecord>;
  MemberJoined: ResolverTypeWrapper<RoomEventRecord>;
  MemberLeft: ResolverTypeWrapper<RoomEventRecord>;
  MemberKicked: ResolverTypeWrapper<RoomEventRecord>;
  MemberBanned: ResolverTypeWrapper<RoomEventRecord>;
  MemberUnbanned: ResolverTypeWrapper<RoomEventRecord>;
  MemberMuted: ResolverTypeWrapper<RoomEventRecord>;
  MemberUnmuted: ResolverTypeWrapper<RoomEventRecord>;
  RoleChanged: ResolverTypeWrapper<RoomEventRecord>;
  OwnershipTransferred: ResolverTypeWrapper<RoomEventRecord>;
  RoomUpdated: ResolverTypeWrapper<RoomEventRecord>;
  RoomArchived: ResolverTypeWrapper<RoomEventRecord>;
  RoomRestored: ResolverTypeWrapper<RoomEventRecord>;
  RoomDeleted: ResolverTypeWrapper<RoomEventRecord>;
  MessageSent: ResolverTypeWrapper<RoomEventRecord>;
  RoomConnection: ResolverTypeWrapper<Omit<RoomConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['RoomEdge']>, nodes: Array<ResolversTypes['Room']> }>;
  RoomEdge: ResolverTypeWrapper<Omit<RoomEdge, 'node'> & { node: ResolversTypes['Room'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  User: ResolverTypeWrapper<UserReference>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  CreateRoomInput: CreateRoomInput;
  UpdateRoomInput: UpdateRoomInput;
  ArchiveRoomInput: ArchiveRoomInput;
  RestoreRoomInput: RestoreRoomInput;
  DeleteRoomInput: DeleteRoomInput;
  RoomSettingsInput: RoomSettingsInput;
  Int: Scalars['Int']['output'];
  JoinRoomInput: JoinRoomInput;
  LeaveRoomInput: LeaveRoomInput;
  ChangeMemberRoleInput: ChangeMemberRoleInput;
  TransferOwnershipInput: TransferOwnershipInput;
  KickMemberInput: KickMemberInput;
  BanMemberInput: BanMemberInput;
  UnbanMemberInput: UnbanMemberInput;
  MuteMemberInput: MuteMemberInput;
  UnmuteMemberInput: UnmuteMemberInput;
  SendMessageInput: SendMessageInput;
  MarkRoomReadInput: MarkRoomReadInput;
  CreateRoomPayload: Omit<CreateRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  UpdateRoomPayload: Omit<UpdateRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  ArchiveRoomPayload: Omit<ArchiveRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  RestoreRoomPayload: Omit<RestoreRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  DeleteRoomPayload: DeleteRoomPayload;
  JoinRoomPayload: Omit<JoinRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  LeaveRoomPayload: Omit<LeaveRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  ChangeMemberRolePayload: Omit<ChangeMemberRolePayload, 'member'> & { member?: Maybe<ResolversParentTypes['RoomMember']> };
  TransferOwnershipPayload: Omit<TransferOwnershipPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  KickMemberPayload: Omit<KickMemberPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  BanMemberPayload: Omit<BanMemberPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  UnbanMemberPayload: Omit<UnbanMemberPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  MuteMemberPayload: Omit<MuteMemberPayload, 'member'> & { member?: Maybe<ResolversParentTypes['RoomMember']> };
  UnmuteMemberPayload: Omit<UnmuteMemberPayload, 'member'> & { member?: Maybe<ResolversParentTypes['RoomMember']> };
  SendMessagePayload: Omit<SendMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  MarkRoomReadPayload: Omit<MarkRoomReadPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  Room: RoomRecord;
  RoomSettings: RoomRecord;
  RoomMemberConnection: Omit<RoomMemberConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['RoomMemberEdge']>, nodes: Array<ResolversParentTypes['RoomMember']> };
  RoomMemberEdge: Omit<RoomMemberEdge, 'node'> & { node: ResolversParentTypes['RoomMember'] };
  RoomMember: MemberRecord;
  Boolean: Scalars['Boolean']['output'];
  MessageConnection: Omit<MessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['MessageEdge']>, nodes: Array<ResolversParentTypes['Message']> };
  MessageEdge: Omit<MessageEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  Message: MessageRecord;
  RoomEvent: RoomEventRecord;
  RoomCreated: RoomEventRecord;
  MemberJoined: RoomEventRecord;
  MemberLeft: RoomEventRecord;
  MemberKicked: RoomEventRecord;
  MemberBanned: RoomEventRecord;
  MemberUnbanned: RoomEventRecord;
  MemberMuted: RoomEventRecord;
  MemberUnmuted: RoomEventRecord;
  RoleChanged: RoomEventRecord;
  OwnershipTransferred: RoomEventRecord;
  RoomUpdated: RoomEventRecord;
  RoomArchived: RoomEventRecord;
  RoomRestored: RoomEventRecord;
  RoomDeleted: RoomEventRecord;
  MessageSent: RoomEventRecord;
  RoomConnection: Omit<RoomConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['RoomEdge']>, nodes: Array<ResolversParentTypes['Room']> };
  RoomEdge: Omit<RoomEdge, 'node'> & { node: ResolversParentTypes['Room'] };
  PageInfo: PageInfo;
  User: UserReference;
  UserError: UserError;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType, RequireFields<QueryRoomArgs, 'id'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createRoom?: Resolver<ResolversTypes['CreateRoomPayload'], ParentType, ContextType, RequireFields<MutationCreateRoomArgs, 'input'>>;
  updateRoom?: Resolver<ResolversTypes['UpdateRoomPayload'], ParentType, ContextType, RequireFields<MutationUpdateRoomArgs, 'input'>>;
  archiveRoom?: Resolver<ResolversTypes['ArchiveRoomPayload'], ParentType, ContextType, RequireFields<MutationArchiveRoomArgs, 'input'>>;
  restoreRoom?: Resolver<ResolversTypes['RestoreRoomPayload'], ParentType, ContextType, RequireFields<MutationRestoreRoomArgs, 'input'>>;
  deleteRoom?: Resolver<ResolversTypes['DeleteRoomPayload'], ParentType, ContextType, RequireFields<MutationDeleteRoomArgs, 'input'>>;
  joinRoom?: Resolver<ResolversTypes['JoinRoomPayload'], ParentType, ContextType, RequireFields<MutationJoinRoomArgs, 'input'>>;
  leaveRoom?: Resolver<ResolversTypes['LeaveRoomPayload'], ParentType, ContextType, RequireFields<MutationLeaveRoomArgs, 'input'>>;
  changeMemberRole?: Resolver<ResolversTypes['ChangeMemberRolePayload'], ParentType, ContextType, RequireFields<MutationChangeMemberRoleArgs, 'input'>>;
  transferOwnership?: Resolver<ResolversTypes['TransferOwnershipPayload'], ParentType, ContextType, RequireFields<MutationTransferOwnershipArgs, 'input'>>;
  kickMember?: Resolver<ResolversTypes['KickMemberPayload'], ParentType, ContextType, RequireFields<MutationKickMemberArgs, 'input'>>;
  banMember?: Resolver<ResolversTypes['BanMemberPayload'], ParentType, ContextType, RequireFields<MutationBanMemberArgs, 'input'>>;
  unbanMember?: Resolver<ResolversTypes['UnbanMemberPayload'], ParentType, ContextType, RequireFields<MutationUnbanMemberArgs, 'input'>>;
  muteMember?: Resolver<ResolversTypes['MuteMemberPayload'], ParentType, ContextType, RequireFields<MutationMuteMemberArgs, 'input'>>;
  unmuteMember?: Resolver<ResolversTypes['UnmuteMemberPayload'], ParentType, ContextType, RequireFields<MutationUnmuteMemberArgs, 'input'>>;
  sendMessage?: Resolver<ResolversTypes['SendMessagePayload'], ParentType, ContextType, RequireFields<MutationSendMessageArgs, 'input'>>;
  markRoomRead?: Resolver<ResolversTypes['MarkRoomReadPayload'], ParentType, ContextType, RequireFields<MutationMarkRoomReadArgs, 'input'>>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  roomEvents?: SubscriptionResolver<ResolversTypes['RoomEvent'], "roomEvents", ParentType, ContextType, RequireFields<SubscriptionRoomEventsArgs, 'roomId'>>;
  messageAdded?: SubscriptionResolver<ResolversTypes['MessageSent'], "messageAdded", ParentType, ContextType, RequireFields<SubscriptionMessageAddedArgs, 'roomId'>>;
};

export type CreateRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateRoomPayload'] = ResolversParentTypes['CreateRoomPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateRoomPayload'] = ResolversParentTypes['UpdateRoomPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ArchiveRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ArchiveRoomPayload'] = ResolversParentTypes['ArchiveRoomPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RestoreRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RestoreRoomPayload'] = ResolversParentTypes['RestoreRoomPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteRoomPayload'] = ResolversParentTypes['DeleteRoomPayload']> = {
  roomId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type JoinRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JoinRoomPayload'] = ResolversParentTypes['JoinRoomPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type LeaveRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LeaveRoomPayload'] = ResolversParentTypes['LeaveRoomPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangeMemberRolePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeMemberRolePayload'] = ResolversParentTypes['ChangeMemberRolePayload']> = {
  member?: Resolver<Maybe<ResolversTypes['RoomMember']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type TransferOwnershipPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TransferOwnershipPayload'] = ResolversParentTypes['TransferOwnershipPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type KickMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['KickMemberPayload'] = ResolversParentTypes['KickMemberPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type BanMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BanMemberPayload'] = ResolversParentTypes['BanMemberPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnbanMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnbanMemberPayload'] = ResolversParentTypes['UnbanMemberPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MuteMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MuteMemberPayload'] = ResolversParentTypes['MuteMemberPayload']> = {
  member?: Resolver<Maybe<ResolversTypes['RoomMember']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnmuteMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnmuteMemberPayload'] = ResolversParentTypes['UnmuteMemberPayload']> = {
  member?: Resolver<Maybe<ResolversTypes['RoomMember']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SendMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SendMessagePayload'] = ResolversParentTypes['SendMessagePayload']> = {
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MarkRoomReadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MarkRoomReadPayload'] = ResolversParentTypes['MarkRoomReadPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RoomResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Room'] = ResolversParentTypes['Room'], FederationReferenceType extends FederationReferenceTypes['Room'] = FederationReferenceTypes['Room']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Room']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RoomKind'], ParentType, ContextType>;
  topic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['RoomSettings'], ParentType, ContextType>;
  archivedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  headSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  headCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  viewerRole?: Resolver<Maybe<ResolversTypes['MemberRole']>, ParentType, ContextType>;
  members?: Resolver<ResolversTypes['RoomMemberConnection'], ParentType, ContextType, Partial<RoomMembersArgs>>;
  messages?: Resolver<ResolversTypes['MessageConnection'], ParentType, ContextType, Partial<RoomMessagesArgs>>;
};

export type RoomSettingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomSettings'] = ResolversParentTypes['RoomSettings']> = {
  whoMayPost?: Resolver<ResolversTypes['MemberRole'], ParentType, ContextType>;
  whoMayInvite?: Resolver<ResolversTypes['MemberRole'], ParentType, ContextType>;
  whoMayPin?: Resolver<ResolversTypes['MemberRole'], ParentType, ContextType>;
  slowModeSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RoomMemberConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomMemberConnection'] = ResolversParentTypes['RoomMemberConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RoomMemberEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['RoomMember']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RoomMemberEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomMemberEdge'] = ResolversParentTypes['RoomMemberEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RoomMember'], ParentType, ContextType>;
};

export type RoomMemberResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomMember'] = ResolversParentTypes['RoomMember']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['MemberRole'], ParentType, ContextType>;
  joinedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isMuted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mutedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type MessageConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageConnection'] = ResolversParentTypes['MessageConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MessageEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Message']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MessageEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEdge'] = ResolversParentTypes['MessageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
};

export type MessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Message'] = ResolversParentTypes['Message'], FederationReferenceType extends FederationReferenceTypes['Message'] = FederationReferenceTypes['Message']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Message']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
};

export type RoomEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomEvent'] = ResolversParentTypes['RoomEvent']> = {
  __resolveType: TypeResolveFn<'RoomCreated' | 'MemberJoined' | 'MemberLeft' | 'MemberKicked' | 'MemberBanned' | 'MemberUnbanned' | 'MemberMuted' | 'MemberUnmuted' | 'RoleChanged' | 'OwnershipTransferred' | 'RoomUpdated' | 'RoomArchived' | 'RoomRestored' | 'RoomDeleted' | 'MessageSent', ParentType, ContextType>;
};

export type RoomCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomCreated'] = ResolversParentTypes['RoomCreated']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberJoinedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberJoined'] = ResolversParentTypes['MemberJoined']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberLeftResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberLeft'] = ResolversParentTypes['MemberLeft']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberKickedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberKicked'] = ResolversParentTypes['MemberKicked']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberBannedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberBanned'] = ResolversParentTypes['MemberBanned']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberUnbannedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberUnbanned'] = ResolversParentTypes['MemberUnbanned']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberMutedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberMuted'] = ResolversParentTypes['MemberMuted']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberUnmutedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberUnmuted'] = ResolversParentTypes['MemberUnmuted']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleChangedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleChanged'] = ResolversParentTypes['RoleChanged']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['MemberRole'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['MemberRole'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OwnershipTransferredResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OwnershipTransferred'] = ResolversParentTypes['OwnershipTransferred']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoomUpdatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomUpdated'] = ResolversParentTypes['RoomUpdated']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  fields?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoomArchivedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomArchived'] = ResolversParentTypes['RoomArchived']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoomRestoredResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomRestored'] = ResolversParentTypes['RoomRestored']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoomDeletedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomDeleted'] = ResolversParentTypes['RoomDeleted']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageSentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageSent'] = ResolversParentTypes['MessageSent']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoomConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomConnection'] = ResolversParentTypes['RoomConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RoomEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Room']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type RoomEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomEdge'] = ResolversParentTypes['RoomEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Room'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rooms?: Resolver<ResolversTypes['RoomConnection'], ParentType, ContextType, Partial<UserRoomsArgs>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  CreateRoomPayload?: CreateRoomPayloadResolvers<ContextType>;
  UpdateRoomPayload?: UpdateRoomPayloadResolvers<ContextType>;
  ArchiveRoomPayload?: ArchiveRoomPayloadResolvers<ContextType>;
  RestoreRoomPayload?: RestoreRoomPayloadResolvers<ContextType>;
  DeleteRoomPayload?: DeleteRoomPayloadResolvers<ContextType>;
  JoinRoomPayload?: JoinRoomPayloadResolvers<ContextType>;
  LeaveRoomPayload?: LeaveRoomPayloadResolvers<ContextType>;
  ChangeMemberRolePayload?: ChangeMemberRolePayloadResolvers<ContextType>;
  TransferOwnershipPayload?: TransferOwnershipPayloadResolvers<ContextType>;
  KickMemberPayload?: KickMemberPayloadResolvers<ContextType>;
  BanMemberPayload?: BanMemberPayloadResolvers<ContextType>;
  UnbanMemberPayload?: UnbanMemberPayloadResolvers<ContextType>;
  MuteMemberPayload?: MuteMemberPayloadResolvers<ContextType>;
  UnmuteMemberPayload?: UnmuteMemberPayloadResolvers<ContextType>;
  SendMessagePayload?: SendMessagePayloadResolvers<ContextType>;
  MarkRoomReadPayload?: MarkRoomReadPayloadResolvers<ContextType>;
  Room?: RoomResolvers<ContextType>;
  RoomSettings?: RoomSettingsResolvers<ContextType>;
  RoomMemberConnection?: RoomMemberConnectionResolvers<ContextType>;
  RoomMemberEdge?: RoomMemberEdgeResolvers<ContextType>;
  RoomMember?: RoomMemberResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  RoomEvent?: RoomEventResolvers<ContextType>;
  RoomCreated?: RoomCreatedResolvers<ContextType>;
  MemberJoined?: MemberJoinedResolvers<ContextType>;
  MemberLeft?: MemberLeftResolvers<ContextType>;
  MemberKicked?: MemberKickedResolvers<ContextType>;
  MemberBanned?: MemberBannedResolvers<ContextType>;
  MemberUnbanned?: MemberUnbannedResolvers<ContextType>;
  MemberMuted?: MemberMutedResolvers<ContextType>;
  MemberUnmuted?: MemberUnmutedResolvers<ContextType>;
  RoleChanged?: RoleChangedResolvers<ContextType>;
  OwnershipTransferred?: OwnershipTransferredResolvers<ContextType>;
  RoomUpdated?: RoomUpdatedResolvers<ContextType>;
  RoomArchived?: RoomArchivedResolvers<ContextType>;
  RoomRestored?: RoomRestoredResolvers<ContextType>;
  RoomDeleted?: RoomDeletedResolvers<ContextType>;
  MessageSent?: MessageSentResolvers<ContextType>;
  RoomConnection?: RoomConnectionResolvers<ContextType>;
  RoomEdge?: RoomEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};
