import { createTransport, type Transporter } from 'nodemailer';
import { type MailAddress, parseAddress } from './address.ts';
import type { MailMessage } from './messages.ts';

/** What sends one mail. */
export interface MailTransport {
  /** Resolves when the server has accepted the mail. Rejects otherwise, and when the signal says that it is late. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface OutgoingMail {
  /** Makes the `Message-ID`: whoever gets a mail twice can tell. */
  id: string;
  message: MailMessage;
  createdAt: Date;
}

interface SmtpSettings {
  NODE_ENV: string;
  SMTP_URL?: string | undefined;
  MAIL_FROM: string;
}

/** So many mails are on their way at once, each over a connection of its own. */
export const smtpConnectionLimit = 4;

const timeoutMilliseconds = 30_000;

/** A pool of connections to the server of SMTP_URL, made when there is something to send; null without SMTP_URL. */
export function openSmtp({ SMTP_URL, MAIL_FROM, NODE_ENV }: SmtpSettings): MailTransport | null {
  if (SMTP_URL === undefined) return null;
  const from = parseAddress(MAIL_FROM);
  if (from === null) throw new TypeError('MAIL_FROM is not an e-mail address.');
  const transporter = createTransport({
    url: SMTP_URL,
    pool: true,
    maxConnections: smtpConnectionLimit,
    // A kept connection may have been closed by the server in the meantime: one more try, and then the queue's schedule.
    maxRequeues: 1,
    ...(mustEncrypt(SMTP_URL, NODE_ENV) && { requireTLS: true }),
    connectionTimeout: timeoutMilliseconds,
    greetingTimeout: timeoutMilliseconds,
    socketTimeout: timeoutMilliseconds,
    dnsTimeout: timeoutMilliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { send: (mail, signal) => sendMail(transporter, from, mail, signal), close: () => transporter.close() };
}

async function sendMail(
  transporter: Transporter,
  from: MailAddress,
  { id, message: { to, subject, text }, createdAt }: OutgoingMail,
  signal: AbortSignal,
): Promise<void> {
  const recipient = parseAddress(to);
  // Nodemailer reads a text as a list of addresses. Ours has exactly one, or none that mail can be sent to.
  if (recipient?.address !== to) throw new UnusableAddress();
  await transporter.sendMail({
    from,
    to: recipient,
    envelope: { from, to: recipient },
    subject,
    text,
    date: createdAt,
    messageId: `<${id}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
    // No absence note answers it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    signal,
  });
}

/** The recipient's address is none that SMTP can carry. */
class UnusableAddress extends Error {
  override readonly name = 'UnusableAddress';
}

/** In production codes never travel in the clear, unless the URL says how it wants it. */
function mustEncrypt(smtpUrl: string, environment: string): boolean {
  const { protocol, searchParams } = new URL(smtpUrl);
  const isDecided = ['requireTLS', 'ignoreTLS', 'opportunisticTLS'].some((option) => searchParams.has(option));
  return environment === 'production' && protocol === 'smtp:' && !isDecided;
}

/** What nodemailer says of a failure (its `NodemailerError`). */
interface SendFailure {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  permanent?: boolean;
  message: string;
}

/**
 * Whether the server refuses this recipient or this mail for good. A refusal of us (of the password or the sender) is not meant:
 * that is for the operator to put right, and the mail waits.
 */
export function isRefusedForGood(error: unknown): boolean {
  if (error instanceof UnusableAddress) return true;
  const { command = '', permanent } = error as SendFailure;
  return permanent === true && ['RCPT TO', 'DATA'].includes(command);
}

/** What may be logged of a failure. Servers repeat the recipient's address in what they answer. */
export function describeSendFailure(error: unknown): object {
  const { code, command, response, responseCode, message } = error as SendFailure;
  const [status] = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response ?? '') ?? [];
  const isOwnWording = response === undefined && code !== 'EENVELOPE';
  return { code, command, responseCode, status, ...(isOwnWording && { reason: message }) };
}
