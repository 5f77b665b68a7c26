import { z } from 'zod';
import { newId } from '../../../platform/identifiers.ts';
import { checkClientKey } from '../client-key.ts';
import { checkAttachments } from '../messages/attachments.ts';
import type { MessageContent } from '../messages/composing.ts';
import { checkText } from '../messages/text.ts';

/** 8,000 characters and ten attachments have less. */
export const webhookBodyLimitBytes = 64 * 1024;

const attachment = z.strictObject({
  url: z.string(),
  name: z.string(),
  contentType: z.string(),
  sizeBytes: z.int32(),
});

const bodySchema = z.strictObject({
  text: z.string().default(''),
  clientMessageId: z.string().optional(),
  attachments: z.array(attachment).default([]),
});

/** The body is none of the form that a webhook takes. */
export class MalformedBody extends Error {}

/**
 * Checks what a program posts, as `sendMessage` does. Without a name of its own each call is a message of its own.
 * @throws MalformedBody, or a Failure of those that `sendMessage` has
 */
export function readWebhookBody(
  roomId: string,
  body: unknown,
  idempotencyKey: string | string[] | undefined,
): MessageContent {
  const { success, data, error } = bodySchema.safeParse(body);
  if (!success) throw new MalformedBody(describeFirst(error));
  const named = [data.clientMessageId, idempotencyKey].filter((name) => name !== undefined).flat();
  if (new Set(named).size > 1) throw new MalformedBody('clientMessageId and Idempotency-Key name different messages.');
  const clientMessageId = named[0] ?? newId();
  checkClientKey(clientMessageId, 'CLIENT_MESSAGE_ID_INVALID', 'clientMessageId');
  const attachments = checkAttachments(data.attachments);
  const text = checkText(data.text, { mayBeEmpty: attachments.length > 0 });
  return { roomId, clientMessageId, text, attachments, mentions: true, isAuthorThere: false };
}

/** Names of people's own making are not repeated. */
function describeFirst({ issues: [issue] }: z.ZodError): string {
  const place = issue?.path.join('.') || 'The body';
  if (issue?.code === 'unrecognized_keys') return `${place} has a field that is not known.`;
  return `${place} is not what it should be: send { "text": <string>, "clientMessageId"?: <string>, "attachments"?: [...] }.`;
}
