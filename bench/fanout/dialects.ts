import { randomUUID } from 'node:crypto';

/** How a subscriber speaks with one kind of server over its WebSocket. */
export interface Dialect {
  protocols: string[];
  /** What follows the server's address for the subscribers of a group. */
  pathOf(group: number): string;
  /** @returns what to answer to a message of the server; null for nothing. `''` stands for the socket that has opened. */
  answer(message: string, subscriber: Subscriber): string | null;
  /** Whether the subscription has been asked for once that is answered. */
  isAsked(message: string): boolean;
}

export interface Subscriber {
  group: number;
  /** The `Authorization` to sign in with; empty for a server that asks for none. */
  authorization: string;
  /** What a GraphQL server is asked for. */
  query: string;
  variables: Record<string, unknown>;
}

const bare: Dialect = {
  protocols: [],
  pathOf: (group) => `${group}`,
  answer: () => null,
  isAsked: () => true,
};

/** graphql-transport-ws. Ids are random UUIDs, as those of the graphql-ws and Apollo clients. */
const graphql: Dialect = {
  protocols: ['graphql-transport-ws'],
  pathOf: () => 'graphql',
  answer(message, { authorization, query, variables }) {
    if (message === '') return JSON.stringify({ type: 'connection_init', payload: { authorization } });
    if (message.includes('"connection_ack"')) {
      return JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: { query, variables } });
    }
    if (message.includes('"error"')) throw new Error(`A subscription was refused: ${message}`);
    return null;
  },
  isAsked: (message) => message.includes('"connection_ack"'),
};

/** Engine.IO 4 with Socket.IO 5 in it, as its own client speaks it without long polling. */
const socketIo: Dialect = {
  protocols: [],
  pathOf: (group) => `socket.io/?EIO=4&transport=websocket&group=${group}`,
  answer(message) {
    if (message.startsWith('0')) return '40';
    return message === '2' ? '3' : null;
  },
  isAsked: (message) => message.startsWith('40'),
};

export const dialects = { bare, graphql, socketIo };
export type DialectName = keyof typeof dialects;
