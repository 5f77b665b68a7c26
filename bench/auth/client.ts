import { Pool } from 'undici';
import { clientHeader, signClientInfo } from '../../platform/client-info.ts';
import { ToolError } from '../../tools/command-line.ts';
import { drive, type Load, type Run } from '../measure.ts';
import { createLoginPicker, password } from './accounts.ts';

/** Signs in and refreshes as front ends do, over HTTP, as fast as the other side lets it. */
export interface AuthClient {
  register(username: string, password: string): Promise<void>;
  /** @returns the refresh token */
  login(login: string, password: string): Promise<string>;
  /** @returns the next refresh token */
  refresh(refreshToken: string): Promise<string>;
  stop(): Promise<void>;
}

const connections = 64;

const registerMutation = `mutation ($input: RegisterInput!) {
  register(input: $input) { session { accessToken refreshToken } user { id username } userErrors { code } }
}`;
const loginMutation = `mutation ($input: LoginInput!) {
  login(input: $input) { session { accessToken refreshToken } user { id username } userErrors { code } }
}`;
const refreshMutation = `mutation ($input: RefreshSessionInput!) {
  refreshSession(input: $input) { session { accessToken refreshToken } user { id username } userErrors { code } }
}`;

interface Payload {
  session: { refreshToken: string } | null;
  userErrors: { code: string }[];
}

/** @param viewerSecret lets it tell a subgraph of its address, as the router does; without, it is a client of the router. */
export function openAuthClient(url: string, viewerSecret?: string): AuthClient {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections });
  const client = { address: '127.0.0.1', userAgent: 'bench', wantsCookies: false, refreshToken: null };

  async function send(query: string, input: object): Promise<string> {
    const response = await pool.request({
      path: pathname,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'bench',
        ...(viewerSecret && { [clientHeader]: signClientInfo(client, viewerSecret) }),
      },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const answer = (await response.body.json()) as { data?: Record<string, Payload> | null; errors?: unknown };
    const [payload] = Object.values(answer.data ?? {});
    if (answer.errors !== undefined || !payload?.session) {
      throw new ToolError(`An operation failed, and so the bench: ${JSON.stringify(answer)}`);
    }
    return payload.session.refreshToken;
  }

  return {
    async register(username, password) {
      await send(registerMutation, { username, email: `${username}@example.org`, password });
    },
    login: (login, password) => send(loginMutation, { login, password }),
    refresh: (refreshToken) => send(refreshMutation, { refreshToken }),
    stop: () => pool.close(),
  };
}

/** Logs in at full speed. */
export function createLogins(client: AuthClient, logins: readonly string[]) {
  const pickLogin = createLoginPicker(logins);
  return (load: Load): Promise<Run> =>
    drive((caller) => client.login(pickLogin(caller, load.concurrency), password), load);
}

/** Refreshes at full speed, each caller a session of its own. */
export function createRefreshes(client: AuthClient, logins: readonly string[]) {
  const tokens: string[] = [];
  return async (load: Load): Promise<Run> => {
    for (let caller = tokens.length; caller < load.concurrency; caller += 1) {
      tokens.push(await client.login(logins[caller] as string, password));
    }
    return drive(async (caller) => {
      tokens[caller] = await client.refresh(tokens[caller] as string);
    }, load);
  };
}
