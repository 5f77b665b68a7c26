import { mergeResolvers } from '../../platform/resolvers.ts';
import { scalarResolvers } from '../../platform/scalars.ts';
import { logResolvers } from './log/resolvers.ts';
import { memberResolvers } from './members/resolvers.ts';
import { messageResolvers } from './messages/resolvers.ts';
import { pinResolvers } from './pins/resolvers.ts';
import { reactionResolvers } from './reactions/resolvers.ts';
import { readResolvers } from './reads/resolvers.ts';
import { roomResolvers } from './rooms/resolvers.ts';
import type { Resolvers } from './schema.types.ts';
import { webhookResolvers } from './webhooks/resolvers.ts';

/** Each concept resolves its own fields; here they are put together. */
export const resolvers: Resolvers = mergeResolvers<Resolvers>([
  scalarResolvers,
  logResolvers,
  memberResolvers,
  messageResolvers,
  pinResolvers,
  reactionResolvers,
  readResolvers,
  roomResolvers,
  webhookResolvers,
]);
