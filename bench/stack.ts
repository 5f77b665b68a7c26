import { type Child, startChild } from './child.ts';
import { makeEnvironment } from './environment.ts';
import type { BenchTools } from './run-bench.ts';
import type { StackAddresses, StackStart } from './stack-process.ts';
import { type Surroundings, startSurroundings } from './surroundings.ts';

/** Chorus as `npm start` runs it, router and subgraphs in one process, with what it needs around it. */
export interface BenchStack {
  process: Child;
  urls: StackAddresses;
  environment: ReturnType<typeof makeEnvironment>;
  surroundings: Surroundings;
}

export async function startBenchStack(
  { redis: withRedis }: { redis: boolean },
  { keep, report }: BenchTools,
): Promise<BenchStack> {
  const surroundings = await startSurroundings({ withRedis });
  keep(surroundings.stop);
  report(`PostgreSQL is up, and the engine is ${withRedis ? 'Redis' : 'memory'}`);
  const process = startChild(new URL('./stack-process.ts', import.meta.url));
  keep(process.stop);
  const environment = makeEnvironment();
  const { databaseUrl, redisUrl } = surroundings;
  const options: StackStart = { databaseUrl, redisUrl, environment };
  return { process, urls: await process.call<StackAddresses>('start', options), environment, surroundings };
}
