import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { answerCalls } from '../child.ts';
import { measuredFunctions } from '../child-functions.ts';
import { renumber } from './messages.ts';
import { listeningUrl, type PeerStart, resultIn } from './peer.ts';

// A peer: Socket.IO with the Redis Streams adapter. Each selection is a room, to which its result is broadcast.

const http = createServer();
let redis: Redis;
let server: Server;
let samples: string[];

async function start(options: PeerStart): Promise<string> {
  samples = options.samples.map((sample) => JSON.stringify(resultIn(sample)));
  redis = new Redis(options.redisUrl);
  server = new Server(http, { adapter: createAdapter(redis), transports: ['websocket'] });
  server.on('connection', (socket) => void socket.join(String(socket.handshake.query['group'])));
  http.listen({ port: 0, host: '127.0.0.1', backlog: 1024 });
  return listeningUrl(http);
}

function publish(number: number): void {
  for (const [group, sample] of samples.entries()) {
    server.to(String(group)).emit('next', JSON.parse(renumber(sample, number)));
  }
}

answerCalls({
  ...measuredFunctions,
  start,
  publish,
  countSubscribers: () =>
    samples.reduce((sum, _, group) => sum + (server.of('/').adapter.rooms.get(String(group))?.size ?? 0), 0),
  async stop() {
    await server?.close();
    redis?.disconnect();
  },
});
