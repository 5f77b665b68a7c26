import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openPool } from '../platform/database.ts';
import { continueTrace } from '../platform/trace.ts';
import { normalizeLogin } from '../subgraphs/auth/accounts/names.ts';
import { findAccountByUsername, lockAccount } from '../subgraphs/auth/accounts/repository.ts';
import { type ImportEntry, type ImportResult, importAccounts } from '../subgraphs/auth/administration/import.ts';
import { parseImportLine } from '../subgraphs/auth/administration/import-line.ts';
import { listAccountsByRole } from '../subgraphs/auth/administration/repository.ts';
import { giveRole } from '../subgraphs/auth/administration/roles.ts';
import { standingAt } from '../subgraphs/auth/administration/status.ts';
import { insertSecurityEvent } from '../subgraphs/auth/audit/repository.ts';
import { type Database, openDatabase } from '../subgraphs/auth/repository.ts';
import { isMain, runCommand, ToolError } from './command-line.ts';
import { subgraphDatabaseUrl } from './databases.ts';
import { withServer } from './migrate.ts';

const roles = ['USER', 'MODERATOR', 'ADMIN'] as const;
type Role = (typeof roles)[number];

/** So many accounts are imported in one transaction. */
const batchSize = 500;

const usage = `npm run accounts -- set-role <username> <USER|MODERATOR|ADMIN>   gives an account a role: the first administrator, say
npm run accounts -- list-administrators                          lists the accounts with the role ADMIN
npm run accounts -- import <file.jsonl>                          imports accounts, one as JSON on each line:
  { "username", "email", "passwordHash", "emailVerified"?, "createdAt"? }
  with password hashes of argon2 or bcrypt. Accounts that are there already are skipped.

DATABASE_URL names the server and the base name of the databases, as for npm start.`;

async function runAccounts(commandLine: string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: commandLine,
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  });
  const [verb, first, second, ...rest] = positionals;
  if (values.help) {
    console.log(usage);
    return true;
  }
  if (rest.length > 0) throw new ToolError(usage);
  if (verb === 'set-role' && first && isRole(second))
    return withDatabase((database) => setRole(database, first, second));
  if (verb === 'list-administrators' && !first) return withDatabase(listAdministrators);
  if (verb === 'import' && first && !second) return withDatabase((database) => importFile(database, first));
  throw new ToolError(usage);
}

function isRole(name: string | undefined): name is Role {
  return roles.some((role) => role === name);
}

function withDatabase(work: (database: Database) => Promise<boolean>): Promise<boolean> {
  return withServer(async (url) => {
    const connectionString = subgraphDatabaseUrl(url, 'auth');
    const pool = openPool({ connectionString, maximumConnections: 2, logger: console });
    const database = openDatabase(pool);
    try {
      return await work(database);
    } finally {
      await database.$disconnect();
      await pool.end();
    }
  });
}

/** The running relay of auth finds the event at its next look. */
async function setRole(database: Database, username: string, role: Role): Promise<boolean> {
  const found = await findAccountByUsername(database, normalizeLogin(username));
  if (found === null) throw new ToolError(`There is no account ${username}.`);
  const from = await database.$transaction(async (transaction) => {
    const account = await lockAccount(transaction, found.id);
    if (account === null || account.role === role) return role;
    const now = new Date();
    await giveRole(transaction, account.id, role, continueTrace(undefined), now);
    await insertSecurityEvent(transaction, {
      action: 'role_changed',
      succeeded: true,
      occurredAt: now,
      accountId: account.id,
      actorId: null,
      sessionId: null,
      address: null,
      userAgent: null,
      details: { from: account.role, to: role },
    });
    return account.role;
  });
  console.log(
    from === role ? `${found.username} has the role ${role} already` : `${found.username}: ${from} -> ${role}`,
  );
  return true;
}

async function listAdministrators(database: Database): Promise<boolean> {
  const accounts = await listAccountsByRole(database, 'ADMIN');
  if (accounts.length === 0) console.log('There is no administrator. Make one with set-role.');
  for (const account of accounts) {
    const { status } = standingAt(account, new Date());
    const lastLogin =
      account.lastLoginAt === null ? 'never signed in' : `last login ${account.lastLoginAt.toISOString()}`;
    console.log(`${account.username}  ${account.kind}  ${status}  ${lastLogin}`);
  }
  return true;
}

/** Resolves to whether every line could be imported, or was there already. */
async function importFile(database: Database, path: string): Promise<boolean> {
  const trace = continueTrace(undefined);
  const total = { imported: 0, skipped: 0, mistakes: 0 };
  let batch: ImportEntry[] = [];
  const add = ({ imported, skipped, mistakes }: ImportResult) => {
    total.imported += imported;
    total.skipped += skipped;
    total.mistakes += mistakes.length;
    for (const { lineNumber, message } of mistakes) console.log(`line ${lineNumber}: ${message}`);
  };
  const importBatch = async () => {
    if (batch.length > 0) add(await importAccounts(database, batch, trace, new Date()));
    batch = [];
  };
  for await (const { lineNumber, line } of readLines(path)) {
    const parsed = parseImportLine(line, new Date());
    if ('account' in parsed) batch.push({ lineNumber, account: parsed.account });
    else add({ imported: 0, skipped: 0, mistakes: [{ lineNumber, message: parsed.mistake }] });
    if (batch.length >= batchSize) await importBatch();
  }
  await importBatch();
  console.log(`${total.imported} imported, ${total.skipped} there already, ${total.mistakes} with mistakes`);
  return total.mistakes === 0;
}

/** The lines of a file that are not empty; the file is never in memory as a whole. */
async function* readLines(path: string): AsyncGenerator<{ lineNumber: number; line: string }> {
  const input = createReadStream(path, 'utf8');
  let lineNumber = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      lineNumber += 1;
      const text = line.replace(/^\uFEFF/, '').trim();
      if (text !== '') yield { lineNumber, line: text };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).path === path) throw new ToolError((error as Error).message);
    throw error;
  }
}

if (isMain(import.meta)) await runCommand(() => runAccounts(process.argv.slice(2)));
