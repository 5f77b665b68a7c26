import { generateKeyPairSync } from 'node:crypto';
import { parseCookie } from 'cookie';
import { type Adapter, type AdapterPayload, Provider } from 'oidc-provider';
import type { Browser } from './browser.ts';
import { type Handler, startLoopbackServer } from './loopback-server.ts';

/** What a provider tells of a person. */
export interface Person {
  email?: string;
  email_verified?: boolean;
  preferred_username?: string;
}

export interface OpenIdProviderOptions {
  redirectUris: readonly string[];
  /** How Chorus shows its secret. */
  authentication: 'client_secret_basic' | 'client_secret_post';
  /** Whether the e-mail address stands in the ID token, or only in what the userinfo endpoint tells. */
  tellsEmailInIdToken?: boolean;
  port?: number;
}

/** A real OpenID Connect provider (oidc-provider), whose people sign in by a cookie that says who they are. */
export interface OpenIdProvider {
  issuer: string;
  port: number;
  clientId: string;
  clientSecret: string;
  people: Map<string, Person>;
  /** Why token requests were refused, newest last. */
  refusals: string[];
  /** Token requests that were granted. */
  grants(): number;
  /** From now on this browser is that person there, who agrees to everything. */
  signIn(browser: Browser, subject: string): void;
  /** From now on this browser's person agrees to nothing. */
  decline(browser: Browser): void;
  stop(): Promise<void>;
}

/** Chorus at every such provider. */
export const clientId = 'chorus';
export const clientSecret = 'the secret of chorus: with "special" characters & more';

export async function startOpenIdProvider(options: OpenIdProviderOptions): Promise<OpenIdProvider> {
  const people = new Map<string, Person>();
  const refusals: string[] = [];
  let grants = 0;
  const server = await startLoopbackServer((issuer) => {
    const provider = createProvider(issuer, options, people);
    provider.on('grant.error', (_context, error) => refusals.push(error.error_detail ?? error.message));
    provider.on('grant.success', () => {
      grants += 1;
    });
    return handleWith(provider);
  }, options.port);
  return {
    issuer: server.origin,
    port: server.port,
    clientId,
    clientSecret,
    people,
    refusals,
    grants: () => grants,
    signIn: (browser, subject) => browser.setCookie(server.origin, 'person', subject),
    decline: (browser) => browser.setCookie(server.origin, 'person', 'nobody'),
    stop: server.stop,
  };
}

function createProvider(
  issuer: string,
  { redirectUris, authentication, tellsEmailInIdToken = false }: OpenIdProviderOptions,
  people: ReadonlyMap<string, Person>,
): Provider {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const entries: Entries = new Map();
  return new Provider(issuer, {
    adapter: (model) => createAdapter(entries, model),
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: authentication,
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientAuthMethods: [authentication],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
    conformIdTokenClaims: !tellsEmailInIdToken,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['a key for the cookies of a provider on loopback'] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'the only one' }] },
    ttl: {
      Interaction: 3_600,
      Session: 3_600,
      Grant: 3_600,
      AccessToken: 3_600,
      IdToken: 3_600,
      AuthorizationCode: 60,
    },
    findAccount: async (_context, subject) => {
      const person = people.get(subject);
      return person && { accountId: subject, claims: async () => ({ sub: subject, ...person }) };
    },
  });
}

type Entries = Map<string, { payload: AdapterPayload; model: string }>;

/** Keeps what a provider knows in memory, apart from all others. */
function createAdapter(entries: Entries, model: string): Adapter {
  const find = (matches: (payload: AdapterPayload) => boolean) =>
    [...entries.values()].find((entry) => entry.model === model && matches(entry.payload))?.payload;
  return {
    async upsert(id, payload) {
      entries.set(`${model}:${id}`, { payload, model });
    },
    find: async (id) => entries.get(`${model}:${id}`)?.payload,
    findByUid: async (uid) => find((payload) => payload.uid === uid),
    findByUserCode: async (userCode) => find((payload) => payload.userCode === userCode),
    async consume(id) {
      const entry = entries.get(`${model}:${id}`);
      if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  };
}

/** Answers the provider's questions in the person's place; the provider answers everything else itself. */
function handleWith(provider: Provider): Handler {
  const callback = provider.callback();
  return async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return callback(request, response);
    const { person } = parseCookie(request.headers.cookie ?? '');
    const { prompt, params, grantId, session } = await provider.interactionDetails(request, response);
    if (person === undefined || person === 'nobody') {
      const refusal = { error: 'access_denied', error_description: 'The person does not want it.' };
      return provider.interactionFinished(request, response, refusal);
    }
    if (prompt.name === 'login') {
      return provider.interactionFinished(request, response, { login: { accountId: person } });
    }
    const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
    const grant =
      existing ??
      new provider.Grant({ accountId: session?.accountId as string, clientId: params['client_id'] as string });
    grant.addOIDCScope(String(params['scope']));
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  };
}
