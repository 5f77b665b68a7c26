import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** A GraphQL answer as a client gets it. Tests read what they asked for, so its shape is theirs to know. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; [key: string]: unknown } }[];
}

export interface Message {
  id: string;
  seq: number;
  text: string;
}

/** One subscription of a client. */
export interface TestSubscription<Event> {
  /** Every event received so far, in order. */
  readonly events: Event[];
  /** The next event that `next` has not handed out yet. Rejects when the subscription ends instead. */
  next(): Promise<Event>;
  /** The next `count` events. */
  take(count: number): Promise<Event[]>;
  /** Resolves with what ended the subscription: the errors, or the socket's close event, or undefined for a plain end. */
  ended: Promise<unknown>;
  stop(): void;
}

/** Somebody who uses Chorus through the router, as a front end does. */
export class TestClient {
  readonly url: string;
  userId = '';
  username = '';
  accessToken: string | null = null;
  refreshToken: string | null = null;
  #socket: Client | null = null;

  constructor(url: string) {
    this.url = url;
  }

  async send(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.accessToken && { authorization: `Bearer ${this.accessToken}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  }

  /** Runs one root field and resolves to its value; top-level errors are thrown. */
  // biome-ignore lint/suspicious/noExplicitAny: see Answer.
  async run(query: string, variables: object = {}): Promise<any> {
    const { data, errors } = await this.send(query, variables);
    if (errors) throw new Error(`${query}: ${JSON.stringify(errors)}`);
    return Object.values(data)[0];
  }

  async register(username: string, password = `the password of ${username}`): Promise<void> {
    const { session, user, userErrors } = await this.run(
      `mutation ($input: RegisterInput!) {
        register(input: $input) { session { accessToken refreshToken } user { id username } userErrors { code } }
      }`,
      { input: { username, email: `${username}@example.org`, password } },
    );
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    this.userId = user.id;
    this.username = user.username;
    this.accessToken = session.accessToken;
    this.refreshToken = session.refreshToken;
  }

  /** Signs in with a password; throws when that does not give a session. */
  async signIn(login: string, password = `the password of ${login}`): Promise<void> {
    const { session, user, userErrors } = await this.run(
      `mutation ($input: LoginInput!) {
        login(input: $input) { session { accessToken refreshToken } user { id username } userErrors { code } }
      }`,
      { input: { login, password } },
    );
    if (session === null) throw new Error(JSON.stringify(userErrors));
    this.userId = user.id;
    this.username = user.username;
    this.accessToken = session.accessToken;
    this.refreshToken = session.refreshToken;
  }

  /** Opens a room and resolves to its id. */
  async createRoom(kind: 'PUBLIC' | 'PRIVATE' = 'PUBLIC', name = 'Room'): Promise<string> {
    const { room } = await this.run(
      'mutation ($input: CreateRoomInput!) { createRoom(input: $input) { room { id } userErrors { code } } }',
      { input: { name, kind } },
    );
    return room.id;
  }

  async joinRoom(roomId: string): Promise<{ room: { headSeq: number } | null; userErrors: { code: string }[] }> {
    return this.run(
      'mutation ($input: JoinRoomInput!) { joinRoom(input: $input) { room { headSeq } userErrors { code } } }',
      { input: { roomId } },
    );
  }

  async sendMessage(
    roomId: string,
    text: string,
    clientMessageId: string = randomUUID(),
  ): Promise<{ message: Message; userErrors: { code: string; field: string[] | null }[] }> {
    return this.run(
      `mutation ($input: SendMessageInput!) {
        sendMessage(input: $input) { message { id seq text } userErrors { code field } }
      }`,
      { input: { roomId, text, clientMessageId } },
    );
  }

  /** The cursor of the newest event of a room: a place to subscribe from without missing anything. */
  async headCursor(roomId: string): Promise<string> {
    return (await this.run('query ($id: ID!) { room(id: $id) { headCursor } }', { id: roomId })).headCursor;
  }

  /** Subscribes to one root field; events are its values. All subscriptions of a client share one socket. */
  // biome-ignore lint/suspicious/noExplicitAny: see Answer.
  subscribe<Event = any>(query: string, variables: Record<string, unknown> = {}): TestSubscription<Event> {
    this.#socket ??= createClient({
      url: this.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: this.accessToken ? { authorization: `Bearer ${this.accessToken}` } : {},
      retryAttempts: 0,
      lazyCloseTimeout: 0,
    });
    return startSubscription<Event>(this.#socket, query, variables);
  }

  /** Cuts the socket as a lost network does: no closing handshake. */
  cut(): void {
    this.#socket?.terminate();
    this.#socket = null;
  }

  async disconnect(): Promise<void> {
    await this.#socket?.dispose();
    this.#socket = null;
  }
}

function startSubscription<Event>(
  socket: Client,
  query: string,
  variables: Record<string, unknown>,
): TestSubscription<Event> {
  const events: Event[] = [];
  let taken = 0;
  let wake = () => {};
  let end: { reason: unknown } | null = null;
  let finish: (reason: unknown) => void = () => {};
  const ended = new Promise<unknown>((resolve) => {
    finish = (reason) => {
      end ??= { reason };
      resolve(reason);
      wake();
    };
  });
  const stop = socket.subscribe<Record<string, Event>>(
    { query, variables },
    {
      next({ data, errors }: FormattedExecutionResult<Record<string, Event>>) {
        if (errors) finish(errors);
        else events.push(Object.values(data ?? {})[0] as Event);
        wake();
      },
      error: finish,
      complete: () => finish(undefined),
    },
  );
  async function next(): Promise<Event> {
    while (taken >= events.length) {
      if (end) throw new Error(`The subscription ended: ${describeEnd(end.reason)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    taken += 1;
    return events[taken - 1] as Event;
  }
  async function take(count: number): Promise<Event[]> {
    const taking: Event[] = [];
    while (taking.length < count) taking.push(await next());
    return taking;
  }
  return { events, next, take, ended, stop };
}

function describeEnd(reason: unknown): string {
  const { code, reason: text } = reason as { code?: unknown; reason?: unknown };
  return typeof code === 'number' ? `closed with ${code} ${text}` : JSON.stringify(reason);
}
