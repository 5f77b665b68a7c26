import type { SubgraphRequest } from '../../platform/subgraph-request.ts';
import { createAuditService } from './audit/service.ts';
import type { ChatDependencies } from './dependencies.ts';
import { createDraftService } from './drafts/service.ts';
import { createInvitationUse } from './invitations/accepting.ts';
import { createInvitationService } from './invitations/service.ts';
import { createJoinRequestService } from './join-requests/service.ts';
import { createLoaders } from './loaders.ts';
import { createLogService } from './log/service.ts';
import { createModerationService } from './members/moderation.ts';
import { createMemberService } from './members/service.ts';
import { createMessageService } from './messages/service.ts';
import { createPinService } from './pins/service.ts';
import { createPreferenceService } from './preferences/service.ts';
import { createReactionService } from './reactions/service.ts';
import { createReadService } from './reads/service.ts';
import { createReportService } from './reports/service.ts';
import { createRoomChanges } from './rooms/changes.ts';
import { createDiscoveryService } from './rooms/discovery/service.ts';
import { createRoomService } from './rooms/service.ts';
import { createScheduledService } from './scheduled/service.ts';
import { createSearchService } from './search/service.ts';
import { createSignalService } from './signals/service.ts';
import { createWebhookService } from './webhooks/service.ts';

/** What the resolvers of one request share: the use cases of each concept. */
export type Context = ReturnType<typeof createService>;

/** The use cases of chat, for one request: they know its viewer and share its loaders. */
export function createService(dependencies: ChatDependencies, subgraphRequest: SubgraphRequest) {
  const request = {
    ...subgraphRequest,
    loaders: createLoaders(dependencies, subgraphRequest.viewer),
  };
  return {
    drafts: createDraftService(dependencies, request),
    audit: createAuditService(dependencies, request),
    invitations: createInvitationService(dependencies, request),
    invitationUse: createInvitationUse(dependencies, request),
    joinRequests: createJoinRequestService(dependencies, request),
    discovery: createDiscoveryService(dependencies, request),
    log: createLogService(dependencies, request),
    members: createMemberService(dependencies, request),
    moderation: createModerationService(dependencies, request),
    messages: createMessageService(dependencies, request),
    pins: createPinService(dependencies, request),
    preferences: createPreferenceService(dependencies, request),
    reactions: createReactionService(dependencies, request),
    reads: createReadService(dependencies, request),
    reports: createReportService(dependencies, request),
    roomChanges: createRoomChanges(dependencies, request),
    rooms: createRoomService(dependencies, request),
    scheduled: createScheduledService(dependencies, request),
    signals: createSignalService(dependencies, request),
    search: createSearchService(dependencies, request),
    webhooks: createWebhookService(dependencies, request),
  };
}
