import type { Viewer } from '../../platform/viewer.ts';
import { createMemberLoaders } from './members/loaders.ts';
import { createMessageLoaders } from './messages/loaders.ts';
import { createPinLoaders } from './pins/loaders.ts';
import { createReactionLoaders } from './reactions/loaders.ts';
import type { Database } from './repository.ts';
import { createRoomLoaders } from './rooms/loaders.ts';
import { createWebhookLoaders } from './webhooks/loaders.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/**
 * What one request reads, batched and remembered for the request alone. Each loader already applies the policy: what the
 * viewer may not see comes back as null, exactly like what does not exist.
 */
export function createLoaders(database: Database, viewer: Viewer | null) {
  const rooms = createRoomLoaders(database, viewer);
  return {
    ...rooms,
    ...createMemberLoaders(database),
    ...createMessageLoaders(database, rooms),
    ...createReactionLoaders(database, viewer),
    ...createPinLoaders(database),
    ...createWebhookLoaders(database),
  };
}
