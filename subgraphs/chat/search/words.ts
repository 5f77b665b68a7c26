/** Finds the words of scripts that put no space between them, too. */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/**
 * The words of a text as search compares them: letters and digits without case, accents and other marks, compatible forms as
 * one (NFKD), each word once.
 */
export function splitWords(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const runs = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(runs.flatMap((run) => Array.from(segmenter.segment(run), ({ segment }) => segment)))];
}
