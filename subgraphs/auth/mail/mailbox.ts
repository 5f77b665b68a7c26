import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { errorBody } from '../../../platform/errors.ts';
import type { Database } from '../repository.ts';
import { isDecoy } from './decoy.ts';
import { type MailboxMail, mailboxPolicy, renderMailbox } from './mailbox-page.ts';
import { openMail } from './queue.ts';
import { listMails } from './repository.ts';

interface MailboxOptions {
  database: Database;
  settings: { ACCOUNT_SECRET: string };
  now: () => Date;
}

/** How many mails the mailbox shows. */
const mailboxLimit = 100;
/** Among how many of the newest it looks for those to one address: they can only be told apart decrypted. */
const mailboxSearchLimit = 1_000;

/** Whether mails are shown instead of sent: only where there is nothing to send them with, and never in production. */
export function hasMailbox(settings: { NODE_ENV: string; SMTP_URL?: string | undefined }): boolean {
  return settings.NODE_ENV !== 'production' && settings.SMTP_URL === undefined;
}

const querySchema = z.object({ to: z.string().optional().catch(undefined) });

/**
 * Shows the mails of the queue to whoever develops on this machine: `/mailbox` for people, `/mailbox.json` for programs. With
 * `?to=` only those to one address. For anybody else there is no such page.
 */
export function serveMailbox(app: FastifyInstance, options: MailboxOptions): void {
  app.register(async (mailbox) => {
    mailbox.addHook('onRequest', async (request, reply) => {
      if (!isFromThisMachine(request)) return reply.status(404).send(errorBody('NOT_FOUND'));
      reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    });
    mailbox.get('/mailbox.json', async ({ query }) => readMailbox(options, querySchema.parse(query).to));
    mailbox.get('/mailbox', async ({ query }, reply) => {
      const { to } = querySchema.parse(query);
      reply.type('text/html; charset=utf-8').header('content-security-policy', mailboxPolicy);
      return renderMailbox(await readMailbox(options, to), to);
    });
  });
}

/**
 * A page of another origin that has its own name resolve to this machine (DNS rebinding) comes from here as well, but the
 * name shows in the request.
 */
function isFromThisMachine({ ip, hostname }: FastifyRequest): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.process(ip).range() === 'loopback' && (host === 'localhost' || isIP(host) !== 0);
}

async function readMailbox({ database, settings, now }: MailboxOptions, to?: string): Promise<MailboxMail[]> {
  const wanted = to?.trim().toLowerCase();
  const records = await listMails(database, now(), wanted ? mailboxSearchLimit : mailboxLimit);
  const mails = records.flatMap((record): MailboxMail[] => {
    const message = openMail(record, settings);
    if (message === null || isDecoy(message) || (wanted && message.to.toLowerCase() !== wanted)) return [];
    return [{ id: record.id, ...message, createdAt: record.createdAt }];
  });
  return mails.slice(0, mailboxLimit);
}
