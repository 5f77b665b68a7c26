/** Control characters except line feed and tab, which belong to a text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: to find them is the point.
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
/** Some letters are made to be invisible (the Hangul fillers), and one symbol (the blank of Braille). */
const visibleCharacter = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * Combining marks on one character: as many as Unicode allows in what it calls stream-safe text (UAX #15), and more than any
 * language has. Without a limit one character covers the texts of others.
 */
export const combiningMarkLimit = 30;
/** What is invisible does not begin another character. */
const tooManyMarks = new RegExp(`\\p{M}[\\p{M}\\p{Default_Ignorable_Code_Point}]{${combiningMarkLimit}}`, 'u');

export type ParsedText = { text: string } | { problem: 'empty' | 'too long' | 'invalid' };

/**
 * Checks what a person wrote: line ends become `\n`; broken UTF-16, control characters and too many combining
 * marks on one character are invalid; a text without a
 * single visible character is empty. Length is counted in Unicode code points.
 */
export function parseText(input: string, maximumCharacters: number): ParsedText {
  // A code point has at most two UTF-16 units: this bounds the work on a huge input.
  if (input.length > 2 * maximumCharacters) return { problem: 'too long' };
  const text = input.replace(/\r\n?/g, '\n');
  if (!text.isWellFormed() || controlCharacters.test(text) || tooManyMarks.test(text)) return { problem: 'invalid' };
  if (!visibleCharacter.test(text)) return { problem: 'empty' };
  if ([...text].length > maximumCharacters) return { problem: 'too long' };
  return { text };
}

/** The same for a name: one line, without white space around it. */
export function parseLine(input: string, maximumCharacters: number): ParsedText {
  const parsed = parseText(input.trim(), maximumCharacters);
  return 'text' in parsed && /[\n\t\u2028\u2029]/.test(parsed.text) ? { problem: 'invalid' } : parsed;
}
