import { createLazyMembers } from '../../platform/lazy-members.ts';
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

const createConcepts = createLazyMembers({
  drafts: createDraftService,
  audit: createAuditService,
  invitations: createInvitationService,
  invitationUse: createInvitationUse,
  joinRequests: createJoinRequestService,
  discovery: createDiscoveryService,
  log: createLogService,
  members: createMemberService,
  moderation: createModerationService,
  messages: createMessageService,
  pins: createPinService,
  preferences: createPreferenceService,
  reactions: createReactionService,
  reads: createReadService,
  reports: createReportService,
  roomChanges: createRoomChanges,
  rooms: createRoomService,
  scheduled: createScheduledService,
  signals: createSignalService,
  search: createSearchService,
  webhooks: createWebhookService,
});

/** The use cases of chat, for one request: they know its viewer and share its loaders. */
export function createService(dependencies: ChatDependencies, subgraphRequest: SubgraphRequest) {
  return createConcepts(dependencies, {
    ...subgraphRequest,
    loaders: createLoaders(dependencies, subgraphRequest.viewer),
  });
}
