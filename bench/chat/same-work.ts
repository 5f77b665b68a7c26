import type { Pool } from 'pg';
import type { Child } from '../child.ts';
import type { ChatClient, Person } from './client.ts';
import { countRows } from './statements.ts';

const messages = 10;

/** The peer is one only while it writes what chat writes: @returns a line for each table in which it does not. */
export async function findWorkDifferences(
  pool: Pool,
  chat: ChatClient,
  peer: Child,
  person: Person,
  text: string,
): Promise<string[]> {
  const byChat = await countAdded(pool, async () => {
    for (let number = 0; number < messages; number += 1) await chat.send(person, text);
  });
  const byPeer = await countAdded(pool, () => peer.call('sendSome', messages));
  const tables = [...new Set([...Object.keys(byChat), ...Object.keys(byPeer)])];
  return tables
    .filter((table) => byChat[table] !== byPeer[table])
    .map(
      (table) => `${messages} messages are ${byChat[table]} rows of ${table} by chat, and ${byPeer[table]} by the peer`,
    );
}

async function countAdded(pool: Pool, work: () => Promise<void>): Promise<Record<string, number>> {
  const before = await countRows(pool);
  await work();
  const after = await countRows(pool);
  return Object.fromEntries(Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)]));
}
