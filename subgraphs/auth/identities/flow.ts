import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { networkOf } from '../../../platform/network.ts';
import type { AuthDependencies, AuthRequest } from '../dependencies.ts';
import { decrypt, encrypt } from '../encryption.ts';
import { Failure } from '../failure.ts';
import type { CompleteOAuthInput, StartOAuthInput } from '../schema.types.ts';
import type { Pace } from '../throttle.ts';
import { hashToken, makeToken } from '../tickets/codes.ts';
import { insertTicket, takeTicket } from '../tickets/repository.ts';
import type { FlowSecrets, Provider } from './provider.ts';

type Purpose = 'OAUTH_LOGIN' | 'OAUTH_LINK';

/** What is kept while the browser is at the provider. */
const ticketData = z.object({
  provider: z.string(),
  redirectUri: z.string(),
  /** SHA-256 of the token that only the browser which began has, in base64. */
  bindingHash: z.base64(),
  /** Nonce and PKCE verifier, in base64: whoever reads the table can't go on with anybody's sign-in. */
  encryptedSecrets: z.base64(),
});

const secretsData = z.object({ nonce: z.string(), verifier: z.string() });

/** What a browser brought back, found to belong to what was begun here. */
export interface ReturnedFlow {
  provider: Provider;
  /** Who began it; null for somebody signed out. */
  accountId: string | null;
  callback: URL;
  secrets: FlowSecrets;
}

/** For so long somebody may be at the provider, who has to find their password first. */
const oauthFlowLifetimeMilliseconds = 600_000;

/** No provider's codes are longer than some hundred characters. */
const callbackUrlLimit = 8_192;

/** Beginning costs a row and is open to everybody: so many of one address, an office's say, are free. */
export const oauthStartPace: Pace = {
  kind: 'oauth-start',
  freeAttempts: 200,
  firstDelayMilliseconds: 1_000,
  longestDelayMilliseconds: 60_000,
  windowMilliseconds: 900_000,
};

/**
 * Begins a sign-in at a provider. What is needed to end it is kept under the hash of `state`.
 * @throws Failure PROVIDER_UNKNOWN, REDIRECT_URI_NOT_ALLOWED, TOO_MANY_ATTEMPTS, OAUTH_FAILED
 */
export async function beginFlow(
  dependencies: AuthDependencies,
  { client }: AuthRequest,
  input: StartOAuthInput,
  begun: { purpose: Purpose; accountId: string | null },
): Promise<{ authorizationUrl: string; binding: string }> {
  const { database, providers, settings, throttle, now } = dependencies;
  const { redirectUri } = input;
  const provider = providers.get(input.provider);
  if (provider === undefined) throw new Failure('PROVIDER_UNKNOWN', 'There is no such provider.', ['provider']);
  if (!settings.OAUTH_REDIRECT_URIS.includes(redirectUri)) {
    const message = 'The server is not configured to come back to this page (OAUTH_REDIRECT_URIS).';
    throw new Failure('REDIRECT_URI_NOT_ALLOWED', message, ['redirectUri']);
  }
  await throttle.attempt(oauthStartPace, networkOf(client.address));
  const secrets = { state: makeToken(), nonce: makeToken(), verifier: makeToken() };
  const binding = makeToken();
  const authorizationUrl = await provider.begin(redirectUri, secrets);
  const hash = hashToken(secrets.state);
  const { nonce, verifier } = secrets;
  const encrypted = encrypt(JSON.stringify({ nonce, verifier }), settings.ACCOUNT_SECRET, boundTo(hash));
  const data: z.output<typeof ticketData> = {
    provider: provider.id,
    redirectUri,
    bindingHash: hashToken(binding).toString('base64'),
    encryptedSecrets: encrypted.toString('base64'),
  };
  const createdAt = now();
  const expiresAt = new Date(createdAt.getTime() + oauthFlowLifetimeMilliseconds);
  await insertTicket(database, { ...begun, hash, data, createdAt, expiresAt });
  return { authorizationUrl: authorizationUrl.href, binding };
}

/**
 * Finds what was begun, once: whatever comes of it, the same `state` never works again. A page that lures a browser to a
 * callback of the attacker's own making fails for want of the binding, which that browser does not have.
 * @throws Failure OAUTH_FAILED
 */
export async function takeFlow(
  { database, providers, settings, now }: AuthDependencies,
  purpose: Purpose,
  { callbackUrl, binding }: CompleteOAuthInput,
): Promise<ReturnedFlow> {
  const callback = callbackUrl.length > callbackUrlLimit ? null : URL.parse(callbackUrl);
  const [state, ...others] = callback?.searchParams.getAll('state') ?? [];
  if (callback === null || state === undefined || others.length > 0) throw unknownFlow();
  const hash = hashToken(state);
  const ticket = await takeTicket(database, purpose, hash, now());
  if (ticket === null) throw unknownFlow();
  const { bindingHash, encryptedSecrets, ...kept } = ticketData.parse(ticket.data);
  const provider = providers.get(kept.provider);
  if (provider === undefined || !timingSafeEqual(hashToken(binding), Buffer.from(bindingHash, 'base64'))) {
    throw unknownFlow();
  }
  // A code that came to another page was meant for another sign-in.
  if (pageOf(callback) !== kept.redirectUri) throw unknownFlow();
  const secrets = decrypt(Buffer.from(encryptedSecrets, 'base64'), settings.ACCOUNT_SECRET, boundTo(hash));
  if (secrets === null) throw unknownFlow();
  const { accountId } = ticket;
  return { provider, accountId, callback, secrets: { state, ...secretsData.parse(JSON.parse(secrets)) } };
}

function unknownFlow(): Failure {
  const message = 'This sign-in was not begun here, is too old, or has been ended already. Begin again.';
  return new Failure('OAUTH_FAILED', message);
}

function boundTo(stateHash: Buffer): string {
  return `oauth:${stateHash.toString('hex')}`;
}

function pageOf(callback: URL): string {
  const page = new URL(callback);
  page.search = '';
  page.hash = '';
  return page.href;
}
