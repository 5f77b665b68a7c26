import { createHash } from 'node:crypto';
import { badArgument, nearestTime } from '../arguments.ts';
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
  if (words.length === 0) throw badArgument('words', 'Give `words`, `authorId` or `hasAttachment: true`.');
  const since = args.since == null ? null : nearestTime(args.since);
  const until = args.until == null ? null : nearestTime(args.until);
  if (since !== null && until !== null && since > until)
    throw badArgument('until', '`until` must not be before `since`.');
  const query = { words: words.toSorted(), roomId, since, until, withoutAttachment: hasAttachment === false };
  return { ...query, fingerprint: createHash('sha256').update(JSON.stringify(query)).digest('base64url') };
}

function parseWords(text: string): string[] {
  if (text.length > searchTextLimit) throw badArgument('words', `\`words\` has at most ${searchTextLimit} characters.`);
  if (!text.isWellFormed()) throw badArgument('words', '`words` is Unicode text.');
  const words = splitWords(text);
  if (words.length === 0) throw badArgument('words', '`words` has no letter and no digit.');
  if (words.length > searchWordLimit) throw badArgument('words', `Search for at most ${searchWordLimit} words.`);
  return words;
}
