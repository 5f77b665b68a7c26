import type { Viewer } from '../../platform/viewer.ts';
import { createAuditLoaders } from './audit/loaders.ts';
import type { ChatDependencies } from './dependencies.ts';
import { createDraftLoaders } from './drafts/loaders.ts';
import { createInvitationLoaders } from './invitations/loaders.ts';
import { createJoinRequestLoaders } from './join-requests/loaders.ts';
import { createMemberLoaders } from './members/loaders.ts';
import { createMessageLoaders } from './messages/loaders.ts';
import { createPinLoaders } from './pins/loaders.ts';
import { createReactionLoaders } from './reactions/loaders.ts';
import { createReadLoaders } from './reads/loaders.ts';
import { createReportLoaders } from './reports/loaders.ts';
import { createRoomLoaders } from './rooms/loaders.ts';
import { createScheduledLoaders } from './scheduled/loaders.ts';
import { createWebhookLoaders } from './webhooks/loaders.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/**
 * What one request reads, batched and remembered for the request alone. Each loader already applies the policy: what the
 * viewer may not see comes back as null, exactly like what does not exist.
 */
export function createLoaders(
  { database, roomReader, now }: Pick<ChatDependencies, 'database' | 'roomReader' | 'now'>,
  viewer: Viewer | null,
) {
  const rooms = createRoomLoaders(roomReader, viewer);
  return {
    ...rooms,
    ...createAuditLoaders(database),
    ...createInvitationLoaders(database, viewer, now),
    ...createJoinRequestLoaders(database, viewer),
    ...createMemberLoaders(database),
    ...createMessageLoaders(database, rooms),
    ...createReactionLoaders(database, viewer),
    ...createReadLoaders(database, viewer),
    ...createPinLoaders(database),
    ...createScheduledLoaders(database, viewer),
    ...createDraftLoaders(database, viewer),
    ...createReportLoaders(database, viewer),
    ...createWebhookLoaders(database),
  };
}
