import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { isId, newId } from '../../../platform/identifiers.ts';
import { parseText } from '../../../platform/text.ts';
import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import { requireKnownAccount } from '../accounts/known.ts';
import { newEntry } from '../audit/record.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import type { SealedPlace } from '../encryption/sealed-text.ts';
import { accountGone, alreadyAMember, Failure, memberBanned } from '../failure.ts';
import { changeRoom, type RoomChange } from '../log/change-room.ts';
import { addMember } from '../members/joining.ts';
import type { MemberRecord } from '../members/record.ts';
import { findBan, findMember } from '../members/repository.ts';
import { can, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type {
  ApproveJoinRequestInput,
  DeclineJoinRequestInput,
  RequestToJoinInput,
  WithdrawJoinRequestInput,
} from '../schema.types.ts';
import {
  endJoinRequests,
  findJoinRequestByClientId,
  hasOpenJoinRequest,
  insertJoinRequest,
  type JoinRequestRecord,
} from './repository.ts';

/** Characters of a text that goes with a request. */
export const joinRequestLimit = 500;

/** The use cases of requests to join, for one request. */
export function createJoinRequestService(dependencies: ChatDependencies, request: ChatRequest) {
  const { encryption } = dependencies;
  const { viewer, loaders } = request;

  async function requestToJoin(input: RequestToJoinInput): Promise<{ joinRequest: JoinRequestRecord }> {
    const { roomId, clientRequestId, text } = input;
    const { userId } = requireViewer(request, canWriteToRooms);
    checkClientRequestId(clientRequestId);
    const checkedText = checkText(text);
    await requireKnownAccount(dependencies, userId);
    const { keyVersion } = await requireRoom(request, roomId);
    const id = newId();
    // Sealed outside of the lock.
    const sealedText =
      checkedText === null ? null : await encryption.seal(placeOfRequestText({ roomId, id }), keyVersion, checkedText);
    const ask = async ({ transaction, room, member, accounts, occurredAt }: RoomChange) => {
      const name = { roomId, userId, clientRequestId };
      // A retry gets the first result, whatever has become of the request or of the right to make one.
      const earlier = await findJoinRequestByClientId(transaction, name);
      if (earlier !== null) return { joinRequest: earlier };
      if (member !== null) throw alreadyAMember('You are a member already.', 'roomId');
      requireAllowed(viewer, 'join-request:create', room);
      if (!accounts.has(userId)) throw accountGone();
      if (await hasOpenJoinRequest(transaction, roomId, userId)) {
        throw new Failure('ALREADY_REQUESTED', 'You have asked to join already.', ['roomId']);
      }
      if (room.joinPolicy === 'OPEN') {
        throw new Failure('JOIN_NEEDS_NO_REQUEST', 'This room takes no requests: join it.', ['roomId']);
      }
      const joinRequest = { ...name, id, sealedText, requestedAt: occurredAt };
      await insertJoinRequest(transaction, joinRequest);
      return { joinRequest: { ...joinRequest, endedAt: null } };
    };
    return changeRoom(dependencies, request, roomId, ask, { accountIds: [userId] });
  }

  /** What is one's own can be taken back in whatever state the room is. */
  async function withdrawJoinRequest({ roomId }: WithdrawJoinRequestInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    await changeRoom(dependencies, request, roomId, ({ transaction, occurredAt }) =>
      endJoinRequests(transaction, roomId, [userId], occurredAt),
    );
    return { room: await loaders.loadRoom(roomId) };
  }

  async function approveJoinRequest(input: ApproveJoinRequestInput): Promise<{ member: MemberRecord | null }> {
    requireViewer(request, canWriteToRooms);
    const { roomId, userId } = input;
    const approve = async (change: RoomChange) => {
      const { transaction, room, accounts, occurredAt, record } = change;
      requireAllowed(viewer, 'join-request:decide', room);
      if (!isId(userId)) throw joinRequestNotFound();
      const member = await findMember(transaction, roomId, userId);
      if (member !== null) return member;
      const hasAsked = await hasOpenJoinRequest(transaction, roomId, userId);
      if (!hasAsked || !accounts.has(userId)) throw joinRequestNotFound();
      if ((await findBan(transaction, roomId, userId, occurredAt)) !== null) throw memberBanned();
      const { member: joined, seq } = await addMember(change, userId);
      record(newEntry('JOIN_REQUEST_APPROVED', { targetId: userId, eventSeq: seq }));
      return joined;
    };
    const accountIds = isId(userId) ? [userId] : [];
    const member = await changeRoom(dependencies, request, roomId, approve, { accountIds });
    const room = await loaders.knownRoom.load(roomId);
    return { member: room !== null && can(viewer, 'members:list', room) ? member : null };
  }

  async function declineJoinRequest(input: DeclineJoinRequestInput): Promise<{ room: RoomRecord | null }> {
    const { roomId, userId } = input;
    await changeRoom(dependencies, request, roomId, async ({ transaction, room, occurredAt, record }) => {
      requireAllowed(viewer, 'join-request:decide', room);
      const isDeclined = isId(userId) && (await endJoinRequests(transaction, roomId, [userId], occurredAt)) > 0;
      if (isDeclined) record(newEntry('JOIN_REQUEST_DECLINED', { targetId: userId }));
    });
    return { room: await loaders.loadRoom(roomId) };
  }

  async function pageJoinRequests(room: RoomRecord, args: PageArguments): Promise<Connection<JoinRequestRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('join-requests', room.id, cursor));
    const mayList = can(viewer, 'join-requests:list', room);
    const rows = mayList ? await loaders.joinRequestPage.load({ roomId: room.id, page }) : [];
    return buildConnection(
      page,
      rows,
      ({ roomId, id }) => encodeCursor('join-requests', roomId, id),
      (row) => row,
    );
  }

  /** Members have none: it ended with the decision. */
  async function viewerJoinRequest(room: RoomRecord): Promise<JoinRequestRecord | null> {
    return room.role === null ? loaders.viewerJoinRequest.load(room.id) : null;
  }

  function readText(joinRequest: JoinRequestRecord): Promise<string> | null {
    return joinRequest.sealedText && encryption.open(placeOfRequestText(joinRequest), joinRequest.sealedText);
  }

  return {
    requestToJoin,
    withdrawJoinRequest,
    approveJoinRequest,
    declineJoinRequest,
    pageJoinRequests,
    viewerJoinRequest,
    readText,
  };
}

function placeOfRequestText({ roomId, id }: Pick<JoinRequestRecord, 'roomId' | 'id'>): SealedPlace {
  return { roomId, field: 'join_request.text', rowId: id };
}

function checkClientRequestId(clientRequestId: string): void {
  if (/^[\x21-\x7e]{1,64}$/.test(clientRequestId)) return;
  const message = 'A clientRequestId has 1 to 64 visible ASCII characters.';
  throw new Failure('CLIENT_REQUEST_ID_INVALID', message, ['clientRequestId']);
}

/** An empty text is none. */
function checkText(input: string | null | undefined): string | null {
  if (input == null || input.trim() === '') return null;
  const parsed = parseText(input, joinRequestLimit);
  if ('text' in parsed) return parsed.text;
  const message = `It has at most ${joinRequestLimit} characters, no control characters, and something to see.`;
  throw new Failure('JOIN_REQUEST_TEXT_INVALID', message, ['text']);
}

function joinRequestNotFound(): Failure {
  return new Failure('JOIN_REQUEST_NOT_FOUND', 'This person has not asked to join.', ['userId']);
}
