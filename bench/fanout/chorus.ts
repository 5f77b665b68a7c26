import { randomBytes } from 'node:crypto';
import { openChatClient, type Person } from '../chat/client.ts';
import { type Child, startChild } from '../child.ts';
import type { Surroundings } from '../surroundings.ts';
import type { RouterStart } from './router-process.ts';
import type { SubgraphsStart, SubgraphUrls } from './subgraphs-process.ts';

/** Chorus as it runs in production: the router apart from the subgraphs, and Redis between them. */
export interface Chorus {
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

export interface ChorusOptions {
  surroundings: Surroundings;
  /** How many people there are to subscribe. */
  people: number;
  /** Settings of the services, besides those that every bench has. */
  environment?: Record<string, string>;
  keep(stop: () => Promise<unknown>): void;
}

export async function startChorus({ surroundings, people: count, keep, ...options }: ChorusOptions): Promise<Chorus> {
  const { databaseUrl, redisUrl } = surroundings;
  if (redisUrl === null) throw new Error('Processes meet through Redis.');
  const makeSecret = () => randomBytes(32).toString('base64url');
  const environment = {
    VIEWER_SECRET: makeSecret(),
    SIGNING_KEY_SECRET: makeSecret(),
    ACCOUNT_SECRET: makeSecret(),
    CHAT_ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    // One address registers everybody, and nobody signs in again. All else is as it is unless somebody sets it.
    REGISTRATIONS_PER_HOUR: '1000000',
    ACCESS_TOKEN_TTL_SECONDS: '3600',
    ...options.environment,
  };
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
  for (let number = 1; number <= count; number += 1) people.push(await routerClient.introduce(`bench_${number}`));
  return {
    router,
    subgraphs,
    socketUrl: new URL('/', url).href.replace(/^http/, 'ws'),
    owner,
    people,
    openRoom: () => routerClient.openRoom(owner),
    send: (roomId, text) => chatClient.send({ ...owner, roomId }, text),
  };
}
