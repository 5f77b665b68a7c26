import type { Database } from '../repository.ts';
import { deleteContent, findBuriedRooms, markPurged } from './repository.ts';

const rowsPerBatch = 5_000;

/** Removes what is left of a deleted room, in batches, so that no statement takes long. Safe to repeat. */
export async function purgeRoom(database: Database, roomId: string, now: () => Date): Promise<void> {
  while ((await deleteContent(database, roomId, rowsPerBatch)) > 0);
  await markPurged(database, roomId, now());
}

/** The same for every room whose process ended before it was done. */
export async function purgeDeletedRooms(database: Database, now: () => Date): Promise<void> {
  for (const roomId of await findBuriedRooms(database)) await purgeRoom(database, roomId, now);
}
