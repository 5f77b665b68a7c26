import DataLoader from 'dataloader';
import { type MessagePlace, placeKey } from '../messages/record.ts';
import { createPageLoader, type RoomPageKey } from '../page-loader.ts';
import type { Database } from '../repository.ts';
import { findPins, type PinRecord, pagePins } from './repository.ts';

export function createPinLoaders(database: Database) {
  /** The pin of a message that may be read; null when it is not pinned. */
  const pin = new DataLoader<MessagePlace, PinRecord | null, string>(
    async (places) => {
      const pins = await findPins(database, places);
      const found = new Map(pins.map((each) => [placeKey({ roomId: each.roomId, seq: each.messageSeq }), each]));
      return places.map((place) => found.get(placeKey(place)) ?? null);
    },
    { cacheKeyFn: placeKey },
  );

  /** Pages of rooms that may be read. */
  const pinPage = createPageLoader<RoomPageKey<number>, PinRecord>(
    ({ roomId }) => roomId,
    ({ roomId }) => roomId,
    (keys, page) =>
      pagePins(
        database,
        keys.map(({ roomId }) => roomId),
        page,
      ),
  );

  return { pin, pinPage };
}
