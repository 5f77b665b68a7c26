/**
 * Scripts that are written without spaces: a dictionary says where their words begin. It is that of ICU in Node, whose words may
 * differ from one version to the next.
 */
const spacelessScripts = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Letters and digits that follow each other, with the marks on them. */
const run = /[\p{L}\p{N}\p{M}]+/gu;
const letterOrDigit = /[\p{L}\p{N}]/u;
/**
 * Accents, points and the like, which people leave out. Marks that belong to one script alone are vowels of its words, and the
 * voicing marks of Japanese (U+3099, U+309A) tell syllables apart: those stay.
 */
const accents = /[[\p{M}&&[\p{sc=Inherited}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}]]--[\u3099\u309a]]/gv;

/**
 * The words of a text as search compares them, each once, in the order in which they first appear: without accents (NFKD),
 * in lower case, letters and digits only.
 */
export function splitWords(text: string): string[] {
  const words = new Set<string>();
  // A soft hyphen stands in a word and is not seen.
  for (const [part] of text.toWellFormed().normalize('NFKC').replaceAll('\u00ad', '').matchAll(run)) {
    for (const word of spacelessScripts.test(part) ? splitSpaceless(part) : [part]) {
      const normalized = normalizeWord(word);
      if (letterOrDigit.test(normalized)) words.add(normalized);
    }
  }
  return [...words];
}

function splitSpaceless(part: string): string[] {
  return Array.from(segmenter.segment(part), ({ segment }) => segment);
}

function normalizeWord(word: string): string {
  // By way of the upper case, in which letters become one that have several lower ones (ß and ss, the sigmas of Greek).
  const lower = word.toUpperCase().toLowerCase().replaceAll('\u03c2', '\u03c3');
  return lower.normalize('NFKD').replace(accents, '');
}
