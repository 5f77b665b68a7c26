import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Kind, parse, type TypeNode } from 'graphql';
import { expect } from 'vitest';
import type { TestClient } from './client.ts';
import { codesOf, mutate } from './mutations.ts';

/** Where to write a marker, and who may. */
export interface MarkerScene {
  /** The owner of the room. */
  user: TestClient;
  roomId: string;
  /** A message of the user's. */
  messageId: string;
  marker: string;
  /** Somebody new. */
  register(): Promise<TestClient>;
}

async function write(user: TestClient, name: string, input: object, selection = ''): Promise<void> {
  expect({ name, codes: codesOf(await mutate(user, name, input, selection)) }).toEqual({ name, codes: [] });
}

/** Somebody new, who is a member of the room. */
async function joinAnew({ roomId, register }: MarkerScene): Promise<TestClient> {
  const member = await register();
  await member.joinRoom(roomId);
  return member;
}

/** Does something to a new member, with the marker as its reason. */
async function moderate(scene: MarkerScene, name: string): Promise<void> {
  const { userId } = await joinAnew(scene);
  await write(scene.user, name, { roomId: scene.roomId, userId, reason: `because ${scene.marker}` });
}

/** Schedules a message for an hour later. @returns its id. */
async function schedule({ user, roomId }: MarkerScene, text: string): Promise<string> {
  const sendAt = new Date(Date.now() + 3_600_000).toISOString();
  const input = { roomId, text, sendAt, clientMessageId: randomUUID() };
  return (await mutate(user, 'scheduleMessage', input, 'scheduledMessage { id }')).scheduledMessage.id;
}

/** Reports a message of the user. @returns the id of the report, as the queue has it. */
async function report(scene: MarkerScene, comment: string): Promise<string> {
  const { roomId, register } = scene;
  const [reporter, author] = [await register(), await joinAnew(scene)];
  const { message } = await author.sendMessage(roomId, `reported ${scene.marker}`);
  const input = { messageId: message.id, reason: 'SPAM', comment, clientReportId: randomUUID() };
  return (await mutate(reporter, 'reportMessage', input, 'report { id }')).report.id;
}

const attach = ({ user, roomId }: MarkerScene, attachment: object) =>
  write(user, 'sendMessage', {
    roomId,
    text: '',
    clientMessageId: randomUUID(),
    attachments: [{ url: 'https://example.org/a', name: 'a', contentType: 'a/b', sizeBytes: 1, ...attachment }],
  });

/** Every input of chat in which people write what they like, as `Input.field`, and how to write a marker there. */
export const freeTexts: Record<string, (scene: MarkerScene) => Promise<void>> = {
  'CreateRoomInput.name': ({ user, marker }) => write(user, 'createRoom', { kind: 'PUBLIC', name: `new ${marker}` }),
  'CreateRoomInput.topic': ({ user, marker }) =>
    write(user, 'createRoom', { kind: 'PUBLIC', name: 'A room', topic: `new ${marker}` }),
  'OpenGroupRoomInput.name': async ({ user, register, marker }) => {
    const userIds = [(await register()).userId, (await register()).userId];
    await write(user, 'openGroupRoom', { userIds, name: `group ${marker}`, clientRoomId: randomUUID() });
  },
  'RequestToJoinInput.text': async ({ user, register, marker }) => {
    const roomId = await user.createRoom();
    await write(user, 'updateRoom', { roomId, settings: { joinPolicy: 'ON_REQUEST' } });
    await write(await register(), 'requestToJoin', { roomId, clientRequestId: 'a', text: `let me in ${marker}` });
  },
  'KickMemberInput.reason': (scene) => moderate(scene, 'kickMember'),
  'BanMemberInput.reason': (scene) => moderate(scene, 'banMember'),
  'MuteMemberInput.reason': (scene) => moderate(scene, 'muteMember'),
  'DeleteMessageInput.reason': async (scene) => {
    const { message } = await (await joinAnew(scene)).sendMessage(scene.roomId, 'to be deleted');
    await write(scene.user, 'deleteMessage', { messageId: message.id, reason: `because ${scene.marker}` });
  },
  'ReportMessageInput.comment': async (scene) => void (await report(scene, `look ${scene.marker}`)),
  'ResolveReportInput.note': async (scene) => {
    const reportId = await report(scene, 'look');
    await write(scene.user, 'resolveReport', { reportId, resolution: 'DISMISSED', note: `no ${scene.marker}` });
  },
  'ScheduleMessageInput.text': async (scene) => void (await schedule(scene, `later ${scene.marker}`)),
  'UpdateScheduledMessageInput.text': async (scene) => {
    const scheduledMessageId = await schedule(scene, 'later');
    await write(scene.user, 'updateScheduledMessage', { scheduledMessageId, text: `other ${scene.marker}` });
  },
  'SaveDraftInput.text': ({ user, roomId, marker }) =>
    write(user, 'saveDraft', { roomId, deviceId: 'phone', text: `draft ${marker}` }),
  'CreateWebhookInput.name': ({ user, roomId, marker }) =>
    write(user, 'createWebhook', { roomId, name: `by ${marker}`, clientWebhookId: randomUUID() }),
  'CreateWebhookInput.avatarUrl': ({ user, roomId, marker }) =>
    write(user, 'createWebhook', {
      roomId,
      name: 'A webhook',
      avatarUrl: `https://example.org/${marker}`,
      clientWebhookId: randomUUID(),
    }),
  'UpdateRoomInput.name': ({ user, roomId, marker }) => write(user, 'updateRoom', { roomId, name: `name ${marker}` }),
  'UpdateRoomInput.topic': ({ user, roomId, marker }) => write(user, 'updateRoom', { roomId, topic: `of ${marker}` }),
  'UpdateRoomInput.avatarUrl': ({ user, roomId, marker }) =>
    write(user, 'updateRoom', { roomId, avatarUrl: `https://example.org/${marker}` }),
  'SendMessageInput.text': ({ user, roomId, marker }) =>
    write(user, 'sendMessage', { roomId, text: `text ${marker}`, clientMessageId: randomUUID() }),
  'EditMessageInput.text': async ({ user, messageId, marker }) => {
    // The second edit keeps the text of the first as one that was replaced.
    await write(user, 'editMessage', { messageId, text: `first ${marker}` });
    await write(user, 'editMessage', { messageId, text: `second ${marker}` });
  },
  'AttachmentInput.url': (scene) => attach(scene, { url: `https://example.org/${scene.marker}` }),
  'AttachmentInput.name': (scene) => attach(scene, { name: `file ${scene.marker}.pdf` }),
  'AttachmentInput.contentType': (scene) => attach(scene, { contentType: `image/${scene.marker}` }),
};

/** Inputs of type `String` that no person writes freely, and why each may be stored as it is. */
export const notFreeTexts: Record<string, string> = {
  'SendMessageInput.clientMessageId': 'a name that a program makes up',
  'ForwardMessageInput.clientMessageId': 'a name that a program makes up',
  'ScheduleMessageInput.clientMessageId': 'a name that a program makes up',
  'CreateRoomInput.clientRoomId': 'a name that a program makes up',
  'OpenGroupRoomInput.clientRoomId': 'a name that a program makes up',
  'CreateInvitationInput.clientInvitationId': 'a name that a program makes up',
  'InviteUserInput.clientInvitationId': 'a name that a program makes up',
  'RequestToJoinInput.clientRequestId': 'a name that a program makes up',
  'ReportMessageInput.clientReportId': 'a name that a program makes up',
  'CreateWebhookInput.clientWebhookId': 'a name that a program makes up',
  'SaveDraftInput.deviceId': 'a name that a program makes up',
  'DeleteDraftInput.deviceId': 'a name that a program makes up',
  'AcceptInvitationInput.code': 'made up by Chorus, and stored as a hash and sealed',
  'AddReactionInput.emoji': 'one of the emoji of Unicode',
  'RemoveReactionInput.emoji': 'one of the emoji of Unicode',
};

/** Other ways in which a text comes to a new place: copies, and events that carry it. */
export async function moveTexts({ user, roomId, messageId }: MarkerScene): Promise<void> {
  await write(user, 'forwardMessage', { messageId, roomId, clientMessageId: randomUUID() });
  await write(user, 'pinMessage', { messageId });
}

/** The inputs of chat's mutations that take a text, as `Input.field`. */
export function findTextInputs(): string[] {
  const schema = parse(readFileSync(new URL('../subgraphs/chat/schema.graphql', import.meta.url), 'utf8'));
  return schema.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return [];
    const texts = (definition.fields ?? []).filter(({ type }) => nameOf(type) === 'String');
    return texts.map((field) => `${definition.name.value}.${field.name.value}`);
  });
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
