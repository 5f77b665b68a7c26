import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unknownClient } from '../../platform/client-info.ts';
import { openPool } from '../../platform/database.ts';
import { newId } from '../../platform/identifiers.ts';
import { continueTrace } from '../../platform/trace.ts';
import { toPayload } from '../../platform/user-errors.ts';
import type { ChatDependencies } from '../../subgraphs/chat/dependencies.ts';
import { createIndexKey } from '../../subgraphs/chat/encryption/index-key.ts';
import { createKeyEncryption } from '../../subgraphs/chat/encryption/key-encryption.ts';
import { createRoomEncryption } from '../../subgraphs/chat/encryption/room-encryption.ts';
import { createMessageWriter } from '../../subgraphs/chat/messages/insertion/message-writer.ts';
import { createSendDecisions } from '../../subgraphs/chat/messages/send-decisions.ts';
import { countUnread } from '../../subgraphs/chat/reads/service.ts';
import { openDatabase } from '../../subgraphs/chat/repository.ts';
import { createRoomReader } from '../../subgraphs/chat/rooms/room-reader.ts';
import { createService } from '../../subgraphs/chat/service.ts';
import { SignalHub } from '../../subgraphs/chat/signals/signal-hub.ts';
import { subgraphDatabaseUrl } from '../../tools/databases.ts';
import type { TestClient } from '../client.ts';
import { createDatabases, startTestStack, type TestDatabases, type TestStack } from '../harness.ts';
import { mutate } from '../mutations.ts';
import { Model, type Person, type Unread } from './read-state/model.ts';
import { type Call, createPlayers, devicesEach } from './read-state/players.ts';

/** What a person sees: their rooms, and the totals. */
interface Seen {
  rooms: Map<string, Unread>;
  totals: { unreadCount: number; unreadMentionCount: number; unreadRoomCount: number };
}

const seed = Number(process.env['READ_STATE_SEED'] ?? randomInt(1_000_000_000));
const operations = 100_000;
const pageSize = 100;

describe(`read state under random operations (READ_STATE_SEED=${seed})`, () => {
  let databases: TestDatabases;
  let pool: pg.Pool;

  beforeAll(async () => {
    databases = await createDatabases();
    const connectionString = subgraphDatabaseUrl(databases.url, 'chat');
    pool = openPool({ connectionString, maximumConnections: 10, plansOnce: true, logger: pino({ level: 'silent' }) });
  });

  afterAll(async () => {
    await pool?.end();
    await databases?.drop();
  });

  /** What came to the logs of the model's rooms. */
  async function readLogs(model: Model): Promise<void> {
    const { rows } = await pool.query(
      `SELECT room_id AS "roomId", seq, kind, actor_id AS "actorId", data
       FROM room_event JOIN unnest($1::uuid[], $2::int[]) AS wanted(id, head) ON room_id = wanted.id AND seq > head
       ORDER BY room_id, seq`,
      [model.roomIds, model.roomIds.map((roomId) => model.headSeq(roomId))],
    );
    for (const [roomId, events] of Map.groupBy(rows, (row) => row.roomId)) model.extend(roomId, events);
  }

  async function compare(model: Model, people: readonly Person[], see: (person: Person) => Promise<Seen>) {
    await readLogs(model);
    const expected = model.recount();
    for (const person of people) {
      const rooms = expected.get(person.userId) ?? new Map<string, Unread>();
      const sum = (field: keyof Unread) => [...rooms.values()].reduce((total, unread) => total + unread[field], 0);
      const { rooms: seen, totals } = await see(person);
      expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(rooms));
      expect(totals).toEqual({
        unreadCount: sum('unreadCount'),
        unreadMentionCount: sum('unreadMentionCount'),
        unreadRoomCount: [...rooms.values()].filter(({ unreadCount }) => unreadCount > 0).length,
      });
    }
  }

  it(`equals a recount from scratch every time, ${operations} operations long`, async () => {
    const batch = 1_000;
    const people = Array.from({ length: 8 }, (_, number) => ({ userId: newId(), username: `person_${number}` }));
    const insertion = 'INSERT INTO account_handle (user_id, username_normalized, named_at) VALUES ($1, $2, now())';
    for (const { userId, username } of people) {
      await pool.query(insertion, [userId, username]);
    }
    const database = openDatabase(pool);
    const dependencies = inProcess(database, pool);
    const serve = ({ userId }: Person, device = 0) =>
      createService(dependencies, {
        viewer: { userId, sessionId: `${device}`, roles: [], scopes: ['chat:read', 'chat:write'], expiresAtSeconds: 0 },
        trace: continueTrace(undefined),
        client: unknownClient,
        serving: 'events',
        setCookie: () => undefined,
      });
    const call: Call = (person, device, mutation, input) => {
      const services = serve(person, device) as unknown as Record<string, Record<string, unknown>>;
      // Each concept is made when it is looked at.
      for (const concept in services) {
        const useCase = services[concept]?.[mutation];
        if (useCase !== undefined) return toPayload((useCase as (input: object) => Promise<object>)(input));
      }
      throw new Error(`Nothing does ${mutation}.`);
    };
    const see = async (person: Person): Promise<Seen> => {
      const { rooms, reads } = serve(person);
      const { nodes } = await rooms.pageRoomsOf(person.userId, { first: pageSize });
      const counted = nodes.map(async (room) => {
        const unreadMentionCount = await reads.countMentions(room);
        const unread = { unreadCount: countUnread(room), unreadMentionCount, viewerReadSeq: room.readSeq ?? -1 };
        return [room.id, unread] as const;
      });
      const totals = await reads.totals(person.userId);
      if (totals === null) throw new Error('Nobody but the viewer has none.');
      return { rooms: new Map(await Promise.all(counted)), totals };
    };
    const model = new Model(people);
    const { play } = createPlayers({ call, model, people, seed, knowsVersions: true });
    for (let done = 0; done < operations; done += batch) {
      await play(batch);
      await compare(model, people, see);
    }
    await database.$disconnect();
  }, 1_800_000);

  it('does so through the router, on three devices each', async () => {
    const stack: TestStack = await startTestStack({ databases });
    try {
      const people = await Promise.all(Array.from({ length: 4 }, (_, number) => stack.register(`device${number}`)));
      const devices = new Map<string, TestClient[]>();
      for (const person of people) {
        const others = Array.from({ length: devicesEach - 1 }, () => stack.signIn(person.username));
        devices.set(person.userId, [person, ...(await Promise.all(others))]);
      }
      const deviceOf = (userId: string, device: number) => devices.get(userId)?.[device] as TestClient;
      const selections: Record<string, string> = {
        createRoom: 'room { id }',
        openGroupRoom: 'room { id }',
        openDirectRoom: 'room { id }',
        inviteUser: 'invitation { id }',
        forwardMessage: 'message { id seq }',
        sendMessage: 'message { id seq }',
        editMessage: 'message { edits(first: 100) { nodes { version } } }',
      };
      const call: Call = ({ userId }, device, mutation, input) =>
        mutate(deviceOf(userId, device), mutation, input, selections[mutation] ?? '');
      const see = async ({ userId }: Person): Promise<Seen> => {
        const { rooms, unread } = await deviceOf(userId, 1).run(`{ viewer {
          unread { unreadCount unreadMentionCount unreadRoomCount }
          rooms(first: ${pageSize}) { nodes { id unreadCount unreadMentionCount viewerReadSeq } }
        } }`);
        return {
          rooms: new Map(rooms.nodes.map(({ id, ...each }: Unread & { id: string }) => [id, each])),
          totals: unread,
        };
      };
      const model = new Model(people);
      const { play } = createPlayers({ call, model, people, seed, knowsVersions: false });
      for (let round = 0; round < 10; round += 1) {
        await play(100);
        await compare(model, people, see);
      }
    } finally {
      await stack.stop();
    }
  }, 300_000);

  /** Chat without a server: its use cases, the database, and nobody who listens. */
  function inProcess(database: ReturnType<typeof openDatabase>, pool: pg.Pool): ChatDependencies {
    const keys = createKeyEncryption([{ id: 'tests', key: Buffer.alloc(32, 'key') }]);
    const nobody = { publish: async () => undefined, subscribe: async () => ({ stop: async () => undefined }) };
    return {
      database,
      roomReader: createRoomReader(pool),
      encryption: createRoomEncryption(database, keys),
      indexKey: createIndexKey(
        database,
        createKeyEncryption([{ id: 'tests', key: Buffer.alloc(32, 'key') }]),
        () => new Date(),
      ),
      feed: {
        publish: () => undefined,
        publishFirst: () => undefined,
        read: () => Promise.reject(new Error('Nobody follows a log here.')),
      },
      relay: { wake: () => undefined },
      accessWatch: {
        isWatched: () => false,
        watch: () => Promise.reject(new Error('Nobody follows a log here.')),
      },
      messageWriter: createMessageWriter(pool),
      sendDecisions: createSendDecisions(),
      signals: new SignalHub({ engine: nobody, logger: pino({ level: 'silent' }), now: () => new Date() }),
      purging: { begin: () => undefined },
      now: () => new Date(),
    };
  }
});
