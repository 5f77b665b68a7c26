import { newId } from '../../../platform/identifiers.ts';
import { decrypt, encrypt } from '../encryption.ts';
import type { MailMessage } from './messages.ts';
import { insertMail } from './repository.ts';

type Transaction = Parameters<typeof insertMail>[0];

export interface QueuedMail {
  message: MailMessage;
  createdAt: Date;
  /** When the code in it ends: sending it later helps nobody. */
  expiresAt: Date;
}

/**
 * Puts a mail into the queue within the caller's transaction: it is sent if and only if that commits. It lies there
 * encrypted, because the codes in it are kept nowhere else but as hashes.
 */
export async function queueMail(
  transaction: Transaction,
  settings: { ACCOUNT_SECRET: string },
  { message, createdAt, expiresAt }: QueuedMail,
): Promise<void> {
  const id = newId();
  const encrypted = encrypt(JSON.stringify(message), settings.ACCOUNT_SECRET, boundTo(id));
  await insertMail(transaction, { id, encrypted, createdAt, expiresAt });
}

/** Reads a mail of the queue; null when it was queued under another secret. */
export function openMail(
  { id, encrypted }: { id: string; encrypted: Uint8Array },
  settings: { ACCOUNT_SECRET: string },
): MailMessage | null {
  const message = decrypt(encrypted, settings.ACCOUNT_SECRET, boundTo(id));
  return message === null ? null : (JSON.parse(message) as MailMessage);
}

function boundTo(id: string): string {
  return `mail:${id}`;
}
