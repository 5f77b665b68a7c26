import { type Client, type ClientOptions, createClient } from 'graphql-ws';

export interface AccessToken {
  accessToken: string;
  /** `accessTokenExpiresAt` of the session. */
  expiresAt: string;
}

export interface RenewingClientOptions extends ClientOptions {
  /** Resolves to a token that is good for a while: refresh the session when the one you have ends soon. */
  fetchToken(): Promise<AccessToken>;
}

/** Nothing is renewed more often than this, whatever the clocks say. */
const shortestPauseMilliseconds = 1_000;

/** A client whose socket outlives its access tokens: each is replaced when half of its time is over, and subscriptions go on. */
export function createRenewingClient({ fetchToken, ...options }: RenewingClientOptions): Client {
  let token: AccessToken;
  let socket: WebSocket;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function renewInTime(expiresAt: string): void {
    const pause = (Date.parse(expiresAt) - Date.now()) / 2;
    clearTimeout(timer);
    timer = setTimeout(renew, Math.max(shortestPauseMilliseconds, pause));
  }

  async function renew(): Promise<void> {
    const opened = socket;
    // Without another token the one there is stays until its end.
    token = await fetchToken().catch(() => token);
    if (opened.readyState === opened.OPEN) {
      opened.send(JSON.stringify({ type: 'ping', payload: { authorization: `Bearer ${token.accessToken}` } }));
    }
  }

  const client = createClient({
    ...options,
    async connectionParams() {
      token = await fetchToken();
      return { authorization: `Bearer ${token.accessToken}` };
    },
  });
  client.on('connected', (opened) => {
    socket = opened as WebSocket;
    renewInTime(token.expiresAt);
  });
  // With `expiresAt` the token has been replaced; with `errors` it has not, and another attempt follows.
  client.on('pong', (isReceived, payload) => {
    if (isReceived && (payload?.['expiresAt'] || payload?.['errors'])) {
      renewInTime(typeof payload['expiresAt'] === 'string' ? payload['expiresAt'] : token.expiresAt);
    }
  });
  client.on('closed', () => clearTimeout(timer));
  return client;
}
