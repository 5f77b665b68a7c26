import * as argon2 from '@node-rs/argon2';
import * as bcrypt from '@node-rs/bcrypt';
import pLimit from 'p-limit';
import { codedError } from '../../../platform/errors.ts';

/** argon2id with OWASP's first recommended parameters (https://cheatsheetseries.owasp.org, Password Storage): 19 MiB. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes that may wait for their turn. More than that is an attack or an overload: the rest is refused at once. */
export const hashingQueueLimit = 200;
/** The same for those who have signed in from where they are before: no storm of strangers fills their places. */
export const knownHashingQueueLimit = 400;

export interface Verification {
  matches: boolean;
  /** A hash of today's kind, to be stored, when the stored one is of another: from an import, or of older parameters. */
  rehashed: string | null;
}

export interface AboutVerification {
  isKnown?: boolean;
  admit?: () => Promise<void>;
}

export interface PasswordHasher {
  /** @throws RATE_LIMITED when too many wait already */
  hash(password: string): Promise<string>;
  /**
   * Whether the password belongs to the hash. A null hash takes as long as a real one and never matches.
   * @param about `isKnown`: whoever asks has signed in from where they are before; `admit` is called when its turn has come, and what it
   *   throws is all that happens: of many at once, those whose predecessors have failed cost no more hashing
   * @throws RATE_LIMITED when too many wait already
   */
  verify(passwordHash: string | null, password: string, about?: AboutVerification): Promise<Verification>;
  /** Passwords that wait for their turn. */
  queueLength(): number;
}

/**
 * Hashes passwords off the event loop, on Node's thread pool, so many at a time as `concurrency` says: each takes 19 MiB and a
 * core for some 20 ms, and file and name look-ups share the pool.
 */
export async function createPasswordHasher(concurrency: number): Promise<PasswordHasher> {
  const limit = pLimit(concurrency);
  // Stands in for the hash of an account that does not exist, so that an unknown name costs what a known one does.
  const nobodysHash = await argon2.hash('nobody has this password', parameters);

  function run<Result>(work: () => Promise<Result>, queueLimit: number): Promise<Result> {
    if (limit.pendingCount >= queueLimit)
      throw codedError('RATE_LIMITED', 'Too many sign in just now. Try again soon.');
    return limit(work);
  }

  async function verify(passwordHash: string | null, password: string): Promise<Verification> {
    const stored = passwordHash ?? nobodysHash;
    const isBcrypt = /^\$2[abxy]\$/.test(stored);
    const matches = isBcrypt ? await bcrypt.compare(password, stored) : await argon2.verify(stored, password);
    if (!matches || passwordHash === null) return { matches: false, rehashed: null };
    const isCurrent = stored.startsWith('$argon2id$v=19$m=19456,t=2,p=1$');
    return { matches, rehashed: isCurrent ? null : await argon2.hash(password, parameters) };
  }

  return {
    hash: async (password) => run(() => argon2.hash(password, parameters), hashingQueueLimit),
    verify: async (passwordHash, password, { isKnown = false, admit = async () => undefined } = {}) =>
      run(
        () => admit().then(() => verify(passwordHash, password)),
        isKnown ? knownHashingQueueLimit : hashingQueueLimit,
      ),
    queueLength: () => limit.pendingCount,
  };
}
