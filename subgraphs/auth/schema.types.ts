// Generated from schema.graphql by tools/generate.ts. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AccountRecord } from './accounts/repository.ts';
import type { SessionRecord } from './sessions/repository.ts';
import type { PasskeyRecord } from './passkeys/repository.ts';
import type { IdentityRecord } from './identities/repository.ts';
import type { ApiKeyRecord } from './api-keys/repository.ts';
import type { SecurityEventRecord } from './audit/repository.ts';
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
  /** Any JSON value. WebAuthn's options and answers travel in it, in the form that browsers give and take them. */
  JSON: { input: unknown; output: unknown; }
};

export type Query = {
  __typename?: 'Query';
  /** The account that the request is made with; null when signed out. */
  viewer?: Maybe<User>;
  /** All accounts, newest first. For administrators. */
  accounts: AccountConnection;
  /** One account; null when there is none. For administrators. */
  account?: Maybe<Account>;
  /** Security events of all accounts, newest first. For administrators; one's own are in `User.security`. */
  securityEvents: SecurityEventConnection;
  /** The providers that somebody can sign in with besides a password or a passkey. */
  oauthProviders: Array<OAuthProvider>;
};


export type QueryAccountsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<AccountStatus>;
  role?: InputMaybe<Role>;
};


export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySecurityEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  accountId?: InputMaybe<Scalars['ID']['input']>;
  action?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Creates an account and signs it in. A code to verify the e-mail address is sent to it. */
  register: RegisterPayload;
  /** Sends the code that verifies the viewer's e-mail address once more. */
  sendEmailVerification: SendEmailVerificationPayload;
  /** Verifies an e-mail address with the code that was sent to it. Needs no session. */
  verifyEmail: VerifyEmailPayload;
  /**
   * Sends a code to set a new password, when an account has this e-mail address. The answer is the same when none has, so
   * that nobody learns who has an account.
   */
  requestPasswordReset: RequestPasswordResetPayload;
  /** Sets a new password with the code that was sent, and ends every session of the account. It does not sign in. */
  resetPassword: ResetPasswordPayload;
  /** Changes the viewer's password, or sets a first one, and ends all other sessions. */
  changePassword: ChangePasswordPayload;
  /** Changes the viewer's username. Wants a recent authentication. */
  changeUsername: ChangeUsernamePayload;
  /**
   * Begins to change the viewer's e-mail address: a code goes to the new address, and a warning with a code that undoes the
   * change to the old one. Wants a recent authentication.
   */
  changeEmail: ChangeEmailPayload;
  /** Changes the e-mail address with the code that was sent to the new one. Needs no session. */
  confirmEmailChange: ConfirmEmailChangePayload;
  /** Takes a change of the e-mail address back with the code that was sent to the old one, and ends every session. Needs no session. */
  undoEmailChange: UndoEmailChangePayload;
  /** Puts the viewer's account to rest: all sessions end. The next sign-in wakes it. Wants a recent authentication. */
  deactivateAccount: DeactivateAccountPayload;
  /** Deletes the viewer's account for good, in every part of the system. Wants a recent authentication. */
  deleteAccount: DeleteAccountPayload;
  /** Signs in with a username or an e-mail address. With a second factor there is no session yet, but a challenge for `completeLogin`. */
  login: LoginPayload;
  /** Goes on with a sign-in that wants a second factor. */
  completeLogin: LoginPayload;
  /**
   * Exchanges a refresh token for a new session pair. Each refresh token works once: the answer carries the next one. For
   * some seconds after that the old one works again, for a client that lost the answer; later it was stolen, so it ends the
   * whole session.
   */
  refreshSession: RefreshSessionPayload;
  /**
   * Ends the session that the request is made with: its refresh token, its access tokens and its open subscriptions. A browser whose
   * access token has ended signs out with the refresh token in its cookie. Its cookies are dropped in any case.
   */
  logout: LogoutPayload;
  /** Ends all sessions of the viewer, this one included. */
  logoutEverywhere: LogoutPayload;
  /** Ends one session of the viewer. Wants a recent authentication, unless it is the one that the request is made with. */
  revokeSession: RevokeSessionPayload;
  /** Proves once more who the viewer is, as sensitive changes want it: afterwards they are open for ten minutes. */
  confirmIdentity: ConfirmIdentityPayload;
  /** Begins to set up an authenticator app: shows the secret, once. Wants a recent authentication. */
  startTotpEnrolment: StartTotpEnrolmentPayload;
  /** Turns the authenticator app on with the first code it shows, and hands out recovery codes. */
  enableTotp: EnableTotpPayload;
  /** Turns the authenticator app off. Wants a recent authentication. */
  disableTotp: DisableTotpPayload;
  /** Makes new recovery codes; all earlier ones end. Wants a recent authentication. */
  regenerateRecoveryCodes: RegenerateRecoveryCodesPayload;
  /** Begins to register a passkey. Wants a recent authentication. */
  startPasskeyRegistration: PasskeyChallengePayload;
  /** Registers the passkey that the authenticator has made. The first second factor hands out recovery codes. */
  registerPasskey: RegisterPasskeyPayload;
  /** Gives a passkey another name. */
  renamePasskey: RenamePasskeyPayload;
  /** Removes a passkey. Wants a recent authentication. */
  removePasskey: RemovePasskeyPayload;
  /** Begins to sign in with a passkey alone: no username is needed. */
  startPasskeyLogin: PasskeyChallengePayload;
  /** Signs in with a passkey alone. It stands for both factors. */
  loginWithPasskey: LoginPayload;
  /** Begins to prove with a passkey who the viewer is, for `confirmIdentity`. */
  startPasskeyConfirmation: PasskeyChallengePayload;
  /** Begins to sign in with another provider: send the browser to the URL, keep `binding` where only this browser has it. */
  startOAuthLogin: StartOAuthPayload;
  /** Signs in with what the provider gave the browser on its way back. Makes an account when the person has none. */
  completeOAuthLogin: LoginPayload;
  /** Begins to link the viewer's account to one at another provider. Wants a recent authentication. */
  startOAuthLink: StartOAuthPayload;
  /** Links the viewer's account with what the provider gave the browser on its way back. */
  completeOAuthLink: IdentityPayload;
  /** Ends a link to another provider, unless nothing else would be left to sign in with. Wants a recent authentication. */
  unlinkIdentity: IdentityPayload;
  /** Makes a key for a program: for oneself, or, as an administrator, for a service account. Wants a recent authentication. */
  createApiKey: CreateApiKeyPayload;
  /** Ends a key, and everything that is signed in with it, at once. */
  revokeApiKey: RevokeApiKeyPayload;
  /** Keeps an account from signing in and ends its sessions. For administrators; a session wants a recent authentication. */
  suspendAccount: AccountPayload;
  /** Lets a suspended account sign in again. For administrators; a session wants a recent authentication. */
  restoreAccount: AccountPayload;
  /** Ends all sessions of an account, which may sign in again. For administrators; a session wants a recent authentication. */
  endSessions: AccountPayload;
  /** Gives an account another role. Tokens of the old one end at once. For administrators with a recent authentication; not for keys. */
  changeRole: AccountPayload;
  /**
   * Makes an account for a program. It has no password: it signs in with API keys alone. For administrators; a session wants a
   * recent authentication.
   */
  createServiceAccount: AccountPayload;
  /** Deletes a service account for good. For administrators; a session wants a recent authentication. */
  deleteServiceAccount: AccountPayload;
};


export type MutationRegisterArgs = {
  input: RegisterInput;
};


export type MutationVerifyEmailArgs = {
  input: VerifyEmailInput;
};


export type MutationRequestPasswordResetArgs = {
  input: RequestPasswordResetInput;
};


export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationChangeUsernameArgs = {
  input: ChangeUsernameInput;
};


export type MutationChangeEmailArgs = {
  input: ChangeEmailInput;
};


export type MutationConfirmEmailChangeArgs = {
  input: ConfirmEmailChangeInput;
};


export type MutationUndoEmailChangeArgs = {
  input: UndoEmailChangeInput;
};


export type MutationLoginArgs = {
  input: LoginInput;
};


export type MutationCompleteLoginArgs = {
  input: CompleteLoginInput;
};


export type MutationRefreshSessionArgs = {
  input: RefreshSessionInput;
};


export type MutationRevokeSessionArgs = {
  input: RevokeSessionInput;
};


export type MutationConfirmIdentityArgs = {
  input: ConfirmIdentityInput;
};


export type MutationEnableTotpArgs = {
  input: EnableTotpInput;
};


export type MutationRegisterPasskeyArgs = {
  input: RegisterPasskeyInput;
};


export type MutationRenamePasskeyArgs = {
  input: RenamePasskeyInput;
};


export type MutationRemovePasskeyArgs = {
  input: RemovePasskeyInput;
};


export type MutationLoginWithPasskeyArgs = {
  input: LoginWithPasskeyInput;
};


export type MutationStartOAuthLoginArgs = {
  input: StartOAuthInput;
};


export type MutationCompleteOAuthLoginArgs = {
  input: CompleteOAuthInput;
};


export type MutationStartOAuthLinkArgs = {
  input: StartOAuthInput;
};


export type MutationCompleteOAuthLinkArgs = {
  input: CompleteOAuthInput;
};


export type MutationUnlinkIdentityArgs = {
  input: UnlinkIdentityInput;
};


export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};


export type MutationSuspendAccountArgs = {
  input: SuspendAccountInput;
};


export type MutationRestoreAccountArgs = {
  input: RestoreAccountInput;
};


export type MutationEndSessionsArgs = {
  input: EndSessionsInput;
};


export type MutationChangeRoleArgs = {
  input: ChangeRoleInput;
};


export type MutationCreateServiceAccountArgs = {
  input: CreateServiceAccountInput;
};


export type MutationDeleteServiceAccountArgs = {
  input: DeleteServiceAccountInput;
};

/** Who a new account is for. */
export type RegisterInput = {
  /** The public handle: 3 to 50 letters, digits and underscores, unique without regard to case. */
  username: Scalars['String']['input'];
  /** Where the account can be reached; unique, and shown to nobody else. */
  email: Scalars['String']['input'];
  /** 8 to 128 characters of any kind. Refused when it is among the commonly used ones or made of the username. */
  password: Scalars['String']['input'];
};

/** A code from a mail. */
export type VerifyEmailInput = {
  /** The code; spaces, hyphens and case make no difference. */
  code: Scalars['String']['input'];
};

/** Whose password is to be set anew. */
export type RequestPasswordResetInput = {
  /** The e-mail address of the account. */
  email: Scalars['String']['input'];
};

/** A code from a mail, and the password to set with it. */
export type ResetPasswordInput = {
  /** The code; spaces, hyphens and case make no difference. */
  code: Scalars['String']['input'];
  /** The new password, by the rules of `RegisterInput.password`. */
  newPassword: Scalars['String']['input'];
};

/** The password now, and the one to come. */
export type ChangePasswordInput = {
  /** The password until now. Left out by an account that has none: then a recent authentication is wanted. */
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  /** The new password, by the rules of `RegisterInput.password`. */
  newPassword: Scalars['String']['input'];
};

/** A new handle. */
export type ChangeUsernameInput = {
  /** By the rules of `RegisterInput.username`. */
  username: Scalars['String']['input'];
};

/** A new e-mail address. */
export type ChangeEmailInput = {
  /** It becomes the account's when the code that is sent there comes back. */
  email: Scalars['String']['input'];
};

/** A code from a mail. */
export type ConfirmEmailChangeInput = {
  /** The code; spaces, hyphens and case make no difference. */
  code: Scalars['String']['input'];
};

/** A code from a mail. */
export type UndoEmailChangeInput = {
  /** The code; spaces, hyphens and case make no difference. */
  code: Scalars['String']['input'];
};

/** Credentials of an account. */
export type LoginInput = {
  /** The username or the e-mail address. */
  login: Scalars['String']['input'];
  /** The password. */
  password: Scalars['String']['input'];
};

/** An answer to a second-factor challenge: exactly one of `totpCode`, `recoveryCode` and `passkey`. */
export type CompleteLoginInput = {
  /** `SecondFactorChallenge.challengeToken`. */
  challengeToken: Scalars['String']['input'];
  /** The six digits that the authenticator app shows. */
  totpCode?: InputMaybe<Scalars['String']['input']>;
  /** One of the recovery codes. It works once. */
  recoveryCode?: InputMaybe<Scalars['String']['input']>;
  /** What the authenticator answered to `SecondFactorChallenge.passkeyOptions`. */
  passkey?: InputMaybe<Scalars['JSON']['input']>;
};

/** What is needed to go on with a session. */
export type RefreshSessionInput = {
  /** The newest refresh token of the session. Left out in cookie mode, where the cookie has it. */
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** Which session to end. */
export type RevokeSessionInput = {
  /** Its id, from `AccountSecurity.sessions`. */
  sessionId: Scalars['ID']['input'];
};

/** A proof of who the viewer is: exactly one of `password`, `totpCode`, and `passkey` with its `challengeToken`. */
export type ConfirmIdentityInput = {
  /** The account's password. It is not enough for an account with a second factor: that wants `totpCode` or `passkey`. */
  password?: InputMaybe<Scalars['String']['input']>;
  /** The six digits that the authenticator app shows. */
  totpCode?: InputMaybe<Scalars['String']['input']>;
  /** What the authenticator answered to the options of `startPasskeyConfirmation`. */
  passkey?: InputMaybe<Scalars['JSON']['input']>;
  /** The challenge that `passkey` answers. */
  challengeToken?: InputMaybe<Scalars['String']['input']>;
};

/** The first code of an authenticator app. */
export type EnableTotpInput = {
  /** From `startTotpEnrolment`. */
  challengeToken: Scalars['String']['input'];
  /** The six digits that the app shows. */
  totpCode: Scalars['String']['input'];
};

/** A new passkey. */
export type RegisterPasskeyInput = {
  /** From `startPasskeyRegistration`. */
  challengeToken: Scalars['String']['input'];
  /** A name by which its owner knows it: 1 to 80 characters on one line. */
  name: Scalars['String']['input'];
  /** What the authenticator answered. */
  passkey: Scalars['JSON']['input'];
};

/** A new name for a passkey. */
export type RenamePasskeyInput = {
  /** Which passkey. */
  passkeyId: Scalars['ID']['input'];
  /** 1 to 80 characters on one line. */
  name: Scalars['String']['input'];
};

/** Which passkey to remove. */
export type RemovePasskeyInput = {
  /** Its id. */
  passkeyId: Scalars['ID']['input'];
};

/** A sign-in with a passkey. */
export type LoginWithPasskeyInput = {
  /** From `startPasskeyLogin`. */
  challengeToken: Scalars['String']['input'];
  /** What the authenticator answered. */
  passkey: Scalars['JSON']['input'];
};

/** Where to sign in. */
export type StartOAuthInput = {
  /** The provider's `id`, from `oauthProviders`. */
  provider: Scalars['String']['input'];
  /** The page of the front end that the provider sends the browser back to: one of those that the server is configured with. */
  redirectUri: Scalars['String']['input'];
};

/** What a provider gave the browser on its way back. */
export type CompleteOAuthInput = {
  /** The whole URL that the browser came back to, with its query. */
  callbackUrl: Scalars['String']['input'];
  /** What `StartOAuthPayload.binding` was: proof that it is the same browser. */
  binding: Scalars['String']['input'];
};

/** Which link to end. */
export type UnlinkIdentityInput = {
  /** Its id. */
  identityId: Scalars['ID']['input'];
};

/** What a new key is for. */
export type CreateApiKeyInput = {
  /** A name by which its owner knows it: 1 to 80 characters on one line. */
  name: Scalars['String']['input'];
  /** What it may do; at most what the role of its account may. Never `account:write`: no key makes keys. */
  scopes: Array<Scalars['String']['input']>;
  /** When it ends, within the next 100 years; without, it does not end by itself. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The service account it is for; without, it is the viewer's own. */
  serviceAccountId?: InputMaybe<Scalars['ID']['input']>;
};

/** Which key to end. */
export type RevokeApiKeyInput = {
  /** Its id. */
  apiKeyId: Scalars['ID']['input'];
};

/** Whom to keep out. */
export type SuspendAccountInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** Why, for other administrators and for the person: 1 to 500 characters. */
  reason: Scalars['String']['input'];
  /** Until when, within the next 100 years; without, until `restoreAccount`. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Whom to let in again. */
export type RestoreAccountInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
};

/** Whose sessions to end. */
export type EndSessionsInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
};

/** A new role. */
export type ChangeRoleInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
  /** The role that it is to have. */
  role: Role;
};

/** The name of a program. */
export type CreateServiceAccountInput = {
  /** By the rules of `RegisterInput.username`. */
  username: Scalars['String']['input'];
};

/** Which service account to delete. */
export type DeleteServiceAccountInput = {
  /** The account. */
  accountId: Scalars['ID']['input'];
};

/** The result of `register`. */
export type RegisterPayload = {
  __typename?: 'RegisterPayload';
  /** The first session of the new account; null when `userErrors` says why there is none, and in cookie mode. */
  session?: Maybe<Session>;
  /** The new account; null when `userErrors` says why there is none. */
  user?: Maybe<User>;
  /** What kept the account from being made; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of every way to sign in. */
export type LoginPayload = {
  __typename?: 'LoginPayload';
  /** The new session; null when there is none, and in cookie mode, where the tokens are in cookies. */
  session?: Maybe<Session>;
  /** Who signed in; null when nobody did, or not yet. */
  user?: Maybe<User>;
  /** What is still wanted, when the account has a second factor. */
  secondFactor?: Maybe<SecondFactorChallenge>;
  /** What kept the account from being signed in; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `refreshSession`. */
export type RefreshSessionPayload = {
  __typename?: 'RefreshSessionPayload';
  /** The session with its next pair of tokens; null when the refresh token is not valid, and in cookie mode. */
  session?: Maybe<Session>;
  /** Whose session it is; null when the refresh token is not valid. */
  user?: Maybe<User>;
  /** What kept the session from being refreshed; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `logout` and `logoutEverywhere`. */
export type LogoutPayload = {
  __typename?: 'LogoutPayload';
  /** Who signed out. */
  user?: Maybe<User>;
  /** What kept the session from being ended; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `sendEmailVerification`. */
export type SendEmailVerificationPayload = {
  __typename?: 'SendEmailVerificationPayload';
  /** The viewer. */
  user?: Maybe<User>;
  /** What kept the mail from being sent; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `verifyEmail`. */
export type VerifyEmailPayload = {
  __typename?: 'VerifyEmailPayload';
  /** Whose address is verified now; null when the code is not valid. */
  user?: Maybe<User>;
  /** What kept the address from being verified; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `requestPasswordReset`: the same whether or not somebody has the address. */
export type RequestPasswordResetPayload = {
  __typename?: 'RequestPasswordResetPayload';
  /** What kept the request from being taken; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `resetPassword`. */
export type ResetPasswordPayload = {
  __typename?: 'ResetPasswordPayload';
  /** Whose password is set; null when the code is not valid. */
  user?: Maybe<User>;
  /** What kept the password from being set; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `changePassword`. */
export type ChangePasswordPayload = {
  __typename?: 'ChangePasswordPayload';
  /** The viewer. */
  user?: Maybe<User>;
  /** What kept the password from being changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `changeUsername`. */
export type ChangeUsernamePayload = {
  __typename?: 'ChangeUsernamePayload';
  /** The viewer under the new name. */
  user?: Maybe<User>;
  /** What kept the username from being changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `changeEmail`. */
export type ChangeEmailPayload = {
  __typename?: 'ChangeEmailPayload';
  /** The viewer, with the address that waits in `AccountSecurity.pendingEmail`. */
  user?: Maybe<User>;
  /** What kept the change from being begun; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `confirmEmailChange`. */
export type ConfirmEmailChangePayload = {
  __typename?: 'ConfirmEmailChangePayload';
  /** Whose address is changed; null when the code is not valid. */
  user?: Maybe<User>;
  /** What kept the address from being changed; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `undoEmailChange`. */
export type UndoEmailChangePayload = {
  __typename?: 'UndoEmailChangePayload';
  /** Whose address is what it was; null when the code is not valid. */
  user?: Maybe<User>;
  /** What kept the change from being undone; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `deactivateAccount`. */
export type DeactivateAccountPayload = {
  __typename?: 'DeactivateAccountPayload';
  /** Whose account is put to rest. */
  user?: Maybe<User>;
  /** What kept the account from being put to rest; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `deleteAccount`. */
export type DeleteAccountPayload = {
  __typename?: 'DeleteAccountPayload';
  /** The id of the account that is no more; null when it still is. */
  deletedUserId?: Maybe<Scalars['ID']['output']>;
  /** What kept the account from being deleted; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `revokeSession`. */
export type RevokeSessionPayload = {
  __typename?: 'RevokeSessionPayload';
  /** The id of the session that has ended. */
  revokedSessionId?: Maybe<Scalars['ID']['output']>;
  /** What kept the session from being ended; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `confirmIdentity`. */
export type ConfirmIdentityPayload = {
  __typename?: 'ConfirmIdentityPayload';
  /** Until when sensitive changes are open to this session. */
  confirmedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** What kept the proof from being taken; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `startTotpEnrolment`. */
export type StartTotpEnrolmentPayload = {
  __typename?: 'StartTotpEnrolmentPayload';
  /** Goes into `enableTotp`. */
  challengeToken?: Maybe<Scalars['String']['output']>;
  /** The secret, in Base32, for typing. */
  secret?: Maybe<Scalars['String']['output']>;
  /** The same as an `otpauth:` URI, for a QR code. */
  uri?: Maybe<Scalars['String']['output']>;
  /** What kept the enrolment from being begun; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `enableTotp`. */
export type EnableTotpPayload = {
  __typename?: 'EnableTotpPayload';
  /** Codes that stand in for the second factor, each once. They are shown this one time. */
  recoveryCodes?: Maybe<Array<Scalars['String']['output']>>;
  /** The viewer. */
  user?: Maybe<User>;
  /** What kept the authenticator app from being turned on; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `disableTotp`. */
export type DisableTotpPayload = {
  __typename?: 'DisableTotpPayload';
  /** The viewer. */
  user?: Maybe<User>;
  /** What kept the authenticator app from being turned off; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `regenerateRecoveryCodes`. */
export type RegenerateRecoveryCodesPayload = {
  __typename?: 'RegenerateRecoveryCodesPayload';
  /** The new codes. They are shown this one time. */
  recoveryCodes?: Maybe<Array<Scalars['String']['output']>>;
  /** What kept the codes from being made; empty on success. */
  userErrors: Array<UserError>;
};

/** A challenge for an authenticator. */
export type PasskeyChallengePayload = {
  __typename?: 'PasskeyChallengePayload';
  /** Goes back with the authenticator's answer. It ends after five minutes. */
  challengeToken?: Maybe<Scalars['String']['output']>;
  /** Options for `navigator.credentials.create` or `.get`, in their JSON form. */
  options?: Maybe<Scalars['JSON']['output']>;
  /** What kept the challenge from being made; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `registerPasskey`. */
export type RegisterPasskeyPayload = {
  __typename?: 'RegisterPasskeyPayload';
  /** The new passkey. */
  passkey?: Maybe<Passkey>;
  /** Codes that stand in for the second factor, when this is the first one. They are shown this one time. */
  recoveryCodes?: Maybe<Array<Scalars['String']['output']>>;
  /** What kept the passkey from being registered; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `renamePasskey`. */
export type RenamePasskeyPayload = {
  __typename?: 'RenamePasskeyPayload';
  /** The passkey under its new name. */
  passkey?: Maybe<Passkey>;
  /** What kept the passkey from being renamed; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `removePasskey`. */
export type RemovePasskeyPayload = {
  __typename?: 'RemovePasskeyPayload';
  /** The id of the passkey that is no more. */
  removedPasskeyId?: Maybe<Scalars['ID']['output']>;
  /** What kept the passkey from being removed; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `startOAuthLogin` and `startOAuthLink`. */
export type StartOAuthPayload = {
  __typename?: 'StartOAuthPayload';
  /** Where to send the browser. */
  authorizationUrl?: Maybe<Scalars['String']['output']>;
  /** To be kept by this browser, in its session storage say, and given back: nobody else can end what it has begun. */
  binding?: Maybe<Scalars['String']['output']>;
  /** What kept the sign-in from being begun; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `completeOAuthLink` and `unlinkIdentity`. */
export type IdentityPayload = {
  __typename?: 'IdentityPayload';
  /** The identity that was linked or unlinked. */
  identity?: Maybe<Identity>;
  /** What kept the link from being made or ended; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `createApiKey`. */
export type CreateApiKeyPayload = {
  __typename?: 'CreateApiKeyPayload';
  /** The new key. */
  apiKey?: Maybe<ApiKey>;
  /** The key itself, for the header `Authorization: Bearer <secret>`. It is shown this one time. */
  secret?: Maybe<Scalars['String']['output']>;
  /** What kept the key from being made; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of `revokeApiKey`. */
export type RevokeApiKeyPayload = {
  __typename?: 'RevokeApiKeyPayload';
  /** The key that has ended. */
  apiKey?: Maybe<ApiKey>;
  /** What kept the key from being ended; empty on success. */
  userErrors: Array<UserError>;
};

/** The result of a change that an administrator makes to an account. */
export type AccountPayload = {
  __typename?: 'AccountPayload';
  /** The account as it is now. */
  account?: Maybe<Account>;
  /** What kept the account from being changed; empty on success. */
  userErrors: Array<UserError>;
};

/** A signed-in device: a short-lived token for requests and a long-lived one to get the next. */
export type Session = {
  __typename?: 'Session';
  /** Goes into the header `Authorization: Bearer <token>`, or into `connection_init` as `{ "authorization": "Bearer <token>" }`. */
  accessToken: Scalars['String']['output'];
  /** When the access token ends. */
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** Works once, in `refreshSession`. Keep it secret. */
  refreshToken: Scalars['String']['output'];
  /** When the refresh token ends. */
  refreshTokenExpiresAt: Scalars['DateTime']['output'];
};

/** A second factor that is still wanted to sign in. */
export type SecondFactorChallenge = {
  __typename?: 'SecondFactorChallenge';
  /** Goes into `completeLogin`. */
  challengeToken: Scalars['String']['output'];
  /** When the challenge ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** What can answer it. */
  methods: Array<SecondFactorMethod>;
  /** Options for `navigator.credentials.get`, in their JSON form; null when the account has no passkey. */
  passkeyOptions?: Maybe<Scalars['JSON']['output']>;
};

/** What can stand as a second factor. */
export type SecondFactorMethod =
  /** The six digits of an authenticator app. */
  | 'TOTP'
  /** A passkey. */
  | 'PASSKEY'
  /** One of the codes that were handed out for the case that the others are lost. */
  | 'RECOVERY_CODE';

/** A person with an account. */
export type User = {
  __typename?: 'User';
  /** Identifies the person for ever. */
  id: Scalars['ID']['output'];
  /** The public handle, as its owner wrote it. A message mentions its owner as `@username`. */
  username: Scalars['String']['output'];
  /** The e-mail address; null for everybody but its owner. */
  email?: Maybe<Scalars['String']['output']>;
  /** How the account is protected and where it is signed in; null for everybody but its owner. */
  security?: Maybe<AccountSecurity>;
};

/** What the owner of an account can see of its protection. */
export type AccountSecurity = {
  __typename?: 'AccountSecurity';
  /** What the account may do. */
  role: Role;
  /** When the e-mail address was verified; null while it is not. */
  emailVerifiedAt?: Maybe<Scalars['DateTime']['output']>;
  /** An address that waits for its code to become the account's. */
  pendingEmail?: Maybe<Scalars['String']['output']>;
  /** Whether the account can sign in with a password. */
  hasPassword: Scalars['Boolean']['output'];
  /** Since when an authenticator app is wanted to sign in; null when none is. */
  totpEnabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many recovery codes are left. */
  recoveryCodesLeft: Scalars['Int']['output'];
  /** The passkeys, oldest first; at most 20. */
  passkeys: Array<Passkey>;
  /** The accounts at other providers that sign this one in; at most 20. */
  identities: Array<Identity>;
  /** The keys of programs that have not ended; at most 50. */
  apiKeys: Array<ApiKey>;
  /** Where the account is signed in, newest first; at most 100: one more ends the oldest. */
  sessions: ActiveSessionConnection;
  /** What has happened to the account, newest first. */
  events: SecurityEventConnection;
};


/** What the owner of an account can see of its protection. */
export type AccountSecuritySessionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What the owner of an account can see of its protection. */
export type AccountSecurityEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** What an account may do. Each role may what those before it may. */
export type Role =
  /** Chats. */
  | 'USER'
  /** Looks after rooms that are not their own. */
  | 'MODERATOR'
  /** Looks after accounts. */
  | 'ADMIN';

/** Whether an account can sign in. */
export type AccountStatus =
  /** It can. */
  | 'ACTIVE'
  /** Its owner has put it to rest; the next sign-in wakes it. */
  | 'DEACTIVATED'
  /** An administrator keeps it out. */
  | 'SUSPENDED'
  /** It is gone; only its id is left. */
  | 'DELETED';

/** Who is behind an account. */
export type AccountKind =
  /** A person. */
  | 'PERSON'
  /** A program. */
  | 'SERVICE';

/** An account as administrators see it. */
export type Account = {
  __typename?: 'Account';
  /** The same as its user's. */
  id: Scalars['ID']['output'];
  /** Who it belongs to; null once it is deleted. */
  user?: Maybe<User>;
  /** Whether a person or a program is behind it. */
  kind: AccountKind;
  /** Whether it can sign in. */
  status: AccountStatus;
  /** What it may do. */
  role: Role;
  /** Its e-mail address. */
  email?: Maybe<Scalars['String']['output']>;
  /** When the e-mail address was verified; null while it is not. */
  emailVerifiedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it is suspended. */
  suspensionReason?: Maybe<Scalars['String']['output']>;
  /** Until when it is suspended; null without an end, or when it is not. */
  suspendedUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it has a second factor. */
  hasSecondFactor: Scalars['Boolean']['output'];
  /** When it last signed in. */
  lastLoginAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Keys of a service account that have not ended; empty for a person, whose keys are their own affair. */
  apiKeys: Array<ApiKey>;
};

/** A page of accounts. */
export type AccountConnection = {
  __typename?: 'AccountConnection';
  /** The accounts with their cursors. */
  edges: Array<AccountEdge>;
  /** The accounts. */
  nodes: Array<Account>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** An account in a page. */
export type AccountEdge = {
  __typename?: 'AccountEdge';
  /** Where the account stands. */
  cursor: Scalars['String']['output'];
  /** The account. */
  node: Account;
};

/** A place where an account is signed in. */
export type ActiveSession = {
  __typename?: 'ActiveSession';
  /** Identifies the session. */
  id: Scalars['ID']['output'];
  /** What the client called itself (`User-Agent`), at most 256 characters; null when it said nothing. */
  device?: Maybe<Scalars['String']['output']>;
  /** The address it was last used from. */
  address?: Maybe<Scalars['String']['output']>;
  /** How it was signed in: `password`, `totp`, `recovery_code`, `passkey`, `oauth:<provider>`. */
  methods: Array<Scalars['String']['output']>;
  /** When it was signed in. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was last refreshed. */
  lastUsedAt: Scalars['DateTime']['output'];
  /** When it ends at the latest. */
  expiresAt: Scalars['DateTime']['output'];
  /** Whether the request is made with it. */
  isCurrent: Scalars['Boolean']['output'];
};

/** A page of sessions. */
export type ActiveSessionConnection = {
  __typename?: 'ActiveSessionConnection';
  /** The sessions with their cursors. */
  edges: Array<ActiveSessionEdge>;
  /** The sessions. */
  nodes: Array<ActiveSession>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** A session in a page. */
export type ActiveSessionEdge = {
  __typename?: 'ActiveSessionEdge';
  /** Where the session stands. */
  cursor: Scalars['String']['output'];
  /** The session. */
  node: ActiveSession;
};

/** A passkey of an account. */
export type Passkey = {
  __typename?: 'Passkey';
  /** Identifies the passkey. */
  id: Scalars['ID']['output'];
  /** The name that its owner gave it. */
  name: Scalars['String']['output'];
  /** Whether it is kept in more than one place, so that losing a device does not lose it. */
  isBackedUp: Scalars['Boolean']['output'];
  /** When it was registered. */
  createdAt: Scalars['DateTime']['output'];
  /** When it last signed in; null when it never has. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Another provider to sign in with. */
export type OAuthProvider = {
  __typename?: 'OAuthProvider';
  /** For `StartOAuthInput.provider`: `google`, `github`, `microsoft`, or as configured. */
  id: Scalars['String']['output'];
  /** How to call it on a button. */
  name: Scalars['String']['output'];
};

/** An account at another provider that signs this one in. */
export type Identity = {
  __typename?: 'Identity';
  /** Identifies the link. */
  id: Scalars['ID']['output'];
  /** The provider's id, as in `oauthProviders`. */
  provider: Scalars['String']['output'];
  /** The e-mail address that the provider knew when it was last used. */
  email?: Maybe<Scalars['String']['output']>;
  /** When it was linked. */
  linkedAt: Scalars['DateTime']['output'];
  /** When it last signed in; null when it never has. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A long-lived key of a program. */
export type ApiKey = {
  __typename?: 'ApiKey';
  /** Identifies the key. */
  id: Scalars['ID']['output'];
  /** The name that its owner gave it. */
  name: Scalars['String']['output'];
  /** What it may do. */
  scopes: Array<Scalars['String']['output']>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends; null when it does not by itself. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was last used, to within a few minutes; null when it never was. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was ended; null while it has not been. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Something that happened to the protection of an account, or was tried. */
export type SecurityEvent = {
  __typename?: 'SecurityEvent';
  /** Identifies the event. */
  id: Scalars['ID']['output'];
  /** When it happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** What happened: `login`, `password_changed`, ... docs/ACCOUNTS.md lists them all. */
  action: Scalars['String']['output'];
  /** Whether it succeeded. */
  succeeded: Scalars['Boolean']['output'];
  /** The account it is about; null when no account matched. */
  accountId?: Maybe<Scalars['ID']['output']>;
  /** Who did it; null for somebody signed out. */
  actorId?: Maybe<Scalars['ID']['output']>;
  /** The session it was done with. */
  sessionId?: Maybe<Scalars['ID']['output']>;
  /** The address it was done from. */
  address?: Maybe<Scalars['String']['output']>;
  /** What the client called itself. */
  device?: Maybe<Scalars['String']['output']>;
  /** More about it: ids, codes and counts. */
  details: Scalars['JSON']['output'];
};

/** A page of security events. */
export type SecurityEventConnection = {
  __typename?: 'SecurityEventConnection';
  /** The events with their cursors. */
  edges: Array<SecurityEventEdge>;
  /** The events. */
  nodes: Array<SecurityEvent>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** A security event in a page. */
export type SecurityEventEdge = {
  __typename?: 'SecurityEventEdge';
  /** Where the event stands. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: SecurityEvent;
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
  /** The username is not 3 to 50 letters, digits and underscores. */
  | 'USERNAME_INVALID'
  /** Somebody else has the username. */
  | 'USERNAME_TAKEN'
  /** The e-mail address is not one. */
  | 'EMAIL_INVALID'
  /** An account with the e-mail address exists. */
  | 'EMAIL_TAKEN'
  /** The e-mail address has to be verified first. */
  | 'EMAIL_NOT_VERIFIED'
  /** The e-mail address is verified already. */
  | 'EMAIL_ALREADY_VERIFIED'
  /** The password is shorter than 8 or longer than 128 characters. */
  | 'PASSWORD_INVALID'
  /** The password is among the commonly used or breached ones. */
  | 'PASSWORD_COMMON'
  /** The password is made of the username, the e-mail address, or the name of the installation. */
  | 'PASSWORD_TOO_SIMILAR'
  /** The account has no password. */
  | 'PASSWORD_NOT_SET'
  /** No account matches the login and password. */
  | 'CREDENTIALS_INVALID'
  /** The account may not sign in: an administrator has suspended it. */
  | 'ACCOUNT_SUSPENDED'
  /** Too many attempts; the message says when the next one counts. */
  | 'TOO_MANY_ATTEMPTS'
  /** The refresh token is unknown, expired, used before, or its session has ended. */
  | 'REFRESH_TOKEN_INVALID'
  /** The code is wrong, used, or too old. */
  | 'CODE_INVALID'
  /** The challenge is unknown, answered, or too old. Begin again. */
  | 'CHALLENGE_INVALID'
  /** The second factor did not match. */
  | 'SECOND_FACTOR_INVALID'
  /** The viewer has to prove once more who they are: `confirmIdentity`. */
  | 'RECENT_AUTHENTICATION_REQUIRED'
  /** Not exactly one of the fields that exclude each other is given. */
  | 'ONE_PROOF_REQUIRED'
  /** The viewer has no such session. */
  | 'SESSION_NOT_FOUND'
  /** An authenticator app is turned on already. */
  | 'TOTP_ALREADY_ENABLED'
  /** No authenticator app is turned on. */
  | 'TOTP_NOT_ENABLED'
  /** The account has no second factor that recovery codes could stand in for. */
  | 'NO_SECOND_FACTOR'
  /** The authenticator's answer does not prove a passkey. */
  | 'PASSKEY_INVALID'
  /** The viewer has no such passkey. */
  | 'PASSKEY_NOT_FOUND'
  /** The account has as many passkeys as it may. */
  | 'PASSKEY_LIMIT_REACHED'
  /** The name is empty, longer than 80 characters, or not one line of text. */
  | 'NAME_INVALID'
  /** There is no such provider. */
  | 'PROVIDER_UNKNOWN'
  /** The server is not configured to come back to this page. */
  | 'REDIRECT_URI_NOT_ALLOWED'
  /** The provider did not vouch for the person, or what came back does not belong to what was begun. */
  | 'OAUTH_FAILED'
  /** The provider has not verified the person's e-mail address, or tells none. */
  | 'OAUTH_EMAIL_UNVERIFIED'
  /** An account with the e-mail address exists: sign in to it and link the provider there. */
  | 'OAUTH_ACCOUNT_EXISTS'
  /** The identity signs in another account. */
  | 'IDENTITY_TAKEN'
  /** The viewer has no such identity. */
  | 'IDENTITY_NOT_FOUND'
  /** The account has as many identities as it may. */
  | 'IDENTITY_LIMIT_REACHED'
  /** Nothing would be left to sign in with. */
  | 'LAST_SIGN_IN_METHOD'
  /** There is no such account. */
  | 'ACCOUNT_NOT_FOUND'
  /** This can't be done to one's own account. */
  | 'OWN_ACCOUNT'
  /** No administrator would be left. */
  | 'LAST_ADMINISTRATOR'
  /** The reason is empty, longer than 500 characters, or holds control characters. */
  | 'REASON_INVALID'
  /** The time is not in the future, or more than 100 years away. */
  | 'TIME_INVALID'
  /** A scope is unknown, or more than the account may. */
  | 'SCOPE_INVALID'
  /** The account has as many keys as it may. */
  | 'API_KEY_LIMIT_REACHED'
  /** The viewer has no such key. */
  | 'API_KEY_NOT_FOUND';



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
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterInput: RegisterInput;
  VerifyEmailInput: VerifyEmailInput;
  RequestPasswordResetInput: RequestPasswordResetInput;
  ResetPasswordInput: ResetPasswordInput;
  ChangePasswordInput: ChangePasswordInput;
  ChangeUsernameInput: ChangeUsernameInput;
  ChangeEmailInput: ChangeEmailInput;
  ConfirmEmailChangeInput: ConfirmEmailChangeInput;
  UndoEmailChangeInput: UndoEmailChangeInput;
  LoginInput: LoginInput;
  CompleteLoginInput: CompleteLoginInput;
  RefreshSessionInput: RefreshSessionInput;
  RevokeSessionInput: RevokeSessionInput;
  ConfirmIdentityInput: ConfirmIdentityInput;
  EnableTotpInput: EnableTotpInput;
  RegisterPasskeyInput: RegisterPasskeyInput;
  RenamePasskeyInput: RenamePasskeyInput;
  RemovePasskeyInput: RemovePasskeyInput;
  LoginWithPasskeyInput: LoginWithPasskeyInput;
  StartOAuthInput: StartOAuthInput;
  CompleteOAuthInput: CompleteOAuthInput;
  UnlinkIdentityInput: UnlinkIdentityInput;
  CreateApiKeyInput: CreateApiKeyInput;
  RevokeApiKeyInput: RevokeApiKeyInput;
  SuspendAccountInput: SuspendAccountInput;
  RestoreAccountInput: RestoreAccountInput;
  EndSessionsInput: EndSessionsInput;
  ChangeRoleInput: ChangeRoleInput;
  CreateServiceAccountInput: CreateServiceAccountInput;
  DeleteServiceAccountInput: DeleteServiceAccountInput;
  RegisterPayload: ResolverTypeWrapper<Omit<RegisterPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  LoginPayload: ResolverTypeWrapper<Omit<LoginPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  RefreshSessionPayload: ResolverTypeWrapper<Omit<RefreshSessionPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  LogoutPayload: ResolverTypeWrapper<Omit<LogoutPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  SendEmailVerificationPayload: ResolverTypeWrapper<Omit<SendEmailVerificationPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  VerifyEmailPayload: ResolverTypeWrapper<Omit<VerifyEmailPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  RequestPasswordResetPayload: ResolverTypeWrapper<RequestPasswordResetPayload>;
  ResetPasswordPayload: ResolverTypeWrapper<Omit<ResetPasswordPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  ChangePasswordPayload: ResolverTypeWrapper<Omit<ChangePasswordPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  ChangeUsernamePayload: ResolverTypeWrapper<Omit<ChangeUsernamePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  ChangeEmailPayload: ResolverTypeWrapper<Omit<ChangeEmailPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  ConfirmEmailChangePayload: ResolverTypeWrapper<Omit<ConfirmEmailChangePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  UndoEmailChangePayload: ResolverTypeWrapper<Omit<UndoEmailChangePayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  DeactivateAccountPayload: ResolverTypeWrapper<Omit<DeactivateAccountPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  DeleteAccountPayload: ResolverTypeWrapper<DeleteAccountPayload>;
  RevokeSessionPayload: ResolverTypeWrapper<RevokeSessionPayload>;
  ConfirmIdentityPayload: ResolverTypeWrapper<ConfirmIdentityPayload>;
  StartTotpEnrolmentPayload: ResolverTypeWrapper<StartTotpEnrolmentPayload>;
  EnableTotpPayload: ResolverTypeWrapper<Omit<EnableTotpPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  DisableTotpPayload: ResolverTypeWrapper<Omit<DisableTotpPayload, 'user'> & { user?: Maybe<ResolversTypes['User']> }>;
  RegenerateRecoveryCodesPayload: ResolverTypeWrapper<RegenerateRecoveryCodesPayload>;
  PasskeyChallengePayload: ResolverTypeWrapper<PasskeyChallengePayload>;
  RegisterPasskeyPayload: ResolverTypeWrapper<Omit<RegisterPasskeyPayload, 'passkey'> & { passkey?: Maybe<ResolversTypes['Passkey']> }>;
  RenamePasskeyPayload: ResolverTypeWrapper<Omit<RenamePasskeyPayload, 'passkey'> & { passkey?: Maybe<ResolversTypes['Passkey']> }>;
  RemovePasskeyPayload: ResolverTypeWrapper<RemovePasskeyPayload>;
  StartOAuthPayload: ResolverTypeWrapper<StartOAuthPayload>;
  IdentityPayload: ResolverTypeWrapper<Omit<IdentityPayload, 'identity'> & { identity?: Maybe<ResolversTypes['Identity']> }>;
  CreateApiKeyPayload: ResolverTypeWrapper<Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  RevokeApiKeyPayload: ResolverTypeWrapper<Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversTypes['ApiKey']> }>;
  AccountPayload: ResolverTypeWrapper<Omit<AccountPayload, 'account'> & { account?: Maybe<ResolversTypes['Account']> }>;
  Session: ResolverTypeWrapper<Session>;
  SecondFactorChallenge: ResolverTypeWrapper<SecondFactorChallenge>;
  SecondFactorMethod: SecondFactorMethod;
  User: ResolverTypeWrapper<AccountRecord>;
  AccountSecurity: ResolverTypeWrapper<AccountRecord>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Role: Role;
  AccountStatus: AccountStatus;
  AccountKind: AccountKind;
  Account: ResolverTypeWrapper<AccountRecord>;
  AccountConnection: ResolverTypeWrapper<Omit<AccountConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['AccountEdge']>, nodes: Array<ResolversTypes['Account']> }>;
  AccountEdge: ResolverTypeWrapper<Omit<AccountEdge, 'node'> & { node: ResolversTypes['Account'] }>;
  ActiveSession: ResolverTypeWrapper<SessionRecord>;
  ActiveSessionConnection: ResolverTypeWrapper<Omit<ActiveSessionConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['ActiveSessionEdge']>, nodes: Array<ResolversTypes['ActiveSession']> }>;
  ActiveSessionEdge: ResolverTypeWrapper<Omit<ActiveSessionEdge, 'node'> & { node: ResolversTypes['ActiveSession'] }>;
  Passkey: ResolverTypeWrapper<PasskeyRecord>;
  OAuthProvider: ResolverTypeWrapper<OAuthProvider>;
  Identity: ResolverTypeWrapper<IdentityRecord>;
  ApiKey: ResolverTypeWrapper<ApiKeyRecord>;
  SecurityEvent: ResolverTypeWrapper<SecurityEventRecord>;
  SecurityEventConnection: ResolverTypeWrapper<Omit<SecurityEventConnection, 'edges' | 'nodes'> & { edges: Array<ResolversTypes['SecurityEventEdge']>, nodes: Array<ResolversTypes['SecurityEvent']> }>;
  SecurityEventEdge: ResolverTypeWrapper<Omit<SecurityEventEdge, 'node'> & { node: ResolversTypes['SecurityEvent'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  JSON: Scalars['JSON']['output'];
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  RegisterInput: RegisterInput;
  VerifyEmailInput: VerifyEmailInput;
  RequestPasswordResetInput: RequestPasswordResetInput;
  ResetPasswordInput: ResetPasswordInput;
  ChangePasswordInput: ChangePasswordInput;
  ChangeUsernameInput: ChangeUsernameInput;
  ChangeEmailInput: ChangeEmailInput;
  ConfirmEmailChangeInput: ConfirmEmailChangeInput;
  UndoEmailChangeInput: UndoEmailChangeInput;
  LoginInput: LoginInput;
  CompleteLoginInput: CompleteLoginInput;
  RefreshSessionInput: RefreshSessionInput;
  RevokeSessionInput: RevokeSessionInput;
  ConfirmIdentityInput: ConfirmIdentityInput;
  EnableTotpInput: EnableTotpInput;
  RegisterPasskeyInput: RegisterPasskeyInput;
  RenamePasskeyInput: RenamePasskeyInput;
  RemovePasskeyInput: RemovePasskeyInput;
  LoginWithPasskeyInput: LoginWithPasskeyInput;
  StartOAuthInput: StartOAuthInput;
  CompleteOAuthInput: CompleteOAuthInput;
  UnlinkIdentityInput: UnlinkIdentityInput;
  CreateApiKeyInput: CreateApiKeyInput;
  RevokeApiKeyInput: RevokeApiKeyInput;
  SuspendAccountInput: SuspendAccountInput;
  RestoreAccountInput: RestoreAccountInput;
  EndSessionsInput: EndSessionsInput;
  ChangeRoleInput: ChangeRoleInput;
  CreateServiceAccountInput: CreateServiceAccountInput;
  DeleteServiceAccountInput: DeleteServiceAccountInput;
  RegisterPayload: Omit<RegisterPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  LoginPayload: Omit<LoginPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  RefreshSessionPayload: Omit<RefreshSessionPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  LogoutPayload: Omit<LogoutPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  SendEmailVerificationPayload: Omit<SendEmailVerificationPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  VerifyEmailPayload: Omit<VerifyEmailPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  RequestPasswordResetPayload: RequestPasswordResetPayload;
  ResetPasswordPayload: Omit<ResetPasswordPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  ChangePasswordPayload: Omit<ChangePasswordPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  ChangeUsernamePayload: Omit<ChangeUsernamePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  ChangeEmailPayload: Omit<ChangeEmailPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  ConfirmEmailChangePayload: Omit<ConfirmEmailChangePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  UndoEmailChangePayload: Omit<UndoEmailChangePayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  DeactivateAccountPayload: Omit<DeactivateAccountPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  DeleteAccountPayload: DeleteAccountPayload;
  RevokeSessionPayload: RevokeSessionPayload;
  ConfirmIdentityPayload: ConfirmIdentityPayload;
  StartTotpEnrolmentPayload: StartTotpEnrolmentPayload;
  EnableTotpPayload: Omit<EnableTotpPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  DisableTotpPayload: Omit<DisableTotpPayload, 'user'> & { user?: Maybe<ResolversParentTypes['User']> };
  RegenerateRecoveryCodesPayload: RegenerateRecoveryCodesPayload;
  PasskeyChallengePayload: PasskeyChallengePayload;
  RegisterPasskeyPayload: Omit<RegisterPasskeyPayload, 'passkey'> & { passkey?: Maybe<ResolversParentTypes['Passkey']> };
  RenamePasskeyPayload: Omit<RenamePasskeyPayload, 'passkey'> & { passkey?: Maybe<ResolversParentTypes['Passkey']> };
  RemovePasskeyPayload: RemovePasskeyPayload;
  StartOAuthPayload: StartOAuthPayload;
  IdentityPayload: Omit<IdentityPayload, 'identity'> & { identity?: Maybe<ResolversParentTypes['Identity']> };
  CreateApiKeyPayload: Omit<CreateApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  RevokeApiKeyPayload: Omit<RevokeApiKeyPayload, 'apiKey'> & { apiKey?: Maybe<ResolversParentTypes['ApiKey']> };
  AccountPayload: Omit<AccountPayload, 'account'> & { account?: Maybe<ResolversParentTypes['Account']> };
  Session: Session;
  SecondFactorChallenge: SecondFactorChallenge;
  User: AccountRecord;
  AccountSecurity: AccountRecord;
  Boolean: Scalars['Boolean']['output'];
  Account: AccountRecord;
  AccountConnection: Omit<AccountConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['AccountEdge']>, nodes: Array<ResolversParentTypes['Account']> };
  AccountEdge: Omit<AccountEdge, 'node'> & { node: ResolversParentTypes['Account'] };
  ActiveSession: SessionRecord;
  ActiveSessionConnection: Omit<ActiveSessionConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['ActiveSessionEdge']>, nodes: Array<ResolversParentTypes['ActiveSession']> };
  ActiveSessionEdge: Omit<ActiveSessionEdge, 'node'> & { node: ResolversParentTypes['ActiveSession'] };
  Passkey: PasskeyRecord;
  OAuthProvider: OAuthProvider;
  Identity: IdentityRecord;
  ApiKey: ApiKeyRecord;
  SecurityEvent: SecurityEventRecord;
  SecurityEventConnection: Omit<SecurityEventConnection, 'edges' | 'nodes'> & { edges: Array<ResolversParentTypes['SecurityEventEdge']>, nodes: Array<ResolversParentTypes['SecurityEvent']> };
  SecurityEventEdge: Omit<SecurityEventEdge, 'node'> & { node: ResolversParentTypes['SecurityEvent'] };
  PageInfo: PageInfo;
  UserError: UserError;
};

export type PerViewerDirectiveArgs = { };

export type PerViewerDirectiveResolver<Result, Parent, ContextType = Context, Args = PerViewerDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  accounts?: Resolver<ResolversTypes['AccountConnection'], ParentType, ContextType, Partial<QueryAccountsArgs>>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
  securityEvents?: Resolver<ResolversTypes['SecurityEventConnection'], ParentType, ContextType, Partial<QuerySecurityEventsArgs>>;
  oauthProviders?: Resolver<Array<ResolversTypes['OAuthProvider']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  register?: Resolver<ResolversTypes['RegisterPayload'], ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  sendEmailVerification?: Resolver<ResolversTypes['SendEmailVerificationPayload'], ParentType, ContextType>;
  verifyEmail?: Resolver<ResolversTypes['VerifyEmailPayload'], ParentType, ContextType, RequireFields<MutationVerifyEmailArgs, 'input'>>;
  requestPasswordReset?: Resolver<ResolversTypes['RequestPasswordResetPayload'], ParentType, ContextType, RequireFields<MutationRequestPasswordResetArgs, 'input'>>;
  resetPassword?: Resolver<ResolversTypes['ResetPasswordPayload'], ParentType, ContextType, RequireFields<MutationResetPasswordArgs, 'input'>>;
  changePassword?: Resolver<ResolversTypes['ChangePasswordPayload'], ParentType, ContextType, RequireFields<MutationChangePasswordArgs, 'input'>>;
  changeUsername?: Resolver<ResolversTypes['ChangeUsernamePayload'], ParentType, ContextType, RequireFields<MutationChangeUsernameArgs, 'input'>>;
  changeEmail?: Resolver<ResolversTypes['ChangeEmailPayload'], ParentType, ContextType, RequireFields<MutationChangeEmailArgs, 'input'>>;
  confirmEmailChange?: Resolver<ResolversTypes['ConfirmEmailChangePayload'], ParentType, ContextType, RequireFields<MutationConfirmEmailChangeArgs, 'input'>>;
  undoEmailChange?: Resolver<ResolversTypes['UndoEmailChangePayload'], ParentType, ContextType, RequireFields<MutationUndoEmailChangeArgs, 'input'>>;
  deactivateAccount?: Resolver<ResolversTypes['DeactivateAccountPayload'], ParentType, ContextType>;
  deleteAccount?: Resolver<ResolversTypes['DeleteAccountPayload'], ParentType, ContextType>;
  login?: Resolver<ResolversTypes['LoginPayload'], ParentType, ContextType, RequireFields<MutationLoginArgs, 'input'>>;
  completeLogin?: Resolver<ResolversTypes['LoginPayload'], ParentType, ContextType, RequireFields<MutationCompleteLoginArgs, 'input'>>;
  refreshSession?: Resolver<ResolversTypes['RefreshSessionPayload'], ParentType, ContextType, RequireFields<MutationRefreshSessionArgs, 'input'>>;
  logout?: Resolver<ResolversTypes['LogoutPayload'], ParentType, ContextType>;
  logoutEverywhere?: Resolver<ResolversTypes['LogoutPayload'], ParentType, ContextType>;
  revokeSession?: Resolver<ResolversTypes['RevokeSessionPayload'], ParentType, ContextType, RequireFields<MutationRevokeSessionArgs, 'input'>>;
  confirmIdentity?: Resolver<ResolversTypes['ConfirmIdentityPayload'], ParentType, ContextType, RequireFields<MutationConfirmIdentityArgs, 'input'>>;
  startTotpEnrolment?: Resolver<ResolversTypes['StartTotpEnrolmentPayload'], ParentType, ContextType>;
  enableTotp?: Resolver<ResolversTypes['EnableTotpPayload'], ParentType, ContextType, RequireFields<MutationEnableTotpArgs, 'input'>>;
  disableTotp?: Resolver<ResolversTypes['DisableTotpPayload'], ParentType, ContextType>;
  regenerateRecoveryCodes?: Resolver<ResolversTypes['RegenerateRecoveryCodesPayload'], ParentType, ContextType>;
  startPasskeyRegistration?: Resolver<ResolversTypes['PasskeyChallengePayload'], ParentType, ContextType>;
  registerPasskey?: Resolver<ResolversTypes['RegisterPasskeyPayload'], ParentType, ContextType, RequireFields<MutationRegisterPasskeyArgs, 'input'>>;
  renamePasskey?: Resolver<ResolversTypes['RenamePasskeyPayload'], ParentType, ContextType, RequireFields<MutationRenamePasskeyArgs, 'input'>>;
  removePasskey?: Resolver<ResolversTypes['RemovePasskeyPayload'], ParentType, ContextType, RequireFields<MutationRemovePasskeyArgs, 'input'>>;
  startPasskeyLogin?: Resolver<ResolversTypes['PasskeyChallengePayload'], ParentType, ContextType>;
  loginWithPasskey?: Resolver<ResolversTypes['LoginPayload'], ParentType, ContextType, RequireFields<MutationLoginWithPasskeyArgs, 'input'>>;
  startPasskeyConfirmation?: Resolver<ResolversTypes['PasskeyChallengePayload'], ParentType, ContextType>;
  startOAuthLogin?: Resolver<ResolversTypes['StartOAuthPayload'], ParentType, ContextType, RequireFields<MutationStartOAuthLoginArgs, 'input'>>;
  completeOAuthLogin?: Resolver<ResolversTypes['LoginPayload'], ParentType, ContextType, RequireFields<MutationCompleteOAuthLoginArgs, 'input'>>;
  startOAuthLink?: Resolver<ResolversTypes['StartOAuthPayload'], ParentType, ContextType, RequireFields<MutationStartOAuthLinkArgs, 'input'>>;
  completeOAuthLink?: Resolver<ResolversTypes['IdentityPayload'], ParentType, ContextType, RequireFields<MutationCompleteOAuthLinkArgs, 'input'>>;
  unlinkIdentity?: Resolver<ResolversTypes['IdentityPayload'], ParentType, ContextType, RequireFields<MutationUnlinkIdentityArgs, 'input'>>;
  createApiKey?: Resolver<ResolversTypes['CreateApiKeyPayload'], ParentType, ContextType, RequireFields<MutationCreateApiKeyArgs, 'input'>>;
  revokeApiKey?: Resolver<ResolversTypes['RevokeApiKeyPayload'], ParentType, ContextType, RequireFields<MutationRevokeApiKeyArgs, 'input'>>;
  suspendAccount?: Resolver<ResolversTypes['AccountPayload'], ParentType, ContextType, RequireFields<MutationSuspendAccountArgs, 'input'>>;
  restoreAccount?: Resolver<ResolversTypes['AccountPayload'], ParentType, ContextType, RequireFields<MutationRestoreAccountArgs, 'input'>>;
  endSessions?: Resolver<ResolversTypes['AccountPayload'], ParentType, ContextType, RequireFields<MutationEndSessionsArgs, 'input'>>;
  changeRole?: Resolver<ResolversTypes['AccountPayload'], ParentType, ContextType, RequireFields<MutationChangeRoleArgs, 'input'>>;
  createServiceAccount?: Resolver<ResolversTypes['AccountPayload'], ParentType, ContextType, RequireFields<MutationCreateServiceAccountArgs, 'input'>>;
  deleteServiceAccount?: Resolver<ResolversTypes['AccountPayload'], ParentType, ContextType, RequireFields<MutationDeleteServiceAccountArgs, 'input'>>;
};

export type RegisterPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterPayload'] = ResolversParentTypes['RegisterPayload']> = {
  session?: Resolver<Maybe<ResolversTypes['Session']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type LoginPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LoginPayload'] = ResolversParentTypes['LoginPayload']> = {
  session?: Resolver<Maybe<ResolversTypes['Session']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  secondFactor?: Resolver<Maybe<ResolversTypes['SecondFactorChallenge']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RefreshSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefreshSessionPayload'] = ResolversParentTypes['RefreshSessionPayload']> = {
  session?: Resolver<Maybe<ResolversTypes['Session']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type LogoutPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogoutPayload'] = ResolversParentTypes['LogoutPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SendEmailVerificationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SendEmailVerificationPayload'] = ResolversParentTypes['SendEmailVerificationPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type VerifyEmailPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VerifyEmailPayload'] = ResolversParentTypes['VerifyEmailPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RequestPasswordResetPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RequestPasswordResetPayload'] = ResolversParentTypes['RequestPasswordResetPayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ResetPasswordPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResetPasswordPayload'] = ResolversParentTypes['ResetPasswordPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangePasswordPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangePasswordPayload'] = ResolversParentTypes['ChangePasswordPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangeUsernamePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeUsernamePayload'] = ResolversParentTypes['ChangeUsernamePayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChangeEmailPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeEmailPayload'] = ResolversParentTypes['ChangeEmailPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ConfirmEmailChangePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConfirmEmailChangePayload'] = ResolversParentTypes['ConfirmEmailChangePayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UndoEmailChangePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UndoEmailChangePayload'] = ResolversParentTypes['UndoEmailChangePayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeactivateAccountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeactivateAccountPayload'] = ResolversParentTypes['DeactivateAccountPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DeleteAccountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteAccountPayload'] = ResolversParentTypes['DeleteAccountPayload']> = {
  deletedUserId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeSessionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeSessionPayload'] = ResolversParentTypes['RevokeSessionPayload']> = {
  revokedSessionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ConfirmIdentityPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConfirmIdentityPayload'] = ResolversParentTypes['ConfirmIdentityPayload']> = {
  confirmedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StartTotpEnrolmentPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartTotpEnrolmentPayload'] = ResolversParentTypes['StartTotpEnrolmentPayload']> = {
  challengeToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uri?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type EnableTotpPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EnableTotpPayload'] = ResolversParentTypes['EnableTotpPayload']> = {
  recoveryCodes?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type DisableTotpPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DisableTotpPayload'] = ResolversParentTypes['DisableTotpPayload']> = {
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RegenerateRecoveryCodesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegenerateRecoveryCodesPayload'] = ResolversParentTypes['RegenerateRecoveryCodesPayload']> = {
  recoveryCodes?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PasskeyChallengePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PasskeyChallengePayload'] = ResolversParentTypes['PasskeyChallengePayload']> = {
  challengeToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  options?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RegisterPasskeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterPasskeyPayload'] = ResolversParentTypes['RegisterPasskeyPayload']> = {
  passkey?: Resolver<Maybe<ResolversTypes['Passkey']>, ParentType, ContextType>;
  recoveryCodes?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RenamePasskeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RenamePasskeyPayload'] = ResolversParentTypes['RenamePasskeyPayload']> = {
  passkey?: Resolver<Maybe<ResolversTypes['Passkey']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemovePasskeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemovePasskeyPayload'] = ResolversParentTypes['RemovePasskeyPayload']> = {
  removedPasskeyId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type StartOAuthPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartOAuthPayload'] = ResolversParentTypes['StartOAuthPayload']> = {
  authorizationUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  binding?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type IdentityPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdentityPayload'] = ResolversParentTypes['IdentityPayload']> = {
  identity?: Resolver<Maybe<ResolversTypes['Identity']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateApiKeyPayload'] = ResolversParentTypes['CreateApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RevokeApiKeyPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeApiKeyPayload'] = ResolversParentTypes['RevokeApiKeyPayload']> = {
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AccountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountPayload'] = ResolversParentTypes['AccountPayload']> = {
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  accessTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refreshTokenExpiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SecondFactorChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SecondFactorChallenge'] = ResolversParentTypes['SecondFactorChallenge']> = {
  challengeToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  methods?: Resolver<Array<ResolversTypes['SecondFactorMethod']>, ParentType, ContextType>;
  passkeyOptions?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  username?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  security?: Resolver<Maybe<ResolversTypes['AccountSecurity']>, ParentType, ContextType>;
};

export type AccountSecurityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountSecurity'] = ResolversParentTypes['AccountSecurity']> = {
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  emailVerifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  pendingEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasPassword?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  totpEnabledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  recoveryCodesLeft?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  passkeys?: Resolver<Array<ResolversTypes['Passkey']>, ParentType, ContextType>;
  identities?: Resolver<Array<ResolversTypes['Identity']>, ParentType, ContextType>;
  apiKeys?: Resolver<Array<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  sessions?: Resolver<ResolversTypes['ActiveSessionConnection'], ParentType, ContextType, Partial<AccountSecuritySessionsArgs>>;
  events?: Resolver<ResolversTypes['SecurityEventConnection'], ParentType, ContextType, Partial<AccountSecurityEventsArgs>>;
};

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AccountKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AccountStatus'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailVerifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  suspensionReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  suspendedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  hasSecondFactor?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastLoginAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  apiKeys?: Resolver<Array<ResolversTypes['ApiKey']>, ParentType, ContextType>;
};

export type AccountConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountConnection'] = ResolversParentTypes['AccountConnection']> = {
  edges?: Resolver<Array<ResolversTypes['AccountEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Account']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AccountEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountEdge'] = ResolversParentTypes['AccountEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
};

export type ActiveSessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActiveSession'] = ResolversParentTypes['ActiveSession']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  methods?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  isCurrent?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ActiveSessionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActiveSessionConnection'] = ResolversParentTypes['ActiveSessionConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ActiveSessionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ActiveSession']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ActiveSessionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActiveSessionEdge'] = ResolversParentTypes['ActiveSessionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ActiveSession'], ParentType, ContextType>;
};

export type PasskeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Passkey'] = ResolversParentTypes['Passkey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isBackedUp?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type OAuthProviderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OAuthProvider'] = ResolversParentTypes['OAuthProvider']> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IdentityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Identity'] = ResolversParentTypes['Identity']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  linkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type SecurityEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SecurityEvent'] = ResolversParentTypes['SecurityEvent']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  succeeded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  accountId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  actorId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  sessionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  details?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
};

export type SecurityEventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SecurityEventConnection'] = ResolversParentTypes['SecurityEventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['SecurityEventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['SecurityEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SecurityEventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SecurityEventEdge'] = ResolversParentTypes['SecurityEventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SecurityEvent'], ParentType, ContextType>;
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
  DateTime?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  RegisterPayload?: RegisterPayloadResolvers<ContextType>;
  LoginPayload?: LoginPayloadResolvers<ContextType>;
  RefreshSessionPayload?: RefreshSessionPayloadResolvers<ContextType>;
  LogoutPayload?: LogoutPayloadResolvers<ContextType>;
  SendEmailVerificationPayload?: SendEmailVerificationPayloadResolvers<ContextType>;
  VerifyEmailPayload?: VerifyEmailPayloadResolvers<ContextType>;
  RequestPasswordResetPayload?: RequestPasswordResetPayloadResolvers<ContextType>;
  ResetPasswordPayload?: ResetPasswordPayloadResolvers<ContextType>;
  ChangePasswordPayload?: ChangePasswordPayloadResolvers<ContextType>;
  ChangeUsernamePayload?: ChangeUsernamePayloadResolvers<ContextType>;
  ChangeEmailPayload?: ChangeEmailPayloadResolvers<ContextType>;
  ConfirmEmailChangePayload?: ConfirmEmailChangePayloadResolvers<ContextType>;
  UndoEmailChangePayload?: UndoEmailChangePayloadResolvers<ContextType>;
  DeactivateAccountPayload?: DeactivateAccountPayloadResolvers<ContextType>;
  DeleteAccountPayload?: DeleteAccountPayloadResolvers<ContextType>;
  RevokeSessionPayload?: RevokeSessionPayloadResolvers<ContextType>;
  ConfirmIdentityPayload?: ConfirmIdentityPayloadResolvers<ContextType>;
  StartTotpEnrolmentPayload?: StartTotpEnrolmentPayloadResolvers<ContextType>;
  EnableTotpPayload?: EnableTotpPayloadResolvers<ContextType>;
  DisableTotpPayload?: DisableTotpPayloadResolvers<ContextType>;
  RegenerateRecoveryCodesPayload?: RegenerateRecoveryCodesPayloadResolvers<ContextType>;
  PasskeyChallengePayload?: PasskeyChallengePayloadResolvers<ContextType>;
  RegisterPasskeyPayload?: RegisterPasskeyPayloadResolvers<ContextType>;
  RenamePasskeyPayload?: RenamePasskeyPayloadResolvers<ContextType>;
  RemovePasskeyPayload?: RemovePasskeyPayloadResolvers<ContextType>;
  StartOAuthPayload?: StartOAuthPayloadResolvers<ContextType>;
  IdentityPayload?: IdentityPayloadResolvers<ContextType>;
  CreateApiKeyPayload?: CreateApiKeyPayloadResolvers<ContextType>;
  RevokeApiKeyPayload?: RevokeApiKeyPayloadResolvers<ContextType>;
  AccountPayload?: AccountPayloadResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SecondFactorChallenge?: SecondFactorChallengeResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  AccountSecurity?: AccountSecurityResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  AccountConnection?: AccountConnectionResolvers<ContextType>;
  AccountEdge?: AccountEdgeResolvers<ContextType>;
  ActiveSession?: ActiveSessionResolvers<ContextType>;
  ActiveSessionConnection?: ActiveSessionConnectionResolvers<ContextType>;
  ActiveSessionEdge?: ActiveSessionEdgeResolvers<ContextType>;
  Passkey?: PasskeyResolvers<ContextType>;
  OAuthProvider?: OAuthProviderResolvers<ContextType>;
  Identity?: IdentityResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  SecurityEvent?: SecurityEventResolvers<ContextType>;
  SecurityEventConnection?: SecurityEventConnectionResolvers<ContextType>;
  SecurityEventEdge?: SecurityEventEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  perViewer?: PerViewerDirectiveResolver<any, any, ContextType>;
};
