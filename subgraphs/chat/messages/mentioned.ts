import { findMembersByHandle } from '../members/repository.ts';
import type { Transaction } from '../repository.ts';
import { findMentions } from './mentions.ts';

/** The members of a room whom a text mentions, its author excepted. */
export async function findMentioned(
  database: Transaction,
  roomId: string,
  text: string,
  authorId: string,
): Promise<string[]> {
  const handles = findMentions(text);
  const mentioned = handles.length > 0 ? await findMembersByHandle(database, roomId, handles) : [];
  return mentioned.filter((memberId) => memberId !== authorId);
}
