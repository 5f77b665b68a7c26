import { type Answer, TestClient } from '../../client.ts';
import type { TestStack } from '../../harness.ts';
import { Browser } from './browser.ts';

/** The pages of the front end that providers may send browsers back to. */
export const signedInPage = 'https://app.example.org/signed-in';
export const linkedPage = 'https://app.example.org/linked';

/** What a browser has in its hands when it comes back from a provider. */
export interface Return {
  callbackUrl: string;
  binding: string;
}

/** The answer of `completeOAuthLogin`. */
export interface SignInAnswer {
  session: { accessToken: string; refreshToken: string } | null;
  user: { id: string; username: string; email: string | null } | null;
  secondFactor: { challengeToken: string; methods: string[] } | null;
  userErrors: { code: string; message: string; field: string[] | null }[];
}

type Begun = { authorizationUrl: string; binding: string; userErrors: { code: string; field: string[] | null }[] };

export function startLogin(client: TestClient, provider: string, redirectUri = signedInPage): Promise<Begun> {
  return client.run(
    `mutation ($input: StartOAuthInput!) {
      startOAuthLogin(input: $input) { authorizationUrl binding userErrors { code field } }
    }`,
    { input: { provider, redirectUri } },
  );
}

export function completeLogin(client: TestClient, input: Return): Promise<SignInAnswer> {
  return client.run(
    `mutation ($input: CompleteOAuthInput!) {
      completeOAuthLogin(input: $input) {
        session { accessToken refreshToken } user { id username } secondFactor { challengeToken methods }
        userErrors { code message field }
      }
    }`,
    { input },
  );
}

export function startLink(client: TestClient, provider: string, redirectUri = linkedPage): Promise<Begun> {
  return client.run(
    `mutation ($input: StartOAuthInput!) {
      startOAuthLink(input: $input) { authorizationUrl binding userErrors { code field } }
    }`,
    { input: { provider, redirectUri } },
  );
}

const identityPayload = '{ identity { id provider email linkedAt lastUsedAt } userErrors { code message field } }';

export function completeLink(client: TestClient, input: Return) {
  return client.run(`mutation ($input: CompleteOAuthInput!) { completeOAuthLink(input: $input) ${identityPayload} }`, {
    input,
  });
}

export function unlink(client: TestClient, identityId: string) {
  return client.run(`mutation ($input: UnlinkIdentityInput!) { unlinkIdentity(input: $input) ${identityPayload} }`, {
    input: { identityId },
  });
}

/** What somebody sees of their own account. */
export async function readAccount(client: TestClient) {
  const { data }: Answer = await client.send(`{ viewer { id username email
    security { hasPassword emailVerifiedAt identities { id provider email lastUsedAt }
      sessions(first: 10) { nodes { methods isCurrent } } } } }`);
  return data.viewer;
}

/** Goes to the provider and comes back, as far as the front end's page. */
export async function visitProvider(
  client: TestClient,
  provider: string,
  browser: Browser,
  begin: typeof startLogin = startLogin,
): Promise<Return> {
  const { authorizationUrl, binding, userErrors } = await begin(client, provider);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  const page = new URL(authorizationUrl).searchParams.get('redirect_uri') as string;
  return { callbackUrl: await browser.openUntil(page, authorizationUrl), binding };
}

/** Signs somebody in who is known to the provider by this browser. */
export async function signInWith(
  stack: TestStack,
  provider: string,
  signIn: (browser: Browser) => void,
): Promise<SignInAnswer> {
  const browser = new Browser();
  signIn(browser);
  return completeLogin(stack.guest, await visitProvider(stack.guest, provider, browser));
}

/** The same, and goes on as whoever that is. */
export async function enterWith(
  stack: TestStack,
  provider: string,
  signIn: (browser: Browser) => void,
): Promise<TestClient> {
  const { session, user, userErrors } = await signInWith(stack, provider, signIn);
  if (session === null || user === null) throw new Error(JSON.stringify(userErrors));
  const client = new TestClient(stack.url);
  client.accessToken = session.accessToken;
  client.refreshToken = session.refreshToken;
  client.userId = user.id;
  client.username = user.username;
  return client;
}

/** The link of an account to what this browser is at a provider. */
export async function linkWith(client: TestClient, provider: string, signIn: (browser: Browser) => void) {
  const browser = new Browser();
  signIn(browser);
  return completeLink(client, await visitProvider(client, provider, browser, startLink));
}

/** A callback with some of its parameters changed, or taken out. */
export function withParameters({ callbackUrl, binding }: Return, changes: Record<string, string | null>): Return {
  const url = new URL(callbackUrl);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  return { callbackUrl: url.href, binding };
}
