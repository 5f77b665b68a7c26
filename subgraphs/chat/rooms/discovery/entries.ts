import { splitWords } from '../../search/words.ts';

/** Shorter beginnings would find too much, and tell too much of the words that they begin. */
const shortestPrefix = 2;

/** How every word begins, and so what every room of the index is found by. */
export const anyWord = '';

/** What a room is found by: each word of its texts and each of their beginnings, once. */
export function entriesOf(texts: readonly (string | null)[]): string[] {
  const words = texts.flatMap((text) => splitWords(text ?? ''));
  return [...new Set([anyWord, ...words.flatMap(prefixesOf)])];
}

/** What a search looks for; null when there is something in it, but no word. */
export function entriesToFind(search: string): string[] | null {
  if (search.trim() === '') return [anyWord];
  const words = splitWords(search);
  return words.length === 0 ? null : words;
}

function prefixesOf(word: string): string[] {
  const characters = [...word];
  const lengths = characters.map((_, index) => index + 1).filter((length) => length >= shortestPrefix);
  return [word, ...lengths.map((length) => characters.slice(0, length).join(''))];
}
