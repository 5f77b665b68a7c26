import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../../platform/settings.ts';
import { serviceSettingsSchema } from '../env.ts';

const environment = {
  DATABASE_URL: 'postgres://localhost/chorus_auth',
  VIEWER_SECRET: 'a secret for the viewer header of tests',
  SIGNING_KEY_SECRET: 'a secret for the signing keys of tests',
  ACCOUNT_SECRET: 'a secret for the accounts of the tests',
};
const issuer = {
  id: 'work',
  name: 'Work',
  issuer: 'https://id.example.org',
  clientId: 'chorus',
  clientSecret: 'do not tell anybody',
};
const redirectUris = 'https://app.example.org/signed-in';

const parse = (settings: Record<string, string>) =>
  parseSettings(serviceSettingsSchema, { ...environment, ...settings });
const withIssuers = (...issuers: object[]) => ({
  OAUTH_REDIRECT_URIS: redirectUris,
  OIDC_PROVIDERS: JSON.stringify(issuers),
});

describe('the settings of signing in with other providers', () => {
  it('may all be missing', () => {
    expect(parse({})).toMatchObject({
      OIDC_PROVIDERS: [],
      OAUTH_REDIRECT_URIS: [],
      OAUTH_MICROSOFT_TENANT: 'common',
      OAUTH_GITHUB_BASE_URL: 'https://github.com',
    });
  });

  it('name pages of browsers, of programs on this machine and of apps', () => {
    const pages = [
      'https://app.example.org/signed-in',
      'http://localhost:5173/signed-in',
      'org.example.chat:/signed-in',
    ];
    expect(parse({ OAUTH_REDIRECT_URIS: pages.join(' , ') }).OAUTH_REDIRECT_URIS).toEqual(pages);
  });

  it('fill in the scopes of an issuer', () => {
    expect(parse(withIssuers(issuer)).OIDC_PROVIDERS).toEqual([{ ...issuer, scopes: ['openid', 'email', 'profile'] }]);
  });

  it('take an issuer without https on this machine, while developing', () => {
    const local = withIssuers({ ...issuer, issuer: 'http://127.0.0.1:8080' });
    expect(parse(local).OIDC_PROVIDERS).toHaveLength(1);
    expect(() => parse({ ...local, NODE_ENV: 'production' })).toThrow('OIDC_PROVIDERS.0.issuer: must be https');
  });

  it.each<[string, Record<string, string>, string]>([
    [
      'text that is no JSON',
      { OIDC_PROVIDERS: '[{"clientSecret":"do not tell anybody"' },
      'OIDC_PROVIDERS: must be a JSON',
    ],
    ['JSON that is no array', { OIDC_PROVIDERS: '{}' }, 'OIDC_PROVIDERS: '],
    ['an unknown field', withIssuers({ ...issuer, secret: 'x' }), 'OIDC_PROVIDERS.0: '],
    ['a missing secret', withIssuers({ ...issuer, clientSecret: undefined }), 'OIDC_PROVIDERS.0.clientSecret: '],
    ['an id with spaces', withIssuers({ ...issuer, id: 'My work' }), 'OIDC_PROVIDERS.0.id: must be 1 to 32'],
    ['an id twice', withIssuers(issuer, issuer), 'OIDC_PROVIDERS.1.id: another provider is called work'],
    ['the id of a provider that Chorus knows', withIssuers({ ...issuer, id: 'google' }), 'called google'],
    ['scopes without openid', withIssuers({ ...issuer, scopes: ['email'] }), 'must include "openid"'],
    ['a foreign issuer without https', withIssuers({ ...issuer, issuer: 'http://id.example.org' }), 'must be https'],
    [
      'metadata for an issuer',
      withIssuers({ ...issuer, issuer: 'https://id.example.org/.well-known/openid-configuration' }),
      'must be the issuer',
    ],
    [
      'a client without its secret',
      { OAUTH_REDIRECT_URIS: redirectUris, OAUTH_GOOGLE_CLIENT_ID: 'x' },
      'OAUTH_GOOGLE_CLIENT_SECRET: is wanted by OAUTH_GOOGLE_CLIENT_ID',
    ],
    [
      'a secret without its client',
      { OAUTH_GITHUB_CLIENT_SECRET: 'x' },
      'OAUTH_GITHUB_CLIENT_ID: is wanted by OAUTH_GITHUB_CLIENT_SECRET',
    ],
    [
      'a provider and no page',
      { OIDC_PROVIDERS: JSON.stringify([issuer]) },
      'OAUTH_REDIRECT_URIS: must name the pages',
    ],
    [
      'a foreign page without https',
      { OAUTH_REDIRECT_URIS: 'http://app.example.org/' },
      'OAUTH_REDIRECT_URIS.0: must be https',
    ],
    ['a page that is a script', { OAUTH_REDIRECT_URIS: 'javascript:alert(1)' }, 'OAUTH_REDIRECT_URIS.0: must be https'],
    ['a page with a query', { OAUTH_REDIRECT_URIS: `${redirectUris}?next=x` }, 'neither a query'],
    ['a page as no browser writes it', { OAUTH_REDIRECT_URIS: 'https://APP.example.org' }, 'as a browser writes it'],
    [
      'a foreign GitHub without https',
      { OAUTH_GITHUB_BASE_URL: 'http://github.example.org' },
      'OAUTH_GITHUB_BASE_URL: must be https',
    ],
    ['a tenant with a path', { OAUTH_MICROSOFT_TENANT: 'common/..' }, 'OAUTH_MICROSOFT_TENANT: must be the id'],
  ])('are refused with %s', (_what, settings, mistake) => {
    expect(() => parse(settings)).toThrow(mistake);
    expect(() => parse(settings)).not.toThrow('do not tell anybody');
  });
});
