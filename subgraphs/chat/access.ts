import { codedError } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { ChatRequest } from './dependencies.ts';
import { contactRefused, Failure, notAllowed, notAMember, roomNotFound } from './failure.ts';
import { type Action, whyNot } from './policy.ts';
import type { RoomRecord } from './rooms/record.ts';

/** Says what the router's gate says, to whoever came past it. */
export function requireViewer({ viewer }: Pick<ChatRequest, 'viewer'>, isAllowed: (viewer: Viewer) => boolean): Viewer {
  if (viewer === null) throw codedError('UNAUTHENTICATED');
  if (!isAllowed(viewer)) throw codedError('FORBIDDEN');
  return viewer;
}

/** Goes on when the viewer may do this in the room, and otherwise fails with the reason. */
export function requireAllowed(viewer: Viewer | null, action: Action, room: RoomRecord): void {
  switch (whyNot(viewer, action, room)) {
    case 'TOKEN':
      throw codedError('FORBIDDEN');
    case 'NO_ROLE':
      throw room.kind === 'PUBLIC' ? notAMember() : roomNotFound();
    case 'BANNED':
      throw new Failure('BANNED', 'You are banned from this room.', ['roomId']);
    case 'ROLE':
      throw notAllowed('Your role in this room does not allow this.');
    case 'REQUEST':
      throw new Failure('JOIN_NEEDS_REQUEST', 'Who wants to join this room asks for it first.', ['roomId']);
    case 'KIND':
      throw notAllowed('Nobody does this in a direct room.');
    case 'BLOCKED':
      throw contactRefused(['roomId']);
    case 'ARCHIVED':
      throw new Failure('ROOM_ARCHIVED', 'The room is archived: nothing can be written there.', ['roomId']);
    case 'MUTED':
      throw new Failure('MEMBER_MUTED', 'You are muted in this room.', ['roomId']);
  }
}

/** A room that the viewer may know of. */
export async function requireRoom({ loaders }: ChatRequest, roomId: string): Promise<RoomRecord> {
  const room = await loaders.knownRoom.load(roomId);
  if (room === null) throw roomNotFound();
  return room;
}
