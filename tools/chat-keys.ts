import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openPool } from '../platform/database.ts';
import { isId } from '../platform/identifiers.ts';
import { parseSettings } from '../platform/settings.ts';
import { createKeyEncryption, type KeyEncryption } from '../subgraphs/chat/encryption/key-encryption.ts';
import { countRoomKeys } from '../subgraphs/chat/encryption/repository.ts';
import { rewrapRoomKeys, rotateRoomKeys } from '../subgraphs/chat/encryption/rotation.ts';
import { serviceSettingsSchema } from '../subgraphs/chat/env.ts';
import { type Database, openDatabase } from '../subgraphs/chat/repository.ts';
import { isMain, runCommand, ToolError } from './command-line.ts';
import { subgraphDatabaseUrl } from './databases.ts';
import { readToolSettings } from './env.ts';
import { withServer } from './migrate.ts';
import { readOrCreateEncryptionKeys } from './secrets.ts';

const usage = `npm run chat-keys                        lists how many data keys of rooms each key of CHAT_ENCRYPTION_KEYS encrypts
npm run chat-keys -- rewrap              encrypts all data keys under the first key of CHAT_ENCRYPTION_KEYS; nobody notices
npm run chat-keys -- rotate <roomId>     makes a new data key for what is written from now on in a room
npm run chat-keys -- rotate --all        the same in all rooms

DATABASE_URL names the server and the base name of the databases, as for npm start. CHAT_ENCRYPTION_KEYS, or a file that
CHAT_ENCRYPTION_KEYS_FILE names, is chat's own; without it that of the data directory.`;

async function runChatKeys(commandLine: string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: commandLine,
    allowPositionals: true,
    options: { all: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [verb = 'list', roomId] = positionals;
  if (values.help) {
    console.log(usage);
    return true;
  }
  const isRotation = verb === 'rotate' && (values.all ? roomId === undefined : roomId !== undefined && isId(roomId));
  if (!['list', 'rewrap'].includes(verb) && !isRotation) throw new ToolError(usage);
  await withServer(async (url) => {
    const keyEncryption = createKeyEncryption(await readKeys());
    const connectionString = subgraphDatabaseUrl(url, 'chat');
    const pool = openPool({ connectionString, maximumConnections: 2, logger: console });
    const database = openDatabase(pool);
    try {
      if (verb === 'rewrap') await rewrap(database, keyEncryption);
      else if (isRotation) await rotate(database, keyEncryption, roomId);
      await list(database, keyEncryption);
    } finally {
      await database.$disconnect();
      await pool.end();
    }
  });
  return true;
}

async function rewrap(database: Database, keyEncryption: KeyEncryption): Promise<void> {
  const count = await rewrapRoomKeys(database, keyEncryption);
  console.log(`${count} data keys are under ${keyEncryption.activeId} now that were not.`);
}

async function rotate(database: Database, keyEncryption: KeyEncryption, roomId: string | undefined): Promise<void> {
  const count = await rotateRoomKeys(database, keyEncryption, () => new Date(), roomId);
  if (roomId !== undefined && count === 0) throw new ToolError(`There is no room ${roomId}.`);
  console.log(`${count} rooms have a new data key.`);
}

async function list(database: Database, keyEncryption: KeyEncryption): Promise<void> {
  const counts = await countRoomKeys(database);
  if (counts.length === 0) console.log('There are no data keys yet.');
  for (const { keyEncryptionKeyId: id, keys, rooms, hasIndexKey } of counts) {
    const index = hasIndexKey ? ', and that of the index of public rooms' : '';
    const note = id === keyEncryption.activeId ? '  (encrypts new ones)' : '';
    console.log(`${id}  ${keys} data keys of ${rooms} rooms${index}${note}`);
  }
}

async function readKeys() {
  const { CHAT_ENCRYPTION_KEYS } = serviceSettingsSchema.shape;
  const environment = { ...process.env };
  if (!environment['CHAT_ENCRYPTION_KEYS'] && !environment['CHAT_ENCRYPTION_KEYS_FILE']) {
    environment['CHAT_ENCRYPTION_KEYS'] = await readOrCreateEncryptionKeys(readToolSettings().DATA_DIR);
  }
  return parseSettings(z.object({ CHAT_ENCRYPTION_KEYS }), environment).CHAT_ENCRYPTION_KEYS;
}

if (isMain(import.meta)) await runCommand(() => runChatKeys(process.argv.slice(2)));
