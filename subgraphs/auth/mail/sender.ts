import type { Logger } from 'pino';
import type { AuthMetrics } from '../metrics.ts';
import type { Database } from '../repository.ts';
import { isDecoy } from './decoy.ts';
import { hasMailbox } from './mailbox.ts';
import { openMail } from './queue.ts';
import { claimMail, deleteExpiredMails, deleteMail, type MailRecord, postponeMail } from './repository.ts';
import { describeSendFailure, isRefusedForGood, type MailTransport, smtpConnectionLimit } from './smtp.ts';

/** Sends the mails of the queue. */
export interface MailSender {
  /** Sends what waits, soon. A writer calls it after its commit; it never throws and never waits. */
  wake(): void;
  /** Stops after the mails that are being sent. */
  stop(): Promise<void>;
}

export interface MailSenderOptions {
  database: Database;
  settings: { NODE_ENV: string; ACCOUNT_SECRET: string; SMTP_URL?: string | undefined };
  /** What sends a mail. Without one mails stay in the queue until they expire. It is closed with the sender. */
  transport: MailTransport | null;
  logger: Logger;
  metrics: Pick<AuthMetrics, 'mails'>;
  now: () => Date;
}

/** How often to look for mails whose turn has come, and for those that a crash left behind. */
const pollMilliseconds = 2_000;
/** A server that takes longer to accept a mail is given up on; the mail is tried again. */
const sendLimitMilliseconds = 90_000;
/** For so long a mail is its sender's alone: longer than sending takes, even when the clocks of two machines differ a little. */
export const mailLeaseMilliseconds = 150_000;
/** When the process stops, mails on their way have so long to arrive. */
const stopGraceMilliseconds = 10_000;
const firstRetryMilliseconds = 10_000;
const longestRetryMilliseconds = 3_600_000;

/** How long to wait after so many attempts that failed: ten seconds, then twice as long each time, up to an hour. */
export function retryDelayMilliseconds(attempts: number): number {
  return Math.min(firstRetryMilliseconds * 2 ** Math.min(attempts - 1, 30), longestRetryMilliseconds);
}

/**
 * Drains the queue. Any number of processes may do so at once: each takes single mails under a lease. A mail is deleted, codes
 * and all, once the server has accepted it; a process that dies between the two leaves it to be sent again when its lease
 * has ended. So a mail is sent at least once, unless it expires before, and a repeat carries the same `Message-ID`.
 */
export function startMailSender(options: MailSenderOptions): MailSender {
  const { database, settings, transport, logger, metrics, now } = options;
  const readingQueue = createOutageLog(logger, 'reading the mail queue');
  const sending = createOutageLog(logger, 'sending mails');
  const giveUp = new AbortController();
  const tasks = new Set<Promise<void>>();
  let phase: 'running' | 'stopped' = 'running';
  let workers = 0;
  let wakes = 0;

  if (transport === null && settings.NODE_ENV === 'production') {
    logger.warn('SMTP_URL is not set: no mail is sent, codes reach nobody');
  }

  function wake(): void {
    wakes += 1;
    if (transport !== null && phase === 'running' && workers < smtpConnectionLimit) run(work(transport));
  }

  /** Sends mail after mail until none is due. As many workers do so at once as there are connections. */
  async function work(transport: MailTransport): Promise<void> {
    workers += 1;
    try {
      while (phase === 'running') {
        const wakesBefore = wakes;
        const mail = await claimMail(database, now(), later(mailLeaseMilliseconds));
        readingQueue.end();
        if (mail !== null) {
          // There may be another one behind it.
          wake();
          await deliver(mail, transport);
        } else if (wakes === wakesBefore) return;
      }
    } finally {
      workers -= 1;
    }
  }

  async function deliver(mail: MailRecord, transport: MailTransport): Promise<void> {
    const message = openMail(mail, settings);
    if (message !== null && isDecoy(message)) return deleteMail(database, mail.id);
    try {
      if (message === null) throw new Error('It was queued under another ACCOUNT_SECRET.');
      const signal = AbortSignal.any([giveUp.signal, AbortSignal.timeout(sendLimitMilliseconds)]);
      await transport.send({ id: mail.id, message, createdAt: mail.createdAt }, signal);
    } catch (error) {
      await settleFailure(mail, error);
      return;
    }
    sending.end();
    metrics.mails.inc({ result: 'sent' });
    await deleteMail(database, mail.id);
  }

  async function settleFailure({ id, attempts, expiresAt }: MailRecord, error: unknown): Promise<void> {
    const failure = { mailId: id, attempts, ...describeSendFailure(error) };
    if (isRefusedForGood(error)) {
      logger.warn(failure, 'a mail was refused for good; it is not sent again');
      metrics.mails.inc({ result: 'refused' });
      await deleteMail(database, id);
      return;
    }
    sending.report(failure);
    metrics.mails.inc({ result: 'retried' });
    const until = later(retryDelayMilliseconds(attempts));
    await postponeMail(database, id, until < expiresAt ? until : expiresAt);
  }

  async function dropExpired(): Promise<void> {
    const count = await deleteExpiredMails(database, now());
    readingQueue.end();
    // In the mailbox a mail that expires has not failed to arrive.
    if (count === 0 || hasMailbox(settings)) return;
    metrics.mails.inc({ result: 'expired' }, count);
    if (transport !== null) logger.warn({ count }, 'mails expired before they could be sent');
  }

  const later = (milliseconds: number) => new Date(now().getTime() + milliseconds);

  function run(task: Promise<void>): void {
    const running = task.catch((error: unknown) => readingQueue.report({ error })).finally(() => tasks.delete(running));
    tasks.add(running);
  }

  const poll = () => {
    run(dropExpired());
    wake();
  };
  const timer = setInterval(poll, pollMilliseconds);
  poll();
  return {
    wake,
    async stop() {
      clearInterval(timer);
      phase = 'stopped';
      const grace = setTimeout(() => giveUp.abort(), stopGraceMilliseconds);
      await Promise.all(tasks);
      clearTimeout(grace);
      transport?.close();
    },
  };
}

/** Tells of an outage once, and once of its end: every mail that waits would say the same. */
function createOutageLog(logger: Logger, what: string) {
  let state: 'working' | 'failing' = 'working';
  return {
    report(failure: object): void {
      const level = state === 'working' ? 'warn' : 'debug';
      state = 'failing';
      logger[level](failure, `${what} failed; it will be tried again`);
    },
    end(): void {
      if (state === 'failing') logger.info(`${what} works again`);
      state = 'working';
    },
  };
}
