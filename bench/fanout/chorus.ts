import { openChatClient, type Person } from '../chat/client.ts';
import { type Child, startChild } from '../child.ts';
import { makeEnvironment } from '../environment.ts';
import type { Keep, Report } from '../run-bench.ts';
import { type Surroundings, startSurroundings } from '../surroundings.ts';
import type { RouterStart } from './router-process.ts';
import type { SubgraphsStart, SubgraphUrls } from './subgraphs-process.ts';

/** Chorus as it runs in production: the router apart from the subgraphs, and Redis between them. */
export interface Chorus {
  /** With Redis. */
  surroundings: Surroundings & { redisUrl: string };
  router: Child;
  subgraphs: Child;
  /** For WebSockets: what stands before `graphql`. */
  socketUrl: string;
  /** Who opens rooms and sends. */
  owner: Person;
  /** Those who subscribe; each has a token. */
  people: Person[];
  /** Opens another room of the owner's. @returns its id */
  openRoom(): Promise<string>;
  /** Sends as the owner, at chat itself: what that costs is none of the router's. */
  send(roomId: string, text: string): Promise<void>;
}

/** So many sockets are one and the same person. */
const socketsPerPerson = 50;

export interface ChorusOptions {
  /** How many sockets will subscribe. */
  sockets: number;
  /** Settings of the services, besides those that every bench has. */
  environment?: Record<string, string>;
  keep: Keep;
  report: Report;
}

export async function startChorus({ sockets, keep, report, ...options }: ChorusOptions): Promise<Chorus> {
  const surroundings = await startSurroundings({ withRedis: true });
  keep(surroundings.stop);
  const { databaseUrl, redisUrl } = surroundings;
  if (redisUrl === null) throw new Error('Processes meet through Redis.');
  report('PostgreSQL and Redis are up');
  const environment = { ...makeEnvironment(), ...options.environment };
  const subgraphs = startChild(new URL('./subgraphs-process.ts', import.meta.url));
  keep(subgraphs.stop);
  const subgraphOptions: SubgraphsStart = { databaseUrl, redisUrl, environment };
  const subgraphUrls = await subgraphs.call<SubgraphUrls>('start', subgraphOptions);
  const router = startChild(new URL('./router-process.ts', import.meta.url));
  keep(router.stop);
  const routerOptions: RouterStart = { subgraphUrls, redisUrl, environment };
  const url = await router.call<string>('start', routerOptions);
  const routerClient = openChatClient(url);
  keep(routerClient.stop);
  const chatClient = openChatClient(subgraphUrls.chat, environment.VIEWER_SECRET);
  keep(chatClient.stop);
  const owner = await routerClient.introduce('bench_owner');
  const people: Person[] = [];
  const count = Math.ceil(sockets / socketsPerPerson);
  for (let number = 1; number <= count; number += 1) people.push(await routerClient.introduce(`bench_${number}`));
  report(`Chorus is up, with ${count} people`);
  return {
    surroundings: { ...surroundings, redisUrl },
    router,
    subgraphs,
    socketUrl: new URL('/', url).href.replace(/^http/, 'ws'),
    owner,
    people,
    openRoom: () => routerClient.openRoom(owner),
    send: (roomId, text) => chatClient.send({ ...owner, roomId }, text),
  };
}
