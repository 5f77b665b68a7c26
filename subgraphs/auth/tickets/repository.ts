import type { Prisma, TicketPurpose } from '../../../prisma/auth/client/client.ts';

export interface NewTicket {
  /** SHA-256 of what is handed out. */
  hash: Buffer;
  purpose: TicketPurpose;
  accountId: string | null;
  data?: Prisma.InputJsonObject;
  createdAt: Date;
  expiresAt: Date;
}

export interface TicketRecord {
  accountId: string | null;
  data: unknown;
  createdAt: Date;
}

export async function insertTicket(transaction: Prisma.TransactionClient, ticket: NewTicket): Promise<void> {
  await transaction.ticket.create({ data: { data: {}, ...ticket, hash: bytes(ticket.hash) } });
}

/** Takes a ticket out of the table: of two that come with it at once, one gets it. Null when there is none, or it has expired. */
export async function takeTicket(
  transaction: Prisma.TransactionClient,
  purpose: TicketPurpose,
  hash: Buffer,
  now: Date,
): Promise<TicketRecord | null> {
  const [ticket] = await transaction.$queryRaw<(TicketRecord & { expiresAt: Date })[]>`
    DELETE FROM ticket WHERE hash = ${hash} AND purpose = ${purpose}::ticket_purpose
    RETURNING account_id AS "accountId", data, created_at AS "createdAt", expires_at AS "expiresAt"`;
  return ticket && ticket.expiresAt > now ? ticket : null;
}

/** Looks at a ticket and leaves it. Null when there is none, or it has expired. */
export async function findTicket(
  transaction: Prisma.TransactionClient,
  purpose: TicketPurpose,
  hash: Buffer,
  now: Date,
): Promise<TicketRecord | null> {
  return transaction.ticket.findFirst({
    where: { hash: bytes(hash), purpose, expiresAt: { gt: now } },
    select: { accountId: true, data: true, createdAt: true },
  });
}

/**
 * Looks at a ticket that may be tried more than once, and counts the try, before its answer is looked at: tries that come
 * at the same time are all counted. Null when there is none, it has expired, or it was tried too often.
 */
export async function tryTicket(
  transaction: Prisma.TransactionClient,
  purpose: TicketPurpose,
  hash: Buffer,
  now: Date,
  maximumAttempts: number,
): Promise<TicketRecord | null> {
  const [ticket] = await transaction.$queryRaw<TicketRecord[]>`
    UPDATE ticket SET attempts = attempts + 1
    WHERE hash = ${hash} AND purpose = ${purpose}::ticket_purpose AND expires_at > ${now} AND attempts < ${maximumAttempts}
    RETURNING account_id AS "accountId", data, created_at AS "createdAt"`;
  return ticket ?? null;
}

/**
 * Ends the tickets of an account for these purposes: a newer one replaces them, or what they were for has changed.
 * @param since only those that were made then or later
 */
export async function deleteTickets(
  transaction: Prisma.TransactionClient,
  accountId: string,
  purposes: readonly TicketPurpose[],
  since?: Date,
): Promise<void> {
  const where = { accountId, purpose: { in: [...purposes] }, ...(since && { createdAt: { gte: since } }) };
  await transaction.ticket.deleteMany({ where });
}

/** The newest ticket of an account for a purpose that has not expired: what waits for its code. */
export async function findPendingTicket(
  transaction: Prisma.TransactionClient,
  accountId: string,
  purpose: TicketPurpose,
  now: Date,
): Promise<TicketRecord | null> {
  return transaction.ticket.findFirst({
    where: { accountId, purpose, expiresAt: { gt: now } },
    orderBy: { createdAt: 'desc' },
    select: { accountId: true, data: true, createdAt: true },
  });
}

export async function deleteExpiredTickets(transaction: Prisma.TransactionClient, now: Date): Promise<void> {
  await transaction.ticket.deleteMany({ where: { expiresAt: { lt: now } } });
}

/** Prisma wants bytes over a buffer of their own; Node's small buffers share one. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}
