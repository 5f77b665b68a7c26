import { pino } from 'pino';
import { createEngine } from '../../platform/engine/create-engine.ts';
import type { Engine } from '../../platform/engine/engine.ts';
import { type Service, type SubgraphName, startRouterFor, subgraphNames } from '../../tools/stack.ts';
import { answerCalls } from '../child.ts';
import { measuredFunctions } from '../child-functions.ts';
import type { SubgraphUrls } from './subgraphs-process.ts';

// Chorus's router in a process of its own, as it runs in production.

export interface RouterStart {
  subgraphUrls: SubgraphUrls;
  redisUrl: string;
  /** Settings of the router, as in the environment. */
  environment: Record<string, string>;
}

let engine: Engine | undefined;
let router: Service | undefined;

async function start({ subgraphUrls, redisUrl, environment }: RouterStart): Promise<string> {
  const createLogger = (service: string) => pino({ name: service, level: 'warn' }, pino.destination(2));
  engine = createEngine({ redisUrl, prefix: 'bench', logger: createLogger('engine') });
  const subgraphs = Object.fromEntries(subgraphNames.map((name) => [name, { url: subgraphUrls[name] }]));
  router = await startRouterFor(subgraphs as Record<SubgraphName, { url: string }>, {
    engine,
    host: '127.0.0.1',
    port: 0,
    environment,
    createLogger,
  });
  return router.url;
}

/** A metric of the router, or those of its series that have a label. */
export interface RouterMetric {
  name: string;
  /** As in `code="4413"`. */
  label?: string;
}

async function readMetric({ name, label = '' }: RouterMetric): Promise<number> {
  const text = await (await fetch(new URL('/metrics', router?.url))).text();
  const series = text.split('\n').filter((line) => /^\w+/.exec(line)?.[0] === name && line.includes(label));
  return series.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

/** Subscriptions that a message would reach now. */
async function countSubscribers(): Promise<number> {
  return readMetric({ name: 'chorus_shared_subscriptions' });
}

answerCalls({
  ...measuredFunctions,
  start,
  countSubscribers,
  readMetric,
  async stop() {
    await router?.stop();
    await engine?.stop();
  },
});
