import { CloseCode } from 'graphql-ws';
import { codedError } from '../../../platform/errors.ts';
import { accessClassOf } from '../../../platform/viewer.ts';
import type { VerifiedToken } from '../../access-token.ts';
import type { Authenticate } from '../../authentication.ts';
import type { SocketCaller } from '../../caller.ts';
import type { ConnectionLimits } from '../connection-limits.ts';
import { type TokenWatchOptions, watchToken } from '../token-watch.ts';

export interface SocketIdentityOptions extends TokenWatchOptions {
  authenticate: Authenticate;
  limits: Pick<ConnectionLimits, 'perUser'>;
}

/** Whom operations are run for: the token is replaced when it is renewed, under those that run. */
export interface TokenHolder {
  token: VerifiedToken | null;
}

/** Whom one operation is run for. */
export interface OperationIdentity {
  holder: Readonly<TokenHolder>;
  /** To be called when the operation has ended: the token that it has brought along matters no more. Null when it has brought none. */
  letGo: (() => void) | null;
}

/** A token of operations that still run. */
interface WatchedToken {
  operations: number;
  stopWatching(): void;
}

/** The answer to a renewal. */
export interface Renewal {
  /** When the token ends that the socket has now. */
  expiresAt: string;
}

/** More sockets of one user than there may be. */
const tooManySockets = 4430;

/**
 * Who uses a socket. `connection_init` signs it in, a ping renews its token, and an operation may bring a token of its own. A
 * token that ends, or whose session ends, closes the socket with 4403, which clients of the protocol take as a reason to get
 * another token and connect again.
 */
export class SocketIdentity {
  readonly #options: SocketIdentityOptions;
  readonly #caller: SocketCaller;
  readonly #close: (code: number, reason: string) => void;
  readonly #own: TokenHolder = { token: null };
  #stopWatchingOwn = () => {};
  /** The tokens that operations have brought. */
  readonly #watched = new Map<VerifiedToken, WatchedToken>();
  /** Those whom the socket acts for, each with what takes the socket off their count. */
  readonly #users = new Map<string, () => void>();
  #renewals = { begun: 0, newest: 0 };
  #isForgotten = false;

  constructor(options: SocketIdentityOptions, caller: SocketCaller, close: (code: number, reason: string) => void) {
    this.#options = options;
    this.#caller = caller;
    this.#close = close;
  }

  /** Where the socket comes from. */
  get client(): SocketCaller['client'] {
    return this.#caller.client;
  }

  /**
   * Without a token in `connection_init` a browser's cookie counts. No token at all leaves the socket signed out.
   * @throws UNAUTHENTICATED for a bad token, SUBGRAPH_UNAVAILABLE when it can't be verified at the moment
   */
  async signIn(connectionParams: unknown): Promise<void> {
    const { accessToken } = this.#caller;
    const token = await this.#authenticate(
      findAuthorization(connectionParams) || (accessToken !== null && `Bearer ${accessToken}`) || undefined,
    );
    if (token !== null && this.#admit(token)) this.#use(token);
  }

  /**
   * Puts another token in the place of the one that has signed the socket in, for what runs as well. It has to be for the same
   * user with the same roles and scopes: what a subscription was allowed with the old one, it is allowed with the new one.
   * Any other closes the socket.
   * @param payload of a ping, with the token in any of the forms that `connection_init` takes
   * @returns null for a payload without a token
   * @throws UNAUTHENTICATED for a bad token, or when nobody is signed in; SUBGRAPH_UNAVAILABLE, RATE_LIMITED when it can't be
   *   verified at the moment. The old one stays.
   */
  async renew(payload: unknown): Promise<Renewal | null> {
    const authorization = findAuthorization(payload);
    if (!authorization) return null;
    this.#renewals.begun += 1;
    const number = this.#renewals.begun;
    const token = await this.#authenticate(authorization);
    const { token: current } = this.#own;
    if (token === null || this.#isForgotten) return null;
    if (current === null)
      throw codedError('UNAUTHENTICATED', 'Nobody is signed in whose access token could be renewed.');
    if (token.userId !== current.userId || accessClassOf(token) !== accessClassOf(current)) {
      this.#close(CloseCode.Forbidden, 'The new access token is for another user, or for other roles or scopes');
      return null;
    }
    // Of several at once the one that was sent last stays, whichever is verified last.
    if (number > this.#renewals.newest) {
      this.#renewals.newest = number;
      this.#use(token);
    }
    return { expiresAt: new Date((this.#own.token ?? token).expiresAtSeconds * 1000).toISOString() };
  }

  /**
   * Whom an operation is run for. GraphiQL, and others that build on GraphQL Tools, send their headers with each operation,
   * in `extensions.headers`, instead of with `connection_init`. Such a token is not renewed, and while the operation runs its end
   * is that of the socket.
   * @throws UNAUTHENTICATED for a bad token, or when the socket has closed meanwhile
   */
  async identify(extensions: unknown): Promise<OperationIdentity> {
    const token = await this.#authenticate(findAuthorization(extensions));
    if (token === null || token === this.#own.token) return { holder: this.#own, letGo: null };
    if (!this.#admit(token)) throw codedError('UNAUTHENTICATED', 'The socket has closed.');
    const watched = this.#watched.get(token) ?? { operations: 0, stopWatching: this.#watch(token) };
    watched.operations += 1;
    this.#watched.set(token, watched);
    let isHeld = true;
    return {
      holder: { token },
      letGo: () => {
        if (isHeld) this.#letGo(token, watched);
        isHeld = false;
      },
    };
  }

  /** The socket has closed. */
  forget(): void {
    this.#isForgotten = true;
    this.#stopWatchingOwn();
    for (const { stopWatching } of this.#watched.values()) stopWatching();
    for (const countOff of this.#users.values()) countOff();
    this.#watched.clear();
    this.#users.clear();
  }

  async #authenticate(authorization: unknown): Promise<VerifiedToken | null> {
    return this.#options.authenticate(authorization, this.#caller.client);
  }

  /** Counts the socket for the user of a token, or closes it when that user has too many. */
  #admit({ userId }: VerifiedToken): boolean {
    // The socket may have closed while the token was verified.
    if (this.#isForgotten) return false;
    if (this.#users.has(userId)) return true;
    const { perUser } = this.#options.limits;
    if (perUser.isReached(userId)) {
      this.#close(tooManySockets, 'The user has too many sockets');
      return false;
    }
    this.#users.set(userId, perUser.count(userId));
    return true;
  }

  /** With the last operation of a token the socket no longer counts for its user, unless it acts for that user in another way. */
  #letGo(token: VerifiedToken, watched: WatchedToken): void {
    watched.operations -= 1;
    if (watched.operations > 0 || !this.#watched.delete(token)) return;
    watched.stopWatching();
    const { userId } = token;
    if ([this.#own.token, ...this.#watched.keys()].some((other) => other?.userId === userId)) return;
    this.#users.get(userId)?.();
    this.#users.delete(userId);
  }

  #use(token: VerifiedToken): void {
    this.#stopWatchingOwn();
    this.#own.token = token;
    this.#stopWatchingOwn = this.#watch(token);
  }

  #watch(token: VerifiedToken): () => void {
    return watchToken(token, this.#options, (reason) => this.#close(CloseCode.Forbidden, reason));
  }
}

/** Clients differ in how they send it: as a parameter of its own, in any case, or among `headers`. */
function findAuthorization(parameters: unknown): unknown {
  if (typeof parameters !== 'object' || parameters === null) return undefined;
  const entries = Object.entries(parameters);
  const direct = entries.find(([name]) => name.toLowerCase() === 'authorization');
  if (direct) return direct[1];
  const headers = entries.find(([name]) => name === 'headers')?.[1];
  if (typeof headers !== 'object' || headers === null) return undefined;
  return Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}
