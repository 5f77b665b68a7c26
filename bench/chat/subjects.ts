import { encodeCursor } from '../../platform/cursor.ts';
import type { Child } from '../child.ts';
import { type CpuMeter, processMeters } from '../cpu.ts';
import { drive, type Subject } from '../measure.ts';
import type { Formulas } from '../ratios.ts';
import type { ChatClient, PageArguments, Person } from './client.ts';

export const sendNames = {
  router: 'send through the router',
  chat: 'send at chat alone',
  bare: 'bare INSERT of the same rows',
} as const;

export const sendFormulas: Formulas<keyof typeof sendNames> = {
  'rate: sends through the router / bare INSERT': ({ router, bare }) => router.rate / bare.rate,
  'rate: sends at chat / bare INSERT': ({ chat, bare }) => chat.rate / bare.rate,
  'CPU: send through the router / bare INSERT': ({ router, bare }) => router.cpu / bare.cpu,
  'CPU: send at chat / bare INSERT': ({ chat, bare }) => chat.cpu / bare.cpu,
};

/** A message of ordinary length. */
export const text =
  'Shall we meet at the station at eight? The train leaves a quarter past, and I bring the tickets with me.';

export interface Clients {
  router: ChatClient;
  chat: ChatClient;
}

/** Each caller sends in a room of its own: in one and the same room messages wait for each other's commit. */
export function sendSubjects(
  { router, chat }: Clients,
  people: readonly Person[],
  peer: Child,
  meters: Record<string, CpuMeter>,
  { PostgreSQL }: Record<string, CpuMeter>,
): Subject[] {
  const send = (name: string, client: ChatClient): Subject => ({
    name,
    run: (load) => drive((caller) => client.send(people[caller] as Person, text), load),
    meters,
  });
  const peerMeters = { ...processMeters(peer), ...(PostgreSQL && { PostgreSQL }) };
  return [
    send(sendNames.router, router),
    send(sendNames.chat, chat),
    { name: sendNames.bare, run: (load) => peer.call('sendMessages', load), meters: peerMeters },
  ];
}

export const pageSize = 50;

const pageNames = {
  first: 'first 50',
  middle: '50 in the middle',
  furthest: '50 at the far end',
  newest: 'last 50',
  oldest: 'last 50 before the 51st',
} as const;
type Page = keyof typeof pageNames;
type Side = keyof Clients;
type PageSubject = `${Side}.${Page}`;

const sides = { router: 'through the router', chat: 'at chat alone' } as const;
const eachPage = <Value>(make: (side: Side, page: Page) => Value) =>
  (Object.keys(sides) as Side[]).flatMap((side) => (Object.keys(pageNames) as Page[]).map((page) => make(side, page)));

export const pageSubjectNames = Object.fromEntries(
  eachPage((side, page) => [`${side}.${page}`, `${pageNames[page]}, ${sides[side]}`]),
) as Record<PageSubject, string>;

const compare = (side: Side, page: Page, beside: Page): [string, Formulas<PageSubject>[string]] => [
  `time: ${pageNames[page]} / ${pageNames[beside]}, ${sides[side]}`,
  (round) => round[`${side}.${beside}`].rate / round[`${side}.${page}`].rate,
];

export const pageFormulas: Formulas<PageSubject> = Object.fromEntries(
  (Object.keys(sides) as Side[]).flatMap((side) => [
    compare(side, 'furthest', 'first'),
    compare(side, 'middle', 'first'),
    compare(side, 'oldest', 'newest'),
  ]),
);

/** Pages of one long room. Its first event is its creation, and each that follows is a message. */
export function pageSubjects(
  clients: Clients,
  reader: Person,
  messages: number,
  meters: Record<string, CpuMeter>,
): Subject[] {
  const cursorAt = (seq: number) => encodeCursor('room', reader.roomId, seq);
  const pages: Record<Page, PageArguments> = {
    first: { first: pageSize },
    middle: { first: pageSize, after: cursorAt(1 + Math.floor(messages / 2)) },
    furthest: { first: pageSize, after: cursorAt(1 + messages - pageSize) },
    newest: { last: pageSize },
    oldest: { last: pageSize, before: cursorAt(2 + pageSize) },
  };
  return eachPage((side, page) => ({
    name: pageSubjectNames[`${side}.${page}`],
    run: (load) => drive(() => clients[side].readPage(reader, pages[page]), load),
    meters,
  }));
}
