import { normalizeLogin } from '../accounts/names.ts';

/**
 * What the normalized name of an account must begin with to be found; null for a search for nothing in particular.
 * Letters outside ASCII are normalized as in a whole name. Of those in ASCII only the case counts: the beginning of a domain
 * is no domain yet, and normalizing it as one could make another name of it.
 */
export function parseSearch(search: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they belong to ASCII.
  const isAscii = /^[\u0000-\u007f]*$/.test(search);
  const prefix = isAscii ? search.trim().toLowerCase() : normalizeLogin(search);
  return prefix === '' ? null : prefix;
}
