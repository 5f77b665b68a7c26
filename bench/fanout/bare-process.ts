import { type WebSocket, WebSocketServer } from 'ws';
import { answerCalls } from '../child.ts';
import { measuredFunctions } from '../child-functions.ts';
import { renumber } from './messages.ts';
import { listeningUrl, type PeerStart } from './peer.ts';

// A peer: nothing but `ws`. Bytes are made once for each selection, and written to each socket.

let server: WebSocketServer;
let groups: { sample: string; sockets: Set<WebSocket> }[];

async function start({ samples }: PeerStart): Promise<string> {
  groups = samples.map((sample) => ({ sample, sockets: new Set() }));
  server = new WebSocketServer({ host: '127.0.0.1', port: 0, backlog: 1024 });
  server.on('connection', (socket, request) => {
    const sockets = groups[Number(request.url?.slice(1))]?.sockets;
    sockets?.add(socket);
    socket.on('close', () => sockets?.delete(socket));
  });
  return listeningUrl(server);
}

function publish(number: number): void {
  for (const { sample, sockets } of groups) {
    const frame = Buffer.from(renumber(sample, number));
    for (const socket of sockets) socket.send(frame, { binary: false });
  }
}

answerCalls({
  ...measuredFunctions,
  start,
  publish,
  countSubscribers: () => groups.reduce((sum, { sockets }) => sum + sockets.size, 0),
  stop: () => server?.close(),
});
