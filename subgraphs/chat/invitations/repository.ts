import type { KeyPage } from '../../../platform/connection.ts';
import { highestId } from '../../../platform/identifiers.ts';
import { Prisma } from '../../../prisma/chat/client/client.ts';
import type { InvitationRecord, Inviter } from './record.ts';

const columns = Prisma.sql`
  invitation.room_id AS "roomId", invitation.id, created_by_id AS "createdById", invitee_id AS "inviteeId",
  sealed_code AS "sealedCode", invitation.created_at AS "createdAt", expires_at AS "expiresAt", max_uses AS "maxUses",
  use_count AS "useCount", revoked_at AS "revokedAt", declined_at AS "declinedAt", creator.role AS "creatorRole"`;

/** Joined to rows named `invitation`. */
const withCreator = Prisma.sql`
  LEFT JOIN room_member AS creator ON creator.room_id = invitation.room_id AND creator.user_id = created_by_id`;

/** What `isOpen` says, of a row named `invitation`: in the words of the index of open ones, which serves no others. */
const isOpen = (at: Date) => Prisma.sql`
  (revoked_at IS NULL AND declined_at IS NULL AND expires_at > ${at}::timestamptz
    AND (max_uses IS NULL OR use_count < max_uses))`;

export interface NewInvitation
  extends Pick<
    InvitationRecord,
    'roomId' | 'id' | 'createdById' | 'inviteeId' | 'createdAt' | 'expiresAt' | 'maxUses'
  > {
  clientInvitationId: string;
  codeHash: Uint8Array<ArrayBuffer> | null;
  sealedCode: Uint8Array<ArrayBuffer> | null;
}

/** Adds an invitation, under the room's lock. */
export async function insertInvitation(
  transaction: Prisma.TransactionClient,
  invitation: NewInvitation,
): Promise<void> {
  await transaction.invitation.create({ data: invitation });
}

/** How many invitations to a room are open, and whether one of them is this person's. */
export async function countOpenInvitations(
  transaction: Prisma.TransactionClient,
  roomId: string,
  inviteeId: string | null,
  at: Date,
): Promise<{ count: number; isInvited: boolean }> {
  const [row] = await transaction.$queryRaw<{ count: number; isInvited: boolean }[]>`
    SELECT count(*)::int AS count, coalesce(bool_or(invitee_id = ${inviteeId}::uuid), false) AS "isInvited"
    FROM invitation WHERE room_id = ${roomId}::uuid AND ${isOpen(at)}`;
  return row ?? { count: 0, isInvited: false };
}

export async function findInvitationByClientId(
  transaction: Prisma.TransactionClient,
  { roomId, createdById, clientInvitationId }: Pick<NewInvitation, 'roomId' | 'createdById' | 'clientInvitationId'>,
): Promise<InvitationRecord | null> {
  const [row] = await transaction.$queryRaw<InvitationRecord[]>`
    SELECT ${columns} FROM invitation ${withCreator}
    WHERE invitation.room_id = ${roomId}::uuid AND created_by_id = ${createdById}::uuid
      AND client_invitation_id = ${clientInvitationId}`;
  return row ?? null;
}

export async function findInvitation(
  transaction: Prisma.TransactionClient,
  id: string,
): Promise<InvitationRecord | null> {
  const [row] = await transaction.$queryRaw<InvitationRecord[]>`
    SELECT ${columns} FROM invitation ${withCreator} WHERE invitation.id = ${id}::uuid`;
  return row ?? null;
}

export async function findInvitationByCode(
  transaction: Prisma.TransactionClient,
  codeHash: Uint8Array<ArrayBuffer>,
): Promise<InvitationRecord | null> {
  const [row] = await transaction.$queryRaw<InvitationRecord[]>`
    SELECT ${columns} FROM invitation ${withCreator} WHERE code_hash = ${codeHash}::bytea`;
  return row ?? null;
}

type Place = Pick<InvitationRecord, 'roomId' | 'id'>;

/** Counts a use, under the room's lock. */
export async function addUse(transaction: Prisma.TransactionClient, { roomId, id }: Place): Promise<void> {
  await transaction.invitation.update({ where: { roomId_id: { roomId, id } }, data: { useCount: { increment: 1 } } });
}

export async function updateDeclined(
  transaction: Prisma.TransactionClient,
  { roomId, id }: Place,
  declinedAt: Date,
): Promise<void> {
  await transaction.invitation.update({ where: { roomId_id: { roomId, id } }, data: { declinedAt } });
}

/** Ends an invitation; nobody needs the code any more. */
export async function updateRevoked(
  transaction: Prisma.TransactionClient,
  { roomId, id }: Place,
  revokedAt: Date,
): Promise<void> {
  await transaction.invitation.update({ where: { roomId_id: { roomId, id } }, data: { revokedAt, sealedCode: null } });
}

/** Revokes a room's open invitations by those who are no members of a role that may invite. */
export async function revokeUnsupported(
  transaction: Prisma.TransactionClient,
  roomId: string,
  inviters: readonly Inviter[],
  revokedAt: Date,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE invitation SET revoked_at = ${revokedAt}::timestamptz, sealed_code = NULL FROM room
    WHERE room.id = ${roomId}::uuid AND room_id = ${roomId}::uuid AND ${isOpen(revokedAt)} AND NOT EXISTS (
      SELECT FROM room_member JOIN unnest(${inviters.map(({ whoMayInvite }) => whoMayInvite)}::text[],
                                          ${inviters.map(({ role }) => role)}::text[])
        AS inviter(setting, role) ON inviter.role = room_member.role::text
      WHERE room_member.room_id = room.id AND user_id = created_by_id AND setting = who_may_invite::text)`;
}

/** Ends what invites people who are in by now, or may not come in. */
export async function revokeInvitationsOf(
  transaction: Prisma.TransactionClient,
  roomId: string,
  inviteeIds: readonly string[],
  at: Date,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE invitation SET revoked_at = ${at}::timestamptz
    WHERE room_id = ${roomId}::uuid AND invitee_id = ANY(${inviteeIds}::uuid[]) AND ${isOpen(at)}`;
}

/** A room, and whose invitations to it: null for everybody's. */
export interface InvitationList {
  roomId: string;
  createdById: string | null;
}

/** The same page of the open invitations to many rooms, newest first; one more for each than the page wants. */
export async function pageInvitations(
  transaction: Prisma.TransactionClient,
  lists: readonly InvitationList[],
  page: KeyPage<string>,
  at: Date,
): Promise<InvitationRecord[]> {
  return transaction.$queryRaw<InvitationRecord[]>`
    SELECT ${columns}
    FROM unnest(${lists.map(({ roomId }) => roomId)}::uuid[], ${lists.map(({ createdById }) => createdById)}::uuid[])
      AS wanted(room_id, creator_id) CROSS JOIN LATERAL (
      SELECT * FROM invitation
      WHERE room_id = wanted.room_id AND (creator_id IS NULL OR created_by_id = creator_id) AND ${isOpen(at)}
        AND id < ${page.after ?? highestId}::uuid
      ORDER BY id DESC LIMIT ${page.limit + 1}) AS invitation ${withCreator}
    ORDER BY invitation.room_id, invitation.id DESC`;
}

/**
 * The open invitations of people, newest first; one more for each than the page wants. Those by whoever wants no direct contact,
 * or with whom they want none, are left out.
 */
export async function pageInvitationsOf(
  transaction: Prisma.TransactionClient,
  inviteeIds: readonly string[],
  page: KeyPage<string>,
  at: Date,
): Promise<InvitationRecord[]> {
  return transaction.$queryRaw<InvitationRecord[]>`
    SELECT ${columns}
    FROM unnest(${inviteeIds}::uuid[]) AS wanted(user_id) CROSS JOIN LATERAL (
      SELECT invitation.* FROM invitation JOIN room ON room.id = room_id AND deleted_at IS NULL
      WHERE invitee_id = wanted.user_id AND ${isOpen(at)}
        AND invitation.id < ${page.after ?? highestId}::uuid
        AND NOT EXISTS (
          SELECT FROM account_block WHERE is_blocked AND (
            (blocker_id = invitee_id AND blocked_id = created_by_id)
            OR (blocker_id = created_by_id AND blocked_id = invitee_id)))
      ORDER BY invitation.id DESC LIMIT ${page.limit + 1}) AS invitation ${withCreator}
    ORDER BY invitee_id, invitation.id DESC`;
}
