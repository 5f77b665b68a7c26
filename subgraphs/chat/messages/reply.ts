import { requireRoom } from '../access.ts';
import type { ChatRequest } from '../dependencies.ts';
import { messageNotFound } from '../failure.ts';
import type { MessageRecord } from './record.ts';

/** The message that the viewer wants to answer: one of a room that they may know of. */
export async function requireReplyTarget(
  request: ChatRequest,
  roomId: string,
  messageId: string,
): Promise<MessageRecord> {
  await requireRoom(request, roomId);
  const message = await request.loaders.knownMessage.load(messageId);
  if (message === null || message.roomId !== roomId) throw messageNotFound('replyToMessageId');
  return message;
}
