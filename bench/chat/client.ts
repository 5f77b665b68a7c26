import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { signViewer, viewerHeader } from '../../platform/viewer.ts';
import { ToolError } from '../../tools/command-line.ts';

/** Somebody with a room of their own. */
export interface Person {
  userId: string;
  accessToken: string;
  roomId: string;
}

/** Uses chat as front ends do, over HTTP, as fast as the other side lets it. */
export interface ChatClient {
  /** Registers somebody and opens a room for them; only through the router. */
  introduce(username: string): Promise<Person>;
  /** Opens another room for somebody. @returns its id */
  openRoom(person: Person): Promise<string>;
  send(person: Person, text: string): Promise<void>;
  /** Reads a page of a room's messages: the arguments are those of `Room.messages`. */
  readPage(person: Person, args: PageArguments): Promise<void>;
  stop(): Promise<void>;
}

export interface PageArguments {
  first?: number;
  after?: string;
  last?: number;
  before?: string;
}

const connections = 64;
/** A signed header is good for a minute, and the router makes one for each request: this one is made anew at times. */
const headerLifetimeMilliseconds = 20_000;

const registerMutation = `mutation ($input: RegisterInput!) {
  register(input: $input) { session { accessToken } user { id } userErrors { code } }
}`;
const createRoomMutation = `mutation ($input: CreateRoomInput!) {
  createRoom(input: $input) { room { id } userErrors { code } }
}`;
const sendMutation = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { message { id seq } userErrors { code } }
}`;
const pageQuery = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  room(id: $id) {
    messages(first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { id seq text createdAt author { id } } }
      pageInfo { hasNextPage hasPreviousPage }
    }
  }
}`;

/** @param viewerSecret lets it tell a subgraph who asks, as the router does; without, it is a client of the router. */
export function openChatClient(url: string, viewerSecret?: string): ChatClient {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections });
  const headersOf = viewerSecret === undefined ? authorize : createViewerHeaders(viewerSecret);

  // biome-ignore lint/suspicious/noExplicitAny: each caller knows what it has asked for.
  async function ask(person: Person | null, query: string, variables: object): Promise<any> {
    const response = await pool.request({
      path: pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(person && headersOf(person)) },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.body.json()) as { data?: Record<string, unknown> | null; errors?: unknown };
    const [value] = Object.values(answer.data ?? {});
    if (answer.errors !== undefined || value == null || hasUserErrors(value)) {
      throw new ToolError(`An operation failed, and so the bench: ${JSON.stringify(answer)}`);
    }
    return value;
  }

  async function openRoom(person: Person): Promise<string> {
    const { room } = await ask(person, createRoomMutation, { input: { name: 'Bench', kind: 'PUBLIC' } });
    return room.id;
  }

  return {
    async introduce(username) {
      const input = { username, email: `${username}@example.org`, password: `the password of ${username}` };
      const { session, user } = await ask(null, registerMutation, { input });
      const person = { userId: user.id, accessToken: session.accessToken, roomId: '' };
      return { ...person, roomId: await openRoom(person) };
    },
    openRoom,
    async send(person, text) {
      await ask(person, sendMutation, { input: { roomId: person.roomId, text, clientMessageId: randomUUID() } });
    },
    async readPage(person, args) {
      const { messages } = await ask(person, pageQuery, { id: person.roomId, ...args });
      const wanted = args.first ?? args.last;
      if (messages.edges.length !== wanted || messages.edges[0].node.text === null) {
        throw new ToolError(
          `A page has ${messages.edges.length} messages instead of ${wanted}, and so the bench failed.`,
        );
      }
    },
    stop: () => pool.close(),
  };
}

function hasUserErrors(value: object): boolean {
  return 'userErrors' in value && (value.userErrors as unknown[]).length > 0;
}

function authorize({ accessToken }: Person): Record<string, string> {
  return { authorization: `Bearer ${accessToken}` };
}

function createViewerHeaders(viewerSecret: string): (person: Person) => Record<string, string> {
  const signed = new Map<string, { header: string; until: number }>();
  return ({ userId }) => {
    const known = signed.get(userId);
    if (known && known.until > Date.now()) return { [viewerHeader]: known.header };
    const viewer = { userId, sessionId: randomUUID(), roles: ['USER'], scopes: ['chat:read', 'chat:write'] };
    const header = signViewer({ ...viewer, expiresAtSeconds: Math.floor(Date.now() / 1_000) + 900 }, viewerSecret);
    signed.set(userId, { header, until: Date.now() + headerLifetimeMilliseconds });
    return { [viewerHeader]: header };
  };
}
