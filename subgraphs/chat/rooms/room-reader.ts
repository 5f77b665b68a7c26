import DataLoader from 'dataloader';
import type { Pool } from 'pg';
import type { RoomRecord } from './record.ts';
import { createRoomLookUp, type RoomAsk } from './repository.ts';

/** Reads rooms for all requests of a process. */
export interface RoomReader {
  /**
   * A room with what the user is in it, as both are after the call; null for one that is not there. Whether the user may know of it is
   * the caller's to decide.
   */
  read(ask: RoomAsk): Promise<RoomRecord | null>;
}

/** Bounds what one statement makes the others wait. */
const asksPerStatement = 500;

/**
 * What requests ask for at the same moment is read by one statement, whoever asks: when thousands of sockets come back at once, each
 * has its access looked at, and a statement for each would be most of what that costs. Nothing is remembered: a statement begins
 * after all have asked whom it answers.
 */
export function createRoomReader(pool: Pool): RoomReader {
  const lookUp = createRoomLookUp(pool);
  const asked = new DataLoader(lookUp, { cache: false, maxBatchSize: asksPerStatement });
  return { read: (ask) => asked.load(ask) };
}
