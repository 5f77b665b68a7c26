import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Browser } from './browser.ts';
import { type LoopbackServer, readForm, sendJson, startLoopbackServer } from './loopback-server.ts';

export interface GitHubUser {
  id: number;
  login: string;
  emails: { email: string; primary: boolean; verified: boolean; visibility: 'public' | 'private' | null }[];
}

/** A server that speaks as GitHub does: its sign-in page, its token endpoint and the two addresses of its REST API. */
export interface GitHubServer extends LoopbackServer {
  clientId: string;
  clientSecret: string;
  users: Map<string, GitHubUser>;
  /** Logins whose owners keep their addresses from Chorus. */
  withoutEmails: Set<string>;
  signIn(browser: Browser, login: string): void;
}

const clientId = 'Iv1.chorus';
const clientSecret = 'the secret of chorus at GitHub';

/** What a code stands for until it is exchanged. */
interface Authorization {
  login: string;
  challenge: string;
  redirectUri: string;
}

export async function startGitHubServer(): Promise<GitHubServer> {
  const users = new Map<string, GitHubUser>();
  const withoutEmails = new Set<string>();
  const codes = new Map<string, Authorization>();
  const tokens = new Map<string, string>();

  function exchange(form: URLSearchParams): object {
    const code = form.get('code') ?? '';
    const authorization = codes.get(code);
    codes.delete(code);
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return { error: 'incorrect_client_credentials', error_description: 'They are incorrect.' };
    }
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const { redirectUri } = authorization ?? {};
    if (authorization?.challenge !== challenge || redirectUri !== form.get('redirect_uri')) {
      return { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' };
    }
    const token = `gho_${randomBytes(18).toString('hex')}`;
    tokens.set(token, authorization.login);
    return { access_token: token, token_type: 'bearer', scope: 'read:user,user:email' };
  }

  function userOf(request: IncomingMessage): GitHubUser | undefined {
    const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    return users.get(tokens.get(token) ?? '');
  }

  const server = await startLoopbackServer((origin) => async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const user = userOf(request);
    switch (url.pathname) {
      case '/login/oauth/authorize': {
        const { login = '' } = parseCookie(request.headers.cookie ?? '');
        const {
          redirect_uri: redirectUri = '',
          code_challenge: challenge = '',
          state = '',
        } = Object.fromEntries(url.searchParams);
        const code = randomBytes(10).toString('hex');
        codes.set(code, { login, challenge, redirectUri });
        response.writeHead(302, { location: `${redirectUri}?${new URLSearchParams({ code, state })}` }).end();
        return;
      }
      case '/login/oauth/access_token':
        // GitHub tells even of its refusals with status 200.
        return sendJson(response, exchange(await readForm(request)));
      case '/api/v3/user':
        if (user === undefined) return sendJson(response, { message: 'Bad credentials' }, 401);
        return sendJson(response, { id: user.id, login: user.login, name: null, email: null, type: 'User' });
      case '/api/v3/user/emails':
        if (user === undefined) return sendJson(response, { message: 'Bad credentials' }, 401);
        if (withoutEmails.has(user.login)) return sendJson(response, { message: 'Not Found' }, 404);
        return sendJson(response, user.emails);
      default:
        sendJson(response, { message: 'Not Found' }, 404);
    }
  });
  return {
    ...server,
    clientId,
    clientSecret,
    users,
    withoutEmails,
    signIn: (browser, login) => browser.setCookie(server.origin, 'login', login),
  };
}
