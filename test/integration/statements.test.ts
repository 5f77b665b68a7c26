import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { createDatabases, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';

describe('statements for one request', () => {
  let databases: TestDatabases;
  let stack: TestStack;
  let user: TestClient;
  const executed: string[] = [];
  const query = pg.Client.prototype.query;

  beforeAll(async () => {
    databases = await createDatabases();
    // The relay's poll would be counted along: here it only works when it is woken.
    stack = await startTestStack({
      databases,
      environment: { OUTBOX_POLL_MILLISECONDS: '60000', FEED_HEARTBEAT_MILLISECONDS: '60000' },
    });
    user = await stack.register();
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
      const statement = args[0] as string | { text: string };
      executed.push(typeof statement === 'string' ? statement : statement.text);
      return Reflect.apply(query, this, args);
    } as typeof query;
  });

  afterAll(async () => {
    pg.Client.prototype.query = query;
    await stack?.stop();
    await databases?.drop();
  });

  /** How many statements `work` causes in all four databases, the relay's and the consumers' left out. */
  async function count(work: () => Promise<unknown>): Promise<number> {
    executed.length = 0;
    await work();
    return executed.filter((text) => !/outbox SET|FROM outbox|advisory|^(BEGIN|COMMIT)|INTO inbox/.test(text)).length;
  }

  it('do not grow with the length of the lists in it', async () => {
    const roomIds: string[] = [];
    const authors = [user];
    for (let number = 0; number < 8; number += 1) authors.push(await stack.register(`author${number}`));
    for (let number = 0; number < 8; number += 1) roomIds.push(await user.createRoom());
    for (const roomId of roomIds) {
      for (const author of authors) {
        if (author !== user) await author.joinRoom(roomId);
        await author.sendMessage(roomId, 'hello');
      }
    }
    const list = (rooms: number, messages: number) =>
      user.run(`{ viewer { rooms(first: ${rooms}) { nodes {
        name unreadCount members(first: ${messages}) { nodes { role user { username } } } messages(last: ${messages}) { nodes { text author { username displayName } room { name } } }
      } } } }`);
    const short = await count(() => list(1, 1));
    const long = await count(() => list(8, 9));
    expect(long).toBe(short);
    // viewer, rooms, messages, members, accounts of authors and of members, profiles
    expect(short).toBeLessThanOrEqual(7);
  });

  it('are two for a message without mentions: what its sender may, and the message', async () => {
    const roomId = await user.createRoom();
    expect(await count(() => user.sendMessage(roomId, 'hello'))).toBe(2);
    expect(await count(() => user.sendMessage(roomId, `hello @${user.username}`))).toBe(3);
  });
});
