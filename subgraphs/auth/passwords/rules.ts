import { Failure } from '../failure.ts';
import { isCommonPassword } from './common-passwords.ts';

export const passwordLimits = { minimum: 8, maximum: 128 } as const;

/** Words that stand near at hand here, besides what the installation calls itself (OWASP ASVS 5.0, 6.2.11). */
const ownWords = ['chorus', 'password'];

/** What must be left of a password when the names of its account are taken out of it. */
const ownCharacters = 6;

/**
 * Checks a new password by NIST SP 800-63B: length, no rules of composition, nothing common or breached, nothing that is made
 * of the account's own names or those of the installation.
 * @param field the input field that it came in
 * @throws Failure PASSWORD_INVALID, PASSWORD_COMMON, PASSWORD_TOO_SIMILAR
 */
export function checkPassword(
  password: string,
  account: { username: string; email: string | null },
  { APP_NAME }: { APP_NAME: string },
  field: 'password' | 'newPassword',
): void {
  const { minimum, maximum } = passwordLimits;
  // Bounded first: a code point has at most two UTF-16 units.
  const length = password.length > 2 * maximum ? Number.POSITIVE_INFINITY : [...password].length;
  if (length < minimum || length > maximum || !password.isWellFormed()) {
    throw new Failure('PASSWORD_INVALID', `A password has ${minimum} to ${maximum} characters.`, [field]);
  }
  if (isCommonPassword(password)) {
    throw new Failure('PASSWORD_COMMON', 'This password is known to those who guess passwords.', [field]);
  }
  const ownNames = [account.username, account.email ?? '', account.email?.split('@')[0] ?? ''];
  if (isMadeOf(password, [...ownNames, APP_NAME, ...ownWords])) {
    throw new Failure('PASSWORD_TOO_SIMILAR', 'This password is made of names that everybody can guess.', [field]);
  }
}

/** Whether hardly anything is left of the password without the names, forwards and backwards. */
function isMadeOf(password: string, names: readonly string[]): boolean {
  const normalize = (text: string) => text.normalize('NFKC').toLowerCase();
  const forwards = names.map(normalize).filter((name) => name.length >= 3);
  const both = [...forwards, ...forwards.map((name) => [...name].reverse().join(''))];
  let rest = normalize(password);
  for (const name of both.toSorted((a, b) => b.length - a.length)) rest = rest.replaceAll(name, '');
  return rest !== normalize(password) && [...rest].length < ownCharacters;
}
