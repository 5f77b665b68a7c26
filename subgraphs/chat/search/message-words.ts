import type { Attachment } from '../schema.types.ts';
import { splitWords } from './words.ts';

/** Distinct words by which one message can be found: the first ones of its text, then those of the names of its attachments. */
export const messageWordLimit = 500;

/** Stands in the index like a word, and can be none: words have no colon. */
export const attachmentWord = 'has:attachment';

/** The same for all messages of one author. */
export function authorWord(authorId: string): string {
  return `author:${authorId}`;
}

/** Everything that a message is found by, each once. */
export function wordsOfMessage(
  authorId: string,
  text: string,
  attachments: readonly Pick<Attachment, 'name'>[],
): string[] {
  const written = new Set([text, ...attachments.map(({ name }) => name)].flatMap(splitWords));
  const pseudoWords = attachments.length > 0 ? [authorWord(authorId), attachmentWord] : [authorWord(authorId)];
  return [...pseudoWords, ...[...written].slice(0, messageWordLimit)];
}
