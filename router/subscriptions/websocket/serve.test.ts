import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, type GraphQLError, parse } from 'graphql';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unknownClient } from '../../../platform/client-info.ts';
import { codedError } from '../../../platform/errors.ts';
import { RawSocket } from '../../../test/raw-socket.ts';
import { ConnectionLimit } from '../connection-limits.ts';
import { type ServeSubscriptionsOptions, serveSubscriptions } from './serve.ts';

const minute = 60_000;
const settings: ServeSubscriptionsOptions['settings'] = {
  OPERATIONS_PER_SOCKET: 10,
  SOCKET_MESSAGE_LIMIT_BYTES: 10_000,
  SOCKET_BUFFER_LIMIT_BYTES: 10_000,
  SOCKET_INIT_MILLISECONDS: minute,
  SOCKET_PING_MILLISECONDS: minute,
  SOCKET_PONG_MILLISECONDS: minute,
  DRAIN_MILLISECONDS: 0,
};
const query = 'subscription { ticks }';
const schema = buildSchema('type Query { now: Int } type Subscription { ticks: Int }');

/** The router's sockets, over a graph in which no subscription can be opened. */
describe('an operation that can not be opened', () => {
  const server = createServer();
  let served: ReturnType<typeof serveSubscriptions>;
  let watchedTokens: number;

  beforeEach(async () => {
    watchedTokens = 0;
    const limits = { perAddress: new ConnectionLimit(10), perUser: new ConnectionLimit(10) };
    const options = {
      server,
      settings,
      limits,
      operations: {
        prepare: () => ({ document: parse(query), schema, subscription: {} }),
        subscribe() {
          throw codedError('SUBGRAPH_UNAVAILABLE');
        },
      },
      present: (error: GraphQLError) => error.toJSON(),
      callers: { ofSocket: () => ({ client: unknownClient, accessToken: null }) },
      addressOf: () => '127.0.0.1',
      origins: { mayOpenSocket: () => true },
      createContext: () => ({}),
      authenticate: async (token: unknown) =>
        token ? { userId: 'ada', sessionId: 'session', roles: [], scopes: [], expiresAtSeconds: 2_000_000_000 } : null,
      revocations: {
        onRevoked() {
          watchedTokens += 1;
          return () => {
            watchedTokens -= 1;
          };
        },
      },
      now: () => 1_999_999_000_000,
      metrics: new Registry(),
      logger: pino({ level: 'silent' }),
      random: () => 0,
    };
    served = serveSubscriptions(options as unknown as ServeSubscriptionsOptions);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    await served.stop();
    await new Promise((resolve) => server.close(resolve));
  });

  it('ends with its error, lets go of the token that it has brought, and leaves the socket as it is', async () => {
    const { port } = server.address() as AddressInfo;
    const socket = await RawSocket.signIn(`http://127.0.0.1:${port}/graphql`, null);
    const payload = { query, extensions: { authorization: 'Bearer own' } };
    for (const id of ['1', '2']) {
      socket.send({ id, type: 'subscribe', payload });
      const error = { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } };
      expect(await socket.receive()).toMatchObject({ id, type: 'error', payload: [error] });
      expect(watchedTokens).toBe(0);
    }
    socket.terminate();
  });
});
