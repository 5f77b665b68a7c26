// Generated from schema.graphql by tools/generate.ts. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { RoomRecord } from './rooms/record.ts';
import type { MessageRecord, MessageEditRecord, ThreadRecord } from './messages/record.ts';
import type { RoomEventRecord, MessageEditedRecord, ReactionEventRecord } from './log/record.ts';
import type { MemberRecord } from './members/record.ts';
import type { PinRecord } from './pins/repository.ts';
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
   * Sends a copy of a message's text and attachments to a room where the viewer may send. Whom the text mentions is not told
   * again. A retry with the same `clientMessageId` stores nothing and returns the first result, for ever, also when the source
   * is gone by then. Needs the scope `chat:write`, and `chat:read` for the source.
   */
  forwardMessage: ForwardMessagePayload;
  /**
   * Replaces the text of a message of the viewer. The texts before stay readable as `Message.edits`; members who are mentioned for
   * the first time are told. The text that it has already changes nothing. Needs the scope `chat:write`.
   */
  editMessage: EditMessagePayload;
  /**
   * Deletes a message: its author does, or a moderator of the room. Text, attachments, edits, reactions and pin are gone for good;
   * the message keeps its place in the room, in threads and in unread counts. Deleting again changes nothing. Needs the scope `chat:write`.
   */
  deleteMessage: DeleteMessagePayload;
  /** Reacts to a message with an emoji. Doing so again changes nothing. Needs the scope `chat:write`. */
  addReaction: AddReactionPayload;
  /** Takes back the viewer's reaction with an emoji. Doing so again changes nothing. Needs the scope `chat:write`. */
  removeReaction: RemoveReactionPayload;
  /** Pins a message of a room, which has at most 50 pinned. Doing so again changes nothing. Needs the scope `chat:write`. */
  pinMessage: PinMessagePayload;
  /** Unpins a message. Doing so again changes nothing. Needs the scope `chat:write`. */
  unpinMessage: UnpinMessagePayload;
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


export type MutationForwardMessageArgs = {
  input: ForwardMessageInput;
};


export type MutationEditMessageArgs = {
  input: EditMessageInput;
};


export type MutationDeleteMessageArgs = {
  input: DeleteMessageInput;
};


export type MutationAddReactionArgs = {
  input: AddReactionInput;
};


export type MutationRemoveReactionArgs = {
  input: RemoveReactionInput;
};


export type MutationPinMessageArgs = {
  input: PinMessageInput;
};


export type MutationUnpinMessageArgs = {
  input: UnpinMessageInput;
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
  /** The text: 1 to 8,000 characters, not only white space unless there are attachments. `@username` mentions a member. */
  text: Scalars['String']['input'];
  /** The message of the same room that this one answers. An answer to an answer belongs to the same thread. */
  replyToMessageId?: InputMaybe<Scalars['ID']['input']>;
  /** Files that belong to the message, at most 10. */
  attachments?: InputMaybe<Array<AttachmentInput>>;
  /** Names the message for retries: 1 to 64 visible ASCII characters, chosen by the client, unique among the viewer's messages in the room. A UUID is a good choice. */
  clientMessageId: Scalars['String']['input'];
};

/** A file that is kept elsewhere. Chat neither fetches nor checks it. */
export type AttachmentInput = {
  /** Where the file is: `https://`, at most 2,048 characters. */
  url: Scalars['String']['input'];
  /** The name to show: 1 to 255 characters on one line. */
  name: Scalars['String']['input'];
  /** What the file is, as in HTTP: `image/png`. */
  contentType: Scalars['String']['input'];
  /** How large the file is, in bytes. */
  sizeBytes: Scalars['Int']['input'];
};

/** A message to send a copy of. */
export type ForwardMessageInput = {
  /** The message's id. */
  messageId: Scalars['ID']['input'];
  /** The room to send the copy to. */
  roomId: Scalars['ID']['input'];
  /** Names the copy for retries, as in `sendMessage`. */
  clientMessageId: Scalars['String']['input'];
};

/** Which message gets which text. */
export type EditMessageInput = {
  /** The message's id. */
  messageId: Scalars['ID']['input'];
  /** The new text: 1 to 8,000 characters, not only white space unless there are attachments. */
  text: Scalars['String']['input'];
};

/** Which message to delete. */
export type DeleteMessageInput = {
  /** The message's id. */
  messageId: Scalars['ID']['input'];
};

/** What to react to, and how. */
export type AddReactionInput = {
  /** The message's id. */
  messageId: Scalars['ID']['input'];
  /** Exactly one emoji. */
  emoji: Scalars['String']['input'];
};

/** Which reaction to take back. */
export type RemoveReactionInput = {
  /** The message's id. */
  messageId: Scalars['ID']['input'];
  /** Exactly one emoji. */
  emoji: Scalars['String']['input'];
};

/** Which message to pin. */
export type PinMessageInput = {
  /** The message's id. */
  messageId: Scalars['ID']['input'];
};

/** Which message to unpin. */
export type UnpinMessageInput = {
  /** The message's id. */
  messageId: Scalars['ID']['input'];
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

/** The result of `forwardMessage`. */
export type ForwardMessagePayload = {
  __typename?: 'ForwardMessagePayload';
  /** The copy as it is stored; null when it was not. */
  message?: Maybe<Message>;
  /** What kept the message from being forwarded; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `editMessage`. */
export type EditMessagePayload = {
  __typename?: 'EditMessagePayload';
  /** The message as it is now; null when it was not edited. */
  message?: Maybe<Message>;
  /** What kept the message from being edited; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `deleteMessage`. */
export type DeleteMessagePayload = {
  __typename?: 'DeleteMessagePayload';
  /** The message as it is now; null when it was not deleted, or when the token lacks `chat:read`. */
  message?: Maybe<Message>;
  /** What kept the message from being deleted; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `addReaction`. */
export type AddReactionPayload = {
  __typename?: 'AddReactionPayload';
  /** The message as it is now; null when nothing was added, or when the token lacks `chat:read`. */
  message?: Maybe<Message>;
  /** What went wrong; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `removeReaction`. */
export type RemoveReactionPayload = {
  __typename?: 'RemoveReactionPayload';
  /** The message as it is now; null when nothing was removed, or when the token lacks `chat:read`. */
  message?: Maybe<Message>;
  /** What went wrong; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `pinMessage`. */
export type PinMessagePayload = {
  __typename?: 'PinMessagePayload';
  /** The message as it is now; null when it was not pinned, or when the token lacks `chat:read`. */
  message?: Maybe<Message>;
  /** What kept the message from being pinned; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `unpinMessage`. */
export type UnpinMessagePayload = {
  __typename?: 'UnpinMessagePayload';
  /** The message as it is now; null when it was not unpinned, or when the token lacks `chat:read`. */
  message?: Maybe<Message>;
  /** What kept the message from being unpinned; empty on success. */
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
  /** How many messages the viewer has not read, deleted ones included, as they keep their place; 0 for somebody who is not a member. */
  unreadCount: Scalars['Int']['output'];
  /** The viewer's role; null for somebody who is not a member. */
  viewerRole?: Maybe<MemberRole>;
  /** The members in an order that stays, which is none in particular. */
  members: RoomMemberConnection;
  /** The messages in the order in which they were sent. Give `first` or `last`, 1 to 100. */
  messages: MessageConnection;
  /** The pinned messages, newest pin first. */
  pins: PinConnection;
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


/** A place to talk. */
export type RoomPinsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of pins. */
export type PinConnection = {
  __typename?: 'PinConnection';
  /** The pins with their cursors. */
  edges: Array<PinEdge>;
  /** The pins alone. */
  nodes: Array<Pin>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A pin and its place in the list. */
export type PinEdge = {
  __typename?: 'PinEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The pin. */
  node: Pin;
};

/** A message that is pinned to its room. */
export type Pin = {
  __typename?: 'Pin';
  /** The message. */
  message?: Maybe<Message>;
  /** When it was pinned. */
  pinnedAt: Scalars['DateTime']['output'];
  /** Who pinned it; null when the account is gone. */
  pinnedBy?: Maybe<User>;
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
  /** The files that belong to it, in the order in which they were given. */
  attachments: Array<Attachment>;
  /** Who wrote it; null when the account is gone. */
  author?: Maybe<User>;
  /** When it was sent. */
  createdAt: Scalars['DateTime']['output'];
  /** When the text was last changed; null when it never was. */
  editedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the message was deleted; null when it was not. Its text, attachments, edits, reactions and pin are gone since. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the message was pinned; null when it is not. */
  pinnedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The changes of the text, oldest first. */
  edits: MessageEditConnection;
  /** The message that this one answers; null when it answers none. */
  replyTo?: Maybe<Message>;
  /** The thread to which the message belongs; null when it answers none and nobody has answered it. */
  thread?: Maybe<Thread>;
  /** The answers in the thread that this message began, in the order in which they were sent; empty for others. */
  replies: MessageConnection;
  /** Whether the message is a copy of another. */
  isForwarded: Scalars['Boolean']['output'];
  /** The message that this one is a copy of; null when it is none, or when the viewer may not see that one. */
  forwardedFrom?: Maybe<Message>;
  /** The reactions, the emoji that came first at the front. */
  reactions: Array<Reaction>;
  /** The room it was sent to; null when the viewer may no longer see it. */
  room?: Maybe<Room>;
};


/** Something that somebody said in a room. */
export type MessageEditsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** Something that somebody said in a room. */
export type MessageRepliesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A file that belongs to a message and is kept elsewhere. */
export type Attachment = {
  __typename?: 'Attachment';
  /** Where the file is. */
  url: Scalars['String']['output'];
  /** The name to show. */
  name: Scalars['String']['output'];
  /** What the file is, as its sender said. */
  contentType: Scalars['String']['output'];
  /** How large the file is in bytes, as its sender said. */
  sizeBytes: Scalars['Int']['output'];
};

/** All who reacted to a message with the same emoji. */
export type Reaction = {
  __typename?: 'Reaction';
  /** The emoji. */
  emoji: Scalars['String']['output'];
  /** How many have reacted with it. */
  count: Scalars['Int']['output'];
  /** Whether the viewer is among them. */
  viewerReacted: Scalars['Boolean']['output'];
};

/** A message and all answers to it, and to them. */
export type Thread = {
  __typename?: 'Thread';
  /** The message that began the thread. */
  root?: Maybe<Message>;
  /** How many answers there are, deleted ones included, as they keep their place. */
  replyCount: Scalars['Int']['output'];
  /** How many people have written in the thread, the author of its first message included. */
  participantCount: Scalars['Int']['output'];
  /** When the newest answer was sent. */
  lastReplyAt: Scalars['DateTime']['output'];
};

/** A page of the changes of a message's text. */
export type MessageEditConnection = {
  __typename?: 'MessageEditConnection';
  /** The edits with their cursors. */
  edges: Array<MessageEditEdge>;
  /** The edits alone. */
  nodes: Array<MessageEdit>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An edit and its place in the list. */
export type MessageEditEdge = {
  __typename?: 'MessageEditEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The edit. */
  node: MessageEdit;
};

/** A change of a message's text. */
export type MessageEdit = {
  __typename?: 'MessageEdit';
  /** Its number: 1 for the message's first edit. */
  version: Scalars['Int']['output'];
  /** The text that was replaced. */
  text?: Maybe<Scalars['String']['output']>;
  /** When it was replaced. */
  editedAt: Scalars['DateTime']['output'];
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

/** The text of a message was changed. */
export type MessageEdited = RoomEvent & {
  __typename?: 'MessageEdited';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The `seq` of the message that it is about. */
  messageSeq: Scalars['Int']['output'];
  /** The message as it is now. */
  message: Message;
  /** Who changed it; null when the account is gone. */
  actor?: Maybe<User>;
  /** The number of the edit: 1 for the message's first. */
  version: Scalars['Int']['output'];
};

/** A message was deleted, with its edits, reactions and pin. */
export type MessageDeleted = RoomEvent & {
  __typename?: 'MessageDeleted';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The `seq` of the message that it is about. */
  messageSeq: Scalars['Int']['output'];
  /** The message as it is now. */
  message: Message;
  /** Who deleted it; null when the account is gone. */
  actor?: Maybe<User>;
};

/** Somebody reacted to a message. */
export type ReactionAdded = RoomEvent & {
  __typename?: 'ReactionAdded';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The `seq` of the message that it is about. */
  messageSeq: Scalars['Int']['output'];
  /** The message as it is now. */
  message: Message;
  /** Who reacted; null when the account is gone. */
  actor?: Maybe<User>;
  /** The emoji. */
  emoji: Scalars['String']['output'];
  /** The id of who reacted: known even when the account is gone. */
  userId: Scalars['ID']['output'];
};

/** Somebody took back a reaction. */
export type ReactionRemoved = RoomEvent & {
  __typename?: 'ReactionRemoved';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The `seq` of the message that it is about. */
  messageSeq: Scalars['Int']['output'];
  /** The message as it is now. */
  message: Message;
  /** Who took it back; null when the account is gone. */
  actor?: Maybe<User>;
  /** The emoji. */
  emoji: Scalars['String']['output'];
  /** The id of whose reaction it was: known even when the account is gone. */
  userId: Scalars['ID']['output'];
};

/** A message was pinned. */
export type MessagePinned = RoomEvent & {
  __typename?: 'MessagePinned';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The `seq` of the message that it is about. */
  messageSeq: Scalars['Int']['output'];
  /** The message as it is now. */
  message: Message;
  /** Who pinned it; null when the account is gone. */
  actor?: Maybe<User>;
};

/** A message was unpinned. */
export type MessageUnpinned = RoomEvent & {
  __typename?: 'MessageUnpinned';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The `seq` of the message that it is about. */
  messageSeq: Scalars['Int']['output'];
  /** The message as it is now. */
  message: Message;
  /** Who unpinned it; null when the account is gone. */
  actor?: Maybe<User>;
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
  /** There is no such message, or the viewer may not know of it. */
  | 'MESSAGE_NOT_FOUND'
  /** The message has been deleted. */
  | 'MESSAGE_DELETED'
  /** An attachment has a URL, name, content type or size that is not allowed. */
  | 'ATTACHMENT_INVALID'
  /** The message has more than 10 attachments. */
  | 'ATTACHMENT_LIMIT_REACHED'
  /** The reaction is not exactly one emoji. */
  | 'REACTION_INVALID'
  /** The message has 20 different emoji already. */
  | 'REACTION_LIMIT_REACHED'
  /** The room has 50 pinned messages already. */
  | 'PIN_LIMIT_REACHED'
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
  AttachmentInput: AttachmentInput;
  ForwardMessageInput: ForwardMessageInput;
  EditMessageInput: EditMessageInput;
  DeleteMessageInput: DeleteMessageInput;
  AddReactionInput: AddReactionInput;
  RemoveReactionInput: RemoveReactionInput;
  PinMessageInput: PinMessageInput;
  UnpinMessageInput: UnpinMessageInput;
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
  ForwardMessagePayload: ResolverTypeWrapper<Omit<ForwardMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  EditMessagePayload: ResolverTypeWrapper<Omit<EditMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  DeleteMessagePayload: ResolverTypeWrapper<Omit<DeleteMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  AddReactionPayload: ResolverTypeWrapper<Omit<AddReactionPayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  RemoveReactionPayload: ResolverTypeWrapper<Omit<RemoveReactionPayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  PinMessagePayload: ResolverTypeWrapper<Omit<PinMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  UnpinMessagePayload: ResolverTypeWrapper<Omit<UnpinMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  MarkRoomReadPayload: ResolverTypeWrapper<Omit<MarkRoomReadPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  RoomKind: RoomKind;
  MemberRole: MemberRole;
  Room: ResolverTypeWrapper<RoomRecord>;
  PinConnection: ResolverTypeWrapper<Omit<PinConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['PinEdge']>, nodes: Array<ResolversTypes['Pin']> }>;
  PinEdge: ResolverTypeWrapper<Omit<PinEdge, 'node'> & { node: ResolversTypes['Pin'] }>;
  Pin: ResolverTypeWrapper<PinRecord>;
  RoomSettings: ResolverTypeWrapper<RoomRecord>;
  RoomMemberConnection: ResolverTypeWrapper<Omit<RoomMemberConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['RoomMemberEdge']>, nodes: Array<ResolversTypes['RoomMember']> }>;
  RoomMemberEdge: ResolverTypeWrapper<Omit<RoomMemberEdge, 'node'> & { node: ResolversTypes['RoomMember'] }>;
  RoomMember: ResolverTypeWrapper<MemberRecord>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  MessageConnection: ResolverTypeWrapper<Omit<MessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['MessageEdge']>, nodes: Array<ResolversTypes['Message']> }>;
  MessageEdge: ResolverTypeWrapper<Omit<MessageEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  Message: ResolverTypeWrapper<MessageRecord>;
  Attachment: ResolverTypeWrapper<Attachment>;
  Reaction: ResolverTypeWrapper<Reaction>;
  Thread: ResolverTypeWrapper<ThreadRecord>;
  MessageEditConnection: ResolverTypeWrapper<Omit<MessageEditConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['MessageEditEdge']>, nodes: Array<ResolversTypes['MessageEdit']> }>;
  MessageEditEdge: ResolverTypeWrapper<Omit<MessageEditEdge, 'node'> & { node: ResolversTypes['MessageEdit'] }>;
  MessageEdit: ResolverTypeWrapper<MessageEditRecord>;
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
  MessageEdited: ResolverTypeWrapper<MessageEditedRecord>;
  MessageDeleted: ResolverTypeWrapper<RoomEventRecord>;
  ReactionAdded: ResolverTypeWrapper<ReactionEventRecord>;
  ReactionRemoved: ResolverTypeWrapper<ReactionEventRecord>;
  MessagePinned: ResolverTypeWrapper<RoomEventRecord>;
  MessageUnpinned: ResolverTypeWrapper<RoomEventRecord>;
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
  AttachmentInput: AttachmentInput;
  ForwardMessageInput: ForwardMessageInput;
  EditMessageInput: EditMessageInput;
  DeleteMessageInput: DeleteMessageInput;
  AddReactionInput: AddReactionInput;
  RemoveReactionInput: RemoveReactionInput;
  PinMessageInput: PinMessageInput;
  UnpinMessageInput: UnpinMessageInput;
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
  ForwardMessagePayload: Omit<ForwardMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  EditMessagePayload: Omit<EditMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  DeleteMessagePayload: Omit<DeleteMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  AddReactionPayload: Omit<AddReactionPayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  RemoveReactionPayload: Omit<RemoveReactionPayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  PinMessagePayload: Omit<PinMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  UnpinMessagePayload: Omit<UnpinMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  MarkRoomReadPayload: Omit<MarkRoomReadPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  Room: RoomRecord;
  PinConnection: Omit<PinConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['PinEdge']>, nodes: Array<ResolversParentTypes['Pin']> };
  PinEdge: Omit<PinEdge, 'node'> & { node: ResolversParentTypes['Pin'] };
  Pin: PinRecord;
  RoomSettings: RoomRecord;
  RoomMemberConnection: Omit<RoomMemberConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['RoomMemberEdge']>, nodes: Array<ResolversParentTypes['RoomMember']> };
  RoomMemberEdge: Omit<RoomMemberEdge, 'node'> & { node: ResolversParentTypes['RoomMember'] };
  RoomMember: MemberRecord;
  Boolean: Scalars['Boolean']['output'];
  MessageConnection: Omit<MessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['MessageEdge']>, nodes: Array<ResolversParentTypes['Message']> };
  MessageEdge: Omit<MessageEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  Message: MessageRecord;
  Attachment: Attachment;
  Reaction: Reaction;
  Thread: ThreadRecord;
  MessageEditConnection: Omit<MessageEditConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['MessageEditEdge']>, nodes: Array<ResolversParentTypes['MessageEdit']> };
  MessageEditEdge: Omit<MessageEditEdge, 'node'> & { node: ResolversParentTypes['MessageEdit'] };
  MessageEdit: MessageEditRecord;
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
  MessageEdited: MessageEditedRecord;
  MessageDeleted: RoomEventRecord;
  ReactionAdded: ReactionEventRecord;
  ReactionRemoved: ReactionEventRecord;
  MessagePinned: RoomEventRecord;
  MessageUnpinned: RoomEventRecord;
  RoomConnection: Omit<RoomConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['RoomEdge']>, nodes: Array<ResolversParentTypes['Room']> };
  RoomEdge: Omit<RoomEdge, 'node'> & { node: ResolversParentTypes['Room'] };
  PageInfo: PageInfo;
  User: UserReference;
  UserError: UserError;
};

export type PerViewerDirectiveArgs = { };

export type PerViewerDirectiveResolver<Result, Parent, ContextType = Context, Args = PerViewerDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

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
  forwardMessage?: Resolver<ResolversTypes['ForwardMessagePayload'], ParentType, ContextType, RequireFields<MutationForwardMessageArgs, 'input'>>;
  editMessage?: Resolver<ResolversTypes['EditMessagePayload'], ParentType, ContextType, RequireFields<MutationEditMessageArgs, 'input'>>;
  deleteMessage?: Resolver<ResolversTypes['DeleteMessagePayload'], ParentType, ContextType, RequireFields<MutationDeleteMessageArgs, 'input'>>;
  addReaction?: Resolver<ResolversTypes['AddReactionPayload'], ParentType, ContextType, RequireFields<MutationAddReactionArgs, 'input'>>;
  removeReaction?: Resolver<ResolversTypes['RemoveReactionPayload'], ParentType, ContextType, RequireFields<MutationRemoveReactionArgs, 'input'>>;
  pinMessage?: Resolver<ResolversTypes['PinMessagePayload'], ParentType, ContextType, RequireFields<MutationPinMessageArgs, 'input'>>;
  unpinMessage?: Resolver<ResolversTypes['UnpinMessagePayload'], ParentType, ContextType, RequireFields<MutationUnpinMessageArgs, 'input'>>;
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

export type ForwardMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ForwardMessagePayload'] = ResolversParentTypes['ForwardMessagePayload']> = {
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EditMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EditMessagePayload'] = ResolversParentTypes['EditMessagePayload']> = {
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteMessagePayload'] = ResolversParentTypes['DeleteMessagePayload']> = {
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AddReactionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddReactionPayload'] = ResolversParentTypes['AddReactionPayload']> = {
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemoveReactionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveReactionPayload'] = ResolversParentTypes['RemoveReactionPayload']> = {
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PinMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PinMessagePayload'] = ResolversParentTypes['PinMessagePayload']> = {
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnpinMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnpinMessagePayload'] = ResolversParentTypes['UnpinMessagePayload']> = {
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
  pins?: Resolver<ResolversTypes['PinConnection'], ParentType, ContextType, Partial<RoomPinsArgs>>;
};

export type PinConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PinConnection'] = ResolversParentTypes['PinConnection']> = {
  edges?: Resolver<Array<ResolversTypes['PinEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Pin']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PinEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PinEdge'] = ResolversParentTypes['PinEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Pin'], ParentType, ContextType>;
};

export type PinResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Pin'] = ResolversParentTypes['Pin']> = {
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  pinnedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  pinnedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
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
  attachments?: Resolver<Array<ResolversTypes['Attachment']>, ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  editedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  deletedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pinnedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  edits?: Resolver<ResolversTypes['MessageEditConnection'], ParentType, ContextType, Partial<MessageEditsArgs>>;
  replyTo?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  thread?: Resolver<Maybe<ResolversTypes['Thread']>, ParentType, ContextType>;
  replies?: Resolver<ResolversTypes['MessageConnection'], ParentType, ContextType, Partial<MessageRepliesArgs>>;
  isForwarded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  forwardedFrom?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  reactions?: Resolver<Array<ResolversTypes['Reaction']>, ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
};

export type AttachmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Attachment'] = ResolversParentTypes['Attachment']> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  contentType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReactionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reaction'] = ResolversParentTypes['Reaction']> = {
  emoji?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  viewerReacted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ThreadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Thread'] = ResolversParentTypes['Thread']> = {
  root?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  replyCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  participantCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastReplyAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type MessageEditConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEditConnection'] = ResolversParentTypes['MessageEditConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MessageEditEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['MessageEdit']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MessageEditEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEditEdge'] = ResolversParentTypes['MessageEditEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['MessageEdit'], ParentType, ContextType>;
};

export type MessageEditResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEdit'] = ResolversParentTypes['MessageEdit']> = {
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  editedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RoomEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomEvent'] = ResolversParentTypes['RoomEvent']> = {
  __resolveType: TypeResolveFn<'RoomCreated' | 'MemberJoined' | 'MemberLeft' | 'MemberKicked' | 'MemberBanned' | 'MemberUnbanned' | 'MemberMuted' | 'MemberUnmuted' | 'RoleChanged' | 'OwnershipTransferred' | 'RoomUpdated' | 'RoomArchived' | 'RoomRestored' | 'RoomDeleted' | 'MessageSent' | 'MessageEdited' | 'MessageDeleted' | 'ReactionAdded' | 'ReactionRemoved' | 'MessagePinned' | 'MessageUnpinned', ParentType, ContextType>;
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

export type MessageEditedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEdited'] = ResolversParentTypes['MessageEdited']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  messageSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageDeletedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageDeleted'] = ResolversParentTypes['MessageDeleted']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  messageSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReactionAddedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReactionAdded'] = ResolversParentTypes['ReactionAdded']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  messageSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  emoji?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReactionRemovedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReactionRemoved'] = ResolversParentTypes['ReactionRemoved']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  messageSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  emoji?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessagePinnedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessagePinned'] = ResolversParentTypes['MessagePinned']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  messageSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MessageUnpinnedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageUnpinned'] = ResolversParentTypes['MessageUnpinned']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  messageSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
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
  ForwardMessagePayload?: ForwardMessagePayloadResolvers<ContextType>;
  EditMessagePayload?: EditMessagePayloadResolvers<ContextType>;
  DeleteMessagePayload?: DeleteMessagePayloadResolvers<ContextType>;
  AddReactionPayload?: AddReactionPayloadResolvers<ContextType>;
  RemoveReactionPayload?: RemoveReactionPayloadResolvers<ContextType>;
  PinMessagePayload?: PinMessagePayloadResolvers<ContextType>;
  UnpinMessagePayload?: UnpinMessagePayloadResolvers<ContextType>;
  MarkRoomReadPayload?: MarkRoomReadPayloadResolvers<ContextType>;
  Room?: RoomResolvers<ContextType>;
  PinConnection?: PinConnectionResolvers<ContextType>;
  PinEdge?: PinEdgeResolvers<ContextType>;
  Pin?: PinResolvers<ContextType>;
  RoomSettings?: RoomSettingsResolvers<ContextType>;
  RoomMemberConnection?: RoomMemberConnectionResolvers<ContextType>;
  RoomMemberEdge?: RoomMemberEdgeResolvers<ContextType>;
  RoomMember?: RoomMemberResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  Attachment?: AttachmentResolvers<ContextType>;
  Reaction?: ReactionResolvers<ContextType>;
  Thread?: ThreadResolvers<ContextType>;
  MessageEditConnection?: MessageEditConnectionResolvers<ContextType>;
  MessageEditEdge?: MessageEditEdgeResolvers<ContextType>;
  MessageEdit?: MessageEditResolvers<ContextType>;
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
  MessageEdited?: MessageEditedResolvers<ContextType>;
  MessageDeleted?: MessageDeletedResolvers<ContextType>;
  ReactionAdded?: ReactionAddedResolvers<ContextType>;
  ReactionRemoved?: ReactionRemovedResolvers<ContextType>;
  MessagePinned?: MessagePinnedResolvers<ContextType>;
  MessageUnpinned?: MessageUnpinnedResolvers<ContextType>;
  RoomConnection?: RoomConnectionResolvers<ContextType>;
  RoomEdge?: RoomEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  perViewer?: PerViewerDirectiveResolver<any, any, ContextType>;
};
