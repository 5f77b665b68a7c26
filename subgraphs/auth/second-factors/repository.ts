import type { Prisma } from '../../../prisma/auth/client/client.ts';

/** What an account has besides its first factor. */
export interface SecondFactors {
  hasTotp: boolean;
  passkeys: number;
  /** Unused ones. */
  recoveryCodes: number;
}

export interface TotpRecord {
  encryptedSecret: Uint8Array;
  enabledAt: Date;
}

export async function countSecondFactors(
  transaction: Prisma.TransactionClient,
  accountId: string,
): Promise<SecondFactors> {
  const [factors] = await transaction.$queryRaw<SecondFactors[]>`
    SELECT EXISTS (SELECT FROM totp WHERE account_id = ${accountId}::uuid) AS "hasTotp",
      (SELECT count(*)::int FROM passkey WHERE account_id = ${accountId}::uuid) AS passkeys,
      (SELECT count(*)::int FROM recovery_code WHERE account_id = ${accountId}::uuid AND used_at IS NULL) AS "recoveryCodes"`;
  return factors ?? { hasTotp: false, passkeys: 0, recoveryCodes: 0 };
}

export async function findTotp(transaction: Prisma.TransactionClient, accountId: string): Promise<TotpRecord | null> {
  return transaction.totp.findUnique({
    where: { accountId },
    select: { encryptedSecret: true, enabledAt: true },
  });
}

export async function insertTotp(
  transaction: Prisma.TransactionClient,
  totp: { accountId: string; encryptedSecret: Buffer; lastStep: number; enabledAt: Date },
): Promise<void> {
  await transaction.totp.create({ data: { ...totp, encryptedSecret: new Uint8Array(totp.encryptedSecret) } });
}

/** False when a code of this step, or of a later one, was accepted before. */
export async function advanceTotpStep(
  transaction: Prisma.TransactionClient,
  accountId: string,
  step: number,
): Promise<boolean> {
  const { count } = await transaction.totp.updateMany({
    where: { accountId, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count > 0;
}

/** False when there was none. */
export async function deleteTotp(transaction: Prisma.TransactionClient, accountId: string): Promise<boolean> {
  const { count } = await transaction.totp.deleteMany({ where: { accountId } });
  return count > 0;
}

/** Ends all recovery codes of an account, and gives it these instead; none to leave it without. */
export async function replaceRecoveryCodes(
  transaction: Prisma.TransactionClient,
  accountId: string,
  hashes: readonly Buffer[],
  createdAt: Date,
): Promise<void> {
  await transaction.recoveryCode.deleteMany({ where: { accountId } });
  if (hashes.length === 0) return;
  await transaction.recoveryCode.createMany({
    data: hashes.map((hash) => ({ hash: new Uint8Array(hash), accountId, createdAt })),
  });
}

/** False when the account has no such code, or it was used: of two uses at once one gets it. */
export async function useRecoveryCode(
  transaction: Prisma.TransactionClient,
  accountId: string,
  hash: Buffer,
  usedAt: Date,
): Promise<boolean> {
  const { count } = await transaction.recoveryCode.updateMany({
    where: { hash: new Uint8Array(hash), accountId, usedAt: null },
    data: { usedAt },
  });
  return count > 0;
}
