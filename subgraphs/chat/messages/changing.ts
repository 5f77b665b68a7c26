import { requireRoom, requireViewer } from '../access.ts';
import { sealReason } from '../audit/reason.ts';
import type { ChatDependencies, ChatRequest } from '../dependencies.ts';
import { messageEdited } from '../events.ts';
import { Failure } from '../failure.ts';
import { canWriteToRooms } from '../policy.ts';
import type { DeleteMessageInput, EditMessageInput } from '../schema.types.ts';
import { wordsOfMessage } from '../search/message-words.ts';
import { changeMessage, type MessageChange, requireMessage } from './change-message.ts';
import { removeContent, saveEdit } from './edits/repository.ts';
import { findMentioned } from './mentioned.ts';
import type { MessageRecord } from './record.ts';
import { openAttachments, openMessageText, placeOfEdit, placeOfText } from './sealing.ts';
import { checkText } from './text.ts';

/** The use cases that change a message, for one request. */
export function createChanging(dependencies: ChatDependencies, request: ChatRequest) {
  const { encryption } = dependencies;

  async function editMessage(input: EditMessageInput): Promise<{ message: MessageRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const known = await requireMessage(request, input.messageId);
    const text = checkText(input.text, { mayBeEmpty: known.sealedAttachments !== null });
    const { keyVersion } = await requireRoom(request, known.roomId);
    const sealedText = await encryption.seal(placeOfText(known), keyVersion, text);
    const attachments = await openAttachments(encryption, known);
    const words = await encryption.hashWords(
      known.roomId,
      keyVersion,
      wordsOfMessage(known.authorId, text, attachments),
    );
    // So that the key of the text until now is at hand under the lock.
    await openMessageText(encryption, known);
    return changeMessage(dependencies, request, input.messageId, async (change) => {
      const { transaction, room, message, occurredAt: editedAt, append, emit } = change;
      const { id: messageId, roomId, seq, authorId } = message;
      change.require('message:edit-own');
      if (authorId !== userId) throw new Failure('NOT_ALLOWED', 'Only its author edits a message.', ['messageId']);
      const replaced = (await openMessageText(encryption, message)) ?? '';
      if (replaced === text) return message;
      const version = message.editCount + 1;
      // Bound to the number of the edit, which is known only here. No wait for a key: it has just been used.
      const sealedReplacedText = await encryption.seal(placeOfEdit(message, version), keyVersion, replaced);
      // Under the lock, so that it is about those who are members then.
      const mentioned = await findMentioned(transaction, request.viewer, room, text);
      const mentionedUserIds = await saveEdit(transaction, {
        roomId,
        seq,
        version,
        sealedText,
        sealedReplacedText,
        ...mentioned,
        words,
        editedAt,
      });
      append('MESSAGE_EDITED', { messageSeq: seq, messageId, version });
      const payload = { messageId, roomId, seq, version, authorId, ...mentioned, mentionedUserIds };
      emit(messageEdited(payload, request.trace, editedAt));
      return {
        ...message,
        sealedText: Buffer.from(sealedText).toString('base64'),
        editCount: version,
        editedAt: editedAt.toISOString(),
      };
    });
  }

  async function deleteMessage(input: DeleteMessageInput): Promise<{ message: MessageRecord | null }> {
    const { userId } = requireViewer(request, canWriteToRooms);
    const { messageId, reason } = input;
    const { roomId } = await requireMessage(request, messageId);
    const sealedReason = await sealReason(dependencies, request, roomId, reason);
    const remove = async (change: MessageChange) => {
      const { transaction, message, occurredAt, append } = change;
      change.require(message.authorId === userId ? 'message:delete-own' : 'message:delete-any');
      if (message.deletedAt !== null) return message;
      await removeContent(transaction, message, occurredAt);
      append('MESSAGE_DELETED', { messageSeq: message.seq, messageId }, sealedReason);
      return { ...message, sealedText: null, sealedAttachments: null, deletedAt: occurredAt.toISOString() };
    };
    return changeMessage(dependencies, request, messageId, remove, { takesDeleted: true });
  }

  return { editMessage, deleteMessage };
}
