import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseSettings } from '../../../platform/settings.ts';
import { serviceSettingsSchema } from '../env.ts';
import { createProviders } from './providers.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const secrets = { state: 'the-state', nonce: 'the-nonce', verifier: 'v'.repeat(43) };
const page = 'https://app.example.org/signed-in';
const callback = new URL(`${page}?code=the-code&state=the-state`);

function offer(settings: Record<string, string>) {
  const environment = {
    DATABASE_URL: 'postgres://localhost/chorus_auth',
    VIEWER_SECRET: 'a secret for the viewer header of tests',
    SIGNING_KEY_SECRET: 'a secret for the signing keys of tests',
    ACCOUNT_SECRET: 'a secret for the accounts of the tests',
    OAUTH_REDIRECT_URIS: page,
    ...settings,
  };
  return createProviders(
    parseSettings(serviceSettingsSchema, environment),
    { warn: () => undefined },
    () => new Date(),
  );
}

interface Asked {
  url: string;
  headers: Headers;
  body: URLSearchParams;
}

/** Stands in for a part of the internet. @returns what was asked, in order. */
function answerFor(answers: Record<string, () => unknown>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (url: string, { headers, body }: RequestInit) => {
    asked.push({ url, headers: new Headers(headers), body: new URLSearchParams(String(body ?? '')) });
    const answer = answers[url];
    return answer === undefined ? new Response(null, { status: 404 }) : Response.json(answer());
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('Microsoft', () => {
  const base = 'https://login.microsoftonline.com';
  const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
  const settings = { OAUTH_MICROSOFT_CLIENT_ID: 'chorus', OAUTH_MICROSOFT_CLIENT_SECRET: 'a secret' };

  function answerAsMicrosoft(claims: object, issuer = `${base}/{tenantid}/v2.0`, name = 'common') {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const whole = { aud: 'chorus', sub: 'a person', nonce: 'the-nonce', exp: nowSeconds + 60, tid: tenant, ...claims };
    return answerFor({
      [`${base}/${name}/v2.0/.well-known/openid-configuration`]: () => ({
        issuer,
        authorization_endpoint: `${base}/${name}/oauth2/v2.0/authorize`,
        token_endpoint: `${base}/${name}/oauth2/v2.0/token`,
        token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
        jwks_uri: `${base}/${name}/discovery/v2.0/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      }),
      [`${base}/${name}/discovery/v2.0/keys`]: () => ({
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }],
      }),
      [`${base}/${name}/oauth2/v2.0/token`]: () => ({
        access_token: 'a token',
        token_type: 'Bearer',
        id_token: jwt.sign(whole, privateKey, { algorithm: 'RS256', keyid: 'one' }),
      }),
    });
  }

  const complete = async (claims: object, issuer?: string, name?: string) => {
    answerAsMicrosoft(claims, issuer, name);
    const providers = offer({ ...settings, ...(name && { OAUTH_MICROSOFT_TENANT: name }) });
    return providers.get('microsoft')?.complete(callback, secrets);
  };
  const ownIssuer = { iss: `${base}/${tenant}/v2.0` };

  it('is asked at its common address', async () => {
    answerAsMicrosoft(ownIssuer);
    const url = await offer(settings).get('microsoft')?.begin(page, secrets);
    expect(url?.href).toMatch(/^https:\/\/login\.microsoftonline\.com\/common\/oauth2\/v2\.0\/authorize\?/);
    expect(Object.fromEntries(url?.searchParams ?? [])).toMatchObject({ prompt: 'select_account', nonce: 'the-nonce' });
  });

  it('is shown the secret in the body, where it wants it', async () => {
    const asked = answerAsMicrosoft(ownIssuer);
    await offer(settings).get('microsoft')?.complete(callback, secrets);
    const request = asked.find(({ url }) => url.endsWith('/token'));
    expect(request?.headers.has('authorization')).toBe(false);
    expect(Object.fromEntries(request?.body ?? [])).toMatchObject({
      client_secret: 'a secret',
      code: 'the-code',
      code_verifier: secrets.verifier,
      redirect_uri: page,
    });
  });

  it('may name each tenant as the issuer of its own people, and no other', async () => {
    expect(await complete(ownIssuer)).toMatchObject({ subject: 'a person' });
    for (const iss of [
      `${base}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
      `${base}/{tenantid}/v2.0`,
      'https://evil.example',
    ]) {
      await expect(complete({ iss })).rejects.toMatchObject({ code: 'OAUTH_FAILED' });
    }
  });

  it('lets in the people of one tenant alone when that is configured', async () => {
    expect(await complete(ownIssuer, ownIssuer.iss, tenant)).toMatchObject({ subject: 'a person' });
    const other = { iss: `${base}/another/v2.0`, tid: 'another' };
    await expect(complete(other, ownIssuer.iss, tenant)).rejects.toMatchObject({ code: 'OAUTH_FAILED' });
  });

  it.each([
    ['does not say so', {}, false],
    ['says only what whoever runs the tenant wrote', { email_verified: true }, false],
    ['denies it', { xms_edov: false }, false],
    ['says that its domain is the tenant\u2019s own', { xms_edov: true }, true],
    ['says so in another way', { xms_edov: '1' }, true],
  ])('has verified an address or not: when it %s', async (_what, claims, isEmailVerified) => {
    const profile = await complete({ ...ownIssuer, email: 'ada@example.org', ...claims });
    expect(profile).toMatchObject({ email: { email: 'ada@example.org' }, isEmailVerified });
  });
});

describe('Google', () => {
  it('is asked at the address that it announces', async () => {
    const asked = answerFor({
      'https://accounts.google.com/.well-known/openid-configuration': () => ({
        issuer: 'https://accounts.google.com',
        authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
        token_endpoint: 'https://oauth2.googleapis.com/token',
        jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
      }),
    });
    const google = offer({ OAUTH_GOOGLE_CLIENT_ID: 'chorus', OAUTH_GOOGLE_CLIENT_SECRET: 'x' }).get('google');
    const urls = await Promise.all([google?.begin(page, secrets), google?.begin(page, secrets)]);
    expect(urls[0]?.href).toMatch(/^https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?/);
    expect(asked).toHaveLength(1);
  });
});

describe('an issuer', () => {
  const issuer = 'https://id.example.org';
  const begin = (named: string) => {
    answerFor({
      [`${issuer}/.well-known/openid-configuration`]: () => ({
        issuer: named,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
      }),
    });
    const work = { id: 'work', name: 'Work', issuer, clientId: 'chorus', clientSecret: 'a secret' };
    return offer({ OIDC_PROVIDERS: JSON.stringify([work]) })
      .get('work')
      ?.begin(page, secrets);
  };

  it('is believed when its metadata names itself', async () => {
    expect((await begin(issuer))?.origin).toBe(issuer);
  });

  it.each(['https://accounts.google.com', 'https://id.example.org.evil.example', 'https://id.example.org/other'])(
    'is not believed when its metadata names %s',
    async (named) => {
      await expect(begin(named)).rejects.toMatchObject({ code: 'OAUTH_FAILED' });
    },
  );
});

describe('GitHub', () => {
  const settings = { OAUTH_GITHUB_CLIENT_ID: 'chorus', OAUTH_GITHUB_CLIENT_SECRET: 'a secret' };
  const enterprise = 'https://github.example.org';

  it.each([
    ['its own', 'https://github.com', 'https://api.github.com', {}],
    ['that of an Enterprise Server', enterprise, `${enterprise}/api/v3`, { OAUTH_GITHUB_BASE_URL: `${enterprise}/` }],
    [
      'one that is named',
      enterprise,
      'https://api.github.example.org',
      { OAUTH_GITHUB_BASE_URL: enterprise, OAUTH_GITHUB_API_URL: 'https://api.github.example.org/' },
    ],
  ])('is asked at %s API', async (_what, base, api, changes) => {
    const asked = answerFor({
      [`${base}/login/oauth/access_token`]: () => ({ access_token: 'a token', token_type: 'bearer', scope: '' }),
      [`${api}/user`]: () => ({ id: 1, login: 'octocat' }),
      [`${api}/user/emails?per_page=100`]: () => [{ email: 'octocat@example.org', primary: true, verified: true }],
    });
    const profile = await offer({ ...settings, ...changes })
      .get('github')
      ?.complete(callback, secrets);
    expect(profile).toMatchObject({
      subject: '1',
      isEmailVerified: true,
      nameHints: ['octocat', 'octocat@example.org'],
    });
    expect(asked).toHaveLength(3);
  });
});
