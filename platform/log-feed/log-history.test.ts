import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChannelListener } from '../engine/engine.ts';
import { createMemoryEngine } from '../engine/memory.ts';
import { LogFeed } from './log-feed.ts';
import { historyPageSize, keptPagesLimit, keptPagesOfLogLimit } from './log-history.ts';
import type { LogReader } from './log-reader.ts';

/** An event that shows a text. One that names an older event shows what that has become. */
interface Note {
  seq: number;
  text: string;
  amends?: number;
}

const logger = pino({ level: 'silent' });
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A feed over a database that the test writes, reads of which it may hold up, and whose clock it moves. */
function openFeed() {
  const clock = { now: 1_000 };
  const logs = new Map<string, Note[]>();
  const firsts = new Map<string, number>();
  const reads: string[] = [];
  const source = {
    /** What a reading waits for, once it has seen the rows. */
    answer: async (): Promise<void> => undefined,
    readBounds: async (keys: readonly string[]) =>
      new Map(keys.map((key) => [key, { first: firsts.get(key) ?? 1, head: logs.get(key)?.length ?? 0 }])),
    async readEvents(key: string, afterSeq: number, limit: number) {
      reads.push(`${key} ${afterSeq + 1}-${afterSeq + limit}`);
      const first = Math.max(firsts.get(key) ?? 1, afterSeq + 1);
      const rows = (logs.get(key) ?? []).filter(({ seq }) => seq >= first).slice(0, limit);
      const seen = rows.map((row) => ({ ...row }));
      await source.answer();
      return seen;
    },
  };
  const engine = createMemoryEngine({ logger });
  const listeners: ChannelListener[] = [];
  const feed = new LogFeed<Note>({
    kind: 'notes',
    engine: {
      ...engine,
      publish: (channel, message) => engine.publish(channel, message),
      subscribe(channel, listener) {
        listeners.push(listener);
        return engine.subscribe(channel, listener);
      },
    },
    source,
    logger,
    heartbeatMilliseconds: 60_000,
    now: () => clock.now,
    amendEarlier: ({ amends, text }) =>
      amends === undefined ? null : (earlier) => (earlier.seq === amends ? { ...earlier, text } : earlier),
  });
  closing.push(async () => {
    await feed.stop();
    await engine.stop();
  });

  /** Commits an event, with what it makes of an older one. */
  function write(key: string, note: Omit<Note, 'seq'>): Note {
    const log = logs.get(key) ?? [];
    logs.set(key, log);
    const written = { seq: log.length + 1, ...note };
    log.push(written);
    for (const earlier of log) if (earlier.seq === note.amends) earlier.text = note.text;
    return written;
  }

  return {
    clock,
    feed,
    logs,
    reads,
    source,
    write,
    fill(key: string, count: number) {
      for (let number = 1; number <= count; number += 1) write(key, { text: `text ${number}` });
    },
    publish: (key: string, note: Omit<Note, 'seq'>) => feed.publish(key, write(key, note)),
    /** The broker says that something may have been missed. */
    noticeGap: () => listeners.forEach(({ onGap }) => void onGap()),
    removeBefore(key: string, first: number) {
      firsts.set(key, first);
    },
    /** Holds up what is read from now on, until the result is called. */
    hold() {
      let letGo: () => void = () => undefined;
      const answered = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      source.answer = () => answered;
      return letGo;
    },
  };
}

async function take(reader: LogReader<Note>, count: number): Promise<Note[]> {
  const notes: Note[] = [];
  while (notes.length < count) notes.push((await reader.next()).value);
  return notes;
}

const seqsOf = (notes: Note[]) => notes.map(({ seq }) => seq);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const page = historyPageSize;

describe('the past of a log', () => {
  it('is read once for all who read the same at the same time, or within a second', async () => {
    const { feed, fill, reads, clock } = openFeed();
    fill('a', 450);
    const readers = await Promise.all(range(1, 50).map(() => feed.read('a', 10)));
    for (const notes of await Promise.all(readers.map((reader) => take(reader, 440)))) {
      expect(seqsOf(notes)).toEqual(range(11, 450));
    }
    expect(reads).toEqual([`a 11-${page}`, `a ${page + 1}-${2 * page}`, `a ${2 * page + 1}-450`]);
    clock.now += 999;
    await take(await feed.read('a', 10), 440);
    expect(reads).toHaveLength(3);
    expect(feed.historyCounts).toEqual({ database: 3, memory: 50 * 3 });
    clock.now += 1;
    await take(await feed.read('a', 10), 440);
    expect(reads).toHaveLength(6);
  });

  it('is read twice at most for those who stand at different places of the same page', async () => {
    const { feed, fill, reads } = openFeed();
    fill('a', 2 * page);
    for (const position of [150, 149, 160, 3, 0]) {
      const reader = await feed.read('a', position);
      expect(seqsOf(await take(reader, page - position))).toEqual(range(position + 1, page));
    }
    expect(reads).toEqual([`a 151-${page}`, `a 1-${page}`]);
  });

  it('is not taken for complete when the log has gone on, further than the window of newest events', async () => {
    const { feed, fill, reads, publish } = openFeed();
    fill('a', 20);
    const early = await feed.read('a', 0);
    await take(early, 20);
    for (let number = 0; number < 300; number += 1) publish('a', { text: 'live' });
    expect(seqsOf(await take(early, 300))).toEqual(range(21, 320));
    expect(seqsOf(await take(await feed.read('a', 0), 320))).toEqual(range(1, 320));
    expect(reads).toEqual(['a 1-20', `a 1-${page}`]);
  });

  it('shows what has been amended since, while it is read, kept, or stood on', async () => {
    const { feed, fill, reads, publish, hold } = openFeed();
    fill('a', 20);
    const letGo = hold();
    const early = await feed.read('a', 0);
    const first = early.next();
    await feed.read('a', 20).then(async (live) => {
      publish('a', { text: 'new 1', amends: 1 });
      await live.next();
      letGo();
      expect((await first).value).toEqual({ seq: 1, text: 'new 1' });
      publish('a', { text: 'new 2', amends: 2 });
      await live.next();
    });
    expect((await early.next()).value).toEqual({ seq: 2, text: 'new 2' });
    const late = await feed.read('a', 0);
    expect(await take(late, 3)).toEqual([
      { seq: 1, text: 'new 1' },
      { seq: 2, text: 'new 2' },
      { seq: 3, text: 'text 3' },
    ]);
    expect(reads).toEqual(['a 1-20']);
  });

  it('shows nobody what had been amended when they began, also if the broker has told nobody', async () => {
    const { feed, fill, write } = openFeed();
    fill('a', 20);
    const early = await feed.read('a', 0);
    await early.next();
    write('a', { text: 'new 2', amends: 2 });
    const late = await feed.read('a', 1);
    expect((await late.next()).value).toEqual({ seq: 2, text: 'new 2' });
    expect((await early.next()).value).toEqual({ seq: 2, text: 'new 2' });
  });

  it('is read anew when so much was missed that amendments may be among it', async () => {
    const { feed, fill, write, reads } = openFeed();
    fill('a', 20);
    const early = await feed.read('a', 0);
    await early.next();
    write('a', { text: 'new 2', amends: 2 });
    for (let number = 0; number < 300; number += 1) write('a', { text: 'missed' });
    const late = await feed.read('a', 300);
    await late.next();
    expect((await early.next()).value).toEqual({ seq: 2, text: 'new 2' });
    expect(reads.filter((read) => read.startsWith('a 1-') || read.startsWith('a 2-'))).toHaveLength(2);
  });

  it('is read anew when the broker has lost events, which are found though others were waited for at the time', async () => {
    const { feed, fill, write, reads, noticeGap } = openFeed();
    fill('a', 20);
    const [early, live] = await Promise.all([feed.read('a', 0), feed.read('a', 20)]);
    await early.next();
    const overtaken = write('a', { text: 'new 2', amends: 2 });
    feed.publish('a', write('a', { text: 'overtakes' }));
    write('a', { text: 'lost' });
    // By then the feed knows of the gap, and waits for the event that was overtaken.
    await setImmediate();
    noticeGap();
    expect((await early.next()).value).toEqual({ seq: 2, text: 'new 2' });
    expect(reads[1]).toBe(`a 1-20`);
    feed.publish('a', overtaken);
    expect((await take(live, 3)).map(({ text }) => text)).toEqual(['new 2', 'overtakes', 'lost']);
  });

  it('ends with CURSOR_EXPIRED where it is no longer retained, kept or not, and nowhere else', async () => {
    const { feed, fill, removeBefore, clock } = openFeed();
    fill('a', 100);
    const [behind, within] = await Promise.all([feed.read('a', 0), feed.read('a', 60)]);
    await Promise.all([behind.next(), within.next()]);
    removeBefore('a', 50);
    feed.publishFirst('a', 50);
    const late = await feed.read('a', 10);
    for (const reader of [behind, late]) {
      await expect(reader.next()).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
    }
    expect(seqsOf(await take(within, 39))).toEqual(range(62, 100));
    expect(seqsOf(await take(await feed.read('a', 49), 51))).toEqual(range(50, 100));
    // Nobody has told the process of this: it finds out by what it reads.
    const unaware = await feed.read('a', 60);
    removeBefore('a', 80);
    clock.now += 1_000;
    await expect(unaware.next()).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
  });

  it('ends with CURSOR_EXPIRED when the log is removed altogether, before the process knew all of it', async () => {
    const { feed, fill, write, logs } = openFeed();
    fill('a', 20);
    await feed.read('a', 20);
    write('a', { text: 'unheard' });
    const late = await feed.read('a', 0);
    logs.delete('a');
    await expect(late.next()).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
  });

  it('is not kept when it could not be read, and read on for others when one has gone', async () => {
    const { feed, fill, reads, source, hold } = openFeed();
    fill('a', 20);
    // Without it the log would be forgotten altogether when the others fail.
    await feed.read('a', 20);
    source.answer = () => Promise.reject(new Error('away'));
    const failing = await Promise.all([feed.read('a', 0), feed.read('a', 0)]);
    for (const result of await Promise.allSettled(failing.map((reader) => reader.next()))) {
      expect(result).toMatchObject({ status: 'rejected', reason: new Error('away') });
    }
    expect(reads).toHaveLength(1);
    const letGo = hold();
    const [leaving, staying] = await Promise.all([feed.read('a', 0), feed.read('a', 0)]);
    const [left, stayed] = [leaving.next(), staying.next()];
    await leaving.return();
    letGo();
    expect(await left).toEqual({ done: true, value: undefined });
    expect(await stayed).toMatchObject({ value: { seq: 1 } });
    expect(reads).toHaveLength(2);
  });

  it('is forgotten with the last reader of the log', async () => {
    const { feed, fill, reads } = openFeed();
    fill('a', 20);
    for (let number = 1; number <= 3; number += 1) {
      const reader = await feed.read('a', 0);
      await reader.next();
      await reader.return();
      expect(reads).toHaveLength(number);
    }
  });

  it('is kept up to a number of pages, of one log and of all', async () => {
    const { feed, fill, reads } = openFeed();
    const pages = keptPagesOfLogLimit + 1;
    const logs = range(1, Math.ceil(keptPagesLimit / keptPagesOfLogLimit) + 1).map((number) => `log${number}`);
    for (const key of logs) fill(key, pages * page);
    const isKept = async (key: string, number: number) => {
      const before = reads.length;
      const reader = await feed.read(key, (number - 1) * page);
      await reader.next();
      return reads.length === before;
    };
    await take(await feed.read('log1', 0), pages * page);
    expect([await isKept('log1', pages), await isKept('log1', 2)]).toEqual([true, true]);
    expect(await isKept('log1', 1)).toBe(false);
    for (const key of logs.slice(1)) await take(await feed.read(key, 0), pages * page);
    expect(await isKept('log1', pages)).toBe(false);
    expect(await isKept(logs.at(-1) as string, pages)).toBe(true);
  });
});
