import type { TestClient } from '../../client.ts';
import { type Content, contentFields, type MessageState, type RoomState, settingFields, textFields } from './state.ts';

/** A room as one person sees it: what a fresh query shows, or what follows from the log. */
export type RoomView = Record<string, unknown> & { headSeq: number };

const pageSize = 100;

const roomQuery = `query ($id: ID!) { room(id: $id) {
  ${textFields} settings { ${settingFields} } archivedAt headSeq memberCount
  members(first: ${pageSize}) { nodes { user { id } role joinedAt isMuted mutedUntil } }
  bans(first: ${pageSize}) { nodes { user { id } bannedAt bannedUntil } }
  pins(first: ${pageSize}) { nodes { message { seq } pinnedAt pinnedBy { id } } }
  webhooks(first: ${pageSize}) { nodes { id name avatarUrl createdBy { id } createdAt revokedAt } }
} }`;

const messagesQuery = `query ($id: ID!, $after: String) { room(id: $id) { messages(first: ${pageSize}, after: $after) {
  nodes {
    ${contentFields} pinnedAt
    edits(first: ${pageSize}) { nodes { version } }
    reactions { emoji count viewerReacted }
    thread { root { seq } replyCount participantCount lastReplyAt }
  }
  pageInfo { hasNextPage endCursor }
} } }`;

/** Asks for everything, as a client does that has just been started. */
export async function readView(client: TestClient, roomId: string): Promise<RoomView> {
  const { members, bans, pins, webhooks, ...room } = await client.run(roomQuery, { id: roomId });
  const messages: (Content & { edits: { nodes: unknown[] } })[] = [];
  let after: string | null = null;
  do {
    const page: { nodes: typeof messages; pageInfo: { hasNextPage: boolean; endCursor: string } } = (
      await client.run(messagesQuery, { id: roomId, after })
    ).messages;
    messages.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return {
    ...room,
    members: byId(members.nodes),
    bans: byId(bans.nodes),
    pins: pins.nodes,
    webhooks: byId(webhooks.nodes),
    messages: messages.map(({ edits, ...message }) => ({ ...inOrder(message), editCount: edits.nodes.length })),
  };
}

/** What the viewer should see, from nothing but the log. */
export function viewOf(state: RoomState, viewerId: string): RoomView {
  const { texts, settings, archivedAt, seq, members, bans, messages, pins, webhooks } = state;
  const role = members.get(viewerId)?.role ?? '';
  const maySee = (roles: string[], list: object[]) => (roles.includes(role) ? byId(list) : []);
  const people = <Entry extends object>(entries: Map<string, Entry>) =>
    [...entries].map(([id, entry]) => ({ user: { id }, ...entry }));
  const threads = threadsOf(messages);
  return {
    ...texts,
    settings,
    archivedAt,
    headSeq: seq,
    memberCount: members.size,
    members: byId(people(members)),
    bans: maySee(['OWNER', 'ADMIN', 'MODERATOR'], people(bans)),
    pins: [...pins].reverse().map(([messageSeq, pin]) => ({ message: { seq: messageSeq }, ...pin })),
    webhooks: maySee(
      ['OWNER', 'ADMIN'],
      [...webhooks].map(([id, webhook]) => ({ id, ...webhook })),
    ),
    messages: [...messages].map(([messageSeq, { content, editCount, reactions }]) => ({
      ...inOrder(content),
      editCount,
      pinnedAt: pins.get(messageSeq)?.pinnedAt ?? null,
      reactions: [...reactions].map(([emoji, userIds]) => ({
        emoji,
        count: userIds.size,
        viewerReacted: userIds.has(viewerId),
      })),
      thread: threads.get(messageSeq) ?? null,
    })),
  };
}

interface Thread {
  root: { seq: number };
  replyCount: number;
  participantCount: number;
  lastReplyAt: string;
}

/** The threads, by each of their messages. */
function threadsOf(messages: ReadonlyMap<number, MessageState>): Map<number, Thread> {
  const threads = new Map<number, Thread>();
  const participants = new Map<Thread, Set<string>>();
  for (const [seq, { content }] of messages) {
    if (content.replyTo === null) continue;
    const opening = messages.get(content.replyTo.seq)?.content;
    const started = { root: content.replyTo, replyCount: 0, participantCount: 0, lastReplyAt: '' };
    const thread = threads.get(content.replyTo.seq) ?? started;
    const people = participants.get(thread) ?? new Set([writerOf(opening)]);
    participants.set(thread, people.add(writerOf(content)));
    thread.replyCount += 1;
    thread.participantCount = people.size;
    thread.lastReplyAt = content.createdAt;
    threads.set(content.replyTo.seq, thread).set(seq, thread);
  }
  return threads;
}

function writerOf(content: Content | undefined): string {
  return content?.author?.id ?? content?.webhook?.id ?? '';
}

/** Mentions are in no order. */
function inOrder<Message extends Content>(message: Message): Message {
  return { ...message, mentions: message.mentions.toSorted((one, other) => (one.userId < other.userId ? -1 : 1)) };
}

/** Lists whose order says nothing. */
function byId<Entry extends { user?: { id: string }; id?: string }>(entries: readonly Entry[]): Entry[] {
  const keyOf = ({ user, id }: Entry) => user?.id ?? id ?? '';
  return entries.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}
