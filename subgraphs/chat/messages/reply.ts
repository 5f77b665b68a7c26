import { requireRoom } from '../access.ts';
import type { ChatRequest } from '../dependencies.ts';
import { type Failure, messageNotFound } from '../failure.ts';
import type { MessageRecord } from './record.ts';

/** The message that the viewer wants to answer: one of a room that they may know of. Null when it is not there. */
export async function findReplyTarget(
  request: ChatRequest,
  roomId: string,
  messageId: string,
): Promise<MessageRecord | null> {
  await requireRoom(request, roomId);
  const message = await request.loaders.knownMessage.load(messageId);
  return message?.roomId === roomId ? message : null;
}

export async function requireReplyTarget(
  request: ChatRequest,
  roomId: string,
  messageId: string,
): Promise<MessageRecord> {
  const message = await findReplyTarget(request, roomId, messageId);
  if (message === null) throw replyTargetNotFound();
  return message;
}

export function replyTargetNotFound(): Failure {
  return messageNotFound('replyToMessageId');
}
