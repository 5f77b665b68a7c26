import { domainToASCII } from 'node:url';
import { Failure } from '../failure.ts';

/** The longest e-mail address that mail servers take (RFC 5321). */
const emailLimit = 254;

/** Nothing that a mail program could read as a second address, a comment or another header. */
const localPattern = /^[^\s@\p{C}<>(),;:\\"[\]]{1,64}$/u;

/** A host name in its ASCII form: no path, no port, no encoded characters, which URL parsers read as something else. */
const domainPattern = /^(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

/** A username as it is shown, and as it must be unique. @throws Failure USERNAME_INVALID */
export function parseUsername(input: string): { username: string; usernameNormalized: string } {
  if (!/^[A-Za-z0-9_]{3,50}$/.test(input)) {
    throw new Failure('USERNAME_INVALID', 'A username has 3 to 50 letters, digits and underscores.', ['username']);
  }
  return { username: input, usernameNormalized: normalizeName(input) };
}

/** An e-mail address as it is written to, and as it must be unique. @throws Failure EMAIL_INVALID */
export function parseEmail(input: string): { email: string; emailNormalized: string } {
  const email = input.trim();
  const at = email.lastIndexOf('@');
  const isAddress = localPattern.test(email.slice(0, at)) && asciiDomain(email.slice(at + 1)) !== null;
  if (email.length > emailLimit || at < 1 || !isAddress) {
    throw new Failure('EMAIL_INVALID', 'This is not an e-mail address.', ['email']);
  }
  return { email, emailNormalized: normalizeEmail(email) };
}

/** What somebody typed to sign in, in the form in which usernames and e-mail addresses are looked up. */
export function normalizeLogin(input: string): string {
  const login = input.trim().slice(0, emailLimit);
  return login.includes('@') ? normalizeEmail(login) : normalizeName(login);
}

/** Addresses that reach the same mailbox are the same: the domain in its ASCII form, and the case of the rest makes no difference. */
function normalizeEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  return `${normalizeName(email.slice(0, at))}@${asciiDomain(domain) ?? normalizeName(domain)}`;
}

/**
 * The form in which a domain is looked up (IDNA, UTS 46). Null for what is none: the conversion takes a URL's host, and would
 * read a path, a query or an encoded character as the end of the domain.
 */
function asciiDomain(domain: string): string | null {
  if (/[/?#%:\\\s]/.test(domain)) return null;
  const ascii = domainToASCII(domain);
  return domainPattern.test(ascii) ? ascii : null;
}

/** Names that people take for the same are the same: case and compatible forms of characters make no difference. */
function normalizeName(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
