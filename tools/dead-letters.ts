import { parseArgs } from 'node:util';
import type { SqlClient, TransactionalClient } from '../platform/database.ts';
import { openPool } from '../platform/database.ts';
import { listDeadLetters, replayDeadLetter } from '../platform/durable-events/dead-letters.ts';
import type { EventHandlers } from '../platform/durable-events/inbox.ts';
import { createEventHandlers as createChatHandlers } from '../subgraphs/chat/events.ts';
import { openDatabase as openChatDatabase } from '../subgraphs/chat/repository.ts';
import { createEventHandlers as createNotificationHandlers } from '../subgraphs/notification/events.ts';
import { createRepository as createNotificationRepository } from '../subgraphs/notification/repository.ts';
import { eventHandlers as userHandlers } from '../subgraphs/user/events.ts';
import { createRepository as createUserRepository } from '../subgraphs/user/repository.ts';
import { isMain, runCommand, ToolError } from './command-line.ts';
import { subgraphDatabaseUrl } from './databases.ts';
import { withServer } from './migrate.ts';

/** What the command needs of a subgraph that consumes events; its transactions are its own affair. */
interface Consumer {
  database: TransactionalClient<SqlClient>;
  handlers: EventHandlers<SqlClient>;
  stop(): Promise<void>;
}

const consumerNames = ['user', 'chat', 'notification'] as const;
type ConsumerName = (typeof consumerNames)[number];

function openConsumer(name: ConsumerName, databaseUrl: string): Consumer {
  const pool = openPool({ connectionString: databaseUrl, maximumConnections: 2, logger: console });
  const open = <Transaction extends SqlClient>(
    repository: { database: TransactionalClient<Transaction>; stop(): Promise<void> },
    handlers: EventHandlers<Transaction>,
  ): Consumer => ({
    // The pair fits together here; seen from outside, only that it does so matters.
    ...({ database: repository.database, handlers } as unknown as Pick<Consumer, 'database' | 'handlers'>),
    async stop() {
      await repository.stop();
      await pool.end();
    },
  });
  switch (name) {
    case 'user':
      return open(createUserRepository(pool), userHandlers);
    case 'chat': {
      const database = openChatDatabase(pool);
      // Nothing is published live from here: the feeds of the running processes find the rows at their next heartbeat.
      return open(
        { database, stop: () => database.$disconnect() },
        createChatHandlers(() => undefined),
      );
    }
    case 'notification':
      return open(
        createNotificationRepository(pool),
        createNotificationHandlers(() => undefined),
      );
  }
}

const usage = `npm run dead-letters                              lists the events that could not be handled
npm run dead-letters -- replay <subgraph> <id>     handles one of them again
npm run dead-letters -- replay <subgraph> --all    handles all of a subgraph again

DATABASE_URL names the server and the base name of the databases, as for npm start.`;

async function runDeadLetters(commandLine: string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: commandLine,
    allowPositionals: true,
    options: { all: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [verb = 'list', subgraph, id] = positionals;
  if (values.help) {
    console.log(usage);
    return true;
  }
  let isDone = true;
  await withServer(async (url) => {
    if (verb === 'list') await list(url);
    else if (verb === 'replay' && isConsumer(subgraph) && (id || values.all)) isDone = await replay(url, subgraph, id);
    else throw new ToolError(usage);
  });
  return isDone;
}

function isConsumer(name: string | undefined): name is ConsumerName {
  return consumerNames.some((known) => known === name);
}

async function list(url: string): Promise<void> {
  for (const name of consumerNames) {
    const consumer = openConsumer(name, subgraphDatabaseUrl(url, name));
    try {
      const letters = await listDeadLetters(consumer.database);
      console.log(`${name}: ${letters.length === 0 ? 'none' : letters.length}`);
      for (const { id, envelope, error, attempts, failedAt } of letters) {
        console.log(`  ${id}  ${envelope.name}  ${attempts} attempts until ${failedAt.toISOString()}`);
        console.log(`    ${error.split('\n', 1)[0]}`);
      }
    } finally {
      await consumer.stop();
    }
  }
}

/** Resolves to whether every letter could be handled. */
async function replay(url: string, name: ConsumerName, id: string | undefined): Promise<boolean> {
  const consumer = openConsumer(name, subgraphDatabaseUrl(url, name));
  let failures = 0;
  try {
    const letters = (await listDeadLetters(consumer.database)).filter((letter) => id === undefined || letter.id === id);
    if (letters.length === 0) throw new ToolError(`${name} has no such dead letter.`);
    for (const letter of letters) {
      try {
        await replayDeadLetter(consumer.database, consumer.handlers, letter);
        console.log(`${letter.id}  handled`);
      } catch (error) {
        failures += 1;
        console.log(`${letter.id}  failed again: ${(error as Error).message}`);
      }
    }
  } finally {
    await consumer.stop();
  }
  return failures === 0;
}

if (isMain(import.meta)) await runCommand(() => runDeadLetters(process.argv.slice(2)));
