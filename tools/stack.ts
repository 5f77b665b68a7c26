import type { Logger } from 'pino';
import type { Engine } from '../platform/engine/engine.ts';
import { parseSettings } from '../platform/settings.ts';
import { serviceSettingsSchema as routerSettings } from '../router/env.ts';
import { start as startRouter } from '../router/server.ts';
import { serviceSettingsSchema as authSettings } from '../subgraphs/auth/env.ts';
import { start as startAuth } from '../subgraphs/auth/server.ts';
import { serviceSettingsSchema as chatSettings } from '../subgraphs/chat/env.ts';
import { start as startChat } from '../subgraphs/chat/server.ts';
import { serviceSettingsSchema as notificationSettings } from '../subgraphs/notification/env.ts';
import { start as startNotification } from '../subgraphs/notification/server.ts';
import { serviceSettingsSchema as userSettings } from '../subgraphs/user/env.ts';
import { start as startUser } from '../subgraphs/user/server.ts';
import { subgraphDatabaseUrl } from './databases.ts';

export const subgraphNames = ['auth', 'user', 'chat', 'notification'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

export interface StackOptions {
  /** Names the server and the base name of the databases, which have been migrated. */
  databaseUrl: string;
  engine: Engine;
  host: string;
  /** The router's port; subgraphs take free ones. */
  port: number;
  /** Settings of the services, as in the environment; what is left out has its default value. */
  environment: Readonly<Record<string, string | undefined>>;
  createLogger(service: string): Logger;
}

export interface Service {
  url: string;
  stop(): Promise<void>;
}

export interface Stack {
  /** The router's GraphQL endpoint. */
  url: string;
  router: Service;
  subgraphs: Record<SubgraphName, Service>;
  /** Stops the router first, then the subgraphs; the engine and the database are the caller's. */
  stop(): Promise<void>;
}

/** Starts one subgraph in this process. */
export async function startSubgraph(name: SubgraphName, options: StackOptions, port = 0): Promise<Service> {
  const { engine, host } = options;
  const environment = {
    ...options.environment,
    HOST: host,
    PORT: String(port),
    DATABASE_URL: subgraphDatabaseUrl(options.databaseUrl, name),
  };
  const logger = options.createLogger(name);
  switch (name) {
    case 'auth':
      return startAuth({ settings: parseSettings(authSettings, environment), engine, logger });
    case 'user':
      return startUser({ settings: parseSettings(userSettings, environment), engine, logger });
    case 'chat':
      return startChat({ settings: parseSettings(chatSettings, environment), engine, logger });
    case 'notification':
      return startNotification({ settings: parseSettings(notificationSettings, environment), engine, logger });
  }
}

/** What the router, which has no database, does not need may be there. */
type RouterOptions = Omit<StackOptions, 'databaseUrl'> & Partial<Pick<StackOptions, 'databaseUrl'>>;

/** Starts the router in this process, in front of these subgraphs. */
export async function startRouterFor(
  subgraphs: Record<SubgraphName, Pick<Service, 'url'>>,
  options: RouterOptions,
): Promise<Service> {
  const environment = {
    ...options.environment,
    HOST: options.host,
    PORT: String(options.port),
    SUBGRAPH_URLS: subgraphNames.map((name) => `${name}=${subgraphs[name].url}`).join(','),
  };
  const settings = parseSettings(routerSettings, environment);
  return startRouter({ settings, engine: options.engine, logger: options.createLogger('router') });
}

/** Starts the four subgraphs and the router in this process. When one does not start, all others are stopped again. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const started: Service[] = [];
  const stop = async () => {
    for (const service of started.splice(0).reverse()) await service.stop();
  };
  const keep = async (service: Promise<Service>) => {
    started.push(await service);
    return service;
  };
  try {
    const starts = subgraphNames.map(async (name) => [name, await keep(startSubgraph(name, options))] as const);
    // After a failure the others are waited for: one that finished starting later would be stopped by nobody.
    const failure = (await Promise.allSettled(starts)).find((start) => start.status === 'rejected');
    if (failure) throw failure.reason;
    const subgraphs = Object.fromEntries(await Promise.all(starts)) as Record<SubgraphName, Service>;
    const router = await keep(startRouterFor(subgraphs, options));
    return { url: router.url, router, subgraphs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
