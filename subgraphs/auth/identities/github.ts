import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  Configuration,
  fetchProtectedResource,
} from 'openid-client';
import { z } from 'zod';
import { parseProfile } from './profile.ts';
import { authorizationParameters, type Provider, providerTimeoutSeconds } from './provider.ts';

export interface GitHubOptions {
  clientId: string;
  clientSecret: string;
  /** Where people sign in: `https://github.com`, or a GitHub Enterprise Server. */
  baseUrl: string;
  /** Its REST API. */
  apiUrl: string;
}

const scopes = ['read:user', 'user:email'];
const headers = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

const userAnswer = z.object({ id: z.number().int(), login: z.string() });
const emailsAnswer = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub speaks plain OAuth 2: who somebody is, its REST API tells (https://docs.github.com/rest/users). */
export function createGitHubProvider({ clientId, clientSecret, baseUrl, apiUrl }: GitHubOptions): Provider {
  const configuration = new Configuration(
    {
      issuer: `${baseUrl}/login/oauth`,
      authorization_endpoint: `${baseUrl}/login/oauth/authorize`,
      token_endpoint: `${baseUrl}/login/oauth/access_token`,
    },
    clientId,
    undefined,
    ClientSecretPost(clientSecret),
  );
  configuration.timeout = providerTimeoutSeconds;
  // Plain http is for a server on this machine: settings.ts refuses it anywhere else.
  if ([baseUrl, apiUrl].some((address) => address.startsWith('http:'))) allowInsecureRequests(configuration);

  async function ask(accessToken: string, path: string): Promise<Response> {
    const url = new URL(`${apiUrl}${path}`);
    return fetchProtectedResource(configuration, accessToken, url, 'GET', null, new Headers(headers));
  }

  return {
    id: 'github',
    name: 'GitHub',
    async begin(redirectUri, secrets) {
      const parameters = await authorizationParameters(redirectUri, secrets, scopes);
      return buildAuthorizationUrl(configuration, { ...parameters, prompt: 'select_account' });
    },
    async complete(callback, { state, verifier }) {
      const tokens = await authorizationCodeGrant(configuration, callback, {
        expectedState: state,
        pkceCodeVerifier: verifier,
      });
      const user = await readAnswer(await ask(tokens.access_token, '/user'), userAnswer);
      const emails = await ask(tokens.access_token, '/user/emails?per_page=100');
      // Somebody may have kept their addresses from us.
      const primary = emails.ok ? (await readAnswer(emails, emailsAnswer)).find((email) => email.primary) : undefined;
      return parseProfile({
        subject: String(user.id),
        email: primary?.email,
        isEmailVerified: primary?.verified ?? false,
        nameHints: [user.login],
      });
    },
  };
}

async function readAnswer<Answer>(response: Response, schema: z.ZodType<Answer>): Promise<Answer> {
  if (!response.ok) throw new TypeError(`GitHub's API answered ${response.status}.`);
  return schema.parse(await response.json());
}
