import type { Logger } from 'pino';
import { runAtStart, type WorkAtStart } from '../at-start.ts';
import type { RoomEncryption } from '../encryption/room-encryption.ts';
import { openAttachments, openMessageText } from '../messages/sealing.ts';
import type { Database } from '../repository.ts';
import { lockRoom } from '../rooms/repository.ts';
import { wordsOfMessage } from './message-words.ts';
import { findUnindexedMessages, findUnindexedRooms, saveWords, type UnindexedMessage } from './repository.ts';

const roomsPerBatch = 100;
const messagesPerBatch = 200;

/** A database, the keys to what is in it, and somebody to tell of what can't be read. */
export interface MessageIndexingDependencies {
  database: Database;
  encryption: RoomEncryption;
  logger: Logger;
}

/**
 * Makes the messages findable that are from before there was search, while the process serves already. It goes on trying while
 * the database is away.
 */
export function startIndexing(dependencies: MessageIndexingDependencies): WorkAtStart {
  const index = async (isStopping: () => boolean) => {
    const messages = await indexMessages(dependencies, isStopping);
    if (messages > 0) dependencies.logger.info({ messages }, 'messages from before search can be found');
  };
  return runAtStart(index, {
    logger: dependencies.logger,
    failure: 'messages from before search could not be indexed',
  });
}

/**
 * The same, once. Any number of processes may do this at once, and be killed in the middle of it: what is done is no longer
 * without words. A room that fails does not keep the others from being indexed.
 * @returns how many messages were indexed.
 * @throws what the last room failed with that did.
 */
export async function indexMessages(
  dependencies: MessageIndexingDependencies,
  isStopping: () => boolean = () => false,
): Promise<number> {
  let count = 0;
  let failure: unknown = null;
  let after: string | null = null;
  do {
    const rooms: { id: string; keyVersion: number }[] = await findUnindexedRooms(
      dependencies.database,
      after,
      roomsPerBatch,
    );
    for (const room of rooms) {
      try {
        count += await indexMessagesOf(dependencies, room, isStopping);
      } catch (error) {
        failure = error;
      }
    }
    after = rooms.at(-1)?.id ?? null;
  } while (after !== null && !isStopping());
  if (failure !== null) throw failure;
  return count;
}

async function indexMessagesOf(
  dependencies: MessageIndexingDependencies,
  { id: roomId, keyVersion }: { id: string; keyVersion: number },
  isStopping: () => boolean,
): Promise<number> {
  const { database, encryption } = dependencies;
  let count = 0;
  while (!isStopping()) {
    const messages = await findUnindexedMessages(database, roomId, messagesPerBatch);
    if (messages.length === 0) break;
    const indexed = await Promise.all(
      messages.map(async (message) => {
        const words = message.deletedAt === null ? await readWords(dependencies, message) : [];
        return { ...message, words: await encryption.hashWords(roomId, keyVersion, words) };
      }),
    );
    // Everything has been opened before: the lock is held for two statements.
    count += await database.$transaction(async (transaction) => {
      return (await lockRoom(transaction, roomId)) ? saveWords(transaction, roomId, indexed) : 0;
    });
  }
  return count;
}

/** What can't be opened can still be found by its author. */
async function readWords(
  { encryption, logger }: MessageIndexingDependencies,
  message: UnindexedMessage,
): Promise<string[]> {
  if (message.plainText !== null) throw new Error(`Messages of room ${message.roomId} are not sealed yet.`);
  try {
    const text = await openMessageText(encryption, message);
    return wordsOfMessage(message.authorId, text ?? '', await openAttachments(encryption, message));
  } catch (error) {
    logger.error({ error, messageId: message.id }, 'a message could not be opened to be indexed');
    return wordsOfMessage(message.authorId, '', []);
  }
}
