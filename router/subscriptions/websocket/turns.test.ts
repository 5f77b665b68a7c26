import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { takeTurns } from './turns.ts';

/** Node reads so much of a socket at once. */
const chunkBytes = 64 * 1024;
const messagesPerTurn = 64;

it('handles no more messages of one client in a turn than were read at once, and all of them in the end', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  const messages = Array.from({ length: 20_000 }, (_, number) => String(number).padStart(250, '.'));
  const received: string[] = [];
  let inTurn = 0;
  let mostInTurn = 0;
  const served = new Promise<WebSocket>((resolve) => server.once('connection', resolve)).then((socket) => {
    socket.on('message', (data) => {
      if (inTurn === 0) {
        setImmediate(() => {
          inTurn = 0;
        });
      }
      inTurn += 1;
      mostInTurn = Math.max(mostInTurn, inTurn);
      received.push(String(data));
    });
    // After the test has begun to count, so that its turns end before the next is taken.
    takeTurns(socket);
    return socket;
  });
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(client, 'open');
  const socket = await served;
  for (const message of messages) client.send(message);
  client.close();
  await once(socket, 'close');
  expect(received).toEqual(messages);
  expect(mostInTurn).toBeLessThanOrEqual(Math.ceil(chunkBytes / 250) + messagesPerTurn);
  server.close();
});
