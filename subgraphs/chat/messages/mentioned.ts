import type { Viewer } from '../../../platform/viewer.ts';
import { findMembersByHandle } from '../members/repository.ts';
import { can } from '../policy.ts';
import type { Transaction } from '../repository.ts';
import type { RoomRecord } from '../rooms/record.ts';
import { findMentions, mentionsEverybody } from './mentions.ts';

/** Whom a text mentions. */
export interface Mentioned {
  /** Members of the room, the author excepted. */
  mentionedUserIds: string[];
  /** Whether everybody in the room is mentioned, the author excepted. */
  mentionsRoom: boolean;
}

export const nobodyMentioned: Mentioned = { mentionedUserIds: [], mentionsRoom: false };

/** Whom a text of the viewer mentions: members of the room as it is, and everybody when the viewer may. */
export async function findMentioned(
  database: Transaction,
  viewer: Viewer | null,
  room: RoomRecord,
  text: string,
): Promise<Mentioned> {
  const handles = findMentions(text);
  const mentioned = handles.length > 0 ? await findMembersByHandle(database, room.id, handles) : [];
  return {
    mentionedUserIds: mentioned.filter((memberId) => memberId !== viewer?.userId),
    mentionsRoom: mentionsEverybody(text) && can(viewer, 'message:mention-room', room),
  };
}
