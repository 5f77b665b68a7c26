// Generated from schema.graphql by tools/generate.ts. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { RoomRecord } from './rooms/record.ts';
import type { MessageRecord } from './messages/record.ts';
import type { RoomEventRecord } from './log/record.ts';
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
  /** Makes the viewer a member of a public room. Joining again changes nothing. Needs the scope `chat:write`. */
  joinRoom: JoinRoomPayload;
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


export type MutationJoinRoomArgs = {
  input: JoinRoomInput;
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

/** Which room to join. */
export type JoinRoomInput = {
  /** The room's id. */
  roomId: Scalars['ID']['input'];
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

/** The result of `joinRoom`. */
export type JoinRoomPayload = {
  __typename?: 'JoinRoomPayload';
  /** The room as its new member sees it; null when it could not be joined, or when the token lacks `chat:read`. */
  room?: Maybe<Room>;
  /** What kept the viewer from joining; empty on success. */
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

/** A place to talk. */
export type Room = {
  __typename?: 'Room';
  /** Identifies the room for ever. */
  id: Scalars['ID']['output'];
  /** The name to show; null for a room without one. */
  name?: Maybe<Scalars['String']['output']>;
  /** Who may find and join it. */
  kind: RoomKind;
  /** The number of the newest event in the room's log. */
  headSeq: Scalars['Int']['output'];
  /** The cursor of the newest event: subscribe with it to follow on from what this answer shows, without a gap. */
  headCursor: Scalars['String']['output'];
  /** How many messages the viewer has not read; 0 for somebody who is not a member. */
  unreadCount: Scalars['Int']['output'];
  /** The messages in the order in which they were sent. Give `first` or `last`, 1 to 100. */
  messages: MessageConnection;
};


/** A place to talk. */
export type RoomMessagesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
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
  JoinRoomInput: JoinRoomInput;
  SendMessageInput: SendMessageInput;
  MarkRoomReadInput: MarkRoomReadInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CreateRoomPayload: ResolverTypeWrapper<Omit<CreateRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  JoinRoomPayload: ResolverTypeWrapper<Omit<JoinRoomPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  SendMessagePayload: ResolverTypeWrapper<Omit<SendMessagePayload, 'message'> & { message?: Maybe<ResolversTypes['Message']> }>;
  MarkRoomReadPayload: ResolverTypeWrapper<Omit<MarkRoomReadPayload, 'room'> & { room?: Maybe<ResolversTypes['Room']> }>;
  RoomKind: RoomKind;
  Room: ResolverTypeWrapper<RoomRecord>;
  MessageConnection: ResolverTypeWrapper<Omit<MessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['MessageEdge']>, nodes: Array<ResolversTypes['Message']> }>;
  MessageEdge: ResolverTypeWrapper<Omit<MessageEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  Message: ResolverTypeWrapper<MessageRecord>;
  RoomEvent: ResolverTypeWrapper<RoomEventRecord>;
  RoomCreated: ResolverTypeWrapper<RoomEventRecord>;
  MemberJoined: ResolverTypeWrapper<RoomEventRecord>;
  MemberLeft: ResolverTypeWrapper<RoomEventRecord>;
  MessageSent: ResolverTypeWrapper<RoomEventRecord>;
  RoomConnection: ResolverTypeWrapper<Omit<RoomConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['RoomEdge']>, nodes: Array<ResolversTypes['Room']> }>;
  RoomEdge: ResolverTypeWrapper<Omit<RoomEdge, 'node'> & { node: ResolversTypes['Room'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
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
  JoinRoomInput: JoinRoomInput;
  SendMessageInput: SendMessageInput;
  MarkRoomReadInput: MarkRoomReadInput;
  Int: Scalars['Int']['output'];
  CreateRoomPayload: Omit<CreateRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  JoinRoomPayload: Omit<JoinRoomPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  SendMessagePayload: Omit<SendMessagePayload, 'message'> & { message?: Maybe<ResolversParentTypes['Message']> };
  MarkRoomReadPayload: Omit<MarkRoomReadPayload, 'room'> & { room?: Maybe<ResolversParentTypes['Room']> };
  Room: RoomRecord;
  MessageConnection: Omit<MessageConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['MessageEdge']>, nodes: Array<ResolversParentTypes['Message']> };
  MessageEdge: Omit<MessageEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  Message: MessageRecord;
  RoomEvent: RoomEventRecord;
  RoomCreated: RoomEventRecord;
  MemberJoined: RoomEventRecord;
  MemberLeft: RoomEventRecord;
  MessageSent: RoomEventRecord;
  RoomConnection: Omit<RoomConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['RoomEdge']>, nodes: Array<ResolversParentTypes['Room']> };
  RoomEdge: Omit<RoomEdge, 'node'> & { node: ResolversParentTypes['Room'] };
  PageInfo: PageInfo;
  Boolean: Scalars['Boolean']['output'];
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
  joinRoom?: Resolver<ResolversTypes['JoinRoomPayload'], ParentType, ContextType, RequireFields<MutationJoinRoomArgs, 'input'>>;
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

export type JoinRoomPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JoinRoomPayload'] = ResolversParentTypes['JoinRoomPayload']> = {
  room?: Resolver<Maybe<ResolversTypes['Room']>, ParentType, ContextType>;
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
  headSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  headCursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['MessageConnection'], ParentType, ContextType, Partial<RoomMessagesArgs>>;
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
  __resolveType: TypeResolveFn<'RoomCreated' | 'MemberJoined' | 'MemberLeft' | 'MessageSent', ParentType, ContextType>;
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
  JoinRoomPayload?: JoinRoomPayloadResolvers<ContextType>;
  SendMessagePayload?: SendMessagePayloadResolvers<ContextType>;
  MarkRoomReadPayload?: MarkRoomReadPayloadResolvers<ContextType>;
  Room?: RoomResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  RoomEvent?: RoomEventResolvers<ContextType>;
  RoomCreated?: RoomCreatedResolvers<ContextType>;
  MemberJoined?: MemberJoinedResolvers<ContextType>;
  MemberLeft?: MemberLeftResolvers<ContextType>;
  MessageSent?: MessageSentResolvers<ContextType>;
  RoomConnection?: RoomConnectionResolvers<ContextType>;
  RoomEdge?: RoomEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};
