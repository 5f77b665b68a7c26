import { isId } from '../../../platform/identifiers.ts';
import { requireAllowed, requireViewer } from '../access.ts';
import { requireKnownAccount } from '../accounts/known.ts';
import { findBlocked } from '../blocks/repository.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { accountGone, Failure, invitationNotFound } from '../failure.ts';
import { changeRoom, type RoomChange } from '../log/change-room.ts';
import { addMember } from '../members/joining.ts';
import { canReadRooms, canStandBehindInvitation, canWriteToRooms, openedTo } from '../policy.ts';
import type { RoomRecord } from '../rooms/record.ts';
import type { AcceptInvitationInput, DeclineInvitationInput } from '../schema.types.ts';
import { hashCode } from './code.ts';
import { type InvitationPreviewRecord, type InvitationRecord, isOpen } from './record.ts';
import { addUse, findInvitation, findInvitationByCode, updateDeclined } from './repository.ts';

/** The use cases of the invited, for one request. */
export function createInvitationUse(dependencies: ChatDependencies, request: ChatRequest) {
  const { database, now } = dependencies;
  const { viewer, loaders } = request;

  async function acceptInvitation(input: AcceptInvitationInput): Promise<{ room: RoomRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const field = input.code == null ? 'invitationId' : 'code';
    const known = await findAcceptable(input, userId);
    if (known === null) throw invitationNotFound(field);
    await requireKnownAccount(dependencies, userId);
    await changeInvitation(known, userId, field, async (change, invitation) => {
      const { transaction, room, member, accounts } = change;
      // Whoever is in already has accepted it, or needs none; also when it has ended since.
      if (member !== null) return;
      if (!(await admits(change, invitation))) throw invitationNotFound(field);
      requireAllowed(viewer, 'room:join', openedTo(room));
      if (!accounts.has(userId)) throw accountGone();
      await addUse(transaction, invitation);
      await addMember(change, userId, { invitationId: invitation.id, invitedById: invitation.createdById });
    });
    return { room: await loaders.loadRoom(known.roomId) };
  }

  async function declineInvitation({ invitationId }: DeclineInvitationInput): Promise<{ invitationId: string }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const known = await findAcceptable({ invitationId }, userId);
    if (known === null) throw invitationNotFound('invitationId');
    await changeInvitation(known, userId, 'invitationId', async ({ transaction, occurredAt }, invitation) => {
      if (invitation.declinedAt !== null) return;
      if (!isOpen(invitation, occurredAt)) throw invitationNotFound('invitationId');
      await updateDeclined(transaction, invitation, occurredAt);
    });
    return { invitationId };
  }

  /** A link for whoever has its code; an invitation of one person for that person alone, as its id is no secret. */
  async function findAcceptable(
    { code, invitationId }: AcceptInvitationInput,
    userId: string,
  ): Promise<InvitationRecord | null> {
    if ((code == null) === (invitationId == null)) return null;
    if (code != null) return findByCode(code);
    const invitation = isId(invitationId ?? '') ? await findInvitation(database, invitationId ?? '') : null;
    return invitation?.inviteeId === userId ? invitation : null;
  }

  async function findByCode(code: string): Promise<InvitationRecord | null> {
    const codeHash = hashCode(code);
    return codeHash === null ? null : findInvitationByCode(database, codeHash);
  }

  /** Lets `work` decide on an invitation as it is under the lock of its room, which the invited person need not know of. */
  async function changeInvitation(
    { roomId, id }: InvitationRecord,
    userId: string,
    field: 'code' | 'invitationId',
    work: (change: RoomChange, invitation: InvitationRecord) => Promise<void>,
  ): Promise<void> {
    const changeLocked = async (change: RoomChange) => {
      const invitation = await findInvitation(change.transaction, id);
      if (invitation === null) throw invitationNotFound(field);
      await work(change, invitation);
    };
    const options = { accountIds: [userId], canEnter: () => true };
    await changeRoom(dependencies, request, roomId, changeLocked, options).catch((error: unknown) => {
      // The room is gone, and its invitations with it.
      const isGone = error instanceof Failure && error.code === 'ROOM_NOT_FOUND';
      throw isGone ? invitationNotFound(field) : error;
    });
  }

  /** Whether an invitation lets somebody in who is not banned. */
  async function admits({ transaction, room, occurredAt }: RoomChange, invitation: InvitationRecord): Promise<boolean> {
    if (!isOpen(invitation, occurredAt) || !isBacked(invitation, room)) return false;
    const { inviteeId, createdById } = invitation;
    return inviteeId === null || (await findBlocked(transaction, inviteeId, [createdById])).size === 0;
  }

  async function previewLink(code: string): Promise<InvitationPreviewRecord | null> {
    if (!canReadRooms(viewer)) return null;
    const invitation = await findByCode(code);
    return invitation && preview(invitation);
  }

  /** What somebody may know of the room who has been shown this invitation. */
  async function preview(invitation: InvitationRecord): Promise<InvitationPreviewRecord | null> {
    if (!canReadRooms(viewer) || !isOpen(invitation, now())) return null;
    const room = await loaders.invitedRoom.load(invitation.roomId);
    return room === null || room.isBanned || !isBacked(invitation, room) ? null : { invitation, room };
  }

  return { acceptInvitation, declineInvitation, previewLink, preview };
}

/** They are revoked when their creator may no longer invite; but who looks twice lets nobody in by mistake. */
function isBacked({ creatorRole }: InvitationRecord, room: RoomRecord): boolean {
  return canStandBehindInvitation(creatorRole, room.whoMayInvite);
}
