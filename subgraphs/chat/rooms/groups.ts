import { isId } from '../../../platform/identifiers.ts';
import { Failure, memberNotFound } from '../failure.ts';

/** The fewest members of a group: two people have a direct room. */
export const smallestGroup = 3;
/** Everybody is brought in at once, as one statement, and is not asked: larger rooms are for those who join them. */
export const groupMemberLimit = 50;

/** The ids of those whom the creator of a group brings in, in the form in which they are stored. */
export function checkGroup(creatorId: string, userIds: readonly string[]): string[] {
  const [fewest, most] = [smallestGroup - 1, groupMemberLimit - 1];
  if (userIds.length < fewest || userIds.length > most) {
    throw new Failure('GROUP_INVALID', `A group takes ${fewest} to ${most} other people.`, ['userIds']);
  }
  const ids = userIds.map((id) => id.toLowerCase());
  for (const [index, id] of ids.entries()) {
    const field = ['userIds', String(index)];
    if (!isId(id)) throw memberNotFound(field);
    if (id === creatorId) throw new Failure('GROUP_INVALID', 'You are in it without naming yourself.', field);
    if (ids.indexOf(id) < index) throw new Failure('GROUP_INVALID', 'Each person is named once.', field);
  }
  return ids;
}
