import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openPool } from '../platform/database.ts';
import { writeManyToOutbox } from '../platform/durable-events/outbox.ts';
import { parseSettings } from '../platform/settings.ts';
import { continueTrace } from '../platform/trace.ts';
import {
  insertSecurityEvent,
  insertSecurityEvents,
  type NewSecurityEvent,
} from '../subgraphs/auth/audit/repository.ts';
import { serviceSettingsSchema } from '../subgraphs/auth/env.ts';
import { keyRevoked } from '../subgraphs/auth/events.ts';
import { type Database, openDatabase } from '../subgraphs/auth/repository.ts';
import { listSigningKeys, lockSigningKeys } from '../subgraphs/auth/signing-keys/repository.ts';
import { keyPublicationMilliseconds, replaceKeys, rotateKeys } from '../subgraphs/auth/signing-keys/signing-keys.ts';
import { isMain, runCommand, ToolError } from './command-line.ts';
import { subgraphDatabaseUrl } from './databases.ts';
import { readToolSettings } from './env.ts';
import { withServer } from './migrate.ts';
import { readOrCreateSecret } from './secrets.ts';

const usage = `npm run signing-keys                 lists the keys that access tokens are signed with
npm run signing-keys -- rotate       publishes a new key, which signs ${keyPublicationMilliseconds / 60_000} minutes later; nobody notices
npm run signing-keys -- replace      for a key that somebody else may have: a new one signs at once, and tokens of all
                                     others are refused from now on, so that every client refreshes its session

DATABASE_URL names the server and the base name of the databases, as for npm start. SIGNING_KEY_SECRET, or a file that
SIGNING_KEY_SECRET_FILE names, is auth's own; without it that of the data directory.`;

async function runSigningKeys(commandLine: string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: commandLine,
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  });
  const [verb = 'list'] = positionals;
  if (values.help) {
    console.log(usage);
    return true;
  }
  await withServer(async (url) => {
    const pool = openPool({
      connectionString: subgraphDatabaseUrl(url, 'auth'),
      maximumConnections: 2,
      logger: console,
    });
    const database = openDatabase(pool);
    try {
      if (verb === 'rotate') await rotate(database);
      else if (verb === 'replace') await replace(database);
      else if (verb !== 'list') throw new ToolError(usage);
      await list(database);
    } finally {
      await database.$disconnect();
      await pool.end();
    }
  });
  return true;
}

async function rotate(database: Database): Promise<void> {
  const settings = await readKeySettings();
  const now = new Date();
  await database.$transaction(async (transaction) => {
    await lockSigningKeys(transaction);
    const { id } = await rotateKeys(transaction, settings, now);
    await insertSecurityEvent(transaction, happened('signing_key_rotated', now, { keyId: id }));
  });
}

async function replace(database: Database): Promise<void> {
  const settings = await readKeySettings();
  const now = new Date();
  await database.$transaction(async (transaction) => {
    await lockSigningKeys(transaction);
    const revoked = await replaceKeys(transaction, settings, now);
    await writeManyToOutbox(
      transaction,
      revoked.map((keyId) => keyRevoked(keyId, continueTrace(undefined), now)),
    );
    await insertSecurityEvents(
      transaction,
      revoked.map((keyId) => happened('signing_key_revoked', now, { keyId })),
    );
  });
}

async function list(database: Database): Promise<void> {
  for (const { id, createdAt, activeAt, retiredAt } of await listSigningKeys(database)) {
    const end = retiredAt === null ? '' : `, published until ${retiredAt.toISOString()}`;
    console.log(`${id}  made ${createdAt.toISOString()}, signs from ${activeAt.toISOString()}${end}`);
  }
}

async function readKeySettings() {
  const { SIGNING_KEY_SECRET, SIGNING_KEY_ROTATION_DAYS } = serviceSettingsSchema.shape;
  const shape = z.object({ SIGNING_KEY_SECRET: SIGNING_KEY_SECRET.optional(), SIGNING_KEY_ROTATION_DAYS });
  const settings = parseSettings(shape, process.env);
  const secret = settings.SIGNING_KEY_SECRET ?? (await readOrCreateSecret(readToolSettings().DATA_DIR, 'signing-key'));
  return { ...settings, SIGNING_KEY_SECRET: secret };
}

function happened(
  action: NewSecurityEvent['action'],
  occurredAt: Date,
  details: NewSecurityEvent['details'],
): NewSecurityEvent {
  const nobody = { accountId: null, actorId: null, sessionId: null, address: null, userAgent: null };
  return { action, succeeded: true, occurredAt, ...nobody, details: { ...details, command: true } };
}

if (isMain(import.meta)) await runCommand(() => runSigningKeys(process.argv.slice(2)));
