import { mergeResolvers } from '../../platform/resolvers.ts';
import { scalarResolvers } from '../../platform/scalars.ts';
import { auditResolvers } from './audit/resolvers.ts';
import { draftResolvers } from './drafts/resolvers.ts';
import { invitationResolvers } from './invitations/resolvers.ts';
import { joinRequestResolvers } from './join-requests/resolvers.ts';
import { logResolvers } from './log/resolvers.ts';
import { memberResolvers } from './members/resolvers.ts';
import { messageResolvers } from './messages/resolvers.ts';
import { pinResolvers } from './pins/resolvers.ts';
import { preferenceResolvers } from './preferences/resolvers.ts';
import { reactionResolvers } from './reactions/resolvers.ts';
import { readResolvers } from './reads/resolvers.ts';
import { reportResolvers } from './reports/resolvers.ts';
import { roomResolvers } from './rooms/resolvers.ts';
import { scheduledResolvers } from './scheduled/resolvers.ts';
import type { Resolvers } from './schema.types.ts';
import { searchResolvers } from './search/resolvers.ts';
import { signalResolvers } from './signals/resolvers.ts';
import { webhookResolvers } from './webhooks/resolvers.ts';

/** Each concept resolves its own fields; here they are put together. */
export const resolvers: Resolvers = mergeResolvers<Resolvers>([
  scalarResolvers,
  draftResolvers,
  auditResolvers,
  invitationResolvers,
  joinRequestResolvers,
  logResolvers,
  memberResolvers,
  messageResolvers,
  pinResolvers,
  preferenceResolvers,
  reactionResolvers,
  readResolvers,
  reportResolvers,
  roomResolvers,
  scheduledResolvers,
  signalResolvers,
  searchResolvers,
  webhookResolvers,
]);
