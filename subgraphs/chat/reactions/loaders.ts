import DataLoader from 'dataloader';
import type { Viewer } from '../../../platform/viewer.ts';
import { type MessagePlace, placeKey } from '../messages/record.ts';
import type { Database } from '../repository.ts';
import { findReactions, type ReactionRecord } from './repository.ts';

export function createReactionLoaders(database: Database, viewer: Viewer | null) {
  /** The reactions to messages that may be read. */
  const reactions = new DataLoader<MessagePlace, ReactionRecord[], string>(
    async (places) => {
      const found = Map.groupBy(await findReactions(database, places, viewer?.userId ?? null), placeKey);
      return places.map((place) => found.get(placeKey(place)) ?? []);
    },
    { cacheKeyFn: placeKey },
  );
  return { reactions };
}
