import pg from 'pg';
import { pino } from 'pino';
import { createEngine } from '../platform/engine/create-engine.ts';
import type { Engine } from '../platform/engine/engine.ts';
import { type Stack, type SubgraphName, startStack } from '../tools/stack.ts';
import { answerCalls } from './child.ts';
import { measuredFunctions } from './child-functions.ts';

// The whole of Chorus in one process, which a bench starts with `startChild` and asks for its CPU.

export interface StackStart {
  databaseUrl: string;
  redisUrl: string | null;
  /** Settings of the services, as in the environment. */
  environment: Record<string, string>;
}

export interface StackAddresses {
  router: string;
  auth: string;
  chat: string;
}

let engine: Engine | undefined;
let stack: Stack | undefined;
const { query } = pg.Client.prototype;
let recorded: string[] = [];

async function start({ databaseUrl, redisUrl, environment }: StackStart): Promise<StackAddresses> {
  const createLogger = (service: string) => pino({ name: service, level: 'warn' }, pino.destination(2));
  engine = createEngine({ redisUrl, prefix: 'bench', logger: createLogger('engine') });
  stack = await startStack({ databaseUrl, engine, host: '127.0.0.1', port: 0, environment, createLogger });
  return { router: stack.url, auth: stack.subgraphs.auth.url, chat: stack.subgraphs.chat.url };
}

/** Keeps the text of every SQL statement of one subgraph from now on. */
function recordStatements(subgraph: SubgraphName): void {
  recorded = [];
  // biome-ignore lint/suspicious/noExplicitAny: it has many forms, and all arguments are passed on untouched.
  pg.Client.prototype.query = function recordAndQuery(this: pg.Client, ...args: any[]) {
    if (this.database?.endsWith(`_${subgraph}`))
      recorded.push(typeof args[0] === 'string' ? args[0] : String(args[0]?.text));
    return Reflect.apply(query, this, args);
  } as typeof query;
}

/** Leaves the driver alone again. */
function endRecording(): void {
  pg.Client.prototype.query = query;
}

answerCalls({
  ...measuredFunctions,
  start,
  recordStatements,
  recordedStatements: () => recorded,
  endRecording,
  async stop() {
    await stack?.stop();
    await engine?.stop();
  },
});
