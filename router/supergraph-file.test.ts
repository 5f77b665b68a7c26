import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../test/eventually.ts';
import { type FollowedFile, followFile } from './supergraph-file.ts';

describe('a file that is followed', () => {
  let folder: string;
  let path: string;
  let told: string[];
  let file: FollowedFile;

  const follow = (content: string) => {
    file = followFile(path, {
      content,
      async onContent(current) {
        told.push(current);
      },
      logger: pino({ level: 'silent' }),
    });
  };
  const replaceWith = async (content: string) => {
    await writeFile(join(folder, 'next'), content);
    await rename(join(folder, 'next'), path);
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chorus-followed-'));
    path = join(folder, 'supergraph.graphql');
    told = [];
  });

  afterEach(async () => {
    await file.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('tells its content when another one is put in its place, or it is written anew', async () => {
    await writeFile(path, 'one');
    follow('one');
    await replaceWith('two');
    await eventually(() => expect(told).toEqual(['two']));
    await writeFile(path, 'three');
    await eventually(() => expect(told).toEqual(['two', 'three']));
  });

  it('tells it when a link on the way to it is replaced, as Kubernetes does', async () => {
    for (const version of ['one', 'two']) {
      await mkdir(join(folder, version));
      await writeFile(join(folder, version, 'supergraph.graphql'), version);
    }
    await symlink('one', join(folder, '..data'));
    await symlink('..data/supergraph.graphql', path);
    follow('one');
    await symlink('two', join(folder, '..next'));
    await rename(join(folder, '..next'), join(folder, '..data'));
    await eventually(() => expect(told).toEqual(['two']));
  });

  it('is read at once when that is asked for, and tells nothing that it has told before', async () => {
    await writeFile(path, 'two');
    follow('one');
    for (let count = 0; count < 3; count += 1) file.readNow();
    await eventually(() => expect(told).toEqual(['two']));
    await file.stop();
    expect(told).toEqual(['two']);
  });

  it('may be away for a while', async () => {
    await writeFile(path, 'one');
    follow('one');
    await unlink(path);
    file.readNow();
    await replaceWith('two');
    await eventually(() => expect(told).toEqual(['two']));
  });

  it('is read also while something else in its folder changes all the time', async () => {
    await writeFile(path, 'one');
    follow('one');
    const busy = setInterval(() => writeFileSync(join(folder, 'other'), 'x'), 10);
    try {
      await replaceWith('two');
      await eventually(() => expect(told).toEqual(['two']));
    } finally {
      clearInterval(busy);
    }
  });

  it('is looked at where the system tells of no changes, from the beginning on', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      // A folder that is not there can't be watched.
      path = join(folder, 'later', 'supergraph.graphql');
      follow('one');
      await mkdir(join(folder, 'later'));
      await writeFile(path, 'two');
      vi.advanceTimersByTime(5_000);
      vi.useRealTimers();
      await eventually(() => expect(told).toEqual(['two']));
    } finally {
      vi.useRealTimers();
    }
  });

  it('is followed on when what it held could not be taken in', async () => {
    await writeFile(path, 'one');
    file = followFile(path, {
      content: 'one',
      async onContent(current) {
        told.push(current);
        if (current === 'two') throw new Error('not this one');
      },
      logger: pino({ level: 'silent' }),
    });
    await replaceWith('two');
    await eventually(() => expect(told).toEqual(['two']));
    await replaceWith('three');
    await eventually(() => expect(told).toEqual(['two', 'three']));
  });
});
