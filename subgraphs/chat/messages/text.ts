import { combiningMarkLimit, parseText } from '../../../platform/text.ts';
import { Failure } from '../failure.ts';

export const messageLimit = 8_000;

const whatIsInvalid = `A message is Unicode text without control characters, with at most ${combiningMarkLimit} combining marks on a character.`;

/** The text as it is sealed. Only a message that has something else to show may be without one. */
export function checkText(input: string, { mayBeEmpty }: { mayBeEmpty: boolean }): string {
  const parsed = parseText(input, messageLimit);
  if ('text' in parsed) return parsed.text;
  switch (parsed.problem) {
    case 'empty':
      if (mayBeEmpty) return '';
      throw new Failure('MESSAGE_EMPTY', 'A message needs at least one visible character.', ['text']);
    case 'too long':
      throw new Failure('MESSAGE_TOO_LONG', `A message has at most ${messageLimit} characters.`, ['text']);
    case 'invalid':
      throw new Failure('MESSAGE_INVALID', whatIsInvalid, ['text']);
  }
}
