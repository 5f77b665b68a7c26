import { z } from 'zod';
import { commaListSetting } from '../../../platform/settings.ts';

/** Providers that Chorus knows by name; an OpenID Connect issuer of the configuration can't take one of these ids. */
const namedProviders = ['google', 'github', 'microsoft'] as const;

const optionalText = z.string().min(1).optional();
const webAddress = z.url({ protocol: /^https?$/ }).transform((address) => address.replace(/\/+$/, ''));

const issuer = z
  .url({ protocol: /^https?$/ })
  .refine((address) => !/[?#]/.test(address), 'must have neither a query nor a fragment')
  .refine((address) => !address.includes('/.well-known/'), 'must be the issuer, not the address of its metadata');

const openIdProvider = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be 1 to 32 lower-case letters, digits and hyphens'),
  name: z.string().trim().min(1, 'must not be empty').max(80, 'must have at most 80 characters'),
  issuer,
  clientId: z.string().min(1, 'must not be empty'),
  clientSecret: z.string().min(1, 'must not be empty'),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be a scope'))
    .refine((scopes) => scopes.includes('openid'), 'must include "openid"')
    .default(['openid', 'email', 'profile']),
});

/** `[{"id":"work","name":"Work","issuer":"https://id.example.org","clientId":"chorus","clientSecret":"..."}]` */
const openIdProviders = z
  .string()
  .default('[]')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // The parser's own words quote the text, and there are secrets in it.
      context.addIssue({ code: 'custom', message: 'must be a JSON array' });
      return z.NEVER;
    }
  })
  .pipe(z.array(openIdProvider).max(50));

/** `https://chat.example.org/signed-in, http://localhost:5173/signed-in` */
const redirectUris = commaListSetting.pipe(
  z.array(
    z
      .url('must be a URL')
      .refine(isSafePage, 'must be https, or http on this machine, or a scheme of an app such as com.example.app:')
      .refine((uri) => !/[?#]/.test(uri), 'must have neither a query nor a fragment')
      .refine((uri) => new URL(uri).href === uri, 'must be written as a browser writes it, with its final slash'),
  ),
);

/** Settings of signing in with other providers. A provider without its settings is not offered. */
export const oauthSettings = {
  /** The pages of front ends that providers may send browsers back to: exactly these. */
  OAUTH_REDIRECT_URIS: redirectUris,
  OAUTH_GOOGLE_CLIENT_ID: optionalText,
  OAUTH_GOOGLE_CLIENT_SECRET: optionalText,
  OAUTH_GITHUB_CLIENT_ID: optionalText,
  OAUTH_GITHUB_CLIENT_SECRET: optionalText,
  /** Another one than GitHub's own is a GitHub Enterprise Server. */
  OAUTH_GITHUB_BASE_URL: webAddress.default('https://github.com'),
  /** Without, the one that belongs to the base: GitHub's own, or `/api/v3` of an Enterprise Server. */
  OAUTH_GITHUB_API_URL: webAddress.optional(),
  OAUTH_MICROSOFT_CLIENT_ID: optionalText,
  OAUTH_MICROSOFT_CLIENT_SECRET: optionalText,
  /** A tenant, or `common`, `organizations` or `consumers`. */
  OAUTH_MICROSOFT_TENANT: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'must be the id or the domain of a tenant')
    .default('common'),
  OIDC_PROVIDERS: openIdProviders,
};

export type OAuthSettings = z.output<z.ZodObject<typeof oauthSettings>>;

/** What can only be seen of several settings together. */
export function checkOAuthSettings(
  settings: OAuthSettings & { NODE_ENV: string },
  context: { addIssue(issue: { code: 'custom'; path: (string | number)[]; message: string }): void },
): void {
  const report = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  const refuseOpen = (path: (string | number)[], address: string) => {
    if (isGuarded(address, settings.NODE_ENV)) return;
    report(path, 'must be https; http is for development, and only on this machine');
  };
  for (const name of namedProviders) {
    const [id, secret] = clientSettingsOf(name);
    if (settings[id] !== undefined && settings[secret] === undefined) report([secret], `is wanted by ${id}`);
    if (settings[id] === undefined && settings[secret] !== undefined) report([id], `is wanted by ${secret}`);
  }
  refuseOpen(['OAUTH_GITHUB_BASE_URL'], settings.OAUTH_GITHUB_BASE_URL);
  refuseOpen(['OAUTH_GITHUB_API_URL'], settings.OAUTH_GITHUB_API_URL ?? settings.OAUTH_GITHUB_BASE_URL);
  const taken = new Set<string>(namedProviders);
  for (const [index, provider] of settings.OIDC_PROVIDERS.entries()) {
    refuseOpen(['OIDC_PROVIDERS', index, 'issuer'], provider.issuer);
    if (taken.has(provider.id)) report(['OIDC_PROVIDERS', index, 'id'], `another provider is called ${provider.id}`);
    taken.add(provider.id);
  }
  const isOffered = settings.OIDC_PROVIDERS.length > 0 || namedProviders.some((name) => hasClient(settings, name));
  if (isOffered && settings.OAUTH_REDIRECT_URIS.length === 0) {
    report(['OAUTH_REDIRECT_URIS'], 'must name the pages that providers may send browsers back to');
  }
}

function clientSettingsOf(name: (typeof namedProviders)[number]) {
  const upperCase = name.toUpperCase() as Uppercase<typeof name>;
  return [`OAUTH_${upperCase}_CLIENT_ID`, `OAUTH_${upperCase}_CLIENT_SECRET`] as const;
}

function hasClient(settings: OAuthSettings, name: (typeof namedProviders)[number]): boolean {
  return settings[clientSettingsOf(name)[0]] !== undefined;
}

/** Codes and tokens go to this address: nobody on the way may read or change them. */
function isGuarded(address: string, environment: string): boolean {
  const url = new URL(address);
  return url.protocol === 'https:' || (environment !== 'production' && isLoopback(url));
}

/** RFC 8252, 7.1 and 8.4: an app's own scheme is the name of a domain turned around, so that it holds a dot. */
function isSafePage(uri: string): boolean {
  const url = URL.parse(uri);
  if (url === null) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' ? isLoopback(url) : url.protocol.includes('.'));
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
