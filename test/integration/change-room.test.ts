import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogFeed } from '../../platform/log-feed/log-feed.ts';
import type { ChatDependencies } from '../../subgraphs/chat/dependencies.ts';
import { changeRoomAs } from '../../subgraphs/chat/log/change-room.ts';
import type { RoomEventRecord } from '../../subgraphs/chat/log/record.ts';
import { readBounds, readEvents } from '../../subgraphs/chat/log/repository.ts';
import { openDatabase } from '../../subgraphs/chat/repository.ts';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';

describe('a change of a room', () => {
  let stack: TestStack;
  let user: TestClient;
  let pool: pg.Pool;
  let database: ReturnType<typeof openDatabase>;
  let dependencies: ChatDependencies;
  let feed: LogFeed<RoomEventRecord>;

  beforeAll(async () => {
    stack = await startTestStack({ environment: { FEED_HEARTBEAT_MILLISECONDS: '60000' } });
    user = await stack.register();
    pool = new pg.Pool({ connectionString: subgraphDatabaseUrl(stack.databases.url, 'chat') });
    database = openDatabase(pool);
    feed = new LogFeed<RoomEventRecord>({
      kind: 'room',
      engine: stack.engine,
      source: {
        readBounds: (roomIds) => readBounds(database, roomIds),
        readEvents: (roomId, afterSeq, limit) => readEvents(database, roomId, afterSeq, limit),
      },
      logger: pino({ level: 'silent' }),
      heartbeatMilliseconds: 60_000,
    });
    // A change neither seals nor opens anything by itself.
    dependencies = {
      database,
      feed,
      relay: { wake: () => undefined },
      now: () => new Date(),
    } as unknown as ChatDependencies;
  });

  afterAll(async () => {
    await feed?.stop();
    await database?.$disconnect();
    await pool?.end();
    await stack?.stop();
  });

  it('adds its events to the log in one piece, live and for whoever comes later', async () => {
    const roomId = await user.createRoom();
    const events =
      'subscription ($roomId: ID!, $after: String) { roomEvents(roomId: $roomId, after: $after) { seq __typename } }';
    const subscription = user.subscribe(events, { roomId, after: await user.headCursor(roomId) });
    await user.sendMessage(roomId, 'that it listens');
    await subscription.next();
    const seqs = await changeRoomAs(dependencies, user.userId, roomId, async ({ room, member, append }) => {
      expect(room).toMatchObject({ headSeq: 2, messageCount: 1, role: 'OWNER' });
      expect(member).toEqual({ userId: user.userId, role: 'OWNER', readMessageNumber: 1 });
      return [append('MEMBER_JOINED', {}), append('MEMBER_UNMUTED', { userId: user.userId })];
    });
    expect(seqs).toEqual([3, 4]);
    await user.sendMessage(roomId, 'goes on');
    const expected = ['MemberJoined', 'MemberUnmuted', 'MessageSent'].map((__typename, index) => ({
      seq: index + 3,
      __typename,
    }));
    expect(await subscription.take(3)).toEqual(expected);
    expect((await readEvents(database, roomId, 2, 10)).map(({ seq, data }) => ({ seq, data }))).toEqual([
      { seq: 3, data: {} },
      { seq: 4, data: { userId: user.userId } },
      { seq: 5, data: {} },
    ]);
  });

  it('is undone whole when it fails', async () => {
    const roomId = await user.createRoom();
    const failing = changeRoomAs(dependencies, user.userId, roomId, async ({ transaction, append }) => {
      append('MEMBER_LEFT', { userId: user.userId });
      await transaction.roomMember.deleteMany({ where: { roomId } });
      throw new Error('It failed.');
    });
    await expect(failing).rejects.toThrow('It failed.');
    expect(await readBounds(database, [roomId])).toEqual(new Map([[roomId, { first: 1, head: 1 }]]));
    expect(await database.roomMember.count({ where: { roomId } })).toBe(1);
  });

  it('is one after the other with messages, without a gap', async () => {
    const roomId = await user.createRoom();
    const changes = Array.from({ length: 20 }, () =>
      changeRoomAs(dependencies, user.userId, roomId, async ({ append }) => append('MEMBER_JOINED', {})),
    );
    const messages = Array.from({ length: 20 }, (_, number) => user.sendMessage(roomId, `message ${number}`));
    await Promise.all([...changes, ...messages]);
    const log = await readEvents(database, roomId, 0, 100);
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
    for (const { kind, seq, message } of log) expect(message?.seq ?? null).toBe(kind === 'MESSAGE_SENT' ? seq : null);
  });

  it('needs a room', async () => {
    const nowhere = changeRoomAs(dependencies, user.userId, '01a9cf00-0000-7000-8000-000000000000', async () => null);
    await expect(nowhere).rejects.toThrow('There is no such room.');
  });
});
