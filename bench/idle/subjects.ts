import { setTimeout as delay } from 'node:timers/promises';
import { type Child, startChild } from '../child.ts';
import type { Memory } from '../child-functions.ts';
import { startAudience } from '../fanout/audience.ts';
import type { Chorus } from '../fanout/chorus.ts';
import type { DialectName, Subscriber } from '../fanout/dialects.ts';
import { selections } from '../fanout/messages.ts';
import type { PeerStart } from '../fanout/peer.ts';
import type { Keep } from '../run-bench.ts';

/** A server whose memory is measured, and those who connect to it. */
export interface IdleSubject {
  name: string;
  server: Child;
  url: string;
  dialect: DialectName;
  subscriber(index: number): Subscriber;
}

/** Bytes per socket. */
export interface IdleMeasurement {
  subject: string;
  sockets: number;
  before: Memory;
  after: Memory;
  perSocket: Memory;
}

export const chorusName = 'Chorus, the router';

/** Of what runs once, and of memory that sockets leave behind, nothing is counted for those that are measured. */
const warmUpSockets = 500;
const pollMilliseconds = 100;

export async function openChorusSubject(chorus: Chorus, rooms: number): Promise<IdleSubject> {
  const roomIds: string[] = [];
  for (let count = 0; count < rooms; count += 1) roomIds.push(await chorus.openRoom());
  const { people } = chorus;
  const subscriber = (index: number) => ({
    group: 0,
    authorization: `Bearer ${people[index % people.length]?.accessToken}`,
    query: selections[0] as string,
    variables: { roomId: roomIds[index % rooms] },
  });
  return { name: chorusName, server: chorus.router, url: chorus.socketUrl, dialect: 'graphql', subscriber };
}

const peers = [
  { name: 'graphql-ws without federation', dialect: 'graphql', module: '../fanout/graphql-process.ts' },
  { name: 'bare ws', dialect: 'bare', module: '../fanout/bare-process.ts' },
] as const;

export async function openPeerSubjects(keep: Keep): Promise<IdleSubject[]> {
  // They send nothing here, and need no more than that there is something that they could send.
  const start: PeerStart = { samples: ['{"payload":{"data":{"messageAdded":{}}}}'], redisUrl: '' };
  const subscriber = (index: number) => ({
    group: 0,
    authorization: '',
    query: selections[0] as string,
    variables: { roomId: `room ${index}` },
  });
  const opened: IdleSubject[] = [];
  for (const { name, dialect, module } of peers) {
    const server = startChild(new URL(module, import.meta.url));
    keep(server.stop);
    opened.push({ name, server, url: await server.call<string>('start', start), dialect, subscriber });
  }
  return opened;
}

export interface IdleOptions {
  sockets: number;
  keep: Keep;
  onProgress(name: string): (subscribed: number) => void;
  /** Called while all sockets are open. */
  onOpen(subject: IdleSubject): Promise<void>;
}

/** Measures what a server's sockets take of its memory while nothing happens. */
export async function measureIdleSockets(subject: IdleSubject, options: IdleOptions): Promise<IdleMeasurement> {
  const { name, server } = subject;
  const { sockets, keep } = options;
  await closeAll(server, await startAudience({ ...subject, size: Math.min(sockets, warmUpSockets), keep }));
  const before = await server.call<Memory>('memory');
  const audience = await startAudience({ ...subject, size: sockets, keep, onProgress: options.onProgress(name) });
  const after = await server.call<Memory>('memory');
  await options.onOpen(subject);
  await closeAll(server, audience);
  const per = (kind: keyof Memory) => (after[kind] - before[kind]) / sockets;
  return { subject: name, sockets, before, after, perSocket: { resident: per('resident'), heap: per('heap') } };
}

/** Resolves when the server has noticed that its sockets have gone. */
export async function closeAll(server: Child, audience: Child): Promise<void> {
  await audience.stop();
  while ((await server.call<number>('countSubscribers')) > 0) await delay(pollMilliseconds);
}
