import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import {
  createDatabases,
  eventually,
  fastPolls,
  startTestStack,
  type TestDatabases,
  type TestStack,
} from '../harness.ts';
import { describeWithRedis, startTestRedis, type TestRedis } from '../redis.ts';

const roomEvents = `subscription ($roomId: ID!, $after: String) {
  roomEvents(roomId: $roomId, after: $after) { seq cursor ... on MessageSent { message { text author { username } } } }
}`;

describeWithRedis('two stacks on one PostgreSQL and one Redis', () => {
  let databases: TestDatabases;
  let redis: TestRedis;
  let stacks: [TestStack, TestStack];
  let writer: TestClient;
  let reader: TestClient;
  let roomId: string;

  beforeAll(async () => {
    [databases, redis] = await Promise.all([createDatabases(), startTestRedis()]);
    const options = { databases, redis, prefix: 'shared', environment: fastPolls };
    stacks = await Promise.all([startTestStack(options), startTestStack(options)]);
    [writer, reader] = await Promise.all([stacks[0].register('writer'), stacks[1].register('reader')]);
    roomId = await writer.createRoom();
  });

  afterAll(async () => {
    await Promise.all(stacks?.map((stack) => stack.stop()) ?? []);
    await redis?.stop();
    await databases?.drop();
  });

  it('carries a message sent through one to a subscriber of the other', async () => {
    const subscription = reader.subscribe(roomEvents, { roomId, after: await writer.headCursor(roomId) });
    await writer.sendMessage(roomId, 'through the other door');
    const message = { text: 'through the other door', author: { username: writer.username } };
    expect(await subscription.next()).toMatchObject({ message });
    subscription.stop();
  });

  it('accepts at one the session that the other began, and ends it at both', async () => {
    const person = await stacks[0].register('person');
    const elsewhere = stacks[1].guest;
    const authorization = `Bearer ${person.accessToken}`;
    const who = async () => (await elsewhere.send('{ viewer { id } }', {}, { authorization })).data?.viewer?.id;
    expect(await who()).toBe(person.userId);
    await person.run('mutation { logout { user { id } } }');
    await eventually(async () => expect(await who()).toBeUndefined());
  });

  it('loses nothing when Redis forgets everything in the middle of a stream', async () => {
    const subscription = reader.subscribe(roomEvents, { roomId, after: await writer.headCursor(roomId) });
    const first = (await writer.sendMessage(roomId, 'first')).message.seq;
    for (let number = 1; number < 30; number += 1) {
      if (number % 10 === 5) await redis.flush();
      await writer.sendMessage(roomId, `message ${number}`);
    }
    const seqs = (await subscription.take(30)).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 30 }, (_, index) => first + index));
    subscription.stop();
  });

  it('delivers what was sent while Redis was gone, once and in order, also across its return', async () => {
    const subscription = reader.subscribe(roomEvents, { roomId, after: await writer.headCursor(roomId) });
    const { message } = await writer.sendMessage(roomId, 'with Redis');
    const seqs = [(await subscription.next()).seq];
    await redis.crash();
    for (let number = 0; number < 5; number += 1) await writer.sendMessage(roomId, 'without Redis');
    // The heartbeat finds them in the database, although nothing was published.
    seqs.push(...(await subscription.take(5)).map(({ seq }) => seq));
    await redis.comeBack();
    for (let number = 0; number < 5; number += 1) await writer.sendMessage(roomId, 'with Redis again');
    seqs.push(...(await subscription.take(5)).map(({ seq }) => seq));
    expect(seqs).toEqual(Array.from({ length: 11 }, (_, index) => message.seq + index));
    subscription.stop();
  });

  it('lets somebody read on who subscribes while Redis is gone', async () => {
    const after = await writer.headCursor(roomId);
    const { message } = await writer.sendMessage(roomId, 'before');
    await redis.crash();
    const subscription = reader.subscribe(roomEvents, { roomId, after });
    expect(await subscription.next()).toMatchObject({ seq: message.seq });
    await writer.sendMessage(roomId, 'while Redis is gone');
    expect(await subscription.next()).toMatchObject({ seq: message.seq + 1 });
    await redis.comeBack();
    await writer.sendMessage(roomId, 'after its return');
    expect(await subscription.next()).toMatchObject({ seq: message.seq + 2 });
    subscription.stop();
  });

  it('says so when the profile of a new account has to wait for Redis, instead of calling it absent', async () => {
    await redis.crash();
    const person = await stacks[0].register('waiting');
    const { data, errors } = await person.send('{ viewer { username displayName } }');
    expect(data).toEqual({ viewer: null });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    await redis.comeBack();
    await eventually(async () => {
      expect((await person.send('{ viewer { displayName } }')).data).toEqual({
        viewer: { displayName: person.username },
      });
    });
  });

  it('lets nobody join who could not be mentioned yet, rather than lose mentions', async () => {
    await redis.crash();
    const person = await stacks[0].register('early');
    const join = 'mutation ($input: JoinRoomInput!) { joinRoom(input: $input) { room { id } } }';
    const { errors } = await person.send(join, { input: { roomId } });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    await redis.comeBack();
    await eventually(async () => expect((await person.send(join, { input: { roomId } })).errors).toBeUndefined());
  });

  it('notifies of a mention that was written while Redis was gone, once', async () => {
    await reader.joinRoom(roomId);
    const list = async () =>
      (await reader.run('{ viewer { notifications(first: 10) { nodes { message { text } } } } }')).notifications.nodes;
    const before = (await list()).length;
    await redis.crash();
    await writer.sendMessage(roomId, `@${reader.username} can you hear me?`);
    await redis.comeBack();
    await writer.sendMessage(roomId, `@${reader.username} and now?`);
    await eventually(async () => expect((await list()).length).toBe(before + 2));
    const texts = (await list()).map(({ message }: { message: { text: string } }) => message.text);
    expect(texts.slice(0, 2).sort()).toEqual([`@${reader.username} and now?`, `@${reader.username} can you hear me?`]);
  });
});
