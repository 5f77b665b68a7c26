import { requireViewer } from '../access.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { Failure } from '../failure.ts';
import { changeMessage } from '../messages/change-message.ts';
import type { MessageRecord } from '../messages/record.ts';
import { canWriteToRooms } from '../policy.ts';
import type { AddReactionInput, RemoveReactionInput } from '../schema.types.ts';
import { checkEmoji } from './emoji.ts';
import { deleteReaction, findReaction, insertReaction, type ReactionRecord } from './repository.ts';

/** Different emoji on one message. */
export const emojiLimit = 20;

/** The use cases of reactions, for one request. */
export function createReactionService(dependencies: ChatDependencies, request: ChatRequest) {
  const { loaders } = request;

  async function addReaction(input: AddReactionInput): Promise<{ message: MessageRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const emoji = checkEmoji(input.emoji);
    return changeMessage(dependencies, request, input.messageId, async (change) => {
      const { transaction, message, occurredAt, append } = change;
      change.require('message:react');
      const { roomId, seq } = message;
      const { otherEmoji, hasReacted } = await findReaction(transaction, { roomId, seq, emoji, userId });
      if (hasReacted) return message;
      if (otherEmoji >= emojiLimit) {
        throw new Failure('REACTION_LIMIT_REACHED', `A message has at most ${emojiLimit} different emoji.`, ['emoji']);
      }
      const eventSeq = append('REACTION_ADDED', { messageSeq: seq, messageId: message.id, emoji, userId });
      await insertReaction(transaction, { roomId, seq, emoji, userId }, eventSeq, occurredAt);
      return message;
    });
  }

  async function removeReaction(input: RemoveReactionInput): Promise<{ message: MessageRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const emoji = checkEmoji(input.emoji);
    return changeMessage(dependencies, request, input.messageId, async (change) => {
      const { transaction, message, append } = change;
      change.require('message:react');
      const { roomId, seq } = message;
      const isRemoved = await deleteReaction(transaction, { roomId, seq, emoji, userId });
      if (isRemoved) append('REACTION_REMOVED', { messageSeq: seq, messageId: message.id, emoji, userId });
      return message;
    });
  }

  async function reactionsOf({ roomId, seq }: MessageRecord): Promise<ReactionRecord[]> {
    return (await loaders.loadRoom(roomId)) === null ? [] : loaders.reactions.load({ roomId, seq });
  }

  return { addReaction, removeReaction, reactionsOf };
}
