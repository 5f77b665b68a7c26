import { calculatePKCECodeChallenge } from 'openid-client';
import type { Profile } from './profile.ts';

/** Secrets of one sign-in: kept here while the browser is at the provider, and asked for when it is back. */
export interface FlowSecrets {
  state: string;
  /** Ties the ID token to this sign-in. */
  nonce: string;
  /** Ties the authorization code to this sign-in (PKCE, RFC 7636). */
  verifier: string;
}

/** Another provider that people can sign in with. What it throws, whatever it is, means that it did not vouch for anybody. */
export interface Provider {
  id: string;
  /** For people. */
  name: string;
  /** Where to send the browser. */
  begin(redirectUri: string, secrets: FlowSecrets): Promise<URL>;
  /** Exchanges the code that the browser brought back, and asks who the person is. */
  complete(callback: URL, secrets: FlowSecrets): Promise<Profile>;
}

/** For so long a provider may keep somebody waiting who wants to sign in. */
export const providerTimeoutSeconds = 10;

/** The parameters of every authorization request. */
export async function authorizationParameters(
  redirectUri: string,
  { state, verifier }: FlowSecrets,
  scopes: readonly string[],
): Promise<Record<string, string>> {
  return {
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
}
