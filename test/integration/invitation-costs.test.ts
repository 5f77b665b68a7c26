import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';
import { act, createLink } from '../inviting.ts';
import { countRowsRead } from '../plans.ts';
import { recordStatements, type SentStatement } from '../statement-recorder.ts';

const endedInvitations = 20_000;

describe('invitations that have ended', () => {
  let stack: TestStack;
  let owner: TestClient;
  let member: TestClient;
  let roomId: string;
  let recorder: ReturnType<typeof recordStatements>;

  beforeAll(async () => {
    stack = await startTestStack();
    [owner, member] = await Promise.all([stack.register('owner'), stack.register('member')]);
    roomId = await owner.createRoom();
    await member.joinRoom(roomId);
    // One after the other: expired, used up, declined and revoked.
    await stack.databases.query(
      'chat',
      `INSERT INTO invitation (room_id, id, created_by_id, client_invitation_id, created_at,
                               expires_at, max_uses, use_count, declined_at, revoked_at)
       SELECT $1, gen_random_uuid(), $2, number::text, now(),
              now() + CASE number % 4 WHEN 0 THEN interval '-1 day' ELSE interval '1 day' END,
              CASE number % 4 WHEN 1 THEN 1 END, CASE number % 4 WHEN 1 THEN 1 ELSE 0 END,
              CASE number % 4 WHEN 2 THEN now() END, CASE number % 4 WHEN 3 THEN now() END
       FROM generate_series(1, $3) AS number`,
      [roomId, member.userId, endedInvitations],
    );
    await stack.databases.query('chat', 'ANALYZE invitation');
    recorder = recordStatements();
  });

  afterAll(async () => {
    recorder?.stop();
    await stack?.stop();
  });

  it('are not read when somebody makes one, and not when somebody leaves', async () => {
    const link = await recorder.during(() => createLink(member, roomId));
    const counting = link.find(({ text }) => /count\(\*\).*FROM invitation/s.test(text));
    const left = await recorder.during(() => act(member, 'leaveRoom', { roomId }));
    const revoking = left.find(({ text }) => /UPDATE invitation/.test(text));
    for (const statement of [counting, revoking]) {
      expect(await countRowsRead(stack.databases, statement as SentStatement, 'invitation')).toBeLessThanOrEqual(1);
    }
    // The link, and of those that had ended none that had not been revoked before.
    const revoked = 'SELECT FROM invitation WHERE revoked_at IS NOT NULL AND room_id = $1';
    expect(await stack.databases.query('chat', revoked, [roomId])).toHaveLength(endedInvitations / 4 + 1);
  });
});
