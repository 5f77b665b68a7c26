import { randomBytes } from 'node:crypto';
import { startTestStack, type TestStack } from '../../harness.ts';
import type { Browser } from './browser.ts';
import { linkedPage, signedInPage } from './front-end.ts';
import { type GitHubServer, startGitHubServer } from './github-server.ts';
import { type HostileIssuer, startHostileIssuer } from './hostile-issuer.ts';
import { type OpenIdProvider, type Person, startOpenIdProvider } from './openid-provider.ts';

/** A stack that offers four providers: `work` and `club` are OpenID Connect issuers, `hostile` is one that lies, and GitHub. */
export interface OAuthStack extends TestStack {
  work: OpenIdProvider;
  club: OpenIdProvider;
  hostile: HostileIssuer;
  github: GitHubServer;
}

export async function startOAuthStack(): Promise<OAuthStack> {
  const redirectUris = [signedInPage, linkedPage];
  const [work, club, hostile, github] = await Promise.all([
    startOpenIdProvider({ redirectUris, authentication: 'client_secret_basic' }),
    startOpenIdProvider({ redirectUris, authentication: 'client_secret_post', tellsEmailInIdToken: true }),
    startHostileIssuer(),
    startGitHubServer(),
  ]);
  const stack = await startTestStack({
    environment: {
      OAUTH_REDIRECT_URIS: redirectUris.join(', '),
      OIDC_PROVIDERS: JSON.stringify([
        { ...settingsOf(work), id: 'work', name: 'Work' },
        { ...settingsOf(club), id: 'club', name: 'The Club' },
        { ...settingsOf({ ...hostile, issuer: hostile.origin }), id: 'hostile', name: 'Hostile' },
      ]),
      OAUTH_GITHUB_CLIENT_ID: github.clientId,
      OAUTH_GITHUB_CLIENT_SECRET: github.clientSecret,
      OAUTH_GITHUB_BASE_URL: github.origin,
    },
  });
  return {
    ...stack,
    work,
    club,
    hostile,
    github,
    async stop() {
      await stack.stop();
      await Promise.all([work, club, hostile, github].map((server) => server.stop()));
    },
  };
}

export function settingsOf({
  issuer,
  clientId,
  clientSecret,
}: Pick<OpenIdProvider, 'issuer' | 'clientId' | 'clientSecret'>) {
  return { issuer, clientId, clientSecret };
}

/** Somebody whom a provider knows and nobody else does. */
export interface Newcomer {
  subject: string;
  email: string;
  /** Makes a browser that person's. */
  signIn(browser: Browser): void;
}

export function newcomerAt(provider: OpenIdProvider, person: Person = {}): Newcomer {
  const subject = `subject-${randomBytes(6).toString('hex')}`;
  const email = person.email ?? `${subject}@example.org`;
  provider.people.set(subject, { email, email_verified: true, preferred_username: `u${subject.slice(-8)}`, ...person });
  return { subject, email, signIn: (browser) => provider.signIn(browser, subject) };
}
