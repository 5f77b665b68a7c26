import { pino } from 'pino';
import { createEngine } from '../../platform/engine/create-engine.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import { type Service, type SubgraphName, startSubgraph, subgraphNames } from '../../tools/stack.ts';
import { answerCalls } from '../child.ts';
import { measuredFunctions } from '../child-functions.ts';

// All subgraphs of Chorus in one process, apart from the router.

export interface SubgraphsStart {
  databaseUrl: string;
  redisUrl: string;
  /** Settings of the services, as in the environment. */
  environment: Record<string, string>;
}

export type SubgraphUrls = Record<SubgraphName, string>;

let engine: Engine | undefined;
let services: Service[] = [];

async function start({ databaseUrl, redisUrl, environment }: SubgraphsStart): Promise<SubgraphUrls> {
  const createLogger = (service: string) => pino({ name: service, level: 'warn' }, pino.destination(2));
  engine = createEngine({ redisUrl, prefix: 'bench', logger: createLogger('engine') });
  const options = { databaseUrl, engine, host: '127.0.0.1', port: 0, environment, createLogger };
  services = await Promise.all(subgraphNames.map((name) => startSubgraph(name, options)));
  return Object.fromEntries(subgraphNames.map((name, index) => [name, services[index]?.url])) as SubgraphUrls;
}

answerCalls({
  ...measuredFunctions,
  start,
  async stop() {
    for (const service of services) await service.stop();
    await engine?.stop();
  },
});
