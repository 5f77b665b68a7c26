import type { Prisma } from '../../../prisma/auth/client/client.ts';

export interface NewMail {
  id: string;
  encrypted: Buffer;
  createdAt: Date;
  expiresAt: Date;
}

/** A mail of the queue as it lies there. */
export interface MailRecord {
  id: string;
  encrypted: Uint8Array;
  createdAt: Date;
  expiresAt: Date;
  /** How often somebody has begun to send it. */
  attempts: number;
}

export async function insertMail(transaction: Prisma.TransactionClient, mail: NewMail): Promise<void> {
  await transaction.mail.create({
    data: { ...mail, encrypted: new Uint8Array(mail.encrypted), nextAttemptAt: mail.createdAt },
  });
}

/**
 * Takes the mail that has waited longest for its turn. Until `leaseEndsAt` it is nobody else's; then it is due again, should
 * whoever took it have died. Others who look at the same moment take the next one.
 */
export async function claimMail(
  transaction: Prisma.TransactionClient,
  now: Date,
  leaseEndsAt: Date,
): Promise<MailRecord | null> {
  const [mail] = await transaction.$queryRaw<MailRecord[]>`
    UPDATE mail SET attempts = attempts + 1, next_attempt_at = ${leaseEndsAt}
    WHERE id = (
      SELECT id FROM mail WHERE next_attempt_at <= ${now} AND expires_at > ${now}
      ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, encrypted, created_at AS "createdAt", expires_at AS "expiresAt", attempts`;
  return mail ?? null;
}

export async function postponeMail(transaction: Prisma.TransactionClient, id: string, until: Date): Promise<void> {
  await transaction.mail.updateMany({ where: { id }, data: { nextAttemptAt: until } });
}

export async function deleteMail(transaction: Prisma.TransactionClient, id: string): Promise<void> {
  await transaction.mail.deleteMany({ where: { id } });
}

/** Mails that have expired and that nobody is sending right now. @returns how many there were. */
export async function deleteExpiredMails(transaction: Prisma.TransactionClient, now: Date): Promise<number> {
  const { count } = await transaction.mail.deleteMany({
    where: { expiresAt: { lte: now }, nextAttemptAt: { lte: now } },
  });
  return count;
}

/** Mails of the queue that have not expired, newest first. */
export async function listMails(
  transaction: Prisma.TransactionClient,
  now: Date,
  limit: number,
): Promise<MailRecord[]> {
  return transaction.mail.findMany({
    where: { expiresAt: { gt: now } },
    orderBy: { id: 'desc' },
    take: limit,
    select: { id: true, encrypted: true, createdAt: true, expiresAt: true, attempts: true },
  });
}
