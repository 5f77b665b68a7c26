// Generated from schema.graphql by tools/generate.ts. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { RoomRecord } from './rooms/record.ts';
import type { MessageRecord, MessageEditRecord, ThreadRecord, MentionRecord } from './messages/record.ts';
import type { RoomEventRecord, WebhookEventRecord, MessageEditedRecord, ReactionEventRecord } from './log/record.ts';
import type { MemberRecord, BanRecord } from './members/record.ts';
import type { PinRecord } from './pins/repository.ts';
import type { ScheduledMessageRecord } from './scheduled/record.ts';
import type { DraftRecord } from './drafts/record.ts';
import type { ReportRecord } from './reports/record.ts';
import type { ModerationEntryRecord } from './audit/record.ts';
import type { InvitationRecord, InvitationPreviewRecord } from './invitations/record.ts';
import type { JoinRequestRecord } from './join-requests/repository.ts';
import type { ReadReceiptRecord } from './reads/repository.ts';
import type { ReadStateRecord, RoomSignalRecord, TypingRecord, ReadMarkRecord } from './signals/record.ts';
import type { WebhookRecord } from './webhooks/record.ts';
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

/** Which events of a subscription count. */
export type DeliveryClass =
  /** All of them: none is left out, or the subscription ends with an error that says why. */
  | 'DURABLE'
  /** The newest: older ones that still wait for a slow client are left out. */
  | 'EPHEMERAL';

export type Query = {
  __typename?: 'Query';
  /** The room with this id; null when there is none or the viewer may not see it. */
  room?: Maybe<Room>;
  /**
   * What was reported in all rooms, newest first, for moderators of the whole installation; direct rooms have no other. They see what
   * was reported, and not the rooms. Reports of the viewer's own messages are left out. Needs the scope `chat:moderate`.
   */
  reports: ReportConnection;
  /**
   * What the holder of an invitation link may know before accepting it; null for a code that is unknown, has expired, was used up or
   * revoked, and for somebody who is banned from the room.
   */
  invitation?: Maybe<InvitationPreview>;
  /**
   * Public rooms, newest first, that are not archived and from which the viewer is not banned: all of them, or those in whose name
   * and topic each word of a search begins some word, whatever its case and accents. Two letters of a word are enough; a single
   * one finds only itself. Empty for a token without `chat:read`, and for a search without any word.
   */
  publicRooms: RoomConnection;
  /**
   * The messages that have all that is asked for, newest first, of the rooms of which the viewer is a member, or of one room that the
   * viewer may read. Words are compared whole, without regard to case and accents, with those of texts and of the names of
   * attachments. Give at least one of `words`, `authorId` and `hasAttachment: true`.
   */
  searchMessages: MessageSearchConnection;
};


export type QueryRoomArgs = {
  id: Scalars['ID']['input'];
};


export type QueryReportsArgs = {
  state?: InputMaybe<ReportState>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryInvitationArgs = {
  code: Scalars['String']['input'];
};


export type QueryPublicRoomsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QuerySearchMessagesArgs = {
  words?: InputMaybe<Scalars['String']['input']>;
  roomId?: InputMaybe<Scalars['ID']['input']>;
  authorId?: InputMaybe<Scalars['ID']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
  hasAttachment?: InputMaybe<Scalars['Boolean']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Opens a public or private room with the viewer as its owner. A retry with the same `clientRoomId` opens nothing and returns the
   * first result, for ever. Needs the scope `chat:write`.
   */
  createRoom: CreateRoomPayload;
  /**
   * Opens the room between the viewer and somebody else, or returns the one that there is: a pair has exactly one, whoever opens it.
   * Nobody owns it, and both stay in it. Needs the scope `chat:write`.
   */
  openDirectRoom: OpenDirectRoomPayload;
  /**
   * Opens a room among a few people, who are its members at once, with the viewer as its owner. A retry with the same
   * `clientRoomId` opens nothing and returns the first result, for ever. Needs the scope `chat:write`.
   */
  openGroupRoom: OpenGroupRoomPayload;
  /** Changes what a room is called and looks like, and its settings. What is not given stays as it is. Needs the scope `chat:write`. */
  updateRoom: UpdateRoomPayload;
  /** Archives a room: it can be read, and nothing can be written there. Archiving it again changes nothing. Needs the scope `chat:write`. */
  archiveRoom: ArchiveRoomPayload;
  /** Lets an archived room be written to again. Restoring it again changes nothing. Needs the scope `chat:write`. */
  restoreRoom: RestoreRoomPayload;
  /** Deletes a room for ever, with everything that was written there. Needs the scope `chat:write`. */
  deleteRoom: DeleteRoomPayload;
  /** Makes the viewer a member of a public room whose `joinPolicy` is `OPEN`. Joining again changes nothing. Needs the scope `chat:write`. */
  joinRoom: JoinRoomPayload;
  /**
   * Makes a link by which people become members of a room, private ones included. A retry with the same `clientInvitationId` makes
   * nothing and returns the first result, for ever. It is revoked with its creator's membership, and when they may no longer invite.
   * Needs the scope `chat:write`.
   */
  createInvitation: CreateInvitationPayload;
  /**
   * Invites one person to a room. A retry with the same `clientInvitationId` invites nobody and returns the first result, for ever.
   * It is revoked with its creator's membership, and when they may no longer invite. Needs the scope `chat:write`.
   */
  inviteUser: InviteUserPayload;
  /**
   * Makes the viewer a member of the room that an invitation is for. For a member it changes nothing and counts as no use.
   * Needs the scope `chat:write`.
   */
  acceptInvitation: AcceptInvitationPayload;
  /** Declines an invitation of the viewer. Declining again changes nothing. Needs the scope `chat:write`. */
  declineInvitation: DeclineInvitationPayload;
  /** Ends an invitation: its creator does, or a moderator of the room. Revoking again changes nothing. Needs the scope `chat:write`. */
  revokeInvitation: RevokeInvitationPayload;
  /**
   * Asks to become a member of a public room whose `joinPolicy` is `ON_REQUEST`. A person has one open request to a room. A retry with
   * the same `clientRequestId` asks for nothing and returns the first result, for ever, whatever has become of it. Needs the scope
   * `chat:write`.
   */
  requestToJoin: RequestToJoinPayload;
  /** Takes back the viewer's request to join a room. Without a request it changes nothing. Needs the scope `chat:write`. */
  withdrawJoinRequest: WithdrawJoinRequestPayload;
  /** Makes somebody a member who has asked for it. For a member it changes nothing. Needs the scope `chat:write`. */
  approveJoinRequest: ApproveJoinRequestPayload;
  /** Declines somebody's request to join, who may ask again. Without a request it changes nothing. Needs the scope `chat:write`. */
  declineJoinRequest: DeclineJoinRequestPayload;
  /** Ends the viewer's membership. An owner hands the room over first, unless nobody else is there: the last one out deletes the room. Leaving again changes nothing. What restrains a member, as a mute does, holds on when they come back. Needs the scope `chat:write`. */
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
   * Has a message sent later, by itself. Then, as for `sendMessage`, the author must be allowed to send it; in slow mode it goes when that ends.
   * It marks nothing read that its author has not read. Messages of one author in a room go in the order of their times.
   * A retry with the same `clientMessageId` stores nothing and returns the first result, for ever; the name is good for one
   * message, so `sendMessage` with it sends this one now and not twice. Needs the scope `chat:write`.
   */
  scheduleMessage: ScheduleMessagePayload;
  /** Changes the text or the time of a message of the viewer that waits to be sent. What is not given stays as it is. Needs the scope `chat:write`. */
  updateScheduledMessage: UpdateScheduledMessagePayload;
  /**
   * Takes back a message that waits to be sent, or discards one that could not be sent: its text is gone for good. Doing so again
   * changes nothing. Needs the scope `chat:write`.
   */
  cancelScheduledMessage: CancelScheduledMessagePayload;
  /**
   * Keeps what the viewer is writing in a room on one device, in place of what was kept before. A text with nothing to see
   * keeps none. At most 20 devices have one in a room; one more takes the place of the oldest. Needs the scope `chat:write`.
   */
  saveDraft: SaveDraftPayload;
  /** Removes the viewer's draft of one device in a room. Doing so again changes nothing. Needs the scope `chat:write`. */
  deleteDraft: DeleteDraftPayload;
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
   * the message keeps its place in the room, in threads and in unread counts. If it was reported, a copy is kept until that is decided.
   * Deleting again changes nothing. Needs the scope `chat:write`.
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
   * Reports a message that the viewer may read to those who look after its room, and to the moderators of the installation. The person
   * who wrote it is not told. What they see is the message as it is now, kept until the report is decided, whatever becomes
   * of the message. Each person reports a message once: a second report, and a retry with the same `clientReportId`,
   * returns the first. At most 100 reports of a person are open. Needs the scope `chat:write`.
   */
  reportMessage: ReportMessagePayload;
  /**
   * Decides a report, and with it every open one of the same message; what was kept of the message goes. What is decided stays: doing so
   * again returns the first decision. For moderators of the room, with the scope `chat:write`, and of the installation, with `chat:moderate`.
   */
  resolveReport: ResolveReportPayload;
  /**
   * Makes a webhook: a URL by which a program posts messages to the room. A retry with the same `clientWebhookId` makes nothing and
   * returns the first result, for ever. A room has at most 20 that are not revoked. It is good for as long as its maker may make one
   * here, and revoked when they may not any more. Needs the scope `chat:write`.
   */
  createWebhook: CreateWebhookPayload;
  /** Revokes a webhook: from now on its URL is good for nothing. What it has posted stays. Doing so again changes nothing. Needs the scope `chat:write`. */
  revokeWebhook: RevokeWebhookPayload;
  /**
   * Marks the messages of a room as read by the viewer, up to and including a `seq`. Never marks anything unread.
   * Needs the scope `chat:write`.
   */
  markRoomRead: MarkRoomReadPayload;
  /**
   * Moves the viewer's read mark back to just before a message, so that it and what follows count as unread. A message that is
   * unread already changes nothing. Read receipts do not go back. Needs the scope `chat:write`.
   */
  markRoomUnread: MarkRoomUnreadPayload;
  /**
   * Tells those who follow `roomSignals` that the viewer is typing, or no longer is. It is kept nowhere and ends by itself after 6
   * seconds: say it again every few seconds. What is said again within 2 seconds is not passed on. Needs the right to send there and the scope `chat:write`.
   */
  signalTyping: SignalTypingPayload;
  /** Changes the viewer's own settings, which hold in all rooms. What is not given stays as it is. Needs the scope `chat:write`. */
  updateChatSettings: UpdateChatSettingsPayload;
};


export type MutationCreateRoomArgs = {
  input: CreateRoomInput;
};


export type MutationOpenDirectRoomArgs = {
  input: OpenDirectRoomInput;
};


export type MutationOpenGroupRoomArgs = {
  input: OpenGroupRoomInput;
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


export type MutationCreateInvitationArgs = {
  input: CreateInvitationInput;
};


export type MutationInviteUserArgs = {
  input: InviteUserInput;
};


export type MutationAcceptInvitationArgs = {
  input: AcceptInvitationInput;
};


export type MutationDeclineInvitationArgs = {
  input: DeclineInvitationInput;
};


export type MutationRevokeInvitationArgs = {
  input: RevokeInvitationInput;
};


export type MutationRequestToJoinArgs = {
  input: RequestToJoinInput;
};


export type MutationWithdrawJoinRequestArgs = {
  input: WithdrawJoinRequestInput;
};


export type MutationApproveJoinRequestArgs = {
  input: ApproveJoinRequestInput;
};


export type MutationDeclineJoinRequestArgs = {
  input: DeclineJoinRequestInput;
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


export type MutationScheduleMessageArgs = {
  input: ScheduleMessageInput;
};


export type MutationUpdateScheduledMessageArgs = {
  input: UpdateScheduledMessageInput;
};


export type MutationCancelScheduledMessageArgs = {
  input: CancelScheduledMessageInput;
};


export type MutationSaveDraftArgs = {
  input: SaveDraftInput;
};


export type MutationDeleteDraftArgs = {
  input: DeleteDraftInput;
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


export type MutationReportMessageArgs = {
  input: ReportMessageInput;
};


export type MutationResolveReportArgs = {
  input: ResolveReportInput;
};


export type MutationCreateWebhookArgs = {
  input: CreateWebhookInput;
};


export type MutationRevokeWebhookArgs = {
  input: RevokeWebhookInput;
};


export type MutationMarkRoomReadArgs = {
  input: MarkRoomReadInput;
};


export type MutationMarkRoomUnreadArgs = {
  input: MarkRoomUnreadInput;
};


export type MutationSignalTypingArgs = {
  input: SignalTypingInput;
};


export type MutationUpdateChatSettingsArgs = {
  input: UpdateChatSettingsInput;
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
  /**
   * What passes in a room of which the viewer is a member, and leaves no trace in its log: who is typing, and who reads. Begins with
   * those who are typing. The viewer's own signals are left out. Whoever is too slow gets the newest of each person only, and
   * nothing that was missed is repeated. Ends with `NOT_FOUND` when the viewer is no longer a member. Needs the scope `chat:read`.
   */
  roomSignals: RoomSignal;
  /**
   * The viewer's read state of a room, each time that their read mark was moved there, on this device or another. What was missed
   * is not repeated: ask for the rooms anew after a cut. Needs the scope `chat:read`.
   */
  readStateChanged: ReadState;
};


export type SubscriptionRoomEventsArgs = {
  roomId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionMessageAddedArgs = {
  roomId: Scalars['ID']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionRoomSignalsArgs = {
  roomId: Scalars['ID']['input'];
};

/** What room to open. */
export type CreateRoomInput = {
  /** The room's name: 1 to 80 characters on one line. */
  name: Scalars['String']['input'];
  /** Who may find and join it: `PUBLIC` or `PRIVATE`. */
  kind: RoomKind;
  /** What the room is about: up to 500 characters. */
  topic?: InputMaybe<Scalars['String']['input']>;
  /**
   * Names the room for retries: 1 to 64 visible ASCII characters, chosen by the client, unique among the rooms that the viewer
   * opened. A UUID is a good choice. Of all names that clients give it alone can be left out, for clients that are older than it: then
   * a retry opens another room.
   */
  clientRoomId?: InputMaybe<Scalars['String']['input']>;
};

/** With whom to open a direct room. */
export type OpenDirectRoomInput = {
  /** The id of the other person. */
  userId: Scalars['ID']['input'];
};

/** With whom to open a group room. */
export type OpenGroupRoomInput = {
  /** The ids of 2 to 49 other people, each once. */
  userIds: Array<Scalars['ID']['input']>;
  /** The room's name: 1 to 80 characters on one line; none without it. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Names the room for retries, as in `createRoom`, with which it shares its names: one that is used there is refused here. */
  clientRoomId: Scalars['String']['input'];
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
  /** The least role that may invite people; not `READ_ONLY`. Invitations by members who may not any more are revoked. */
  whoMayInvite?: InputMaybe<MemberRole>;
  /** The least role that may pin messages; not `READ_ONLY`. */
  whoMayPin?: InputMaybe<MemberRole>;
  /** How visitors of a public room become members. */
  joinPolicy?: InputMaybe<JoinPolicy>;
  /** How long a member waits between two messages, 0 to 21,600 seconds; 0 ends slow mode. Moderators never wait. */
  slowModeSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** After how many days messages are removed for good, 1 to 3,650, with everything else that happened in the room until then; 0 keeps them for ever. Who lowers it removes what is older than that, within the hour. Of a message that was reported, those who decide keep what it said until they have. */
  retentionDays?: InputMaybe<Scalars['Int']['input']>;
};

/** Which room to join. */
export type JoinRoomInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
};

/** What link to make. */
export type CreateInvitationInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** When the link ends: within a year, which it is without this. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** How many people it makes members, 1 to 100,000; any number without it. */
  maxUses?: InputMaybe<Scalars['Int']['input']>;
  /** Names the invitation for retries: 1 to 64 visible ASCII characters, chosen by the client, unique among the viewer's invitations to the room. A UUID is a good choice. */
  clientInvitationId: Scalars['String']['input'];
};

/** Whom to invite where. */
export type InviteUserInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
  /** Names the invitation for retries, as in `createInvitation`. */
  clientInvitationId: Scalars['String']['input'];
};

/** Which invitation to accept: exactly one of the two fields. */
export type AcceptInvitationInput = {
  /** The code of a link. */
  code?: InputMaybe<Scalars['String']['input']>;
  /** The id of an invitation of the viewer. */
  invitationId?: InputMaybe<Scalars['ID']['input']>;
};

/** Which invitation to decline. */
export type DeclineInvitationInput = {
  /** The invitation's id. */
  invitationId: Scalars['ID']['input'];
};

/** Which invitation to revoke. */
export type RevokeInvitationInput = {
  /** The invitation's id. */
  invitationId: Scalars['ID']['input'];
};

/** Which room to ask for. */
export type RequestToJoinInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** Names the request for retries: 1 to 64 visible ASCII characters, chosen by the client, unique among those of the viewer for this room. A UUID is a good choice. */
  clientRequestId: Scalars['String']['input'];
  /** What to tell those who decide: up to 500 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** Which request to take back. */
export type WithdrawJoinRequestInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
};

/** Whose request to approve. */
export type ApproveJoinRequestInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
};

/** Whose request to decline. */
export type DeclineJoinRequestInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
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
  /** Why, for those who may read `Room.moderationLog`: 1 to 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** Whom to keep out of which room. */
export type BanMemberInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The id of the person. */
  userId: Scalars['ID']['input'];
  /** When the ban ends; for ever without it. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
  /** Why, for those who may read `Room.moderationLog`: 1 to 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
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
  /** Why, for those who may read `Room.moderationLog`: 1 to 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
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
  /** The text: 1 to 8,000 characters, not only white space unless there are attachments. `@username` mentions a member. `@room` of a moderator or above counts as a mention for everybody, who get no notification of it. */
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

/** What to send where, and when. */
export type ScheduleMessageInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The text, as in `sendMessage`. Whom it mentions is decided when it is sent. */
  text: Scalars['String']['input'];
  /** The message of the same room that this one answers. */
  replyToMessageId?: InputMaybe<Scalars['ID']['input']>;
  /** Files that belong to the message, at most 10. */
  attachments?: InputMaybe<Array<AttachmentInput>>;
  /** When to send it: a time in the future, at most 366 days from now. */
  sendAt: Scalars['DateTime']['input'];
  /** Names the message for retries, as in `sendMessage`, whose names these are, too. */
  clientMessageId: Scalars['String']['input'];
};

/** What to change about a message that waits to be sent. */
export type UpdateScheduledMessageInput = {
  /** The id of the scheduled message. */
  scheduledMessageId: Scalars['ID']['input'];
  /** The new text. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** The new time: in the future, at most 366 days from now. */
  sendAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Which message not to send. */
export type CancelScheduledMessageInput = {
  /** The id of the scheduled message. */
  scheduledMessageId: Scalars['ID']['input'];
};

/** What to keep of what is being written. */
export type SaveDraftInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** Names the device: 1 to 64 visible ASCII characters, chosen by the client. */
  deviceId: Scalars['String']['input'];
  /** The text: up to 8,000 characters; without any that can be seen the draft is removed. */
  text: Scalars['String']['input'];
  /** The message of the same room that it is to answer. */
  replyToMessageId?: InputMaybe<Scalars['ID']['input']>;
};

/** Which draft to remove. */
export type DeleteDraftInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The name of the device. */
  deviceId: Scalars['String']['input'];
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
  /** Why, for those who may read `Room.moderationLog`: 1 to 500 characters. */
  reason?: InputMaybe<Scalars['String']['input']>;
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

/** Which message to report, and why. */
export type ReportMessageInput = {
  /** The message's id. */
  messageId: Scalars['ID']['input'];
  /** What is wrong with it. */
  reason: ReportReason;
  /** More about it, for those who decide: at most 1,000 characters. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** Names the report for retries: 1 to 64 visible ASCII characters, chosen by the client, unique among the viewer's reports. A UUID is a good choice. */
  clientReportId: Scalars['String']['input'];
};

/** Which report, and what is decided. */
export type ResolveReportInput = {
  /** The report's id. */
  reportId: Scalars['ID']['input'];
  /** What is decided. */
  resolution: ReportResolution;
  /** Why, for those who look after the room: 1 to 500 characters. */
  note?: InputMaybe<Scalars['String']['input']>;
};

/** What webhook to make where. */
export type CreateWebhookInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The name to show beside its messages: 1 to 80 characters on one line. */
  name: Scalars['String']['input'];
  /** The address of a picture to show beside them, an https URL of up to 2,048 characters. */
  avatarUrl?: InputMaybe<Scalars['String']['input']>;
  /** Names the webhook for retries: 1 to 64 visible ASCII characters, chosen by the client, unique among those that the viewer has made in the room. */
  clientWebhookId: Scalars['String']['input'];
};

/** Which webhook to revoke. */
export type RevokeWebhookInput = {
  /** The webhook's id. */
  webhookId: Scalars['ID']['input'];
};

/** Up to where a room was read. */
export type MarkRoomReadInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The `seq` of the last event that was read. */
  seq: Scalars['Int']['input'];
};

/** From which message on a room is unread. */
export type MarkRoomUnreadInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** The message that is to be unread again. */
  fromMessageId: Scalars['ID']['input'];
};

/** Who is typing where. */
export type SignalTypingInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
  /** Whether the viewer is typing. */
  isTyping: Scalars['Boolean']['input'];
};

/** Settings of a person; what is not given stays as it is. */
export type UpdateChatSettingsInput = {
  /** Whether others see how far the viewer has read. */
  sendsReadReceipts?: InputMaybe<Scalars['Boolean']['input']>;
};

/** The result of `createRoom`. */
export type CreateRoomPayload = {
  __typename?: 'CreateRoomPayload';
  /** The new room; null when `userErrors` says why there is none. */
  room?: Maybe<Room>;
  /** What kept the room from being opened; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `openDirectRoom`. */
export type OpenDirectRoomPayload = {
  __typename?: 'OpenDirectRoomPayload';
  /** The room between the two; null when `userErrors` says why there is none. */
  room?: Maybe<Room>;
  /** What kept the room from being opened; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `openGroupRoom`. */
export type OpenGroupRoomPayload = {
  __typename?: 'OpenGroupRoomPayload';
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

/** The result of `createInvitation`. */
export type CreateInvitationPayload = {
  __typename?: 'CreateInvitationPayload';
  /** The invitation as it is stored; null when there is none. */
  invitation?: Maybe<Invitation>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `inviteUser`. */
export type InviteUserPayload = {
  __typename?: 'InviteUserPayload';
  /** The invitation as it is stored; null when there is none. */
  invitation?: Maybe<Invitation>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `acceptInvitation`. */
export type AcceptInvitationPayload = {
  __typename?: 'AcceptInvitationPayload';
  /** The room as its new member sees it; null when it could not be joined, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `declineInvitation`. */
export type DeclineInvitationPayload = {
  __typename?: 'DeclineInvitationPayload';
  /** The id of the invitation that is declined; null when it is not. */
  invitationId?: Maybe<Scalars['ID']['output']>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `revokeInvitation`. */
export type RevokeInvitationPayload = {
  __typename?: 'RevokeInvitationPayload';
  /** The invitation as it is now; null when it was not revoked. */
  invitation?: Maybe<Invitation>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `requestToJoin`. */
export type RequestToJoinPayload = {
  __typename?: 'RequestToJoinPayload';
  /** The request; null when `userErrors` says why there is none. */
  joinRequest?: Maybe<JoinRequest>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `withdrawJoinRequest`. */
export type WithdrawJoinRequestPayload = {
  __typename?: 'WithdrawJoinRequestPayload';
  /** The room as the viewer sees it now; null when nothing was changed, or when the viewer or the token may not read it. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `approveJoinRequest`. */
export type ApproveJoinRequestPayload = {
  __typename?: 'ApproveJoinRequestPayload';
  /** The member; null when `userErrors` says why not, or when the token lacks `chat:read`. */
  member?: Maybe<RoomMember>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `declineJoinRequest`. */
export type DeclineJoinRequestPayload = {
  __typename?: 'DeclineJoinRequestPayload';
  /** The room as the viewer sees it now; null when nothing was changed, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `leaveRoom`. */
export type LeaveRoomPayload = {
  __typename?: 'LeaveRoomPayload';
  /** The room as the viewer sees it now; null when nothing was changed, when the viewer or the token may not read it, or when nobody was left in it. */
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

/** The result of `scheduleMessage`. */
export type ScheduleMessagePayload = {
  __typename?: 'ScheduleMessagePayload';
  /** What is to be sent, as it is now; null when `userErrors` says why nothing is. */
  scheduledMessage?: Maybe<ScheduledMessage>;
  /** What kept the message from being scheduled; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `updateScheduledMessage`. */
export type UpdateScheduledMessagePayload = {
  __typename?: 'UpdateScheduledMessagePayload';
  /** What is to be sent, as it is now; null when it was not changed. */
  scheduledMessage?: Maybe<ScheduledMessage>;
  /** What kept it from being changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `cancelScheduledMessage`. */
export type CancelScheduledMessagePayload = {
  __typename?: 'CancelScheduledMessagePayload';
  /** What will not be sent; null when `userErrors` says why not. */
  scheduledMessage?: Maybe<ScheduledMessage>;
  /** What kept it from being cancelled; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `saveDraft`. */
export type SaveDraftPayload = {
  __typename?: 'SaveDraftPayload';
  /** The draft as it is kept; null when none is. */
  draft?: Maybe<Draft>;
  /** What kept it from being saved; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `deleteDraft`. */
export type DeleteDraftPayload = {
  __typename?: 'DeleteDraftPayload';
  /** The room, which has no such draft any more; null when `userErrors` says why, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept it from being removed; empty on success. */
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

/** The result of `reportMessage`. */
export type ReportMessagePayload = {
  __typename?: 'ReportMessagePayload';
  /** The report as whoever has made it sees it; null when `userErrors` says why there is none. */
  report?: Maybe<OwnReport>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `resolveReport`. */
export type ResolveReportPayload = {
  __typename?: 'ResolveReportPayload';
  /** The report as it is now; null when `userErrors` says why not, or when the token lacks both `chat:read` and `chat:moderate`. */
  report?: Maybe<Report>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `createWebhook`. */
export type CreateWebhookPayload = {
  __typename?: 'CreateWebhookPayload';
  /** The webhook; null when `userErrors` says why there is none. */
  webhook?: Maybe<Webhook>;
  /** What kept it from being made; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `revokeWebhook`. */
export type RevokeWebhookPayload = {
  __typename?: 'RevokeWebhookPayload';
  /** The webhook as it is now; null when it was not revoked. */
  webhook?: Maybe<Webhook>;
  /** What kept it from being revoked; empty on success. */
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

/** The result of `markRoomUnread`. */
export type MarkRoomUnreadPayload = {
  __typename?: 'MarkRoomUnreadPayload';
  /** The room with its unread count as it is now; null when nothing was marked, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept the room from being marked; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `signalTyping`. */
export type SignalTypingPayload = {
  __typename?: 'SignalTypingPayload';
  /** Until when others see it unless it is said again; null for somebody who does not type. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** What kept it from being passed on; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `updateChatSettings`. */
export type UpdateChatSettingsPayload = {
  __typename?: 'UpdateChatSettingsPayload';
  /** The settings as they are now. */
  settings?: Maybe<ChatSettings>;
  /** What kept them from being changed; empty on success. */
  userErrors: Array<UserError>;
};

/** What a person has chosen for all their rooms. */
export type ChatSettings = {
  __typename?: 'ChatSettings';
  /** Whether others see how far the person has read. Who turns it off still sees the receipts of others. */
  sendsReadReceipts: Scalars['Boolean']['output'];
};

/** What somebody has not read, in all their rooms together. */
export type UnreadTotals = {
  __typename?: 'UnreadTotals';
  /** How many messages are unread. */
  unreadCount: Scalars['Int']['output'];
  /** How many of them mention the person, or everybody in their room. */
  unreadMentionCount: Scalars['Int']['output'];
  /** In how many rooms there are unread messages. */
  unreadRoomCount: Scalars['Int']['output'];
};

/** How far the viewer has read in a room. */
export type ReadState = {
  __typename?: 'ReadState';
  /** The room; null when the viewer is no longer there. */
  room?: Maybe<Room>;
  /** The `seq` of the last message that counts as read; 0 before the first. */
  readSeq: Scalars['Int']['output'];
  /** How many messages of the room the viewer has not read. */
  unreadCount: Scalars['Int']['output'];
  /** How many of them mention the viewer, or everybody in the room. */
  unreadMentionCount: Scalars['Int']['output'];
};

/** How far somebody has read in a room. Marking a room unread takes no receipt back. */
export type ReadReceipt = {
  __typename?: 'ReadReceipt';
  /** The id of who has read: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who has read; null when the account is gone. */
  user?: Maybe<User>;
  /** The `seq` of the last message that they have read. */
  seq: Scalars['Int']['output'];
  /** When they read it. */
  readAt: Scalars['DateTime']['output'];
};

/** A page of read receipts. */
export type ReadReceiptConnection = {
  __typename?: 'ReadReceiptConnection';
  /** The receipts with their cursors. */
  edges: Array<ReadReceiptEdge>;
  /** The receipts alone. */
  nodes: Array<ReadReceipt>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A read receipt and its place in the list. */
export type ReadReceiptEdge = {
  __typename?: 'ReadReceiptEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The receipt. */
  node: ReadReceipt;
};

/** Something that passes in a room and is kept nowhere. */
export type RoomSignal = {
  /** The room. */
  roomId: Scalars['ID']['output'];
  /** The id of whom it is about: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Whom it is about; null when the account is gone. */
  user?: Maybe<User>;
};

/** Somebody is typing, or still is. */
export type TypingStarted = RoomSignal & {
  __typename?: 'TypingStarted';
  /** The room. */
  roomId: Scalars['ID']['output'];
  /** The id of who is typing: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who is typing; null when the account is gone. */
  user?: Maybe<User>;
  /** When it ends unless it is said again: nobody needs to wait for `TypingStopped`. */
  expiresAt: Scalars['DateTime']['output'];
};

/** Somebody is no longer typing: they said so, or did not say anything more. */
export type TypingStopped = RoomSignal & {
  __typename?: 'TypingStopped';
  /** The room. */
  roomId: Scalars['ID']['output'];
  /** The id of who was typing: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who was typing; null when the account is gone. */
  user?: Maybe<User>;
};

/** Somebody who sends read receipts has read on. Who sends a message has read up to it, of which nothing more is told here. */
export type ReadMarkMoved = RoomSignal & {
  __typename?: 'ReadMarkMoved';
  /** The room. */
  roomId: Scalars['ID']['output'];
  /** The id of who has read: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who has read; null when the account is gone. */
  user?: Maybe<User>;
  /** The `seq` of the last message that they have read. */
  seq: Scalars['Int']['output'];
};

/** Who may find and join a room. */
export type RoomKind =
  /** Everybody who is signed in may read it and join it. */
  | 'PUBLIC'
  /** Only members know that it exists. */
  | 'PRIVATE'
  /** Between two people, as equals: exactly one room per pair. Nobody else knows that it exists, nobody joins or leaves, and there is nothing to moderate. */
  | 'DIRECT'
  /** Among a few people who were brought together when it was opened; otherwise as a private room. */
  | 'GROUP';

/** How somebody becomes a member of a public room by themselves. Everybody may read it either way. */
export type JoinPolicy =
  /** By joining it. */
  | 'OPEN'
  /** By asking for it; a moderator decides. */
  | 'ON_REQUEST';

/** What a member is in a room, from the most to the least powerful. docs/PERMISSIONS.md says who may do what. */
export type MemberRole =
  /** May do everything. Each room with roles has one: the last member who leaves deletes the room. */
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
  /** The number of the oldest event in the room's log that is still there: the history begins with it. It is more than 1 once the room's `retentionDays` have removed something. */
  firstSeq: Scalars['Int']['output'];
  /** The number of the newest event in the room's log. */
  headSeq: Scalars['Int']['output'];
  /** The cursor of the newest event: subscribe with it to follow on from what this answer shows, without a gap. */
  headCursor: Scalars['String']['output'];
  /** How many messages the viewer has not read, deleted ones included, as they keep their place; 0 for somebody who is not a member. */
  unreadCount: Scalars['Int']['output'];
  /** How many of those mention the viewer, or everybody in the room and are not the viewer's own. */
  unreadMentionCount: Scalars['Int']['output'];
  /** The `seq` of the last message that counts as read by the viewer, the same on all devices; 0 before the first, null for somebody who is not a member. */
  viewerReadSeq?: Maybe<Scalars['Int']['output']>;
  /** How far the members have read who send receipts and have read anything, in an order that stays; empty for somebody who is not a member. */
  readReceipts: ReadReceiptConnection;
  /** The viewer's role; null for somebody who is not a member. */
  viewerRole?: Maybe<MemberRole>;
  /** The other person of a direct room; null when the account is gone, and for rooms of other kinds. */
  directPeer?: Maybe<User>;
  /** How many members there are. */
  memberCount: Scalars['Int']['output'];
  /** The members in an order that stays, which is none in particular. */
  members: RoomMemberConnection;
  /** The open invitations, newest first: all of them for moderators, the viewer's own for other members. */
  invitations: InvitationConnection;
  /** The open requests to join, oldest first: for moderators, empty for everybody else. */
  joinRequests: JoinRequestConnection;
  /** The viewer's own request to join, while it is open; null without one. */
  viewerJoinRequest?: Maybe<JoinRequest>;
  /** Who is banned now, in an order that stays, which is none in particular. Empty for those who may not ban. */
  bans: BanConnection;
  /** The messages in the order in which they were sent. Give `first` or `last`, 1 to 100. */
  messages: MessageConnection;
  /** What the viewer has scheduled here and has neither been sent nor discarded, in the order of its times. */
  scheduledMessages: ScheduledMessageConnection;
  /** What the viewer is writing here: a draft for each device, at most 20, the last saved first. */
  drafts: Array<Draft>;
  /**
   * The messages around a place, in the order in which they were sent: half of them before it, fewer where the room begins or ends.
   * Give exactly one of `messageId` and `at`. The cursors are good for `messages`.
   */
  messagesAround: MessageConnection;
  /** The pinned messages, newest pin first. */
  pins: PinConnection;
  /** The webhooks, newest first, revoked ones included: for the room's administrators and owner, with a token that has `chat:write` too; empty for everybody else. */
  webhooks: WebhookConnection;
  /** What was reported in the room, newest first, without reports of the viewer's own messages; null for whoever may not review it. */
  reports?: Maybe<ReportConnection>;
  /** What those who look after the room have done, newest first; null for whoever may not read it. */
  moderationLog?: Maybe<ModerationEntryConnection>;
};


/** A place to talk. */
export type RoomReadReceiptsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A place to talk. */
export type RoomMembersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A place to talk. */
export type RoomInvitationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A place to talk. */
export type RoomJoinRequestsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A place to talk. */
export type RoomBansArgs = {
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
export type RoomScheduledMessagesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A place to talk. */
export type RoomMessagesAroundArgs = {
  messageId?: InputMaybe<Scalars['ID']['input']>;
  at?: InputMaybe<Scalars['DateTime']['input']>;
  count: Scalars['Int']['input'];
};


/** A place to talk. */
export type RoomPinsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A place to talk. */
export type RoomWebhooksArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A place to talk. */
export type RoomReportsArgs = {
  state?: InputMaybe<ReportState>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A place to talk. */
export type RoomModerationLogArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What is wrong with a message. */
export type ReportReason =
  /** It is advertisement, or the same again and again. */
  | 'SPAM'
  /** It insults, threatens or pursues somebody. */
  | 'HARASSMENT'
  /** It shows violence, or calls for it. */
  | 'VIOLENCE'
  /** It shows sex or nudity that does not belong there. */
  | 'SEXUAL'
  /** Somebody may be about to harm themselves. */
  | 'SELF_HARM'
  /** Something else, as the comment says. */
  | 'OTHER';

/** What has become of a report. */
export type ReportState =
  /** Nobody has decided it yet. */
  | 'OPEN'
  /** It was right, and something has been done. */
  | 'RESOLVED'
  /** Nothing had to be done. */
  | 'DISMISSED';

/** What is decided about a report. */
export type ReportResolution =
  /** It was right, and something has been done. */
  | 'RESOLVED'
  /** Nothing has to be done. */
  | 'DISMISSED';

/** A page of reports. */
export type ReportConnection = {
  __typename?: 'ReportConnection';
  /** The reports with their cursors. */
  edges: Array<ReportEdge>;
  /** The reports alone. */
  nodes: Array<Report>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** A report in a page. */
export type ReportEdge = {
  __typename?: 'ReportEdge';
  /** The report's place in the list, for `after`. */
  cursor: Scalars['String']['output'];
  /** The report. */
  node: Report;
};

/** What somebody has reported, for those who decide. */
export type Report = {
  __typename?: 'Report';
  /** Identifies the report for ever. */
  id: Scalars['ID']['output'];
  /** The room in which it was reported; null for a viewer who may not see it. */
  room?: Maybe<Room>;
  /** The message as it is now; null when it is gone, or for a viewer who may not see it. */
  message?: Maybe<Message>;
  /** Who wrote the message; null when the account is gone, and for what a webhook has posted. */
  author?: Maybe<User>;
  /** The webhook that posted the message; null for what a person wrote. */
  webhook?: Maybe<WebhookAuthor>;
  /** The message as it was when it was reported; null once the report is decided. */
  content?: Maybe<ReportedContent>;
  /** What is wrong with it. */
  reason: ReportReason;
  /** More about it; null for nothing, and when the account of whoever has written it is gone. */
  comment?: Maybe<Scalars['String']['output']>;
  /** Who has reported it; null when the account is gone. */
  reporter?: Maybe<User>;
  /** When it was reported. */
  createdAt: Scalars['DateTime']['output'];
  /** What has become of it. */
  state: ReportState;
  /** Who has decided it; null while it is open, and when the account is gone. */
  resolvedBy?: Maybe<User>;
  /** When it was decided; null while it is open. */
  resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it was decided so; null for no reason. */
  note?: Maybe<Scalars['String']['output']>;
};

/** A message as it was when it was reported. */
export type ReportedContent = {
  __typename?: 'ReportedContent';
  /** Its text; null for none. */
  text?: Maybe<Scalars['String']['output']>;
  /** Its files. */
  attachments: Array<Attachment>;
};

/** A page of what the viewer has reported. */
export type OwnReportConnection = {
  __typename?: 'OwnReportConnection';
  /** The reports with their cursors. */
  edges: Array<OwnReportEdge>;
  /** The reports alone. */
  nodes: Array<OwnReport>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** A report of the viewer in a page. */
export type OwnReportEdge = {
  __typename?: 'OwnReportEdge';
  /** The report's place in the list, for `after`. */
  cursor: Scalars['String']['output'];
  /** The report. */
  node: OwnReport;
};

/** What the viewer has reported: what has become of it, and neither by whom nor why. */
export type OwnReport = {
  __typename?: 'OwnReport';
  /** Identifies the report for ever. */
  id: Scalars['ID']['output'];
  /** The message; null when it is gone, or when the viewer may no longer see it. */
  message?: Maybe<Message>;
  /** What the viewer said is wrong with it. */
  reason: ReportReason;
  /** What the viewer said about it; null for nothing. */
  comment?: Maybe<Scalars['String']['output']>;
  /** When it was reported. */
  createdAt: Scalars['DateTime']['output'];
  /** What has become of it. */
  state: ReportState;
  /** When it was decided; null while it is open. */
  resolvedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of what those who look after a room have done. */
export type ModerationEntryConnection = {
  __typename?: 'ModerationEntryConnection';
  /** The entries with their cursors. */
  edges: Array<ModerationEntryEdge>;
  /** The entries alone. */
  nodes: Array<ModerationEntry>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** An entry in a page. */
export type ModerationEntryEdge = {
  __typename?: 'ModerationEntryEdge';
  /** The entry's place in the list, for `after`. */
  cursor: Scalars['String']['output'];
  /** The entry. */
  node: ModerationEntry;
};

/** Something that somebody who looks after a room has done. It is kept as long as the room, and nobody can change it. */
export type ModerationEntry = {
  __typename?: 'ModerationEntry';
  /** Identifies the entry for ever. */
  id: Scalars['ID']['output'];
  /** What was done. */
  action: ModerationAction;
  /** Who has done it; null when the account is gone. */
  actor?: Maybe<User>;
  /** To whom it was done, or whose message it was about; null for nobody, for what a webhook has posted, and when the account is gone. */
  target?: Maybe<User>;
  /** The message that it was about; null for none, and when it is gone. */
  message?: Maybe<Message>;
  /** The number of the event in the room's log that tells of it; null for what the room does not learn of. */
  eventSeq?: Maybe<Scalars['Int']['output']>;
  /** The report that was decided; null for none. */
  reportId?: Maybe<Scalars['ID']['output']>;
  /** Why, in the words of whoever has done it; null for no reason. */
  reason?: Maybe<Scalars['String']['output']>;
  /** Until when a ban or mute holds; null for ever, and for what has no end. */
  until?: Maybe<Scalars['DateTime']['output']>;
  /** The role until then; null for what is no change of a role. */
  fromRole?: Maybe<MemberRole>;
  /** The role from then on; null for what is no change of a role. */
  toRole?: Maybe<MemberRole>;
  /** The fields and settings that were changed; null for what changes none. */
  fields?: Maybe<Array<Scalars['String']['output']>>;
  /** When it was done. */
  occurredAt: Scalars['DateTime']['output'];
};

/** What somebody who looks after a room does. */
export type ModerationAction =
  /** Ended somebody's membership. */
  | 'MEMBER_KICKED'
  /** Ended somebody's membership, if they had one, and kept them from joining. */
  | 'MEMBER_BANNED'
  /** Let somebody join again. */
  | 'MEMBER_UNBANNED'
  /** Kept a member from sending. */
  | 'MEMBER_MUTED'
  /** Let a member send again. */
  | 'MEMBER_UNMUTED'
  /** Gave a member another role. */
  | 'ROLE_CHANGED'
  /** Handed the room over. */
  | 'OWNERSHIP_TRANSFERRED'
  /** Deleted somebody else's message. */
  | 'MESSAGE_DELETED'
  /** Changed the room's name, looks or settings. */
  | 'ROOM_UPDATED'
  /** Archived the room. */
  | 'ROOM_ARCHIVED'
  /** Let the room be written to again. */
  | 'ROOM_RESTORED'
  /** Made a webhook, which the event names. */
  | 'WEBHOOK_CREATED'
  /** Ended a webhook, which the event names. */
  | 'WEBHOOK_REVOKED'
  /** Revoked an invitation or link of somebody else, who is the target. */
  | 'INVITATION_REVOKED'
  /** Let somebody in who had asked. */
  | 'JOIN_REQUEST_APPROVED'
  /** Declined somebody's request to join. */
  | 'JOIN_REQUEST_DECLINED'
  /** Decided that a report was right. */
  | 'REPORT_RESOLVED'
  /** Decided that nothing had to be done about a report. */
  | 'REPORT_DISMISSED';

/** A page of scheduled messages. */
export type ScheduledMessageConnection = {
  __typename?: 'ScheduledMessageConnection';
  /** The scheduled messages with their cursors. */
  edges: Array<ScheduledMessageEdge>;
  /** The scheduled messages alone. */
  nodes: Array<ScheduledMessage>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A scheduled message and its place in the list. */
export type ScheduledMessageEdge = {
  __typename?: 'ScheduledMessageEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The scheduled message. */
  node: ScheduledMessage;
};

/** A message that its author has scheduled. Nobody else sees it. */
export type ScheduledMessage = {
  __typename?: 'ScheduledMessage';
  /** Identifies it for ever; the message that it becomes has an id of its own. */
  id: Scalars['ID']['output'];
  /** The room to send it to; null when the viewer may not see it. */
  room?: Maybe<Room>;
  /** The text; null once it is sent, cancelled or discarded, or its author is no longer a member. */
  text?: Maybe<Scalars['String']['output']>;
  /** The files that belong to it; none once the text is null. */
  attachments: Array<Attachment>;
  /** When to send it. */
  sendAt: Scalars['DateTime']['output'];
  /** What has become of it. */
  state: ScheduledMessageState;
  /** Why it could not be sent, as `sendMessage` would have said, or `ACCOUNT_INACTIVE`; null when it was or may still be, and when the fault is not the author's. */
  failureCode?: Maybe<UserErrorCode>;
  /** The message that it has become; null as long as there is none, and when the viewer may not see it. */
  message?: Maybe<Message>;
};

/** What has become of a scheduled message. */
export type ScheduledMessageState =
  /** It is to be sent, and can be changed and cancelled. */
  | 'WAITING'
  /** It is being sent at this moment, and can't be changed or cancelled any more. */
  | 'SENDING'
  /** It was sent. */
  | 'SENT'
  /** It could not be sent. The text is there for its author to read, until they discard it. */
  | 'FAILED'
  /** It was cancelled or discarded. */
  | 'CANCELLED';

/** A page of drafts. */
export type DraftConnection = {
  __typename?: 'DraftConnection';
  /** The drafts with their cursors. */
  edges: Array<DraftEdge>;
  /** The drafts alone. */
  nodes: Array<Draft>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A draft and its place in the list. */
export type DraftEdge = {
  __typename?: 'DraftEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The draft. */
  node: Draft;
};

/** What somebody is writing in a room on one device. Nobody else sees it. */
export type Draft = {
  __typename?: 'Draft';
  /** The room; null when the viewer may not see it. */
  room?: Maybe<Room>;
  /** The name of the device. */
  deviceId: Scalars['String']['output'];
  /** The text so far. */
  text: Scalars['String']['output'];
  /** The message that it is to answer; null for none, and when it is gone. */
  replyTo?: Maybe<Message>;
  /** When it was last saved. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A page of invitations. */
export type InvitationConnection = {
  __typename?: 'InvitationConnection';
  /** The invitations with their cursors. */
  edges: Array<InvitationEdge>;
  /** The invitations alone. */
  nodes: Array<Invitation>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An invitation and its place in the list. */
export type InvitationEdge = {
  __typename?: 'InvitationEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The invitation. */
  node: Invitation;
};

/** What makes somebody a member: a link, for whoever has its code, or an invitation of one person. */
export type Invitation = {
  __typename?: 'Invitation';
  /** Identifies the invitation for ever. */
  id: Scalars['ID']['output'];
  /** What the link is made of: for its creator and moderators, with a token for `chat:write`; null for others, for an invitation of one person, and once it is revoked. */
  code?: Maybe<Scalars['String']['output']>;
  /** The room that it is for; null for somebody who may not see it, as an invited person may not before accepting. */
  room?: Maybe<Room>;
  /** What an invited person may know of the room; null once the invitation is no longer open, or when the viewer is banned from the room. */
  preview?: Maybe<InvitationPreview>;
  /** Who made it; null when the account is gone. */
  createdBy?: Maybe<User>;
  /** Whom it invites; null for a link, and when the account is gone. */
  invitee?: Maybe<User>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** How many people it makes members; null for any number. */
  maxUses?: Maybe<Scalars['Int']['output']>;
  /** How many people have become members by it. */
  useCount: Scalars['Int']['output'];
  /** When it was revoked; null when it was not. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A room as an invited person sees it who is not in. */
export type InvitationPreview = {
  __typename?: 'InvitationPreview';
  /** The room's id. */
  roomId: Scalars['ID']['output'];
  /** The room's name; null for a room without one. */
  name?: Maybe<Scalars['String']['output']>;
  /** What the room is about; null for a room without a topic. */
  topic?: Maybe<Scalars['String']['output']>;
  /** The address of a picture; null for a room without one. */
  avatarUrl?: Maybe<Scalars['String']['output']>;
  /** Who may find and join the room. */
  kind: RoomKind;
  /** How many members the room has. */
  memberCount: Scalars['Int']['output'];
  /** Who invites; null when the account is gone. */
  invitedBy?: Maybe<User>;
  /** When the invitation ends. */
  expiresAt: Scalars['DateTime']['output'];
};

/** A page of requests to join. */
export type JoinRequestConnection = {
  __typename?: 'JoinRequestConnection';
  /** The requests to join with their cursors. */
  edges: Array<JoinRequestEdge>;
  /** The requests to join alone. */
  nodes: Array<JoinRequest>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A request to join and its place in the list. */
export type JoinRequestEdge = {
  __typename?: 'JoinRequestEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The request to join. */
  node: JoinRequest;
};

/** Somebody who has asked to become a member. */
export type JoinRequest = {
  __typename?: 'JoinRequest';
  /** The request's id. */
  id: Scalars['ID']['output'];
  /** Who has asked; null when the account is gone. */
  user?: Maybe<User>;
  /** What they wrote to those who decide; null for nothing, and once the request has ended. */
  text?: Maybe<Scalars['String']['output']>;
  /** When they asked. */
  requestedAt: Scalars['DateTime']['output'];
  /** When it was decided or taken back, or needed no more; null while it is open. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of webhooks. */
export type WebhookConnection = {
  __typename?: 'WebhookConnection';
  /** The webhooks with their cursors. */
  edges: Array<WebhookEdge>;
  /** The webhooks alone. */
  nodes: Array<Webhook>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A webhook and its place in the list. */
export type WebhookEdge = {
  __typename?: 'WebhookEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The webhook. */
  node: Webhook;
};

/** A URL by which a program posts messages to a room, as those see it who may manage it. */
export type Webhook = {
  __typename?: 'Webhook';
  /** Identifies the webhook for ever. */
  id: Scalars['ID']['output'];
  /** The name that is shown beside its messages. */
  name?: Maybe<Scalars['String']['output']>;
  /** The address of a picture that is shown beside them; null for none. */
  avatarUrl?: Maybe<Scalars['String']['output']>;
  /** The path of its URL, to be put behind the router's origin: `/webhooks/<id>/<secret>`. Who has it can post. Null once it is revoked. */
  path?: Maybe<Scalars['String']['output']>;
  /** Who made it; null when the account is gone. */
  createdBy?: Maybe<User>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last used, to the minute; null when it never was. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was revoked; null while it can be used. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A webhook as everybody sees it who reads its messages, also when it has been revoked. */
export type WebhookAuthor = {
  __typename?: 'WebhookAuthor';
  /** Identifies the webhook for ever. */
  id: Scalars['ID']['output'];
  /** The name to show. */
  name?: Maybe<Scalars['String']['output']>;
  /** The address of a picture to show; null for none. */
  avatarUrl?: Maybe<Scalars['String']['output']>;
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
  /** How visitors of a public room become members. */
  joinPolicy: JoinPolicy;
  /** How many seconds a member waits between two messages; 0 when slow mode is off. */
  slowModeSeconds: Scalars['Int']['output'];
  /** After how many days messages are removed for good; null for never. Of a message that was reported, those who decide keep what it said until they have. */
  retentionDays?: Maybe<Scalars['Int']['output']>;
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

/** A page of bans. */
export type BanConnection = {
  __typename?: 'BanConnection';
  /** The bans with their cursors. */
  edges: Array<BanEdge>;
  /** The bans alone. */
  nodes: Array<Ban>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A ban and its place in the list. */
export type BanEdge = {
  __typename?: 'BanEdge';
  /** The place: good for paging. */
  cursor: Scalars['String']['output'];
  /** The ban. */
  node: Ban;
};

/** Somebody who may not be a member. */
export type Ban = {
  __typename?: 'Ban';
  /** Who it is; null when the account is gone. */
  user?: Maybe<User>;
  /** Since when. */
  bannedAt: Scalars['DateTime']['output'];
  /** Until when; null for ever. */
  bannedUntil?: Maybe<Scalars['DateTime']['output']>;
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

/** A page of messages that were searched for. */
export type MessageSearchConnection = {
  __typename?: 'MessageSearchConnection';
  /** The messages with their cursors. */
  edges: Array<MessageSearchEdge>;
  /** The messages alone. */
  nodes: Array<Message>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** A message that was searched for, and its place among those that were found. */
export type MessageSearchEdge = {
  __typename?: 'MessageSearchEdge';
  /** The place: good for more of the same search, and for nothing else. */
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
  /** Who wrote it; null when the account is gone, and for what a webhook has posted. */
  author?: Maybe<User>;
  /** The members whom the text mentions by `@username`, in no order. */
  mentions: Array<Mention>;
  /** Whether the text mentions everybody in the room by `@room`: it counts as an unread mention for each, and nobody gets a notification of it. */
  mentionsRoom: Scalars['Boolean']['output'];
  /** The webhook that posted it; null for what a person wrote. */
  webhook?: Maybe<WebhookAuthor>;
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

/** Somebody whom a message mentions. */
export type Mention = {
  __typename?: 'Mention';
  /** The id of who is mentioned: known even when the account is gone. */
  userId: Scalars['ID']['output'];
  /** Who is mentioned; null when the account is gone. */
  user?: Maybe<User>;
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
  /** The id of who opened the room: its first member, and its owner unless the room is direct. Known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who opened the room; null when the account is gone. */
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
  /** The id of whose doing it was: of who joined, or of the moderator who approved the request. Known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Whose doing it was; null when the account is gone. */
  actor?: Maybe<User>;
  /** Who had invited them; null when nobody had, and when the account is gone. */
  invitedBy?: Maybe<User>;
  /** As what they joined: as `READ_ONLY` when they were that when they left, otherwise as `MEMBER`. */
  role: MemberRole;
  /** Whether they were muted when they left and still are. */
  isMuted: Scalars['Boolean']['output'];
  /** Until when they are muted; null for ever, and for somebody who is not muted. */
  mutedUntil?: Maybe<Scalars['DateTime']['output']>;
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

/** Somebody who was banned may join again, or has deleted their account: then they are who did it. */
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
  /** The message as it is now; once the room's `retentionDays` have removed it, its place alone, like that of a deleted one. */
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
  /** The message as it is now; once the room's `retentionDays` have removed it, its place alone, like that of a deleted one. */
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
  /** The message as it is now; once the room's `retentionDays` have removed it, its place alone, like that of a deleted one. */
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
  /** The message as it is now; once the room's `retentionDays` have removed it, its place alone, like that of a deleted one. */
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
  /** The message as it is now; once the room's `retentionDays` have removed it, its place alone, like that of a deleted one. */
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
  /** The message as it is now; once the room's `retentionDays` have removed it, its place alone, like that of a deleted one. */
  message: Message;
  /** Who unpinned it; null when the account is gone. */
  actor?: Maybe<User>;
};

/** A webhook was made: programs can post messages by it. */
export type WebhookCreated = RoomEvent & {
  __typename?: 'WebhookCreated';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of the webhook. */
  webhookId: Scalars['ID']['output'];
  /** The webhook; null when the room is gone. */
  webhook?: Maybe<WebhookAuthor>;
  /** The id of who made it: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who made it; null when the account is gone. */
  actor?: Maybe<User>;
};

/** A webhook was revoked, or goes with the standing of whoever has made it: it posts nothing any more. */
export type WebhookRevoked = RoomEvent & {
  __typename?: 'WebhookRevoked';
  /** The event's number in the log. */
  seq: Scalars['Int']['output'];
  /** The event's place: subscribe with it as `after` to get what came next. */
  cursor: Scalars['String']['output'];
  /** The room in whose log it stands. */
  roomId: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** The id of the webhook. */
  webhookId: Scalars['ID']['output'];
  /** The webhook; null when the room is gone. */
  webhook?: Maybe<WebhookAuthor>;
  /** The id of who revoked it, or did what it goes by: known even when the account is gone. */
  actorId: Scalars['ID']['output'];
  /** Who revoked it, or did what it goes by; null when the account is gone. */
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
  /**
   * The rooms of which the person is a member, newest room first: complete for the viewer, empty for everybody else. Left out are
   * direct rooms with those whom the viewer has blocked.
   */
  rooms: RoomConnection;
  /** What the person is writing, newest room first: complete for the viewer, empty for everybody else. */
  drafts: DraftConnection;
  /** What the person has reported, newest first: complete for the viewer, empty for everybody else. */
  reports: OwnReportConnection;
  /** The open invitations of the person, newest first: complete for the viewer, empty for everybody else. */
  roomInvitations: InvitationConnection;
  /** What the person has not read; null for everybody but the viewer. */
  unread?: Maybe<UnreadTotals>;
  /** What the person has chosen for all their rooms; null for everybody but the viewer. */
  chatSettings?: Maybe<ChatSettings>;
};


/** A person with an account. */
export type UserRoomsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A person with an account. */
export type UserDraftsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A person with an account. */
export type UserReportsArgs = {
  state?: InputMaybe<ReportState>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** A person with an account. */
export type UserRoomInvitationsArgs = {
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
  /** A room of this kind is not opened in this way. */
  | 'ROOM_KIND_INVALID'
  /** The client's name for the room is not 1 to 64 visible ASCII characters. */
  | 'CLIENT_ROOM_ID_INVALID'
  /** The viewer has opened a room by another mutation under this name. */
  | 'CLIENT_ROOM_ID_USED'
  /** A direct room takes somebody else. */
  | 'CONTACT_WITH_ONESELF'
  /** There is no contact between the viewer and this person. */
  | 'CONTACT_REFUSED'
  /** A group room takes 2 to 49 other people, each once. */
  | 'GROUP_INVALID'
  /** Only members may do this. */
  | 'NOT_A_MEMBER'
  /** The viewer's role does not allow it, or not towards this person. */
  | 'NOT_ALLOWED'
  /** There is no such member, or no such person. */
  | 'MEMBER_NOT_FOUND'
  /** The viewer is banned from the room. */
  | 'BANNED'
  /** The person is banned from the room. */
  | 'MEMBER_BANNED'
  /** The person, or the viewer, is a member already. */
  | 'ALREADY_A_MEMBER'
  /** There is an open invitation of this person to the room. */
  | 'ALREADY_INVITED'
  /** There is no such invitation, it has expired, was used up, declined or revoked, or the viewer may not know of it. */
  | 'INVITATION_NOT_FOUND'
  /** The room has 1,000 open invitations already. */
  | 'INVITATION_LIMIT_REACHED'
  /** The client's name for the invitation is not 1 to 64 visible ASCII characters. */
  | 'CLIENT_INVITATION_ID_INVALID'
  /** An invitation is for 1 to 100,000 people. */
  | 'MAX_USES_INVALID'
  /** Who wants to join the room asks for it: `requestToJoin`. */
  | 'JOIN_NEEDS_REQUEST'
  /** The room takes no requests: whoever can see it may join it. */
  | 'JOIN_NEEDS_NO_REQUEST'
  /** The viewer has an open request to join the room, of another name. */
  | 'ALREADY_REQUESTED'
  /** The client's name for the request to join is not 1 to 64 visible ASCII characters. */
  | 'CLIENT_REQUEST_ID_INVALID'
  /** Nobody of this id has asked to join, or has done so no more. */
  | 'JOIN_REQUEST_NOT_FOUND'
  /** The text is longer than 500 characters, or holds control characters or nothing to see. */
  | 'JOIN_REQUEST_TEXT_INVALID'
  /** The viewer is muted in the room. */
  | 'MEMBER_MUTED'
  /** The room is archived: nothing can be written there. */
  | 'ROOM_ARCHIVED'
  /** The room is in slow mode, and the viewer's last message there is too new. The message says how many seconds to wait. */
  | 'SLOW_MODE'
  /** The account was suspended or deactivated when its scheduled message was due. */
  | 'ACCOUNT_INACTIVE'
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
  /** The message holds control characters, broken Unicode, or more than 30 combining marks on one character. */
  | 'MESSAGE_INVALID'
  /** The client's name for the message is not 1 to 64 visible ASCII characters. */
  | 'CLIENT_MESSAGE_ID_INVALID'
  /** A message with this name has been sent already. */
  | 'CLIENT_MESSAGE_ID_USED'
  /** The viewer has 100 messages in the room that wait to be sent, or could not be sent and are not discarded. */
  | 'SCHEDULED_MESSAGE_LIMIT_REACHED'
  /** There is no such scheduled message, or it is somebody else's. */
  | 'SCHEDULED_MESSAGE_NOT_FOUND'
  /** The scheduled message does not wait any more: it is being or has been sent, failed, or was cancelled. */
  | 'SCHEDULED_MESSAGE_NOT_WAITING'
  /** The name of the device is not 1 to 64 visible ASCII characters. */
  | 'DEVICE_ID_INVALID'
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
  | 'REASON_INVALID'
  /** There is no such report, or none that the viewer may decide. */
  | 'REPORT_NOT_FOUND'
  /** The comment is longer than 1,000 characters or holds control characters. */
  | 'COMMENT_INVALID'
  /** The client's name for the report is not 1 to 64 visible ASCII characters. */
  | 'CLIENT_REPORT_ID_INVALID'
  /** 100 reports of the viewer are open already. */
  | 'REPORT_LIMIT_REACHED'
  /** There is no such webhook, or the viewer may not know of it. */
  | 'WEBHOOK_NOT_FOUND'
  | 'NAME_INVALID'
  /** The room has 20 webhooks already that are not revoked. */
  | 'WEBHOOK_LIMIT_REACHED'
  /** The client's name for the webhook is not 1 to 64 visible ASCII characters. */
  | 'CLIENT_WEBHOOK_ID_INVALID'
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
  DeliveryClass: DeliveryClass;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  CreateRoomInput: CreateRoomInput;
  OpenDirectRoomInput: OpenDirectRoomInput;
  OpenGroupRoomInput: OpenGroupRoomInput;
  UpdateRoomInput: UpdateRoomInput;
  ArchiveRoomInput: ArchiveRoomInput;
  RestoreRoomInput: RestoreRoomInput;
  DeleteRoomInput: DeleteRoomInput;
  RoomSettingsInput: RoomSettingsInput;
  JoinRoomInput: JoinRoomInput;
  CreateInvitationInput: CreateInvitationInput;
  InviteUserInput: InviteUserInput;
  AcceptInvitationInput: AcceptInvitationInput;
  DeclineInvitationInput: DeclineInvitationInput;
  RevokeInvitationInput: RevokeInvitationInput;
  RequestToJoinInput: RequestToJoinInput;
  WithdrawJoinRequestInput: WithdrawJoinRequestInput;
  ApproveJoinRequestInput: ApproveJoinRequestInput;
  DeclineJoinRequestInput: DeclineJoinRequestInput;
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
  ScheduleMessageInput: ScheduleMessageInput;
  UpdateScheduledMessageInput: UpdateScheduledMessageInput;
  CancelScheduledMessageInput: CancelScheduledMessageInput;
  SaveDraftInput: SaveDraftInput;
  DeleteDraftInput: DeleteDraftInput;
  ForwardMessageInput: ForwardMessageInput;
  EditMessageInput: EditMessageInput;
  DeleteMessageInput: DeleteMessageInput;
  AddReactionInput: AddReactionInput;
  RemoveReactionInput: RemoveReactionInput;
  PinMessageInput: PinMessageInput;
  UnpinMessageInput: UnpinMessageInput;
  ReportMessageInput: ReportMessageInput;
  ResolveReportInput: ResolveReportInput;
  CreateWebhookInput: CreateWebhookInput;
  RevokeWebhookInput: RevokeWebhookInput;
  MarkRoomReadInput: MarkRoomReadInput;
  MarkRoomUnreadInput: MarkRoomUnreadInput;
  SignalTypingInput: SignalTypingInput;
  UpdateChatSettingsInput: UpdateChatSettingsInput;
  CreateRoomPayload: ResolverTypeWrapper<Omit<CreateRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  OpenDirectRoomPayload: ResolverTypeWrapper<Omit<OpenDirectRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  OpenGroupRoomPayload: ResolverTypeWrapper<Omit<OpenGroupRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  UpdateRoomPayload: ResolverTypeWrapper<Omit<UpdateRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  ArchiveRoomPayload: ResolverTypeWrapper<Omit<ArchiveRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  RestoreRoomPayload: ResolverTypeWrapper<Omit<RestoreRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  DeleteRoomPayload: ResolverTypeWrapper<DeleteRoomPayload>;
  JoinRoomPayload: ResolverTypeWrapper<Omit<JoinRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  CreateInvitationPayload: ResolverTypeWrapper<Omit<CreateInvitationPayload, 'invitation'> & { invitation?: Maybe<ResolversTypes['Invitation']> }>;
  InviteUserPayload: ResolverTypeWrapper<Omit<InviteUserPayload, 'invitation'> & { invitation?: Maybe<ResolversTypes['Invitation']> }>;
  AcceptInvitationPayload: ResolverTypeWrapper<Omit<AcceptInvitationPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  DeclineInvitationPayload: ResolverTypeWrapper<DeclineInvitationPayload>;
  RevokeInvitationPayload: ResolverTypeWrapper<Omit<RevokeInvitationPayload, 'invitation'> & { invitation?: Maybe<ResolversTypes['Invitation']> }>;
  RequestToJoinPayload: ResolverTypeWrapper<Omit<RequestToJoinPayload, 'joinRequest'> & { joinRequest?: Maybe<ResolversTypes['JoinRequest']> }>;
  WithdrawJoinRequestPayload: ResolverTypeWrapper<Omit<WithdrawJoinRequestPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  ApproveJoinRequestPayload: ResolverTypeWrapper<Omit<ApproveJoinRequestPayload, 'member'> & { member?: Maybe<ResolversTypes['RoomMember']> }>;
  DeclineJoinRequestPayload: ResolverTypeWrapper<Omit<DeclineJoinRequestPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  LeaveRoomPayload: ResolverTypeWrapper<Omit<LeaveRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  ChangeMemberRolePayload: ResolverTypeWrapper<Omit<ChangeMemberRolePayload, 'member'> & { member?: Maybe<ResolversTypes['RoomMember']> }>;
  TransferOwnershipPayload: ResolverTypeWrapper<Omit<TransferOwnershipPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  KickMemberPayload: ResolverTypeWrapper<Omit<KickMemberPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  BanMemberPayload: ResolverTypeWrapper<Omit<BanMemberPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  UnbanMemberPayload: ResolverTypeWrapper<Omit<UnbanMemberPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  MuteMemberPayload: ResolverTypeWrapper<Omit<MuteMemberPayload, 'member'> & { member?: Maybe<ResolversTypes['RoomMember']> }>;
  UnmuteMemberPayload: ResolverTypeWrapper<Omit<UnmuteMemberPayload, 'member'> & { member?: Maybe<ResolversTypes['RoomMember']> }>;
  SendMessagePayload: ResolverTypeWrapper<Omit<SendMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  ScheduleMessagePayload: ResolverTypeWrapper<Omit<ScheduleMessagePayload, 'scheduledMessage'> & { scheduledMessage?: Maybe<ResolversTypes['ScheduledMessage']> }>;
  UpdateScheduledMessagePayload: ResolverTypeWrapper<Omit<UpdateScheduledMessagePayload, 'scheduledMessage'> & { scheduledMessage?: Maybe<ResolversTypes['ScheduledMessage']> }>;
  CancelScheduledMessagePayload: ResolverTypeWrapper<Omit<CancelScheduledMessagePayload, 'scheduledMessage'> & { scheduledMessage?: Maybe<ResolversTypes['ScheduledMessage']> }>;
  SaveDraftPayload: ResolverTypeWrapper<Omit<SaveDraftPayload, 'draft'> & { draft?: Maybe<ResolversTypes['Draft']> }>;
  DeleteDraftPayload: ResolverTypeWrapper<Omit<DeleteDraftPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  ForwardMessagePayload: ResolverTypeWrapper<Omit<ForwardMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  EditMessagePayload: ResolverTypeWrapper<Omit<EditMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  DeleteMessagePayload: ResolverTypeWrapper<Omit<DeleteMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  AddReactionPayload: ResolverTypeWrapper<Omit<AddReactionPayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  RemoveReactionPayload: ResolverTypeWrapper<Omit<RemoveReactionPayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  PinMessagePayload: ResolverTypeWrapper<Omit<PinMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  UnpinMessagePayload: ResolverTypeWrapper<Omit<UnpinMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  ReportMessagePayload: ResolverTypeWrapper<Omit<ReportMessagePayload, 'report'> & { report?: Maybe<ResolversTypes['OwnReport']> }>;
  ResolveReportPayload: ResolverTypeWrapper<Omit<ResolveReportPayload, 'report'> & { report?: Maybe<ResolversTypes['Report']> }>;
  CreateWebhookPayload: ResolverTypeWrapper<Omit<CreateWebhookPayload, 'webhook'> & { webhook?: Maybe<ResolversTypes['Webhook']> }>;
  RevokeWebhookPayload: ResolverTypeWrapper<Omit<RevokeWebhookPayload, 'webhook'> & { webhook?: Maybe<ResolversTypes['Webhook']> }>;
  MarkRoomReadPayload: ResolverTypeWrapper<Omit<MarkRoomReadPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  MarkRoomUnreadPayload: ResolverTypeWrapper<Omit<MarkRoomUnreadPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  SignalTypingPayload: ResolverTypeWrapper<SignalTypingPayload>;
  UpdateChatSettingsPayload: ResolverTypeWrapper<UpdateChatSettingsPayload>;
  ChatSettings: ResolverTypeWrapper<ChatSettings>;
  UnreadTotals: ResolverTypeWrapper<UnreadTotals>;
  ReadState: ResolverTypeWrapper<ReadStateRecord>;
  ReadReceipt: ResolverTypeWrapper<ReadReceiptRecord>;
  ReadReceiptConnection: ResolverTypeWrapper<Omit<ReadReceiptConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ReadReceiptEdge']>, nodes: Array<ResolversTypes['ReadReceipt']> }>;
  ReadReceiptEdge: ResolverTypeWrapper<Omit<ReadReceiptEdge, 'node'> & { node: ResolversTypes['ReadReceipt'] }>;
  RoomSignal: ResolverTypeWrapper<RoomSignalRecord>;
  TypingStarted: ResolverTypeWrapper<TypingRecord>;
  TypingStopped: ResolverTypeWrapper<TypingRecord>;
  ReadMarkMoved: ResolverTypeWrapper<ReadMarkRecord>;
  RoomKind: RoomKind;
  JoinPolicy: JoinPolicy;
  MemberRole: MemberRole;
  Room: ResolverTypeWrapper<RoomRecord>;
  ReportReason: ReportReason;
  ReportState: ReportState;
  ReportResolution: ReportResolution;
  ReportConnection: ResolverTypeWrapper<Omit<ReportConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ReportEdge']>, nodes: Array<ResolversTypes['Report']> }>;
  ReportEdge: ResolverTypeWrapper<Omit<ReportEdge, 'node'> & { node: ResolversTypes['Report'] }>;
  Report: ResolverTypeWrapper<ReportRecord>;
  ReportedContent: ResolverTypeWrapper<ReportedContent>;
  OwnReportConnection: ResolverTypeWrapper<Omit<OwnReportConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['OwnReportEdge']>, nodes: Array<ResolversTypes['OwnReport']> }>;
  OwnReportEdge: ResolverTypeWrapper<Omit<OwnReportEdge, 'node'> & { node: ResolversTypes['OwnReport'] }>;
  OwnReport: ResolverTypeWrapper<ReportRecord>;
  ModerationEntryConnection: ResolverTypeWrapper<Omit<ModerationEntryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ModerationEntryEdge']>, nodes: Array<ResolversTypes['ModerationEntry']> }>;
  ModerationEntryEdge: ResolverTypeWrapper<Omit<ModerationEntryEdge, 'node'> & { node: ResolversTypes['ModerationEntry'] }>;
  ModerationEntry: ResolverTypeWrapper<ModerationEntryRecord>;
  ModerationAction: ModerationAction;
  ScheduledMessageConnection: ResolverTypeWrapper<Omit<ScheduledMessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ScheduledMessageEdge']>, nodes: Array<ResolversTypes['ScheduledMessage']> }>;
  ScheduledMessageEdge: ResolverTypeWrapper<Omit<ScheduledMessageEdge, 'node'> & { node: ResolversTypes['ScheduledMessage'] }>;
  ScheduledMessage: ResolverTypeWrapper<ScheduledMessageRecord>;
  ScheduledMessageState: ScheduledMessageState;
  DraftConnection: ResolverTypeWrapper<Omit<DraftConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['DraftEdge']>, nodes: Array<ResolversTypes['Draft']> }>;
  DraftEdge: ResolverTypeWrapper<Omit<DraftEdge, 'node'> & { node: ResolversTypes['Draft'] }>;
  Draft: ResolverTypeWrapper<DraftRecord>;
  InvitationConnection: ResolverTypeWrapper<Omit<InvitationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['InvitationEdge']>, nodes: Array<ResolversTypes['Invitation']> }>;
  InvitationEdge: ResolverTypeWrapper<Omit<InvitationEdge, 'node'> & { node: ResolversTypes['Invitation'] }>;
  Invitation: ResolverTypeWrapper<InvitationRecord>;
  InvitationPreview: ResolverTypeWrapper<InvitationPreviewRecord>;
  JoinRequestConnection: ResolverTypeWrapper<Omit<JoinRequestConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['JoinRequestEdge']>, nodes: Array<ResolversTypes['JoinRequest']> }>;
  JoinRequestEdge: ResolverTypeWrapper<Omit<JoinRequestEdge, 'node'> & { node: ResolversTypes['JoinRequest'] }>;
  JoinRequest: ResolverTypeWrapper<JoinRequestRecord>;
  WebhookConnection: ResolverTypeWrapper<Omit<WebhookConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['WebhookEdge']>, nodes: Array<ResolversTypes['Webhook']> }>;
  WebhookEdge: ResolverTypeWrapper<Omit<WebhookEdge, 'node'> & { node: ResolversTypes['Webhook'] }>;
  Webhook: ResolverTypeWrapper<WebhookRecord>;
  WebhookAuthor: ResolverTypeWrapper<WebhookRecord>;
  PinConnection: ResolverTypeWrapper<Omit<PinConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['PinEdge']>, nodes: Array<ResolversTypes['Pin']> }>;
  PinEdge: ResolverTypeWrapper<Omit<PinEdge, 'node'> & { node: ResolversTypes['Pin'] }>;
  Pin: ResolverTypeWrapper<PinRecord>;
  RoomSettings: ResolverTypeWrapper<RoomRecord>;
  RoomMemberConnection: ResolverTypeWrapper<Omit<RoomMemberConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['RoomMemberEdge']>, nodes: Array<ResolversTypes['RoomMember']> }>;
  RoomMemberEdge: ResolverTypeWrapper<Omit<RoomMemberEdge, 'node'> & { node: ResolversTypes['RoomMember'] }>;
  RoomMember: ResolverTypeWrapper<MemberRecord>;
  BanConnection: ResolverTypeWrapper<Omit<BanConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['BanEdge']>, nodes: Array<ResolversTypes['Ban']> }>;
  BanEdge: ResolverTypeWrapper<Omit<BanEdge, 'node'> & { node: ResolversTypes['Ban'] }>;
  Ban: ResolverTypeWrapper<BanRecord>;
  MessageConnection: ResolverTypeWrapper<Omit<MessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['MessageEdge']>, nodes: Array<ResolversTypes['Message']> }>;
  MessageEdge: ResolverTypeWrapper<Omit<MessageEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  MessageSearchConnection: ResolverTypeWrapper<Omit<MessageSearchConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['MessageSearchEdge']>, nodes: Array<ResolversTypes['Message']> }>;
  MessageSearchEdge: ResolverTypeWrapper<Omit<MessageSearchEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  Message: ResolverTypeWrapper<MessageRecord>;
  Mention: ResolverTypeWrapper<MentionRecord>;
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
  WebhookCreated: ResolverTypeWrapper<WebhookEventRecord>;
  WebhookRevoked: ResolverTypeWrapper<WebhookEventRecord>;
  RoomConnection: ResolverTypeWrapper<Omit<RoomConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['RoomEdge']>, nodes: Array<ResolversTypes['Room']> }>;
  RoomEdge: ResolverTypeWrapper<Omit<RoomEdge, 'node'> & { node: ResolversTypes['Room'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  User: ResolverTypeWrapper<UserReference>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  CreateRoomInput: CreateRoomInput;
  OpenDirectRoomInput: OpenDirectRoomInput;
  OpenGroupRoomInput: OpenGroupRoomInput;
  UpdateRoomInput: UpdateRoomInput;
  ArchiveRoomInput: ArchiveRoomInput;
  RestoreRoomInput: RestoreRoomInput;
  DeleteRoomInput: DeleteRoomInput;
  RoomSettingsInput: RoomSettingsInput;
  JoinRoomInput: JoinRoomInput;
  CreateInvitationInput: CreateInvitationInput;
  InviteUserInput: InviteUserInput;
  AcceptInvitationInput: AcceptInvitationInput;
  DeclineInvitationInput: DeclineInvitationInput;
  RevokeInvitationInput: RevokeInvitationInput;
  RequestToJoinInput: RequestToJoinInput;
  WithdrawJoinRequestInput: WithdrawJoinRequestInput;
  ApproveJoinRequestInput: ApproveJoinRequestInput;
  DeclineJoinRequestInput: DeclineJoinRequestInput;
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
  ScheduleMessageInput: ScheduleMessageInput;
  UpdateScheduledMessageInput: UpdateScheduledMessageInput;
  CancelScheduledMessageInput: CancelScheduledMessageInput;
  SaveDraftInput: SaveDraftInput;
  DeleteDraftInput: DeleteDraftInput;
  ForwardMessageInput: ForwardMessageInput;
  EditMessageInput: EditMessageInput;
  DeleteMessageInput: DeleteMessageInput;
  AddReactionInput: AddReactionInput;
  RemoveReactionInput: RemoveReactionInput;
  PinMessageInput: PinMessageInput;
  UnpinMessageInput: UnpinMessageInput;
  ReportMessageInput: ReportMessageInput;
  ResolveReportInput: ResolveReportInput;
  CreateWebhookInput: CreateWebhookInput;
  RevokeWebhookInput: RevokeWebhookInput;
  MarkRoomReadInput: MarkRoomReadInput;
  MarkRoomUnreadInput: MarkRoomUnreadInput;
  SignalTypingInput: SignalTypingInput;
  UpdateChatSettingsInput: UpdateChatSettingsInput;
  CreateRoomPayload: Omit<CreateRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  OpenDirectRoomPayload: Omit<OpenDirectRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  OpenGroupRoomPayload: Omit<OpenGroupRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  UpdateRoomPayload: Omit<UpdateRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  ArchiveRoomPayload: Omit<ArchiveRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  RestoreRoomPayload: Omit<RestoreRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  DeleteRoomPayload: DeleteRoomPayload;
  JoinRoomPayload: Omit<JoinRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  CreateInvitationPayload: Omit<CreateInvitationPayload, 'invitation'> & { invitation?: Maybe<ResolversParentTypes['Invitation']> };
  InviteUserPayload: Omit<InviteUserPayload, 'invitation'> & { invitation?: Maybe<ResolversParentTypes['Invitation']> };
  AcceptInvitationPayload: Omit<AcceptInvitationPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  DeclineInvitationPayload: DeclineInvitationPayload;
  RevokeInvitationPayload: Omit<RevokeInvitationPayload, 'invitation'> & { invitation?: Maybe<ResolversParentTypes['Invitation']> };
  RequestToJoinPayload: Omit<RequestToJoinPayload, 'joinRequest'> & { joinRequest?: Maybe<ResolversParentTypes['JoinRequest']> };
  WithdrawJoinRequestPayload: Omit<WithdrawJoinRequestPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  ApproveJoinRequestPayload: Omit<ApproveJoinRequestPayload, 'member'> & { member?: Maybe<ResolversParentTypes['RoomMember']> };
  DeclineJoinRequestPayload: Omit<DeclineJoinRequestPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  LeaveRoomPayload: Omit<LeaveRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  ChangeMemberRolePayload: Omit<ChangeMemberRolePayload, 'member'> & { member?: Maybe<ResolversParentTypes['RoomMember']> };
  TransferOwnershipPayload: Omit<TransferOwnershipPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  KickMemberPayload: Omit<KickMemberPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  BanMemberPayload: Omit<BanMemberPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  UnbanMemberPayload: Omit<UnbanMemberPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  MuteMemberPayload: Omit<MuteMemberPayload, 'member'> & { member?: Maybe<ResolversParentTypes['RoomMember']> };
  UnmuteMemberPayload: Omit<UnmuteMemberPayload, 'member'> & { member?: Maybe<ResolversParentTypes['RoomMember']> };
  SendMessagePayload: Omit<SendMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  ScheduleMessagePayload: Omit<ScheduleMessagePayload, 'scheduledMessage'> & { scheduledMessage?: Maybe<ResolversParentTypes['ScheduledMessage']> };
  UpdateScheduledMessagePayload: Omit<UpdateScheduledMessagePayload, 'scheduledMessage'> & { scheduledMessage?: Maybe<ResolversParentTypes['ScheduledMessage']> };
  CancelScheduledMessagePayload: Omit<CancelScheduledMessagePayload, 'scheduledMessage'> & { scheduledMessage?: Maybe<ResolversParentTypes['ScheduledMessage']> };
  SaveDraftPayload: Omit<SaveDraftPayload, 'draft'> & { draft?: Maybe<ResolversParentTypes['Draft']> };
  DeleteDraftPayload: Omit<DeleteDraftPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  ForwardMessagePayload: Omit<ForwardMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  EditMessagePayload: Omit<EditMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  DeleteMessagePayload: Omit<DeleteMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  AddReactionPayload: Omit<AddReactionPayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  RemoveReactionPayload: Omit<RemoveReactionPayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  PinMessagePayload: Omit<PinMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  UnpinMessagePayload: Omit<UnpinMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  ReportMessagePayload: Omit<ReportMessagePayload, 'report'> & { report?: Maybe<ResolversParentTypes['OwnReport']> };
  ResolveReportPayload: Omit<ResolveReportPayload, 'report'> & { report?: Maybe<ResolversParentTypes['Report']> };
  CreateWebhookPayload: Omit<CreateWebhookPayload, 'webhook'> & { webhook?: Maybe<ResolversParentTypes['Webhook']> };
  RevokeWebhookPayload: Omit<RevokeWebhookPayload, 'webhook'> & { webhook?: Maybe<ResolversParentTypes['Webhook']> };
  MarkRoomReadPayload: Omit<MarkRoomReadPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  MarkRoomUnreadPayload: Omit<MarkRoomUnreadPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  SignalTypingPayload: SignalTypingPayload;
  UpdateChatSettingsPayload: UpdateChatSettingsPayload;
  ChatSettings: ChatSettings;
  UnreadTotals: UnreadTotals;
  ReadState: ReadStateRecord;
  ReadReceipt: ReadReceiptRecord;
  ReadReceiptConnection: Omit<ReadReceiptConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ReadReceiptEdge']>, nodes: Array<ResolversParentTypes['ReadReceipt']> };
  ReadReceiptEdge: Omit<ReadReceiptEdge, 'node'> & { node: ResolversParentTypes['ReadReceipt'] };
  RoomSignal: RoomSignalRecord;
  TypingStarted: TypingRecord;
  TypingStopped: TypingRecord;
  ReadMarkMoved: ReadMarkRecord;
  Room: RoomRecord;
  ReportConnection: Omit<ReportConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ReportEdge']>, nodes: Array<ResolversParentTypes['Report']> };
  ReportEdge: Omit<ReportEdge, 'node'> & { node: ResolversParentTypes['Report'] };
  Report: ReportRecord;
  ReportedContent: ReportedContent;
  OwnReportConnection: Omit<OwnReportConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['OwnReportEdge']>, nodes: Array<ResolversParentTypes['OwnReport']> };
  OwnReportEdge: Omit<OwnReportEdge, 'node'> & { node: ResolversParentTypes['OwnReport'] };
  OwnReport: ReportRecord;
  ModerationEntryConnection: Omit<ModerationEntryConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ModerationEntryEdge']>, nodes: Array<ResolversParentTypes['ModerationEntry']> };
  ModerationEntryEdge: Omit<ModerationEntryEdge, 'node'> & { node: ResolversParentTypes['ModerationEntry'] };
  ModerationEntry: ModerationEntryRecord;
  ScheduledMessageConnection: Omit<ScheduledMessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ScheduledMessageEdge']>, nodes: Array<ResolversParentTypes['ScheduledMessage']> };
  ScheduledMessageEdge: Omit<ScheduledMessageEdge, 'node'> & { node: ResolversParentTypes['ScheduledMessage'] };
  ScheduledMessage: ScheduledMessageRecord;
  DraftConnection: Omit<DraftConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['DraftEdge']>, nodes: Array<ResolversParentTypes['Draft']> };
  DraftEdge: Omit<DraftEdge, 'node'> & { node: ResolversParentTypes['Draft'] };
  Draft: DraftRecord;
  InvitationConnection: Omit<InvitationConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['InvitationEdge']>, nodes: Array<ResolversParentTypes['Invitation']> };
  InvitationEdge: Omit<InvitationEdge, 'node'> & { node: ResolversParentTypes['Invitation'] };
  Invitation: InvitationRecord;
  InvitationPreview: InvitationPreviewRecord;
  JoinRequestConnection: Omit<JoinRequestConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['JoinRequestEdge']>, nodes: Array<ResolversParentTypes['JoinRequest']> };
  JoinRequestEdge: Omit<JoinRequestEdge, 'node'> & { node: ResolversParentTypes['JoinRequest'] };
  JoinRequest: JoinRequestRecord;
  WebhookConnection: Omit<WebhookConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['WebhookEdge']>, nodes: Array<ResolversParentTypes['Webhook']> };
  WebhookEdge: Omit<WebhookEdge, 'node'> & { node: ResolversParentTypes['Webhook'] };
  Webhook: WebhookRecord;
  WebhookAuthor: WebhookRecord;
  PinConnection: Omit<PinConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['PinEdge']>, nodes: Array<ResolversParentTypes['Pin']> };
  PinEdge: Omit<PinEdge, 'node'> & { node: ResolversParentTypes['Pin'] };
  Pin: PinRecord;
  RoomSettings: RoomRecord;
  RoomMemberConnection: Omit<RoomMemberConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['RoomMemberEdge']>, nodes: Array<ResolversParentTypes['RoomMember']> };
  RoomMemberEdge: Omit<RoomMemberEdge, 'node'> & { node: ResolversParentTypes['RoomMember'] };
  RoomMember: MemberRecord;
  BanConnection: Omit<BanConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['BanEdge']>, nodes: Array<ResolversParentTypes['Ban']> };
  BanEdge: Omit<BanEdge, 'node'> & { node: ResolversParentTypes['Ban'] };
  Ban: BanRecord;
  MessageConnection: Omit<MessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['MessageEdge']>, nodes: Array<ResolversParentTypes['Message']> };
  MessageEdge: Omit<MessageEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  MessageSearchConnection: Omit<MessageSearchConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['MessageSearchEdge']>, nodes: Array<ResolversParentTypes['Message']> };
  MessageSearchEdge: Omit<MessageSearchEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  Message: MessageRecord;
  Mention: MentionRecord;
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
  WebhookCreated: WebhookEventRecord;
  WebhookRevoked: WebhookEventRecord;
  RoomConnection: Omit<RoomConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['RoomEdge']>, nodes: Array<ResolversParentTypes['Room']> };
  RoomEdge: Omit<RoomEdge, 'node'> & { node: ResolversParentTypes['Room'] };
  PageInfo: PageInfo;
  User: UserReference;
  UserError: UserError;
  String: Scalars['String']['output'];
};

export type PerViewerDirectiveArgs = { };

export type PerViewerDirectiveResolver<Result, Parent, ContextType = Context, Args = PerViewerDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type DeliveryDirectiveArgs = {
  class: DeliveryClass;
  latestBy?: Maybe<Scalars['String']['input']>;
};

export type DeliveryDirectiveResolver<Result, Parent, ContextType = Context, Args = DeliveryDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType, RequireFields<QueryRoomArgs, 'id'>>;
  reports?: Resolver<ResolversTypes['ReportConnection'], ParentType, ContextType, Partial<QueryReportsArgs>>;
  invitation?: Resolver<Maybe<ResolversTypes['InvitationPreview']>, ParentType, ContextType, RequireFields<QueryInvitationArgs, 'code'>>;
  publicRooms?: Resolver<ResolversTypes['RoomConnection'], ParentType, ContextType, Partial<QueryPublicRoomsArgs>>;
  searchMessages?: Resolver<ResolversTypes['MessageSearchConnection'], ParentType, ContextType, RequireFields<QuerySearchMessagesArgs, 'first'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createRoom?: Resolver<ResolversTypes['CreateRoomPayload'], ParentType, ContextType, RequireFields<MutationCreateRoomArgs, 'input'>>;
  openDirectRoom?: Resolver<ResolversTypes['OpenDirectRoomPayload'], ParentType, ContextType, RequireFields<MutationOpenDirectRoomArgs, 'input'>>;
  openGroupRoom?: Resolver<ResolversTypes['OpenGroupRoomPayload'], ParentType, ContextType, RequireFields<MutationOpenGroupRoomArgs, 'input'>>;
  updateRoom?: Resolver<ResolversTypes['UpdateRoomPayload'], ParentType, ContextType, RequireFields<MutationUpdateRoomArgs, 'input'>>;
  archiveRoom?: Resolver<ResolversTypes['ArchiveRoomPayload'], ParentType, ContextType, RequireFields<MutationArchiveRoomArgs, 'input'>>;
  restoreRoom?: Resolver<ResolversTypes['RestoreRoomPayload'], ParentType, ContextType, RequireFields<MutationRestoreRoomArgs, 'input'>>;
  deleteRoom?: Resolver<ResolversTypes['DeleteRoomPayload'], ParentType, ContextType, RequireFields<MutationDeleteRoomArgs, 'input'>>;
  joinRoom?: Resolver<ResolversTypes['JoinRoomPayload'], ParentType, ContextType, RequireFields<MutationJoinRoomArgs, 'input'>>;
  createInvitation?: Resolver<ResolversTypes['CreateInvitationPayload'], ParentType, ContextType, RequireFields<MutationCreateInvitationArgs, 'input'>>;
  inviteUser?: Resolver<ResolversTypes['InviteUserPayload'], ParentType, ContextType, RequireFields<MutationInviteUserArgs, 'input'>>;
  acceptInvitation?: Resolver<ResolversTypes['AcceptInvitationPayload'], ParentType, ContextType, RequireFields<MutationAcceptInvitationArgs, 'input'>>;
  declineInvitation?: Resolver<ResolversTypes['DeclineInvitationPayload'], ParentType, ContextType, RequireFields<MutationDeclineInvitationArgs, 'input'>>;
  revokeInvitation?: Resolver<ResolversTypes['RevokeInvitationPayload'], ParentType, ContextType, RequireFields<MutationRevokeInvitationArgs, 'input'>>;
  requestToJoin?: Resolver<ResolversTypes['RequestToJoinPayload'], ParentType, ContextType, RequireFields<MutationRequestToJoinArgs, 'input'>>;
  withdrawJoinRequest?: Resolver<ResolversTypes['WithdrawJoinRequestPayload'], ParentType, ContextType, RequireFields<MutationWithdrawJoinRequestArgs, 'input'>>;
  approveJoinRequest?: Resolver<ResolversTypes['ApproveJoinRequestPayload'], ParentType, ContextType, RequireFields<MutationApproveJoinRequestArgs, 'input'>>;
  declineJoinRequest?: Resolver<ResolversTypes['DeclineJoinRequestPayload'], ParentType, ContextType, RequireFields<MutationDeclineJoinRequestArgs, 'input'>>;
  leaveRoom?: Resolver<ResolversTypes['LeaveRoomPayload'], ParentType, ContextType, RequireFields<MutationLeaveRoomArgs, 'input'>>;
  changeMemberRole?: Resolver<ResolversTypes['ChangeMemberRolePayload'], ParentType, ContextType, RequireFields<MutationChangeMemberRoleArgs, 'input'>>;
  transferOwnership?: Resolver<ResolversTypes['TransferOwnershipPayload'], ParentType, ContextType, RequireFields<MutationTransferOwnershipArgs, 'input'>>;
  kickMember?: Resolver<ResolversTypes['KickMemberPayload'], ParentType, ContextType, RequireFields<MutationKickMemberArgs, 'input'>>;
  banMember?: Resolver<ResolversTypes['BanMemberPayload'], ParentType, ContextType, RequireFields<MutationBanMemberArgs, 'input'>>;
  unbanMember?: Resolver<ResolversTypes['UnbanMemberPayload'], ParentType, ContextType, RequireFields<MutationUnbanMemberArgs, 'input'>>;
  muteMember?: Resolver<ResolversTypes['MuteMemberPayload'], ParentType, ContextType, RequireFields<MutationMuteMemberArgs, 'input'>>;
  unmuteMember?: Resolver<ResolversTypes['UnmuteMemberPayload'], ParentType, ContextType, RequireFields<MutationUnmuteMemberArgs, 'input'>>;
  sendMessage?: Resolver<ResolversTypes['SendMessagePayload'], ParentType, ContextType, RequireFields<MutationSendMessageArgs, 'input'>>;
  scheduleMessage?: Resolver<ResolversTypes['ScheduleMessagePayload'], ParentType, ContextType, RequireFields<MutationScheduleMessageArgs, 'input'>>;
  updateScheduledMessage?: Resolver<ResolversTypes['UpdateScheduledMessagePayload'], ParentType, ContextType, RequireFields<MutationUpdateScheduledMessageArgs, 'input'>>;
  cancelScheduledMessage?: Resolver<ResolversTypes['CancelScheduledMessagePayload'], ParentType, ContextType, RequireFields<MutationCancelScheduledMessageArgs, 'input'>>;
  saveDraft?: Resolver<ResolversTypes['SaveDraftPayload'], ParentType, ContextType, RequireFields<MutationSaveDraftArgs, 'input'>>;
  deleteDraft?: Resolver<ResolversTypes['DeleteDraftPayload'], ParentType, ContextType, RequireFields<MutationDeleteDraftArgs, 'input'>>;
  forwardMessage?: Resolver<ResolversTypes['ForwardMessagePayload'], ParentType, ContextType, RequireFields<MutationForwardMessageArgs, 'input'>>;
  editMessage?: Resolver<ResolversTypes['EditMessagePayload'], ParentType, ContextType, RequireFields<MutationEditMessageArgs, 'input'>>;
  deleteMessage?: Resolver<ResolversTypes['DeleteMessagePayload'], ParentType, ContextType, RequireFields<MutationDeleteMessageArgs, 'input'>>;
  addReaction?: Resolver<ResolversTypes['AddReactionPayload'], ParentType, ContextType, RequireFields<MutationAddReactionArgs, 'input'>>;
  removeReaction?: Resolver<ResolversTypes['RemoveReactionPayload'], ParentType, ContextType, RequireFields<MutationRemoveReactionArgs, 'input'>>;
  pinMessage?: Resolver<ResolversTypes['PinMessagePayload'], ParentType, ContextType, RequireFields<MutationPinMessageArgs, 'input'>>;
  unpinMessage?: Resolver<ResolversTypes['UnpinMessagePayload'], ParentType, ContextType, RequireFields<MutationUnpinMessageArgs, 'input'>>;
  reportMessage?: Resolver<ResolversTypes['ReportMessagePayload'], ParentType, ContextType, RequireFields<MutationReportMessageArgs, 'input'>>;
  resolveReport?: Resolver<ResolversTypes['ResolveReportPayload'], ParentType, ContextType, RequireFields<MutationResolveReportArgs, 'input'>>;
  createWebhook?: Resolver<ResolversTypes['CreateWebhookPayload'], ParentType, ContextType, RequireFields<MutationCreateWebhookArgs, 'input'>>;
  revokeWebhook?: Resolver<ResolversTypes['RevokeWebhookPayload'], ParentType, ContextType, RequireFields<MutationRevokeWebhookArgs, 'input'>>;
  markRoomRead?: Resolver<ResolversTypes['MarkRoomReadPayload'], ParentType, ContextType, RequireFields<MutationMarkRoomReadArgs, 'input'>>;
  markRoomUnread?: Resolver<ResolversTypes['MarkRoomUnreadPayload'], ParentType, ContextType, RequireFields<MutationMarkRoomUnreadArgs, 'input'>>;
  signalTyping?: Resolver<ResolversTypes['SignalTypingPayload'], ParentType, ContextType, RequireFields<MutationSignalTypingArgs, 'input'>>;
  updateChatSettings?: Resolver<ResolversTypes['UpdateChatSettingsPayload'], ParentType, ContextType, RequireFields<MutationUpdateChatSettingsArgs, 'input'>>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  roomEvents?: SubscriptionResolver<ResolversTypes['RoomEvent'], "roomEvents", ParentType, ContextType, RequireFields<SubscriptionRoomEventsArgs, 'roomId'>>;
  messageAdded?: SubscriptionResolver<ResolversTypes['MessageSent'], "messageAdded", ParentType, ContextType, RequireFields<SubscriptionMessageAddedArgs, 'roomId'>>;
  roomSignals?: SubscriptionResolver<ResolversTypes['RoomSignal'], "roomSignals", ParentType, ContextType, RequireFields<SubscriptionRoomSignalsArgs, 'roomId'>>;
  readStateChanged?: SubscriptionResolver<ResolversTypes['ReadState'], "readStateChanged", ParentType, ContextType>;
};

export type CreateRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateRoomPayload'] = ResolversParentTypes['CreateRoomPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OpenDirectRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpenDirectRoomPayload'] = ResolversParentTypes['OpenDirectRoomPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OpenGroupRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OpenGroupRoomPayload'] = ResolversParentTypes['OpenGroupRoomPayload']> = {
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

export type CreateInvitationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateInvitationPayload'] = ResolversParentTypes['CreateInvitationPayload']> = {
  invitation?: Resolver<Maybe<ResolversTypes['Invitation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type InviteUserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InviteUserPayload'] = ResolversParentTypes['InviteUserPayload']> = {
  invitation?: Resolver<Maybe<ResolversTypes['Invitation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AcceptInvitationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AcceptInvitationPayload'] = ResolversParentTypes['AcceptInvitationPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeclineInvitationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeclineInvitationPayload'] = ResolversParentTypes['DeclineInvitationPayload']> = {
  invitationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeInvitationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeInvitationPayload'] = ResolversParentTypes['RevokeInvitationPayload']> = {
  invitation?: Resolver<Maybe<ResolversTypes['Invitation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RequestToJoinPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequestToJoinPayload'] = ResolversParentTypes['RequestToJoinPayload']> = {
  joinRequest?: Resolver<Maybe<ResolversTypes['JoinRequest']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type WithdrawJoinRequestPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WithdrawJoinRequestPayload'] = ResolversParentTypes['WithdrawJoinRequestPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ApproveJoinRequestPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApproveJoinRequestPayload'] = ResolversParentTypes['ApproveJoinRequestPayload']> = {
  member?: Resolver<Maybe<ResolversTypes['RoomMember']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeclineJoinRequestPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeclineJoinRequestPayload'] = ResolversParentTypes['DeclineJoinRequestPayload']> = {
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

export type ScheduleMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScheduleMessagePayload'] = ResolversParentTypes['ScheduleMessagePayload']> = {
  scheduledMessage?: Resolver<Maybe<ResolversTypes['ScheduledMessage']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateScheduledMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateScheduledMessagePayload'] = ResolversParentTypes['UpdateScheduledMessagePayload']> = {
  scheduledMessage?: Resolver<Maybe<ResolversTypes['ScheduledMessage']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CancelScheduledMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelScheduledMessagePayload'] = ResolversParentTypes['CancelScheduledMessagePayload']> = {
  scheduledMessage?: Resolver<Maybe<ResolversTypes['ScheduledMessage']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SaveDraftPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SaveDraftPayload'] = ResolversParentTypes['SaveDraftPayload']> = {
  draft?: Resolver<Maybe<ResolversTypes['Draft']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteDraftPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteDraftPayload'] = ResolversParentTypes['DeleteDraftPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
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

export type ReportMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReportMessagePayload'] = ResolversParentTypes['ReportMessagePayload']> = {
  report?: Resolver<Maybe<ResolversTypes['OwnReport']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ResolveReportPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResolveReportPayload'] = ResolversParentTypes['ResolveReportPayload']> = {
  report?: Resolver<Maybe<ResolversTypes['Report']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateWebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateWebhookPayload'] = ResolversParentTypes['CreateWebhookPayload']> = {
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeWebhookPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeWebhookPayload'] = ResolversParentTypes['RevokeWebhookPayload']> = {
  webhook?: Resolver<Maybe<ResolversTypes['Webhook']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MarkRoomReadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MarkRoomReadPayload'] = ResolversParentTypes['MarkRoomReadPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MarkRoomUnreadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MarkRoomUnreadPayload'] = ResolversParentTypes['MarkRoomUnreadPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SignalTypingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignalTypingPayload'] = ResolversParentTypes['SignalTypingPayload']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UpdateChatSettingsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateChatSettingsPayload'] = ResolversParentTypes['UpdateChatSettingsPayload']> = {
  settings?: Resolver<Maybe<ResolversTypes['ChatSettings']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChatSettingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChatSettings'] = ResolversParentTypes['ChatSettings']> = {
  sendsReadReceipts?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type UnreadTotalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnreadTotals'] = ResolversParentTypes['UnreadTotals']> = {
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadMentionCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadRoomCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReadStateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReadState'] = ResolversParentTypes['ReadState']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  readSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadMentionCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReadReceiptResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReadReceipt'] = ResolversParentTypes['ReadReceipt']> = {
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  readAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ReadReceiptConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReadReceiptConnection'] = ResolversParentTypes['ReadReceiptConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReadReceiptEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ReadReceipt']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReadReceiptEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReadReceiptEdge'] = ResolversParentTypes['ReadReceiptEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReadReceipt'], ParentType, ContextType>;
};

export type RoomSignalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomSignal'] = ResolversParentTypes['RoomSignal']> = {
  __resolveType: TypeResolveFn<'TypingStarted' | 'TypingStopped' | 'ReadMarkMoved', ParentType, ContextType>;
};

export type TypingStartedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TypingStarted'] = ResolversParentTypes['TypingStarted']> = {
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TypingStoppedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TypingStopped'] = ResolversParentTypes['TypingStopped']> = {
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReadMarkMovedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReadMarkMoved'] = ResolversParentTypes['ReadMarkMoved']> = {
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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
  firstSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  headSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  headCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unreadMentionCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  viewerReadSeq?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  readReceipts?: Resolver<ResolversTypes['ReadReceiptConnection'], ParentType, ContextType, Partial<RoomReadReceiptsArgs>>;
  viewerRole?: Resolver<Maybe<ResolversTypes['MemberRole']>, ParentType, ContextType>;
  directPeer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  memberCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  members?: Resolver<ResolversTypes['RoomMemberConnection'], ParentType, ContextType, Partial<RoomMembersArgs>>;
  invitations?: Resolver<ResolversTypes['InvitationConnection'], ParentType, ContextType, Partial<RoomInvitationsArgs>>;
  joinRequests?: Resolver<ResolversTypes['JoinRequestConnection'], ParentType, ContextType, Partial<RoomJoinRequestsArgs>>;
  viewerJoinRequest?: Resolver<Maybe<ResolversTypes['JoinRequest']>, ParentType, ContextType>;
  bans?: Resolver<ResolversTypes['BanConnection'], ParentType, ContextType, Partial<RoomBansArgs>>;
  messages?: Resolver<ResolversTypes['MessageConnection'], ParentType, ContextType, Partial<RoomMessagesArgs>>;
  scheduledMessages?: Resolver<ResolversTypes['ScheduledMessageConnection'], ParentType, ContextType, Partial<RoomScheduledMessagesArgs>>;
  drafts?: Resolver<Array<ResolversTypes['Draft']>, ParentType, ContextType>;
  messagesAround?: Resolver<ResolversTypes['MessageConnection'], ParentType, ContextType, RequireFields<RoomMessagesAroundArgs, 'count'>>;
  pins?: Resolver<ResolversTypes['PinConnection'], ParentType, ContextType, Partial<RoomPinsArgs>>;
  webhooks?: Resolver<ResolversTypes['WebhookConnection'], ParentType, ContextType, Partial<RoomWebhooksArgs>>;
  reports?: Resolver<Maybe<ResolversTypes['ReportConnection']>, ParentType, ContextType, Partial<RoomReportsArgs>>;
  moderationLog?: Resolver<Maybe<ResolversTypes['ModerationEntryConnection']>, ParentType, ContextType, Partial<RoomModerationLogArgs>>;
};

export type ReportConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReportConnection'] = ResolversParentTypes['ReportConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ReportEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Report']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ReportEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReportEdge'] = ResolversParentTypes['ReportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Report'], ParentType, ContextType>;
};

export type ReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Report'] = ResolversParentTypes['Report']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['WebhookAuthor']>, ParentType, ContextType>;
  content?: Resolver<Maybe<ResolversTypes['ReportedContent']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ReportReason'], ParentType, ContextType>;
  comment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reporter?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReportState'], ParentType, ContextType>;
  resolvedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReportedContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReportedContent'] = ResolversParentTypes['ReportedContent']> = {
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  attachments?: Resolver<Array<ResolversTypes['Attachment']>, ParentType, ContextType>;
};

export type OwnReportConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OwnReportConnection'] = ResolversParentTypes['OwnReportConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OwnReportEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['OwnReport']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OwnReportEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OwnReportEdge'] = ResolversParentTypes['OwnReportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OwnReport'], ParentType, ContextType>;
};

export type OwnReportResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OwnReport'] = ResolversParentTypes['OwnReport']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ReportReason'], ParentType, ContextType>;
  comment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReportState'], ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ModerationEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModerationEntryConnection'] = ResolversParentTypes['ModerationEntryConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ModerationEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ModerationEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ModerationEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModerationEntryEdge'] = ResolversParentTypes['ModerationEntryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ModerationEntry'], ParentType, ContextType>;
};

export type ModerationEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ModerationEntry'] = ResolversParentTypes['ModerationEntry']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['ModerationAction'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  target?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  eventSeq?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reportId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  fromRole?: Resolver<Maybe<ResolversTypes['MemberRole']>, ParentType, ContextType>;
  toRole?: Resolver<Maybe<ResolversTypes['MemberRole']>, ParentType, ContextType>;
  fields?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ScheduledMessageConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScheduledMessageConnection'] = ResolversParentTypes['ScheduledMessageConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ScheduledMessageEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ScheduledMessage']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ScheduledMessageEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScheduledMessageEdge'] = ResolversParentTypes['ScheduledMessageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ScheduledMessage'], ParentType, ContextType>;
};

export type ScheduledMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScheduledMessage'] = ResolversParentTypes['ScheduledMessage']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  attachments?: Resolver<Array<ResolversTypes['Attachment']>, ParentType, ContextType>;
  sendAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ScheduledMessageState'], ParentType, ContextType>;
  failureCode?: Resolver<Maybe<ResolversTypes['UserErrorCode']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
};

export type DraftConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DraftConnection'] = ResolversParentTypes['DraftConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DraftEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Draft']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DraftEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DraftEdge'] = ResolversParentTypes['DraftEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Draft'], ParentType, ContextType>;
};

export type DraftResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Draft'] = ResolversParentTypes['Draft']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  deviceId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  replyTo?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type InvitationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationConnection'] = ResolversParentTypes['InvitationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['InvitationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Invitation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InvitationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationEdge'] = ResolversParentTypes['InvitationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invitation'], ParentType, ContextType>;
};

export type InvitationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Invitation'] = ResolversParentTypes['Invitation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  preview?: Resolver<Maybe<ResolversTypes['InvitationPreview']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  invitee?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  maxUses?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  useCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type InvitationPreviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvitationPreview'] = ResolversParentTypes['InvitationPreview']> = {
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  topic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RoomKind'], ParentType, ContextType>;
  memberCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  invitedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type JoinRequestConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JoinRequestConnection'] = ResolversParentTypes['JoinRequestConnection']> = {
  edges?: Resolver<Array<ResolversTypes['JoinRequestEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['JoinRequest']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type JoinRequestEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JoinRequestEdge'] = ResolversParentTypes['JoinRequestEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['JoinRequest'], ParentType, ContextType>;
};

export type JoinRequestResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JoinRequest'] = ResolversParentTypes['JoinRequest']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WebhookConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookConnection'] = ResolversParentTypes['WebhookConnection']> = {
  edges?: Resolver<Array<ResolversTypes['WebhookEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Webhook']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEdge'] = ResolversParentTypes['WebhookEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Webhook'], ParentType, ContextType>;
};

export type WebhookResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Webhook'] = ResolversParentTypes['Webhook']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  path?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WebhookAuthorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookAuthor'] = ResolversParentTypes['WebhookAuthor']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  avatarUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  joinPolicy?: Resolver<ResolversTypes['JoinPolicy'], ParentType, ContextType>;
  slowModeSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  retentionDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
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

export type BanConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BanConnection'] = ResolversParentTypes['BanConnection']> = {
  edges?: Resolver<Array<ResolversTypes['BanEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Ban']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BanEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BanEdge'] = ResolversParentTypes['BanEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Ban'], ParentType, ContextType>;
};

export type BanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Ban'] = ResolversParentTypes['Ban']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  bannedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  bannedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
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

export type MessageSearchConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageSearchConnection'] = ResolversParentTypes['MessageSearchConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MessageSearchEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Message']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MessageSearchEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageSearchEdge'] = ResolversParentTypes['MessageSearchEdge']> = {
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
  mentions?: Resolver<Array<ResolversTypes['Mention']>, ParentType, ContextType>;
  mentionsRoom?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['WebhookAuthor']>, ParentType, ContextType>;
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

export type MentionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mention'] = ResolversParentTypes['Mention']> = {
  userId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'RoomCreated' | 'MemberJoined' | 'MemberLeft' | 'MemberKicked' | 'MemberBanned' | 'MemberUnbanned' | 'MemberMuted' | 'MemberUnmuted' | 'RoleChanged' | 'OwnershipTransferred' | 'RoomUpdated' | 'RoomArchived' | 'RoomRestored' | 'RoomDeleted' | 'MessageSent' | 'MessageEdited' | 'MessageDeleted' | 'ReactionAdded' | 'ReactionRemoved' | 'MessagePinned' | 'MessageUnpinned' | 'WebhookCreated' | 'WebhookRevoked', ParentType, ContextType>;
};

export type RoomCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoomCreated'] = ResolversParentTypes['RoomCreated']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  invitedBy?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['MemberRole'], ParentType, ContextType>;
  isMuted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  mutedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
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

export type WebhookCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookCreated'] = ResolversParentTypes['WebhookCreated']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  webhookId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['WebhookAuthor']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookRevokedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookRevoked'] = ResolversParentTypes['WebhookRevoked']> = {
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roomId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  webhookId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  webhook?: Resolver<Maybe<ResolversTypes['WebhookAuthor']>, ParentType, ContextType>;
  actorId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
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
  drafts?: Resolver<ResolversTypes['DraftConnection'], ParentType, ContextType, Partial<UserDraftsArgs>>;
  reports?: Resolver<ResolversTypes['OwnReportConnection'], ParentType, ContextType, Partial<UserReportsArgs>>;
  roomInvitations?: Resolver<ResolversTypes['InvitationConnection'], ParentType, ContextType, Partial<UserRoomInvitationsArgs>>;
  unread?: Resolver<Maybe<ResolversTypes['UnreadTotals']>, ParentType, ContextType>;
  chatSettings?: Resolver<Maybe<ResolversTypes['ChatSettings']>, ParentType, ContextType>;
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
  OpenDirectRoomPayload?: OpenDirectRoomPayloadResolvers<ContextType>;
  OpenGroupRoomPayload?: OpenGroupRoomPayloadResolvers<ContextType>;
  UpdateRoomPayload?: UpdateRoomPayloadResolvers<ContextType>;
  ArchiveRoomPayload?: ArchiveRoomPayloadResolvers<ContextType>;
  RestoreRoomPayload?: RestoreRoomPayloadResolvers<ContextType>;
  DeleteRoomPayload?: DeleteRoomPayloadResolvers<ContextType>;
  JoinRoomPayload?: JoinRoomPayloadResolvers<ContextType>;
  CreateInvitationPayload?: CreateInvitationPayloadResolvers<ContextType>;
  InviteUserPayload?: InviteUserPayloadResolvers<ContextType>;
  AcceptInvitationPayload?: AcceptInvitationPayloadResolvers<ContextType>;
  DeclineInvitationPayload?: DeclineInvitationPayloadResolvers<ContextType>;
  RevokeInvitationPayload?: RevokeInvitationPayloadResolvers<ContextType>;
  RequestToJoinPayload?: RequestToJoinPayloadResolvers<ContextType>;
  WithdrawJoinRequestPayload?: WithdrawJoinRequestPayloadResolvers<ContextType>;
  ApproveJoinRequestPayload?: ApproveJoinRequestPayloadResolvers<ContextType>;
  DeclineJoinRequestPayload?: DeclineJoinRequestPayloadResolvers<ContextType>;
  LeaveRoomPayload?: LeaveRoomPayloadResolvers<ContextType>;
  ChangeMemberRolePayload?: ChangeMemberRolePayloadResolvers<ContextType>;
  TransferOwnershipPayload?: TransferOwnershipPayloadResolvers<ContextType>;
  KickMemberPayload?: KickMemberPayloadResolvers<ContextType>;
  BanMemberPayload?: BanMemberPayloadResolvers<ContextType>;
  UnbanMemberPayload?: UnbanMemberPayloadResolvers<ContextType>;
  MuteMemberPayload?: MuteMemberPayloadResolvers<ContextType>;
  UnmuteMemberPayload?: UnmuteMemberPayloadResolvers<ContextType>;
  SendMessagePayload?: SendMessagePayloadResolvers<ContextType>;
  ScheduleMessagePayload?: ScheduleMessagePayloadResolvers<ContextType>;
  UpdateScheduledMessagePayload?: UpdateScheduledMessagePayloadResolvers<ContextType>;
  CancelScheduledMessagePayload?: CancelScheduledMessagePayloadResolvers<ContextType>;
  SaveDraftPayload?: SaveDraftPayloadResolvers<ContextType>;
  DeleteDraftPayload?: DeleteDraftPayloadResolvers<ContextType>;
  ForwardMessagePayload?: ForwardMessagePayloadResolvers<ContextType>;
  EditMessagePayload?: EditMessagePayloadResolvers<ContextType>;
  DeleteMessagePayload?: DeleteMessagePayloadResolvers<ContextType>;
  AddReactionPayload?: AddReactionPayloadResolvers<ContextType>;
  RemoveReactionPayload?: RemoveReactionPayloadResolvers<ContextType>;
  PinMessagePayload?: PinMessagePayloadResolvers<ContextType>;
  UnpinMessagePayload?: UnpinMessagePayloadResolvers<ContextType>;
  ReportMessagePayload?: ReportMessagePayloadResolvers<ContextType>;
  ResolveReportPayload?: ResolveReportPayloadResolvers<ContextType>;
  CreateWebhookPayload?: CreateWebhookPayloadResolvers<ContextType>;
  RevokeWebhookPayload?: RevokeWebhookPayloadResolvers<ContextType>;
  MarkRoomReadPayload?: MarkRoomReadPayloadResolvers<ContextType>;
  MarkRoomUnreadPayload?: MarkRoomUnreadPayloadResolvers<ContextType>;
  SignalTypingPayload?: SignalTypingPayloadResolvers<ContextType>;
  UpdateChatSettingsPayload?: UpdateChatSettingsPayloadResolvers<ContextType>;
  ChatSettings?: ChatSettingsResolvers<ContextType>;
  UnreadTotals?: UnreadTotalsResolvers<ContextType>;
  ReadState?: ReadStateResolvers<ContextType>;
  ReadReceipt?: ReadReceiptResolvers<ContextType>;
  ReadReceiptConnection?: ReadReceiptConnectionResolvers<ContextType>;
  ReadReceiptEdge?: ReadReceiptEdgeResolvers<ContextType>;
  RoomSignal?: RoomSignalResolvers<ContextType>;
  TypingStarted?: TypingStartedResolvers<ContextType>;
  TypingStopped?: TypingStoppedResolvers<ContextType>;
  ReadMarkMoved?: ReadMarkMovedResolvers<ContextType>;
  Room?: RoomResolvers<ContextType>;
  ReportConnection?: ReportConnectionResolvers<ContextType>;
  ReportEdge?: ReportEdgeResolvers<ContextType>;
  Report?: ReportResolvers<ContextType>;
  ReportedContent?: ReportedContentResolvers<ContextType>;
  OwnReportConnection?: OwnReportConnectionResolvers<ContextType>;
  OwnReportEdge?: OwnReportEdgeResolvers<ContextType>;
  OwnReport?: OwnReportResolvers<ContextType>;
  ModerationEntryConnection?: ModerationEntryConnectionResolvers<ContextType>;
  ModerationEntryEdge?: ModerationEntryEdgeResolvers<ContextType>;
  ModerationEntry?: ModerationEntryResolvers<ContextType>;
  ScheduledMessageConnection?: ScheduledMessageConnectionResolvers<ContextType>;
  ScheduledMessageEdge?: ScheduledMessageEdgeResolvers<ContextType>;
  ScheduledMessage?: ScheduledMessageResolvers<ContextType>;
  DraftConnection?: DraftConnectionResolvers<ContextType>;
  DraftEdge?: DraftEdgeResolvers<ContextType>;
  Draft?: DraftResolvers<ContextType>;
  InvitationConnection?: InvitationConnectionResolvers<ContextType>;
  InvitationEdge?: InvitationEdgeResolvers<ContextType>;
  Invitation?: InvitationResolvers<ContextType>;
  InvitationPreview?: InvitationPreviewResolvers<ContextType>;
  JoinRequestConnection?: JoinRequestConnectionResolvers<ContextType>;
  JoinRequestEdge?: JoinRequestEdgeResolvers<ContextType>;
  JoinRequest?: JoinRequestResolvers<ContextType>;
  WebhookConnection?: WebhookConnectionResolvers<ContextType>;
  WebhookEdge?: WebhookEdgeResolvers<ContextType>;
  Webhook?: WebhookResolvers<ContextType>;
  WebhookAuthor?: WebhookAuthorResolvers<ContextType>;
  PinConnection?: PinConnectionResolvers<ContextType>;
  PinEdge?: PinEdgeResolvers<ContextType>;
  Pin?: PinResolvers<ContextType>;
  RoomSettings?: RoomSettingsResolvers<ContextType>;
  RoomMemberConnection?: RoomMemberConnectionResolvers<ContextType>;
  RoomMemberEdge?: RoomMemberEdgeResolvers<ContextType>;
  RoomMember?: RoomMemberResolvers<ContextType>;
  BanConnection?: BanConnectionResolvers<ContextType>;
  BanEdge?: BanEdgeResolvers<ContextType>;
  Ban?: BanResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  MessageSearchConnection?: MessageSearchConnectionResolvers<ContextType>;
  MessageSearchEdge?: MessageSearchEdgeResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  Mention?: MentionResolvers<ContextType>;
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
  WebhookCreated?: WebhookCreatedResolvers<ContextType>;
  WebhookRevoked?: WebhookRevokedResolvers<ContextType>;
  RoomConnection?: RoomConnectionResolvers<ContextType>;
  RoomEdge?: RoomEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  perViewer?: PerViewerDirectiveResolver<any, any, ContextType>;
  delivery?: DeliveryDirectiveResolver<any, any, ContextType>;
};
