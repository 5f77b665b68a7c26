import { parseEmail } from '../accounts/names.ts';
import { Failure } from '../failure.ts';

/** An e-mail address as it is written to, and as it must be unique. */
export type Email = ReturnType<typeof parseEmail>;

/** Who a provider says that somebody is. */
export interface Profile {
  /** The provider's own name for the person, which never changes. */
  subject: string;
  email: Email | null;
  /** Whether the provider vouches that the address is the person's. */
  isEmailVerified: boolean;
  /** What a username could be made of, the best first. */
  nameHints: string[];
}

/** OpenID Connect Core, 2: a subject has at most 255 ASCII characters. */
const subjectPattern = /^[\x20-\x7e]{1,255}$/;

/** Makes a profile of what a provider told, none of which is trusted to have any form. */
export function parseProfile(told: {
  subject: unknown;
  email: unknown;
  isEmailVerified: boolean;
  nameHints: readonly unknown[];
}): Profile {
  if (typeof told.subject !== 'string' || !subjectPattern.test(told.subject)) {
    throw new TypeError('The provider does not say who the person is.');
  }
  const email = readEmail(told.email);
  const nameHints = [...told.nameHints, email?.email].filter((hint) => typeof hint === 'string');
  return { subject: told.subject, email, isEmailVerified: email !== null && told.isEmailVerified, nameHints };
}

function readEmail(told: unknown): Email | null {
  if (typeof told !== 'string') return null;
  try {
    return parseEmail(told);
  } catch (error) {
    // An address that could not be written to is as good as none.
    if (error instanceof Failure) return null;
    throw error;
  }
}
