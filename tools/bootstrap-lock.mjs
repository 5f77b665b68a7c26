import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const heartbeatMilliseconds = 1_000;
/** Without a heartbeat for so long, a holder on another machine (or in another container) counts as dead. */
const staleMilliseconds = 15_000;
const pollMilliseconds = 200;

/**
 * Runs `work` while no other process does that asks for the same lock. The lock is a folder, because making one is atomic
 * everywhere; its holder writes down who it is and keeps touching it, so that one who was killed is told from one at work.
 * `work` is given a function to name a child process that goes on working when its parent is killed: then the lock
 * outlives the parent.
 */
export async function withLock(path, work) {
  const owner = JSON.stringify({ host: hostname(), pid: process.pid, at: Date.now() });
  await acquire(path, owner);
  const heartbeat = setInterval(() => touch(path), heartbeatMilliseconds);
  try {
    return await work((pid) => writeFileSync(join(path, 'child'), String(pid)));
  } finally {
    clearInterval(heartbeat);
    if (readOwner(path) === owner) rmSync(path, { recursive: true, force: true });
  }
}

async function acquire(path, owner) {
  for (let isFirst = true; ; isFirst = false) {
    try {
      mkdirSync(path);
      writeFileSync(join(path, 'owner'), owner);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isFirst) console.log('waiting for another command that installs packages here');
    const holder = readOwner(path);
    if (isStale(path, holder)) breakLock(path, holder);
    else await delay(pollMilliseconds);
  }
}

function isStale(path, holder) {
  if (holder) {
    const { host, pid } = JSON.parse(holder);
    if (host === hostname()) return !isAlive(pid) && !isAlive(Number(read(path, 'child')));
  }
  return ageOf(path) > staleMilliseconds;
}

/** Renaming is atomic: of several who find the same stale lock, one takes it away. */
function breakLock(path, holder) {
  const grave = `${path}-${process.pid}`;
  try {
    renameSync(path, grave);
    // Another one was faster between our look and our renaming, and this is its new lock: give it back.
    if (readOwner(grave) !== holder) renameSync(grave, path);
    else rmSync(grave, { recursive: true, force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Empty while its holder is just making it. */
function readOwner(path) {
  return read(path, 'owner');
}

function read(path, name) {
  try {
    return readFileSync(join(path, name), 'utf8');
  } catch {
    return '';
  }
}

function ageOf(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Somebody took the lock for stale and broke it; it is too late to do anything about that.
  }
}
