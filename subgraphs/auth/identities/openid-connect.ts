import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  type UserInfoResponse,
} from 'openid-client';
import { type Profile, parseProfile } from './profile.ts';
import { authorizationParameters, type FlowSecrets, type Provider, providerTimeoutSeconds } from './provider.ts';

export interface OpenIdProviderOptions {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: readonly string[];
  /** Joins the authorization request. */
  parameters?: Record<string, string>;
  /** Whether the issuer vouches for the e-mail address of its claims. Default: `email_verified` says so. */
  isEmailVerified?(claims: Claims): boolean;
}

type Claims = IDToken | UserInfoResponse;

/** Endpoints and keys of an issuer are looked up anew after this time. */
const metadataLifetimeMilliseconds = 3_600_000;

/** An OpenID Connect issuer. It is asked for its endpoints when somebody first wants to sign in with it. */
export function createOpenIdProvider(options: OpenIdProviderOptions, now: () => Date): Provider {
  const findConfiguration = keepConfiguration(() => discover(options), now);
  const { id, name, scopes, parameters } = options;
  return {
    id,
    name,
    async begin(redirectUri, secrets) {
      const configuration = await findConfiguration();
      return buildAuthorizationUrl(configuration, {
        ...(await authorizationParameters(redirectUri, secrets, scopes)),
        nonce: secrets.nonce,
        ...parameters,
      });
    },
    async complete(callback, secrets) {
      return requestProfile(options, await findConfiguration(), callback, secrets);
    },
  };
}

/** The library checks `state`, `iss`, signature, audience, times and `nonce`, and sends the PKCE verifier. */
async function requestProfile(
  { isEmailVerified = saysVerified }: OpenIdProviderOptions,
  configuration: Configuration,
  callback: URL,
  { state, nonce, verifier }: FlowSecrets,
): Promise<Profile> {
  const tokens = await authorizationCodeGrant(configuration, callback, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const idToken = tokens.claims();
  if (idToken === undefined) throw new TypeError('The provider has sent no ID token.');
  const asksFurther = idToken['email'] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined;
  // Its subject is compared with the ID token's: no other person's address comes in.
  const claims: Claims = asksFurther ? await fetchUserInfo(configuration, tokens.access_token, idToken.sub) : idToken;
  return parseProfile({
    subject: idToken.sub,
    email: claims['email'],
    isEmailVerified: isEmailVerified(claims),
    nameHints: [claims['preferred_username'], claims['nickname']],
  });
}

/** Some issuers write the truth in quotes. */
function saysVerified(claims: Claims): boolean {
  const said: unknown = claims['email_verified'];
  return said === true || said === 'true';
}

function discover({ issuer, clientId, clientSecret }: OpenIdProviderOptions): Promise<Configuration> {
  const server = new URL(issuer);
  return discovery(server, clientId, undefined, authenticateClient(clientSecret), {
    timeout: providerTimeoutSeconds,
    // Plain http is for an issuer on this machine: settings.ts refuses it anywhere else.
    execute: [enableNonRepudiationChecks, ...(server.protocol === 'http:' ? [allowInsecureRequests] : [])],
  });
}

/** Shows the secret in the way that the issuer knows; one that does not say knows Basic (OpenID Connect Discovery, 3). */
function authenticateClient(clientSecret: string): ClientAuth {
  const byPost = ClientSecretPost(clientSecret);
  const byHeader = ClientSecretBasic(clientSecret);
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? [];
    return methods.includes('client_secret_post') ? byPost(server, ...rest) : byHeader(server, ...rest);
  };
}

/**
 * Keeps what was looked up for its time. A failure is not kept: the next one who asks tries again, and while there is an older
 * answer it goes on to hold.
 */
function keepConfiguration(lookUp: () => Promise<Configuration>, now: () => Date): () => Promise<Configuration> {
  let kept: { configuration: Configuration; until: number } | null = null;
  let pending: Promise<Configuration> | null = null;

  async function renew(): Promise<Configuration> {
    try {
      const configuration = await lookUp();
      kept = { configuration, until: now().getTime() + metadataLifetimeMilliseconds };
      return configuration;
    } catch (error) {
      if (kept === null) throw error;
      return kept.configuration;
    } finally {
      pending = null;
    }
  }

  return async () => {
    if (kept !== null && kept.until > now().getTime()) return kept.configuration;
    pending ??= renew();
    return pending;
  };
}
