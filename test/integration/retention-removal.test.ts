import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginLater, eventsPerBatch, expireMessages } from '../../subgraphs/chat/retention/expiry.ts';
import { eventually } from '../harness.ts';
import { type RetentionScene, roomEventsWithEdits, startRetentionScene } from '../retention.ts';

let scene: RetentionScene;

beforeAll(async () => {
  scene = await startRetentionScene();
});

afterAll(() => scene?.stop());

describe('the removal of what rooms no longer keep', () => {
  it('goes by the setting as it is under the lock, not by the one that was found', async () => {
    const roomId = await scene.owner.createRoom();
    await scene.fill(roomId, 3, 10);
    await scene.fill(roomId, 3, 3);
    await scene.setRetention(roomId, 20);
    const process = scene.openProcess();
    // As if the setting had been 1 when the room was found to be due.
    await beginLater(process, roomId);
    expect((await scene.readRoom(scene.owner, roomId, 'firstSeq')).firstSeq).toBe(1);
    await scene.setRetention(roomId, 5);
    await beginLater(process, roomId);
    // The room's own first event is young and stands before them: the log is only cut where all before is old.
    expect((await scene.readRoom(scene.owner, roomId, 'firstSeq')).firstSeq).toBe(1);
    await scene.age(roomId, 1);
    await beginLater(process, roomId);
    expect((await scene.readRoom(scene.owner, roomId, 'firstSeq')).firstSeq).toBe(5);
    await scene.setRetention(roomId, 0);
    await scene.age(roomId, 100, 100);
    await beginLater(process, roomId);
    expect((await scene.readRoom(scene.owner, roomId, 'firstSeq')).firstSeq).toBe(5);
  });

  it('is done once by two processes at once, while others write and read', async () => {
    const roomId = await scene.owner.createRoom();
    await scene.age(roomId, 1, 20);
    const oldMessages = 3 * eventsPerBatch + 7;
    await scene.fill(roomId, oldMessages, 10);
    await scene.setRetention(roomId, 5);
    const reader = await scene.stack.register('reader');
    const live = reader.subscribe(roomEventsWithEdits, { roomId, after: await scene.owner.headCursor(roomId) });
    const sending = async () => {
      for (let number = 0; number < 30; number += 1) await scene.owner.sendMessage(roomId, `young ${number}`);
    };
    const seen: number[] = [];
    const reading = async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        const { messages, firstSeq } = await scene.readRoom(
          reader,
          roomId,
          'firstSeq messages(first: 5) { nodes { seq } }',
        );
        // The room is read before its messages: what they show begins there or later.
        for (const { seq } of messages.nodes) expect(seq).toBeGreaterThanOrEqual(firstSeq);
        seen.push(firstSeq);
      }
    };
    await Promise.all([sending(), reading(), expireMessages(scene.openProcess()), expireMessages(scene.openProcess())]);
    await expireMessages(scene.openProcess());
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    const firstSeq = oldMessages + 2;
    expect(await scene.readRoom(scene.owner, roomId, 'firstSeq headSeq')).toEqual({ firstSeq, headSeq: firstSeq + 30 });
    expect(await scene.countBefore(roomId, firstSeq)).toBe(0);
    expect(await scene.query('SELECT FROM expired_message WHERE room_id = $1', [roomId])).toHaveLength(oldMessages);
    const delivered = await live.take(30);
    expect(delivered.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, index) => firstSeq + 1 + index));
    const { messages } = await scene.readRoom(scene.owner, roomId, 'messages(last: 100) { nodes { text } }');
    expect(messages.nodes).toHaveLength(30);
  });

  it('is finished by the next start when the process died in the middle of it', async () => {
    const roomId = await scene.owner.createRoom();
    await scene.age(roomId, 1, 20);
    await scene.fill(roomId, 2 * eventsPerBatch, 10);
    await scene.owner.sendMessage(roomId, 'young');
    await scene.setRetention(roomId, 5);
    const process = scene.openProcess();
    let steps = 0;
    // It dies after the first batch.
    await expireMessages(process, () => {
      steps += 1;
      return steps < 4;
    });
    const left = await scene.countBefore(roomId, 2 * eventsPerBatch + 2);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(4 * eventsPerBatch);
    // What is on its way out goes, even when the room keeps everything from now on.
    await scene.setRetention(roomId, 0);
    await scene.stack.stopSubgraph('chat');
    await scene.stack.restartSubgraph('chat');
    await eventually(async () => expect(await scene.countBefore(roomId, 2 * eventsPerBatch + 2)).toBe(0));
    expect(await scene.textsOf(scene.owner, roomId)).toEqual(['young']);
  });

  it('comes to what hangs on one message in steps as well', async () => {
    const roomId = await scene.owner.createRoom();
    await scene.age(roomId, 1, 20);
    const { message } = await scene.owner.sendMessage(roomId, 'loved by many');
    await scene.query(
      `INSERT INTO reaction (room_id, message_seq, emoji, user_id, reacted_at)
       SELECT $1, $2, '👍', gen_random_uuid(), now() FROM generate_series(1, 12000)`,
      [roomId, message.seq],
    );
    await scene.age(roomId, message.seq);
    await scene.setRetention(roomId, 5);
    await expireMessages(scene.openProcess());
    expect(await scene.query('SELECT FROM reaction WHERE room_id = $1', [roomId])).toEqual([]);
    expect(await scene.countBefore(roomId, message.seq + 1)).toBe(0);
  });
});
