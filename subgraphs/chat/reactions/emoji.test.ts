import { describe, expect, it } from 'vitest';
import { checkEmoji } from './emoji.ts';

describe('a reaction', () => {
  it.each(['👍', '❤️', '👩🏽‍🚀', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '1️⃣', '🇩🇪', '👨‍👩‍👧‍👦'])('may be %s', (emoji) => {
    expect(checkEmoji(emoji)).toBe(emoji);
  });

  it.each([
    ['', 'nothing'],
    ['a', 'a letter'],
    ['1', 'a digit'],
    ['👍👍', 'two emoji'],
    ['👍 ', 'an emoji and a space'],
    ['❤', 'the text form of an emoji'],
    ['\u200d', 'a joiner'],
    ['👍\u200d', 'an emoji that goes on with nothing'],
    ['🇩', 'half a flag'],
    ['\ud83d', 'half a code point'],
    [`👍${'\u0301'.repeat(100)}`, 'an emoji with a hundred accents'],
    [':thumbsup:', 'a name'],
  ])('is not %j: %s', (emoji) => {
    expect(() => checkEmoji(emoji)).toThrow('A reaction is exactly one emoji.');
  });
});
