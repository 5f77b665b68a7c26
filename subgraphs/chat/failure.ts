import { codedError } from '../../platform/errors.ts';
import { UserFailure } from '../../platform/user-errors.ts';
import type { UserErrorCode } from './schema.types.ts';

/** An expected failure of one of chat's mutations. */
export class Failure extends UserFailure<UserErrorCode> {}

/** What is not there and what the viewer may not know of look the same. */
export function roomNotFound(): Failure {
  return new Failure('ROOM_NOT_FOUND', 'There is no such room.', ['roomId']);
}

export function notAMember(): Failure {
  return new Failure('NOT_A_MEMBER', 'Join the room first.', ['roomId']);
}

/** What is not there and what the viewer may not know of look the same. */
export function messageNotFound(field = 'messageId'): Failure {
  return new Failure('MESSAGE_NOT_FOUND', 'There is no such message.', [field]);
}

/** The viewer's role does not reach, or not so far as to the person whom it is about. */
export function notAllowed(message: string): Failure {
  return new Failure('NOT_ALLOWED', message);
}

export function memberNotFound(field = ['userId']): Failure {
  return new Failure('MEMBER_NOT_FOUND', 'There is no such member.', field);
}

/** Either has blocked the other: the same words for both, and whatever they wanted of each other, so that it does not tell who. */
export function contactRefused(field: string[]): Failure {
  return new Failure('CONTACT_REFUSED', 'There is no contact between you and this person.', field);
}

/** An unknown one, one that has ended in whichever way, and one that the viewer may not know of look the same. */
export function invitationNotFound(field: 'code' | 'invitationId'): Failure {
  return new Failure('INVITATION_NOT_FOUND', 'There is no such invitation, or it is no longer open.', [field]);
}

export function memberBanned(): Failure {
  return new Failure('MEMBER_BANNED', 'This person is banned from the room.', ['userId']);
}

export function alreadyAMember(message: string, field: 'roomId' | 'userId'): Failure {
  return new Failure('ALREADY_A_MEMBER', message, [field]);
}

/** The account is deleted while its last access token still lives. */
export function accountGone(): Error {
  return codedError('UNAUTHENTICATED');
}
