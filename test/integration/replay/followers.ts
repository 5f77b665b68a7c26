import type { TestClient, TestSubscription } from '../../client.ts';
import { eventually } from '../../eventually.ts';
import { cursorAt } from '../../retention.ts';
import type { Random } from '../read-state/random.ts';
import { applyEvent, createState, followRoom, type LogEvent, type RoomState } from './state.ts';

/** A client that knows a room by its log. */
export interface Follower {
  state: RoomState;
  /** Waits until it has come to this `seq`. @throws what ended it before. */
  reach(seq: number): Promise<void>;
}

function open(client: TestClient, roomId: string, after: string): TestSubscription<LogEvent> {
  return client.subscribe<LogEvent>(followRoom, { roomId, after });
}

function follow(state: RoomState, run: () => Promise<void>): Follower {
  let failure: unknown = null;
  run().catch((error: unknown) => {
    failure = error;
  });
  return {
    state,
    async reach(seq) {
      await eventually(() => {
        if (state.seq < seq && failure === null)
          throw new Error(`A follower stands at ${state.seq} and not at ${seq}.`);
      });
      if (state.seq < seq) throw failure;
    },
  };
}

/** Is there from the first event to the last. */
export function followAll(client: TestClient, roomId: string): Follower & { subscription: TestSubscription<LogEvent> } {
  const state = createState();
  const subscription = open(client, roomId, cursorAt(roomId, 0));
  const follower = follow(state, async () => {
    while (true) applyEvent(state, await subscription.next());
  });
  return { ...follower, subscription };
}

/** Goes away after every few events, and comes back with the cursor of the last one. */
export function followInPieces(client: TestClient, roomId: string, random: Random): Follower {
  const state = createState();
  let after = cursorAt(roomId, 0);
  return follow(state, async () => {
    while (!state.isDeleted) {
      const subscription = open(client, roomId, after);
      for (let left = 1 + random.below(12); left > 0 && !state.isDeleted; left -= 1) {
        const event = await subscription.next();
        applyEvent(state, event);
        after = event.cursor;
      }
      subscription.stop();
    }
  });
}

/** Reads a log from its first event up to a `seq`, and is gone. */
export async function replayUpTo(client: TestClient, roomId: string, seq: number): Promise<RoomState> {
  const state = createState();
  const subscription = open(client, roomId, cursorAt(roomId, 0));
  while (state.seq < seq) applyEvent(state, await subscription.next());
  subscription.stop();
  return state;
}
