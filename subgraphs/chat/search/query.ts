import { createHash } from 'node:crypto';
import { codedError } from '../../../platform/errors.ts';
import type { QuerySearchMessagesArgs } from '../schema.types.ts';
import { attachmentWord, authorWord } from './message-words.ts';
import { splitWords } from './words.ts';

/** Words of one search. */
export const searchWordLimit = 10;
/** UTF-16 units in which they are given. */
export const searchTextLimit = 500;

/** A search, checked. */
export interface SearchQuery {
  /** What a message must have: words, and what stands for an author and for attachments. */
  words: string[];
  roomId: string | null;
  since: Date | null;
  until: Date | null;
  withoutAttachment: boolean;
  /** Tells searches apart: a cursor of one is none of another. */
  fingerprint: string;
}

/** @throws BAD_USER_INPUT */
export function parseSearch(args: Omit<QuerySearchMessagesArgs, 'first' | 'after'>): SearchQuery {
  const { roomId = null, authorId = null, hasAttachment = null } = args;
  const words = args.words == null ? [] : parseWords(args.words);
  if (authorId !== null) words.push(authorWord(authorId));
  if (hasAttachment) words.push(attachmentWord);
  if (words.length === 0) throw refuse('words', 'Give `words`, `authorId` or `hasAttachment: true`.');
  const [since, until] = [parseTime(args.since), parseTime(args.until)];
  if (since !== null && until !== null && since > until) throw refuse('until', '`until` must not be before `since`.');
  const query = { words: words.toSorted(), roomId, since, until, withoutAttachment: hasAttachment === false };
  return { ...query, fingerprint: createHash('sha256').update(JSON.stringify(query)).digest('base64url') };
}

function parseWords(text: string): string[] {
  if (text.length > searchTextLimit) throw refuse('words', `\`words\` has at most ${searchTextLimit} characters.`);
  if (!text.isWellFormed()) throw refuse('words', '`words` is Unicode text.');
  const words = splitWords(text);
  if (words.length === 0) throw refuse('words', '`words` has no letter and no digit.');
  if (words.length > searchWordLimit) throw refuse('words', `Search for at most ${searchWordLimit} words.`);
  return words;
}

const [earliest, latest] = [Date.parse('1970-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** A time that the database has: no message is from before or after that anyway. */
export function parseTime(time: Date | string | null | undefined): Date | null {
  if (time == null) return null;
  return new Date(Math.min(Math.max(new Date(time).getTime(), earliest), latest));
}

function refuse(argument: string, message: string) {
  return codedError('BAD_USER_INPUT', message, { argument });
}
