import { Failure } from '../failure.ts';

const emojiPattern = /^\p{RGI_Emoji}$/v;

/**
 * One emoji, in the form that keyboards send and every system shows as one picture (Unicode's "recommended for general
 * interchange"): the same emoji has no second spelling that would be counted apart.
 */
export function checkEmoji(emoji: string): string {
  if (emojiPattern.test(emoji)) return emoji;
  throw new Failure('REACTION_INVALID', 'A reaction is exactly one emoji.', ['emoji']);
}
