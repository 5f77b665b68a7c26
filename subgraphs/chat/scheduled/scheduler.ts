import type { Logger } from 'pino';
import { continueTrace } from '../../../platform/trace.ts';
import { requireAllowed, requireRoom } from '../access.ts';
import { isPausedAt } from '../accounts/repository.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { UnreadableText } from '../encryption/sealed-text.ts';
import { Failure } from '../failure.ts';
import { createLoaders } from '../loaders.ts';
import { findMessageByClientId } from '../messages/repository.ts';
import { createSending } from '../messages/sending.ts';
import { secondsToWait } from '../messages/slow-mode.ts';
import type { ScheduledMessageRecord } from './record.ts';
import { claimDue, findNextAttempt, markFailed, markSent, postpone } from './repository.ts';
import { openAttachments, openScheduledText } from './sealing.ts';

const batchSize = 20;
/** What a process has taken and not finished by then, another one takes: it was killed, most likely. */
const leaseMilliseconds = 10_000;

export interface SchedulerOptions {
  /** How often to look for what nobody told of: what was scheduled a moment ago, or left behind by a crash. */
  pollMilliseconds: number;
  logger: Logger;
}

/**
 * Sends messages when their time has come: each once, whichever processes do this and whenever they are killed. Who takes a
 * message has it for a while; should two have it after all, its name makes the second sending a repeat of the first.
 */
export function startScheduler(dependencies: ChatDependencies, { pollMilliseconds, logger }: SchedulerOptions) {
  const { database, now } = dependencies;
  let phase: 'running' | 'stopped' = 'running';
  let state: 'working' | 'failing' = 'working';
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();

  const run = async () => {
    let pause = pollMilliseconds;
    try {
      let next = await findNextAttempt(database);
      if (next !== null && next <= now()) {
        await sendAllDue();
        next = await findNextAttempt(database, now());
      }
      if (next !== null) pause = Math.max(0, Math.min(pause, next.getTime() - now().getTime()));
      state = 'working';
    } catch (error) {
      if (state === 'working') logger.warn({ error }, 'scheduled messages could not be sent; it will be tried again');
      state = 'failing';
    }
    if (currentPhase() === 'running') timer = setTimeout(() => (round = run()), pause);
  };
  // Read through a function: another turn of the event loop may have changed it.
  const currentPhase = (): string => phase;

  async function sendAllDue(): Promise<void> {
    while (currentPhase() === 'running') {
      const at = now();
      const until = new Date(at.getTime() + leaseMilliseconds);
      const claimed = await claimDue(database, { at, until, limit: batchSize });
      if (claimed.length === 0) return;
      await Promise.all(claimed.map((scheduled) => sendClaimed(dependencies, scheduled, logger)));
    }
  }

  round = run();
  return {
    async stop() {
      phase = 'stopped';
      clearTimeout(timer);
      await round;
    },
  };
}

/** What fails for no fault of the author's stays taken, and is tried again when that is over. */
async function sendClaimed(
  dependencies: ChatDependencies,
  scheduled: ScheduledMessageRecord,
  logger: Logger,
): Promise<void> {
  const { database, now } = dependencies;
  try {
    const messageId = await sendOnce(dependencies, scheduled);
    await markSent(database, scheduled.id, messageId);
  } catch (error) {
    if (error instanceof Failure && error.code === 'SLOW_MODE') {
      await postpone(database, scheduled, await endOfSlowMode(dependencies, scheduled));
      return;
    }
    if (error instanceof Failure) {
      await markFailed(database, scheduled, error.code);
      return;
    }
    logger.warn({ error, scheduledMessageId: scheduled.id, at: now() }, 'a scheduled message could not be sent');
    // No other attempt will read it.
    if (error instanceof UnreadableText) {
      await markFailed(database, scheduled, null);
    }
  }
}

/** @returns the id of the message, which another process, or the author, may have sent before. */
async function sendOnce(dependencies: ChatDependencies, scheduled: ScheduledMessageRecord): Promise<string> {
  const { database, encryption, now } = dependencies;
  const { roomId, authorId, clientMessageId, replyToMessageId } = scheduled;
  const earlier = await findMessageByClientId(database, { roomId, authorId, clientMessageId });
  if (earlier !== null) return earlier.id;
  const request = requestOf(dependencies, scheduled);
  // What the author may do comes before what has become of the message that this one answers.
  requireAllowed(request.viewer, 'message:send', await requireRoom(request, roomId));
  if (await isPausedAt(database, authorId, now())) {
    throw new Failure('ACCOUNT_INACTIVE', 'The account was suspended or deactivated when the message was due.');
  }
  const [text, attachments] = await Promise.all([
    openScheduledText(encryption, scheduled),
    openAttachments(encryption, scheduled),
  ]);
  const input = { roomId, clientMessageId, replyToMessageId, attachments, text: text ?? '' };
  const { sendMessage } = createSending(dependencies, request);
  const { message } = await sendMessage(input, { isAuthorThere: false });
  return message.id;
}

/** The author's request at the time that they chose. What they may do in the room is looked up anew. */
function requestOf(dependencies: ChatDependencies, { id, authorId }: ScheduledMessageRecord): ChatRequest {
  const viewer = {
    userId: authorId,
    sessionId: id,
    roles: [],
    scopes: ['chat:read', 'chat:write'],
    expiresAtSeconds: 0,
  };
  return {
    viewer,
    trace: continueTrace(undefined),
    client: { address: null, userAgent: null, wantsCookies: false, refreshToken: null },
    serving: 'events',
    setCookie: () => undefined,
    loaders: createLoaders(dependencies, viewer),
  };
}

async function endOfSlowMode(dependencies: ChatDependencies, scheduled: ScheduledMessageRecord): Promise<Date> {
  const at = dependencies.now();
  const room = await requestOf(dependencies, scheduled).loaders.knownRoom.load(scheduled.roomId);
  const seconds = room === null ? 0 : secondsToWait(room, at);
  return new Date(at.getTime() + Math.max(1, seconds) * 1_000);
}
