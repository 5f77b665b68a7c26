import { setTimeout as delay } from 'node:timers/promises';
import { type Child, startChild } from '../child.ts';
import { type CpuMeter, processMeters } from '../cpu.ts';
import type { Load, Run, Subject } from '../measure.ts';
import type { Formulas } from '../ratios.ts';
import type { Keep } from '../run-bench.ts';
import { startAudience } from './audience.ts';
import type { Chorus } from './chorus.ts';
import { now } from './clock.ts';
import type { DialectName } from './dialects.ts';
import { selections, textOf } from './messages.ts';
import type { PeerStart } from './peer.ts';
import type { Stretch } from './subscribers-process.ts';

export const subjectNames = {
  chorus: 'Chorus, through the router',
  bare: 'bare ws',
  socketIo: 'Socket.IO with Redis Streams',
  graphql: 'graphql-ws without federation',
} as const;

export const goal = {
  chorusToBare: 'CPU: router / bare ws',
  chorusToSocketIo: 'CPU: router / Socket.IO',
} as const;

export const formulas: Formulas<keyof typeof subjectNames> = {
  [goal.chorusToBare]: ({ chorus, bare }) => chorus.cpu / bare.cpu,
  [goal.chorusToSocketIo]: ({ chorus, socketIo }) => chorus.cpu / socketIo.cpu,
  'CPU: router / graphql-ws': ({ chorus, graphql }) => chorus.cpu / graphql.cpu,
  'CPU: Socket.IO / bare ws': ({ socketIo, bare }) => socketIo.cpu / bare.cpu,
};

/** A server with its subscribers, to which messages can be sent. */
export interface Scene {
  name: string;
  audience: Child;
  publish(number: number): Promise<unknown>;
  meters: Record<string, CpuMeter>;
}

export interface SubjectOptions {
  subscribers: number;
  /** Messages a second. */
  rate: number;
  keep: Keep;
}

/** What Chorus delivers, and beside it what delivering costs it where messages come in: chat, PostgreSQL, Redis. */
export async function openChorus(
  chorus: Chorus,
  options: SubjectOptions,
): Promise<{ subject: Subject; samples: string[] }> {
  const { router, subgraphs, socketUrl: url, people } = chorus;
  const roomId = await chorus.openRoom();
  const subscriber = (index: number) => ({
    group: index % selections.length,
    authorization: `Bearer ${people[index % people.length]?.accessToken}`,
    query: selections[index % selections.length] as string,
    variables: { roomId },
  });
  const { subscribers: size, keep } = options;
  const audience = await startAudience({ server: router, url, dialect: 'graphql', size, subscriber, keep });
  const meters = {
    ...processMeters(router),
    subgraphs: () => subgraphs.call<number>('cpu'),
    ...chorus.surroundings.meters,
  };
  const publish = (number: number) => chorus.send(roomId, textOf(number));
  const subject = createSubject({ name: subjectNames.chorus, audience, publish, meters }, options);
  // One message, to see what Chorus makes of it.
  await subject.run({ concurrency: size, milliseconds: 1 });
  return { subject, samples: await audience.call<string[]>('samples') };
}

const peers = [
  { name: 'bare', dialect: 'bare', module: './bare-process.ts' },
  { name: 'socketIo', dialect: 'socketIo', module: './socket-io-process.ts' },
  { name: 'graphql', dialect: 'graphql', module: './graphql-process.ts' },
] as const satisfies { name: keyof typeof subjectNames; dialect: DialectName; module: string }[];

/** @returns each peer with what it makes of a message, for each selection */
export async function openPeers(start: PeerStart, options: SubjectOptions) {
  const { subscribers: size, keep } = options;
  const opened: { name: keyof typeof subjectNames; server: Child; subject: Subject; samples: string[] }[] = [];
  for (const { name, dialect, module } of peers) {
    const server = startChild(new URL(module, import.meta.url));
    keep(server.stop);
    const url = await server.call<string>('start', start);
    const subscriber = (index: number) => ({
      group: index % selections.length,
      authorization: '',
      query: selections[index % selections.length] as string,
      variables: { roomId: 'room' },
    });
    const audience = await startAudience({ server, url, dialect, size, subscriber, keep });
    const publish = (number: number) => server.call('publish', number);
    const scene = { name: subjectNames[name], audience, publish, meters: processMeters(server) };
    const subject = createSubject(scene, options);
    await subject.run({ concurrency: size, milliseconds: 1 });
    opened.push({ name, server, subject, samples: await audience.call<string[]>('samples') });
  }
  return opened;
}

/** Deliveries are the operations of this bench. Messages come at an even pace, however long the server takes for them. */
export function createSubject(
  { name, audience, publish, meters }: Scene,
  { rate }: Pick<SubjectOptions, 'rate'>,
): Subject {
  let next = 1;
  async function run({ concurrency, milliseconds }: Load): Promise<Run> {
    const stretch: Stretch = { first: next, messages: Math.max(1, Math.round((milliseconds / 1000) * rate)) };
    next += stretch.messages;
    await audience.call('expect', stretch);
    const startedAt = now();
    const sentAt = await sendEvenly(stretch, rate, publish);
    const arrivals = await audience.call<Float64Array>('collect');
    const latencies = arrivals.map((at, index) => at - (sentAt[Math.floor(index / concurrency)] as number));
    return { elapsedMilliseconds: now() - startedAt, latencies };
  }
  return { name, run, meters };
}

/** One after the other, so that their order is known. @returns when each was sent, or was due when the one before took too long. */
async function sendEvenly(
  { first, messages }: Stretch,
  rate: number,
  publish: (number: number) => Promise<unknown>,
): Promise<number[]> {
  const startedAt = now();
  const sentAt: number[] = [];
  for (let index = 0; index < messages; index += 1) {
    const dueAt = startedAt + (index / rate) * 1000;
    const isLate = now() > dueAt;
    if (!isLate) await delay(dueAt - now());
    sentAt.push(isLate ? dueAt : now());
    await publish(first + index);
  }
  return sentAt;
}
