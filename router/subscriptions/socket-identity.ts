import { CloseCode } from 'graphql-ws';
import type { VerifiedToken } from '../access-token.ts';
import type { Authenticate } from '../authentication.ts';
import type { SocketCaller } from '../caller.ts';
import { type TokenWatchOptions, watchToken } from './token-watch.ts';

export interface SocketIdentityOptions extends TokenWatchOptions {
  authenticate: Authenticate;
}

/**
 * Who uses a socket. `connection_init` signs it in; an operation may bring a token of its own. A token that ends, or
 * whose session ends, closes the socket with 4403, which clients of the protocol take as a reason to get another token
 * and connect again.
 */
export class SocketIdentity {
  readonly #options: SocketIdentityOptions;
  readonly #caller: SocketCaller;
  readonly #close: (code: number, reason: string) => void;
  readonly #watched = new Map<VerifiedToken, () => void>();
  #viewer: VerifiedToken | null = null;
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
    this.#viewer = await this.#identify(
      findAuthorization(connectionParams) || (accessToken !== null && `Bearer ${accessToken}`) || undefined,
    );
  }

  /**
   * Whom an operation is run for. GraphiQL, and others that build on GraphQL Tools, send their headers with each operation,
   * in `extensions.headers`, instead of with `connection_init`.
   * @throws UNAUTHENTICATED for a bad token
   */
  async viewerOf(extensions: unknown): Promise<VerifiedToken | null> {
    return (await this.#identify(findAuthorization(extensions))) ?? this.#viewer;
  }

  /** The socket has closed. */
  forget(): void {
    this.#isForgotten = true;
    for (const stopWatching of this.#watched.values()) stopWatching();
    this.#watched.clear();
  }

  async #identify(authorization: unknown): Promise<VerifiedToken | null> {
    const viewer = await this.#options.authenticate(authorization, this.#caller.client);
    // The socket may have closed while the token was verified.
    const isNew = viewer !== null && !this.#isForgotten && !this.#watched.has(viewer);
    if (isNew) this.#watched.set(viewer, this.#watch(viewer));
    return viewer;
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
