import { toPayload } from '../../../platform/user-errors.ts';
import { eventFields } from '../log/cursor.ts';
import type { WebhookEventRecord } from '../log/record.ts';
import type { Resolvers } from '../schema.types.ts';
import type { Context } from '../service.ts';

const webhookEventFields = {
  ...eventFields,
  webhookId: ({ data }: WebhookEventRecord) => data.webhookId,
  webhook: ({ data }: WebhookEventRecord, _args: object, { webhooks }: Context) => webhooks.webhook(data.webhookId),
  actorId: ({ actorId }: WebhookEventRecord) => actorId,
  actor: ({ actorId }: WebhookEventRecord) => ({ id: actorId }),
};

export const webhookResolvers: Resolvers = {
  Mutation: {
    createWebhook: (_parent, { input }, { webhooks }) => toPayload(webhooks.createWebhook(input)),
    revokeWebhook: (_parent, { input }, { webhooks }) => toPayload(webhooks.revokeWebhook(input)),
  },
  Room: {
    webhooks: (room, args, { webhooks }) => webhooks.pageWebhooks(room, args),
  },
  Message: {
    webhook: ({ webhookId }, _args, { webhooks }) => (webhookId ? webhooks.webhook(webhookId) : null),
  },
  Webhook: {
    name: (webhook, _args, { webhooks }) => webhooks.readName(webhook),
    avatarUrl: (webhook, _args, { webhooks }) => webhooks.readAvatarUrl(webhook),
    path: (webhook, _args, { webhooks }) => webhooks.readPath(webhook),
    createdBy: ({ createdById }) => ({ id: createdById }),
  },
  WebhookAuthor: {
    name: (webhook, _args, { webhooks }) => webhooks.readName(webhook),
    avatarUrl: (webhook, _args, { webhooks }) => webhooks.readAvatarUrl(webhook),
  },
  WebhookCreated: webhookEventFields,
  WebhookRevoked: webhookEventFields,
};
