import type { WebSocket } from 'ws';

/** Messages of one client in one turn of the event loop, after which nothing more is read from its socket in that turn. */
const messagesPerTurnLimit = 64;

/**
 * Lets other clients have their turn between the messages of one who sends thousands at once: the operating system hands over some
 * megabytes of them in one turn. What was read already, 64 KiB at most, is handled in the same turn.
 */
export function takeTurns(socket: Pick<WebSocket, 'on' | 'pause' | 'resume'>): void {
  let messagesInTurn = 0;
  const count = () => {
    messagesInTurn += 1;
    if (messagesInTurn === messagesPerTurnLimit) socket.pause();
    if (messagesInTurn > 1) return;
    setImmediate(() => {
      if (messagesInTurn >= messagesPerTurnLimit) socket.resume();
      messagesInTurn = 0;
    });
  };
  socket.on('message', count);
  socket.on('ping', count);
}
