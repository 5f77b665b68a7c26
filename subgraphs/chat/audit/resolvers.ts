import type { MemberRole, Resolvers } from '../schema.types.ts';

export const auditResolvers: Resolvers = {
  Room: {
    moderationLog: (room, args, { audit }) => audit.pageEntries(room, args),
  },
  ModerationEntry: {
    actor: ({ actorId }) => ({ id: actorId }),
    target: ({ targetId }) => (targetId === null ? null : { id: targetId }),
    message: ({ messageId }, _args, { messages }) => (messageId === null ? null : messages.message(messageId)),
    reason: (entry, _args, { audit }) => audit.readReason(entry),
    until: ({ data }) => data.until ?? null,
    fromRole: ({ data }) => (data.from as MemberRole | undefined) ?? null,
    toRole: ({ data }) => (data.to as MemberRole | undefined) ?? null,
    fields: ({ data }) => data.fields ?? null,
  },
};
