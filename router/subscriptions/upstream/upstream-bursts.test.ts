import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { createUpstream, type Upstream } from './upstream.ts';

const events = Array.from({ length: 1_800 }, (_, number) => ({ data: { number } }));

/** Answers one subscription with all events in one piece, and its end. */
const subgraphs = {
  ws(server: Server): void {
    const sockets = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
    sockets.on('connection', (socket, { socket: stream }) => {
      socket.on('message', (text) => {
        const { id, type } = JSON.parse(String(text));
        if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (type !== 'subscribe') return;
        stream.cork();
        for (const payload of events) socket.send(JSON.stringify({ id, type: 'next', payload }));
        socket.send(JSON.stringify({ id, type: 'complete' }));
        stream.uncork();
      });
    });
  },
  sse(server: Server): void {
    server.on('request', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const messages = events.map((payload) => `event: next\ndata: ${JSON.stringify(payload)}\n\n`);
      response.end(`${messages.join('')}event: complete\ndata:\n\n`);
    });
  },
};

describe.each(['ws', 'sse'] as const)('a subgraph that sends more at once than may wait (%s)', (protocol) => {
  const connections = new Set<Socket>();
  let server: Server;
  let upstream: Upstream;

  afterEach(async () => {
    await upstream.stop();
    for (const connection of connections) connection.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('loses nothing of it to who takes it at once', async () => {
    server = createServer();
    server.on('connection', (connection) => connections.add(connection));
    subgraphs[protocol](server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    upstream = createUpstream('bursts', `http://127.0.0.1:${port}/graphql`, protocol);
    const taken: unknown[] = [];
    for await (const event of upstream.subscribe({ query: 'subscription { number }' })) taken.push(event);
    expect(taken).toEqual(events);
  });
});
