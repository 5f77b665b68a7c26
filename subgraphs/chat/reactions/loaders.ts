import DataLoader from 'dataloader';
import type { Viewer } from '../../../platform/viewer.ts';
import type { MessagePlace } from '../messages/record.ts';
import type { Database } from '../repository.ts';
import { findReactions, type ReactionRecord } from './repository.ts';

export function createReactionLoaders(database: Database, viewer: Viewer | null) {
  const keyOf = ({ roomId, seq }: MessagePlace) => `${roomId} ${seq}`;
  /** The reactions to messages that may be read. */
  const reactions = new DataLoader<MessagePlace, ReactionRecord[], string>(
    async (places) => {
      const found = Map.groupBy(await findReactions(database, places, viewer?.userId ?? null), keyOf);
      return places.map((place) => found.get(keyOf(place)) ?? []);
    },
    { cacheKeyFn: keyOf },
  );
  return { reactions };
}
