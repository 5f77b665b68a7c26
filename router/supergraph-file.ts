import { type FSWatcher, watch } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from 'pino';

export interface FollowedFile {
  /** Reads the file now, whether or not it seems to have changed. */
  readNow(): void;
  /** Resolves when what was being told has been taken in. */
  stop(): Promise<void>;
}

export interface FollowedFileOptions {
  /** What the file held when following begins. */
  content: string;
  /** Told what it holds, each time that this is something else. Not told again before it has resolved. */
  onContent(content: string): Promise<void>;
  logger: Logger;
}

/** A file that is written in pieces is read when it has been left alone for so long. */
const settleMilliseconds = 100;
/** Where the system tells of no changes, as on network file systems, they are looked for this often. */
const pollMilliseconds = 5_000;

/**
 * Follows the content of a file. The folder is watched, not the file: who replaces a file puts another one in its place, and
 * Kubernetes replaces a link beside it.
 */
export function followFile(path: string, { content, onContent, logger }: FollowedFileOptions): FollowedFile {
  let known = content;
  let lastSeen = '';
  let isSettling = false;
  let settling: NodeJS.Timeout | undefined;
  let isStopped = false;
  let reading: Promise<void> = Promise.resolve();

  async function read(): Promise<void> {
    if (isStopped) return;
    const current = await readFile(path, 'utf8').catch((error: unknown) => {
      logger.warn({ error }, 'the supergraph file can not be read; the router goes on with what it has');
      return known;
    });
    if (current === known || isStopped) return;
    known = current;
    await onContent(current).catch((error: unknown) => logger.error({ error }, 'a supergraph was not taken in'));
  }

  function readNow(): void {
    reading = reading.then(read);
  }

  /** It is the file that has to be left alone: in its folder something may change all the time. */
  async function settle(before: string | null): Promise<void> {
    const stamp = await stampOf(path);
    if (isStopped) return;
    if (stamp !== before) {
      settling = setTimeout(() => void settle(stamp), settleMilliseconds);
      return;
    }
    isSettling = false;
    readNow();
  }

  function readSoon(): void {
    if (isSettling) return;
    isSettling = true;
    void settle(null);
  }

  async function poll(): Promise<void> {
    const before = lastSeen;
    lastSeen = await stampOf(path);
    if (lastSeen !== before) readSoon();
  }

  const watcher = watchFolder(dirname(path), readSoon, logger);
  const poller = setInterval(() => void poll(), pollMilliseconds).unref();
  return {
    readNow,
    async stop() {
      isStopped = true;
      clearTimeout(settling);
      clearInterval(poller);
      watcher?.close();
      await reading;
    },
  };
}

/** Another one when the file is another one, or was written to; empty while there is none. */
async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return '';
  }
}

function watchFolder(folder: string, onChange: () => void, logger: Logger): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', (error) => {
      logger.warn({ error }, 'changes of the supergraph file are noticed by looking for them only');
      watcher.close();
    });
    return watcher;
  } catch (error) {
    logger.warn({ error }, 'changes of the supergraph file are noticed by looking for them only');
    return null;
  }
}
