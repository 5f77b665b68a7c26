import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { EventQueue } from '../../platform/event-queue.ts';
import { answerCalls } from '../child.ts';
import { measuredFunctions } from '../child-functions.ts';
import { renumber } from './messages.ts';
import { listeningUrl, type PeerStart, resultIn } from './peer.ts';

// A peer: one GraphQL server, without federation, as the documentation of graphql-ws has it. GraphQL.js executes each
// event for each subscriber.

const schema = buildSchema(`
  type Query { room: ID }
  type Subscription {
    messageAdded(roomId: ID!): MessageSent!
    roomEvents(roomId: ID!): RoomEvent!
  }
  interface RoomEvent { seq: Int! cursor: String! }
  type MessageSent implements RoomEvent { seq: Int! cursor: String! message: Message! }
  type Message { id: ID! seq: Int! text: String createdAt: String! author: User }
  type User { id: ID! username: String! displayName: String! }
`);
const waitingLimit = 1_000;

const http = createServer();
const messages = new EventEmitter().setMaxListeners(0);
let sample: string;

function listen(field: string): EventQueue<object> {
  const queue = new EventQueue<object>({
    limit: waitingLimit,
    onLeave: () => messages.off('message', hear),
  });
  const hear = (event: object) => queue.push({ [field]: event });
  messages.on('message', hear);
  return queue;
}

async function start({ samples }: PeerStart): Promise<string> {
  const event = samples.map((each) => Object.values(resultIn(each).data)[0]).reduce<unknown>(merge, {}) as object;
  sample = JSON.stringify({ __typename: 'MessageSent', ...event });
  const sockets = new WebSocketServer({ server: http });
  const subscription = { messageAdded: () => listen('messageAdded'), roomEvents: () => listen('roomEvents') };
  useServer({ schema, roots: { subscription } }, sockets);
  http.listen({ port: 0, host: '127.0.0.1', backlog: 1024 });
  return listeningUrl(http);
}

/** All fields that either has. */
function merge(one: unknown, other: unknown): unknown {
  if (!isObject(one) || !isObject(other)) return other;
  const merged = Object.entries(other).map(([name, value]) => [name, name in one ? merge(one[name], value) : value]);
  return { ...one, ...Object.fromEntries(merged) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

answerCalls({
  ...measuredFunctions,
  start,
  publish: (number: number) => messages.emit('message', JSON.parse(renumber(sample, number))),
  countSubscribers: () => messages.listenerCount('message'),
  stop() {
    http.close();
    http.closeAllConnections();
  },
});
