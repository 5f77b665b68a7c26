// Generated from schema.graphql by tools/generate.ts. Do not edit.
import type { GraphQLResolveInfo } from 'graphql';
import type { ProfileRecord } from './repository.ts';
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
};

export type Query = {
  __typename?: 'Query';
  /** The person with this id; null when there is none, or when signed out. */
  user?: Maybe<User>;
};


export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Changes the viewer's own profile. Fields that are left out stay as they are. Needs the scope `profile:write`. */
  updateProfile: UpdateProfilePayload;
  /**
   * Blocks a person: neither can open a direct room with the other or send in theirs, and the person is not told. Whom they mention
   * of those who have blocked them is not notified. Doing so again changes nothing. A person blocks at most 1,000 others. Needs the scope `profile:write`.
   */
  blockUser: BlockUserPayload;
  /** Ends a block. Doing so again changes nothing. Needs the scope `profile:write`. */
  unblockUser: UnblockUserPayload;
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


export type MutationBlockUserArgs = {
  input: BlockUserInput;
};


export type MutationUnblockUserArgs = {
  input: UnblockUserInput;
};

/** The fields of a profile to change. */
export type UpdateProfileInput = {
  /** The new name to show: 1 to 80 characters on one line. It can not be removed, so null is refused. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** The new text about oneself: at most 500 characters. Null or an empty text removes it. */
  bio?: InputMaybe<Scalars['String']['input']>;
};

/** Whom to block. */
export type BlockUserInput = {
  /** The id of the person. */
  userId: Scalars['ID']['input'];
};

/** Whom to block no more. */
export type UnblockUserInput = {
  /** The id of the person. */
  userId: Scalars['ID']['input'];
};

/** The result of `updateProfile`. */
export type UpdateProfilePayload = {
  __typename?: 'UpdateProfilePayload';
  /** The viewer with the profile as it is now; null when nothing was changed. */
  user?: Maybe<User>;
  /** What kept the profile from being changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `blockUser`. */
export type BlockUserPayload = {
  __typename?: 'BlockUserPayload';
  /** The person who is blocked; null when `userErrors` says why not. */
  user?: Maybe<User>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `unblockUser`. */
export type UnblockUserPayload = {
  __typename?: 'UnblockUserPayload';
  /** The person who is not blocked any more; null when `userErrors` says why not. */
  user?: Maybe<User>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** Identifies the person for ever. */
  id: Scalars['ID']['output'];
  /** The name to show; at first the username. */
  displayName: Scalars['String']['output'];
  /** What the person tells about themselves; null when that is nothing. */
  bio?: Maybe<Scalars['String']['output']>;
  /** Whether the viewer has blocked this person. Needs the scope `profile:write` or `account:read`; false without them. */
  isBlocked: Scalars['Boolean']['output'];
  /** Whom the viewer has blocked, newest first; empty for everybody else. Needs the scope `profile:write` or `account:read`. */
  blockedUsers: BlockedUserConnection;
};


/** A person with an account. */
export type UserBlockedUsersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A page of people whom the viewer has blocked. */
export type BlockedUserConnection = {
  __typename?: 'BlockedUserConnection';
  /** The people with their cursors. */
  edges: Array<BlockedUserEdge>;
  /** The people alone. */
  nodes: Array<User>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** A person in a page. */
export type BlockedUserEdge = {
  __typename?: 'BlockedUserEdge';
  /** The person's place in the list, for `after`. */
  cursor: Scalars['String']['output'];
  /** The person. */
  node: User;
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
  /** The display name is empty, longer than 80 characters, or not one line of text. */
  | 'DISPLAY_NAME_INVALID'
  /** The text about oneself is longer than 500 characters or holds control characters. */
  | 'BIO_INVALID'
  | 'ACCOUNT_NOT_FOUND'
  | 'OWN_ACCOUNT'
  /** The viewer has blocked 1,000 people already. */
  | 'BLOCK_LIMIT_REACHED';



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
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UpdateProfileInput: UpdateProfileInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  BlockUserInput: BlockUserInput;
  UnblockUserInput: UnblockUserInput;
  UpdateProfilePayload: ResolverTypeWrapper<Omit<UpdateProfilePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  BlockUserPayload: ResolverTypeWrapper<Omit<BlockUserPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  UnblockUserPayload: ResolverTypeWrapper<Omit<UnblockUserPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  User: ResolverTypeWrapper<ProfileRecord>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  BlockedUserConnection: ResolverTypeWrapper<Omit<BlockedUserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['BlockedUserEdge']>, nodes: Array<ResolversTypes['User']> }>;
  BlockedUserEdge: ResolverTypeWrapper<Omit<BlockedUserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  UpdateProfileInput: UpdateProfileInput;
  String: Scalars['String']['output'];
  BlockUserInput: BlockUserInput;
  UnblockUserInput: UnblockUserInput;
  UpdateProfilePayload: Omit<UpdateProfilePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  BlockUserPayload: Omit<BlockUserPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  UnblockUserPayload: Omit<UnblockUserPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  User: ProfileRecord;
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  BlockedUserConnection: Omit<BlockedUserConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['BlockedUserEdge']>, nodes: Array<ResolversParentTypes['User']> };
  BlockedUserEdge: Omit<BlockedUserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  PageInfo: PageInfo;
  UserError: UserError;
};

export type PerViewerDirectiveArgs = { };

export type PerViewerDirectiveResolver<Result, Parent, ContextType = Context, Args = PerViewerDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'id'>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  updateProfile?: Resolver<ResolversTypes['UpdateProfilePayload'], ParentType, ContextType, RequireFields<MutationUpdateProfileArgs, 'input'>>;
  blockUser?: Resolver<ResolversTypes['BlockUserPayload'], ParentType, ContextType, RequireFields<MutationBlockUserArgs, 'input'>>;
  unblockUser?: Resolver<ResolversTypes['UnblockUserPayload'], ParentType, ContextType, RequireFields<MutationUnblockUserArgs, 'input'>>;
};

export type UpdateProfilePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateProfilePayload'] = ResolversParentTypes['UpdateProfilePayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type BlockUserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockUserPayload'] = ResolversParentTypes['BlockUserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UnblockUserPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnblockUserPayload'] = ResolversParentTypes['UnblockUserPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bio?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isBlocked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  blockedUsers?: Resolver<ResolversTypes['BlockedUserConnection'], ParentType, ContextType, Partial<UserBlockedUsersArgs>>;
};

export type BlockedUserConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockedUserConnection'] = ResolversParentTypes['BlockedUserConnection']> = {
  edges?: Resolver<Array<ResolversTypes['BlockedUserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type BlockedUserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockedUserEdge'] = ResolversParentTypes['BlockedUserEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  UpdateProfilePayload?: UpdateProfilePayloadResolvers<ContextType>;
  BlockUserPayload?: BlockUserPayloadResolvers<ContextType>;
  UnblockUserPayload?: UnblockUserPayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  BlockedUserConnection?: BlockedUserConnectionResolvers<ContextType>;
  BlockedUserEdge?: BlockedUserEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  perViewer?: PerViewerDirectiveResolver<any, any, ContextType>;
};
