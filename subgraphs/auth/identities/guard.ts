import type { Logger } from 'pino';
import { Failure } from '../failure.ts';
import type { Provider } from './provider.ts';

/** What the libraries' errors have in common. */
interface Cause {
  code?: unknown;
  /** The provider's own code (RFC 6749, 4.1.2.1 and 5.2). */
  error?: unknown;
  message?: unknown;
  cause?: unknown;
}

/**
 * Whatever goes wrong with a provider, away or not what it says, the person learns that it did, and the operator what.
 * @returns the same provider, all of whose failures are `Failure` OAUTH_FAILED.
 */
export function guardProvider(provider: Provider, logger: Pick<Logger, 'warn'>): Provider {
  async function ask<Result>(question: Promise<Result>): Promise<Result> {
    try {
      return await question;
    } catch (error) {
      const { code, error: told, message: reason, cause } = error as Cause;
      const providerCode = typeof told === 'string' ? told.slice(0, 64) : undefined;
      const detail = cause instanceof Error ? cause.message : undefined;
      // Not the error itself: its causes hold codes and tokens.
      logger.warn(
        { provider: provider.id, code, providerCode, reason, detail },
        'a provider did not vouch for anybody',
      );
      throw new Failure('OAUTH_FAILED', explain(provider.name, code, providerCode));
    }
  }
  return {
    ...provider,
    begin: (redirectUri, secrets) => ask(provider.begin(redirectUri, secrets)),
    complete: (callback, secrets) => ask(provider.complete(callback, secrets)),
  };
}

/** What the library says of a provider that does not answer, or not as one; an error of the network has no such code. */
const awayCodes: readonly unknown[] = [undefined, 'OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'];

function explain(name: string, code: unknown, providerCode: string | undefined): string {
  if (providerCode === 'access_denied') return `${name} was not allowed to say who you are. Begin again to allow it.`;
  if (awayCodes.includes(code)) return `${name} does not answer properly just now. Try again later.`;
  return `${name} did not vouch for you. Begin again.`;
}
