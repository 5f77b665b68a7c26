import type { SubgraphRequest } from '../../platform/subgraph-server.ts';
import type { ChatDependencies } from './dependencies.ts';
import { createLoaders } from './loaders.ts';
import { createLogService } from './log/service.ts';
import { createModerationService } from './members/moderation.ts';
import { createMemberService } from './members/service.ts';
import { createMessageService } from './messages/service.ts';
import { createPinService } from './pins/service.ts';
import { createReactionService } from './reactions/service.ts';
import { createReadService } from './reads/service.ts';
import { createRoomChanges } from './rooms/changes.ts';
import { createRoomService } from './rooms/service.ts';
import { createWebhookService } from './webhooks/service.ts';

/** What the resolvers of one request share: the use cases of each concept. */
export type Context = ReturnType<typeof createService>;

/** The use cases of chat, for one request: they know its viewer and share its loaders. */
export function createService(dependencies: ChatDependencies, subgraphRequest: SubgraphRequest) {
  const request = { ...subgraphRequest, loaders: createLoaders(dependencies.database, subgraphRequest.viewer) };
  return {
    log: createLogService(dependencies, request),
    members: createMemberService(dependencies, request),
    moderation: createModerationService(dependencies, request),
    messages: createMessageService(dependencies, request),
    pins: createPinService(dependencies, request),
    reactions: createReactionService(dependencies, request),
    reads: createReadService(dependencies, request),
    roomChanges: createRoomChanges(dependencies, request),
    rooms: createRoomService(dependencies, request),
    webhooks: createWebhookService(dependencies, request),
  };
}
