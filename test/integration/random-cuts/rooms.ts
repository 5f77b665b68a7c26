import { decodeSeqCursor } from '../../../platform/cursor.ts';
import type { TestClient } from '../../client.ts';
import type { FollowedLog } from '../../follower.ts';

/** A room into which so many messages flow. */
export interface FlowingRoom {
  id: string;
  /** The place from which everybody begins. */
  start: { seq: number; cursor: string };
  messages: number;
  /** What was sent, in order: the first follows `start`. */
  texts: string[];
}

/** Somebody waits for something that happens elsewhere: everybody who waits looks again after each `wake`. */
export class Signal {
  #waiting: (() => void)[] = [];

  wake(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

export async function openFlowingRoom(writer: TestClient, messages: number): Promise<FlowingRoom> {
  const id = await writer.createRoom('PUBLIC');
  return { id, start: await readHead(writer, id), messages, texts: [] };
}

export async function readHead(reader: TestClient, roomId: string): Promise<FlowingRoom['start']> {
  const { headSeq, headCursor } = await reader.run('query ($id: ID!) { room(id: $id) { headSeq headCursor } }', {
    id: roomId,
  });
  return { seq: headSeq, cursor: headCursor };
}

export function headOf({ start, texts }: FlowingRoom): number {
  return start.seq + texts.length;
}

export function isFull({ messages, texts }: FlowingRoom): boolean {
  return texts.length === messages;
}

export function placeOf({ roomId, after }: FollowedLog): number {
  return decodeSeqCursor('room', roomId, after);
}
