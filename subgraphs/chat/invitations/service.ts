import { buildConnection, type Connection, type PageArguments, parsePage } from '../../../platform/connection.ts';
import { decodeIdCursor, encodeCursor } from '../../../platform/cursor.ts';
import { isId, newId } from '../../../platform/identifiers.ts';
import { requireAllowed, requireRoom, requireViewer } from '../access.ts';
import { newEntry } from '../audit/record.ts';
import { findBlocked } from '../blocks/repository.ts';
import { checkClientKey } from '../client-key.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import {
  alreadyAMember,
  contactRefused,
  Failure,
  invitationNotFound,
  memberBanned,
  memberNotFound,
  notAMember,
} from '../failure.ts';
import { changeRoom, type RoomChange } from '../log/change-room.ts';
import { findBan, findMember } from '../members/repository.ts';
import { can, canReadOwn, canWriteToRooms } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { CreateInvitationInput, InviteUserInput, RevokeInvitationInput } from '../schema.types.ts';
import { checkExpiry, checkMaxUses, openInvitationLimit } from './checks.ts';
import { hashCode, newCode, placeOfCode } from './code.ts';
import type { InvitationRecord } from './record.ts';
import {
  countOpenInvitations,
  findInvitation,
  findInvitationByClientId,
  insertInvitation,
  type NewInvitation,
  updateRevoked,
} from './repository.ts';

/** What an invitation is made of; how long it lasts and for how many is decided under the lock. */
type Draft = Pick<NewInvitation, 'roomId' | 'inviteeId' | 'clientInvitationId'> &
  Partial<Pick<NewInvitation, 'codeHash' | 'sealedCode'>> & { id: string };

/** The use cases of those who invite, for one request. `accepting.ts` has those of the invited. */
export function createInvitationService(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, encryption } = dependencies;
  const { viewer, loaders } = request;

  async function createInvitation(input: CreateInvitationInput): Promise<{ invitation: InvitationRecord }> {
    const { roomId, clientInvitationId } = input;
    requireViewer(request, canWriteToRooms);
    checkClientKey(clientInvitationId, 'CLIENT_INVITATION_ID_INVALID', 'clientInvitationId');
    const { keyVersion } = await requireRoom(request, roomId);
    const [id, code] = [newId(), newCode()];
    // Sealed outside of the lock.
    const sealedCode = await encryption.seal(placeOfCode({ roomId, id }), keyVersion, code);
    const draft = { id, roomId, inviteeId: null, clientInvitationId, codeHash: hashCode(code), sealedCode };
    return changeRoom(dependencies, request, roomId, (change) =>
      store(change, draft, () => ({
        expiresAt: checkExpiry(input.expiresAt, change.occurredAt),
        maxUses: checkMaxUses(input.maxUses),
      })),
    );
  }

  async function inviteUser(input: InviteUserInput): Promise<{ invitation: InvitationRecord }> {
    const { roomId, userId: inviteeId, clientInvitationId } = input;
    requireViewer(request, canWriteToRooms);
    checkClientKey(clientInvitationId, 'CLIENT_INVITATION_ID_INVALID', 'clientInvitationId');
    const draft = { id: newId(), roomId, inviteeId, clientInvitationId };
    return changeRoom(
      dependencies,
      request,
      roomId,
      (change) =>
        store(change, draft, async () => {
          await requireInvitable(change, inviteeId);
          return { expiresAt: checkExpiry(null, change.occurredAt), maxUses: 1 };
        }),
      { accountIds: isId(inviteeId) ? [inviteeId] : [] },
    );
  }

  /** A retry gets the first result, whatever has become of the invitation or of the right to make one. */
  async function store(
    { transaction, room, member, occurredAt: createdAt }: RoomChange,
    draft: Draft,
    decide: () => Promise<Terms> | Terms,
  ): Promise<{ invitation: InvitationRecord }> {
    const { roomId, inviteeId, clientInvitationId } = draft;
    const name = member && { roomId, createdById: member.userId, clientInvitationId };
    const earlier = name && (await findInvitationByClientId(transaction, name));
    if (earlier !== null) return { invitation: earlier };
    requireAllowed(viewer, 'invitation:create', room);
    if (name === null) throw notAMember();
    const terms = await decide();
    const { count, isInvited } = await countOpenInvitations(transaction, roomId, inviteeId, createdAt);
    if (isInvited) throw new Failure('ALREADY_INVITED', 'This person is invited already.', ['userId']);
    if (count >= openInvitationLimit) {
      const message = `A room has at most ${openInvitationLimit} open invitations.`;
      throw new Failure('INVITATION_LIMIT_REACHED', message, ['roomId']);
    }
    const invitation = { codeHash: null, sealedCode: null, ...draft, ...name, ...terms, createdAt };
    await insertInvitation(transaction, invitation);
    const unused = { useCount: 0, revokedAt: null, declinedAt: null };
    return { invitation: { ...invitation, ...unused, creatorRole: room.role } };
  }

  /** Who is banned is told to those who may list the bans. For others it is as if that person wanted no contact. */
  async function requireInvitable({ transaction, room, member, accounts, occurredAt }: RoomChange, userId: string) {
    if (member === null || !accounts.has(userId)) throw memberNotFound();
    if ((await findBlocked(transaction, member.userId, [userId])).size > 0) throw contactRefused(['userId']);
    if ((await findMember(transaction, room.id, userId)) !== null) {
      throw alreadyAMember('This person is a member already.', 'userId');
    }
    if ((await findBan(transaction, room.id, userId, occurredAt)) === null) return;
    throw can(viewer, 'bans:list', room) ? memberBanned() : contactRefused(['userId']);
  }

  async function revokeInvitation({ invitationId }: RevokeInvitationInput): Promise<{ invitation: InvitationRecord }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const known = isId(invitationId) ? await findInvitation(database, invitationId) : null;
    if (known === null || (await loaders.knownRoom.load(known.roomId)) === null) {
      throw invitationNotFound('invitationId');
    }
    return changeRoom(dependencies, request, known.roomId, async ({ transaction, room, occurredAt, record }) => {
      const invitation = await findInvitation(transaction, invitationId);
      const isOwn = invitation?.createdById === userId;
      const mayRevoke =
        can(viewer, 'invitation:revoke-any', room) || (isOwn && can(viewer, 'invitation:revoke-own', room));
      if (invitation === null || !mayRevoke) throw invitationNotFound('invitationId');
      if (invitation.revokedAt !== null) return { invitation };
      await updateRevoked(transaction, invitation, occurredAt);
      if (!isOwn) record(newEntry('INVITATION_REVOKED', { targetId: invitation.createdById }));
      return { invitation: { ...invitation, revokedAt: occurredAt, sealedCode: null } };
    });
  }

  async function pageInvitations(room: RoomRecord, args: PageArguments): Promise<Connection<InvitationRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('invitations', room.id, cursor));
    const seesAll = can(viewer, 'invitations:list', room);
    const seesOwn = room.role !== null && can(viewer, 'room:read', room);
    const createdById = seesAll || viewer === null ? null : viewer.userId;
    const rows = seesAll || seesOwn ? await loaders.invitationPage.load({ roomId: room.id, createdById, page }) : [];
    return toConnection(page, rows, 'invitations', room.id);
  }

  async function pageInvitationsOf(userId: string, args: PageArguments): Promise<Connection<InvitationRecord>> {
    const page = parsePage(args, (cursor) => decodeIdCursor('room-invitations', userId, cursor));
    const rows = canReadOwn(viewer, userId) ? await loaders.inviteePage.load({ inviteeId: userId, page }) : [];
    return toConnection(page, rows, 'room-invitations', userId);
  }

  /** It lets people in, so a token that may change nothing does not get it. */
  function readCode(invitation: InvitationRecord): Promise<string> | null {
    if (invitation.sealedCode === null || !canWriteToRooms(viewer)) return null;
    return encryption.open(placeOfCode(invitation), invitation.sealedCode);
  }

  return {
    createInvitation,
    inviteUser,
    revokeInvitation,
    pageInvitations,
    pageInvitationsOf,
    readCode,
  };
}

type Terms = Pick<NewInvitation, 'expiresAt' | 'maxUses'>;

function toConnection(
  page: ReturnType<typeof parsePage>,
  rows: readonly InvitationRecord[],
  kind: string,
  list: string,
): Connection<InvitationRecord> {
  return buildConnection(
    page,
    rows,
    ({ id }) => encodeCursor(kind, list, id),
    (row) => row,
  );
}
