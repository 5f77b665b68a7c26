import type { MailMessage } from './messages.ts';

/**
 * A mail to nobody. It takes the place of one that has no recipient, so that asking for a mail costs the same whether or not an
 * account is behind the address; the sender drops it.
 */
export function decoyMail(message: MailMessage): MailMessage {
  return { ...message, to: '' };
}

export function isDecoy({ to }: MailMessage): boolean {
  return to === '';
}
