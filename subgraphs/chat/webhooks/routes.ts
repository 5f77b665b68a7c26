import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorCodeOf } from '../../../platform/http-server.ts';
import type { ChatDependencies } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { refuse, refuseFailure } from '../failure-answer.ts';
import { MalformedBody, readWebhookBody, webhookBodyLimitBytes } from './body.ts';
import type { WebhookPace } from './pace.ts';
import { authenticateWebhook, postByWebhook } from './posting.ts';
import { webhookRoute } from './secrets.ts';

interface WebhookRequest {
  Params: { id: string; secret: string };
}

const jsonType = /^application\/json\s*(;|$)/i;

/**
 * A POST to a webhook's URL with `{ "text", "clientMessageId"?, "attachments"? }` posts a message: 201 `{ messageId, seq }`,
 * or 200 with the same for a message that was posted before. docs/API.md is for those who call it.
 */
export function serveWebhooks(app: FastifyInstance, dependencies: ChatDependencies, pace: WebhookPace): void {
  async function post(request: FastifyRequest<WebhookRequest>, reply: FastifyReply): Promise<FastifyReply> {
    const { id, secret } = request.params;
    const webhook = await authenticateWebhook(dependencies, id, secret);
    if (webhook === null) return refuse(reply, 'NOT_FOUND');
    const secondsToWait = await pace(webhook.id);
    if (secondsToWait > 0) return refuse(reply.header('retry-after', secondsToWait), 'RATE_LIMITED');
    const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
    if (!jsonType.test(type)) return refuse(reply, 'UNSUPPORTED_MEDIA_TYPE');
    if (encoding !== 'identity') return refuse(reply, 'UNSUPPORTED_MEDIA_TYPE', 'Send the body uncompressed.');
    const content = readWebhookBody(webhook.roomId, request.body, request.headers['idempotency-key']);
    const posted = await postByWebhook(dependencies, webhook, content, request.trace);
    if (posted === null) return refuse(reply, 'NOT_FOUND');
    const { id: messageId, seq } = posted.message;
    return reply.status(posted.isNew ? 201 : 200).send({ messageId, seq });
  }

  app.post<WebhookRequest>(webhookRoute, {
    bodyLimit: webhookBodyLimitBytes,
    onRequest: async (_request, reply) => void reply.header('cache-control', 'no-store'),
    handler: post,
    errorHandler(error, request, reply) {
      if (error instanceof Failure) return refuseFailure(reply, error.code === 'ROOM_ARCHIVED' ? 409 : 400, error);
      if (error instanceof MalformedBody) return refuse(reply, 'BAD_REQUEST', error.message);
      const code = errorCodeOf(error);
      if (code === 'INTERNAL') request.log.error({ error }, 'a webhook could not post');
      return refuse(reply, code, code === 'BAD_REQUEST' ? 'The body is not JSON.' : undefined);
    },
  });
}
