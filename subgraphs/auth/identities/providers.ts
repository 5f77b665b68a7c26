import type { Logger } from 'pino';
import { createGitHubProvider } from './github.ts';
import { guardProvider } from './guard.ts';
import { createOpenIdProvider } from './openid-connect.ts';
import type { Provider } from './provider.ts';
import type { OAuthSettings } from './settings.ts';

/** The providers that the settings offer, by their ids, in the order in which to show them. */
export type Providers = ReadonlyMap<string, Provider>;

const githubItself = 'https://github.com';
const standardScopes = ['openid', 'email', 'profile'];
/** Somebody with several accounts there says which. */
const selectAccount = { prompt: 'select_account' };

export function createProviders(settings: OAuthSettings, logger: Pick<Logger, 'warn'>, now: () => Date): Providers {
  const providers = [
    ...offerGoogle(settings, now),
    ...offerGitHub(settings),
    ...offerMicrosoft(settings, now),
    ...settings.OIDC_PROVIDERS.map((options) => createOpenIdProvider(options, now)),
  ];
  return new Map(providers.map((provider) => [provider.id, guardProvider(provider, logger)]));
}

function offerGoogle(settings: OAuthSettings, now: () => Date): Provider[] {
  const { OAUTH_GOOGLE_CLIENT_ID: clientId, OAUTH_GOOGLE_CLIENT_SECRET: clientSecret } = settings;
  if (clientId === undefined || clientSecret === undefined) return [];
  const about = { id: 'google', name: 'Google', issuer: 'https://accounts.google.com' };
  return [
    createOpenIdProvider({ ...about, clientId, clientSecret, scopes: standardScopes, parameters: selectAccount }, now),
  ];
}

function offerGitHub(settings: OAuthSettings): Provider[] {
  const { OAUTH_GITHUB_CLIENT_ID: clientId, OAUTH_GITHUB_CLIENT_SECRET: clientSecret } = settings;
  if (clientId === undefined || clientSecret === undefined) return [];
  const { OAUTH_GITHUB_BASE_URL: baseUrl, OAUTH_GITHUB_API_URL } = settings;
  const apiUrl = OAUTH_GITHUB_API_URL ?? (baseUrl === githubItself ? 'https://api.github.com' : `${baseUrl}/api/v3`);
  return [createGitHubProvider({ clientId, clientSecret, baseUrl, apiUrl })];
}

/**
 * Of a tenant's accounts Microsoft tells addresses that nobody has verified: whoever runs a tenant could claim anybody's. The
 * optional claim `xms_edov` says whether the address's domain is the tenant's own; without it the address counts as unverified.
 * The issuer of `common` is a template, which the library fills in with the tenant of each ID token.
 */
function offerMicrosoft(settings: OAuthSettings, now: () => Date): Provider[] {
  const { OAUTH_MICROSOFT_CLIENT_ID: clientId, OAUTH_MICROSOFT_CLIENT_SECRET: clientSecret } = settings;
  if (clientId === undefined || clientSecret === undefined) return [];
  const issuer = `https://login.microsoftonline.com/${settings.OAUTH_MICROSOFT_TENANT}/v2.0`;
  return [
    createOpenIdProvider(
      {
        id: 'microsoft',
        name: 'Microsoft',
        issuer,
        clientId,
        clientSecret,
        scopes: standardScopes,
        parameters: selectAccount,
        isEmailVerified: (claims) => ['true', '1'].includes(String(claims['xms_edov']).toLowerCase()),
      },
      now,
    ),
  ];
}
