import { setImmediate as nextTurn } from 'node:timers/promises';
import * as argon2 from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPasswordHasher, hashingQueueLimit, knownHashingQueueLimit } from './hashing.ts';

vi.mock('@node-rs/argon2', { spy: true });

const rateLimited = { extensions: { code: 'RATE_LIMITED' } };

describe('hashing passwords', () => {
  let running: number;
  let mostRunning: number;

  const count = async <Result>(work: Promise<Result>): Promise<Result> => {
    running += 1;
    mostRunning = Math.max(mostRunning, running);
    try {
      return await work;
    } finally {
      running -= 1;
    }
  };

  beforeEach(async () => {
    running = 0;
    mostRunning = 0;
    const real = await vi.importActual<typeof argon2>('@node-rs/argon2');
    vi.mocked(argon2.hash).mockImplementation((...args) => count(real.hash(...args)));
    vi.mocked(argon2.verify).mockImplementation((...args) => count(real.verify(...args)));
  });

  afterEach(() => void vi.restoreAllMocks());

  /** Hashes that end when they are told to. */
  function holdHashes(): { release(): void } {
    const held = Promise.withResolvers<void>();
    vi.mocked(argon2.verify).mockImplementation(() => count(held.promise.then(() => false)));
    return { release: held.resolve };
  }

  it('is done by no more than were allowed to at the same time', async () => {
    const hasher = await createPasswordHasher(3);
    const hashes = Array.from({ length: 6 }, (_, index) => hasher.hash(`password ${index}`));
    const verifications = Array.from({ length: 6 }, () => hasher.verify(null, 'password'));
    await Promise.all([...hashes, ...verifications]);
    expect(mostRunning).toBe(3);
  });

  it('is refused when too many wait, and goes on when they have had their turn', async () => {
    const hasher = await createPasswordHasher(2);
    const held = holdHashes();
    const started = Array.from({ length: 2 + hashingQueueLimit }, () => hasher.verify(null, 'password'));
    await nextTurn();
    expect(hasher.queueLength()).toBe(hashingQueueLimit);
    await expect(hasher.verify(null, 'password')).rejects.toMatchObject(rateLimited);
    await expect(hasher.hash('password')).rejects.toMatchObject(rateLimited);
    held.release();
    await Promise.all(started);
    expect(await hasher.hash('password')).toMatch(/^\$argon2id\$/);
  });

  it('keeps places for those who have signed in from where they are, and so many of them at most', async () => {
    const hasher = await createPasswordHasher(2);
    const held = holdHashes();
    const strangers = Array.from({ length: 2 + hashingQueueLimit }, () => hasher.verify(null, 'password'));
    await nextTurn();
    const room = knownHashingQueueLimit - hashingQueueLimit;
    const known = Array.from({ length: room }, () => hasher.verify(null, 'password', { isKnown: true }));
    await expect(hasher.verify(null, 'password')).rejects.toMatchObject(rateLimited);
    await expect(hasher.verify(null, 'password', { isKnown: true })).rejects.toMatchObject(rateLimited);
    held.release();
    expect(await Promise.all(known)).toEqual(Array(room).fill({ matches: false, rehashed: null }));
    await Promise.all(strangers);
  });

  it('leaves the event loop to others', async () => {
    const hasher = await createPasswordHasher(2);
    let isDone = false;
    const hashes = Promise.all(Array.from({ length: 10 }, () => hasher.hash('password'))).then(() => {
      isDone = true;
    });
    // A hash on the event loop would leave a turn or so for each.
    let turns = 0;
    while (!isDone) {
      await nextTurn();
      turns += 1;
    }
    await hashes;
    expect(turns).toBeGreaterThan(100);
  });
});
