import { type EventEmitter, once } from 'node:events';
import { WebSocket } from 'ws';

/** A message of the graphql-transport-ws protocol, or what stands in the place of one. */
export type SocketMessage = Record<string, unknown>;

/** A socket that says what the test says, protocol or not. */
export class RawSocket {
  readonly #socket: WebSocket;
  readonly #received: string[] = [];
  #wake = () => {};
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      this.#received.push(String(data));
      this.#wake();
    });
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  static async open(url: string, protocols = ['graphql-transport-ws']): Promise<RawSocket> {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), protocols);
    const raw = new RawSocket(socket);
    await Promise.race([once(socket, 'open'), raw.closed]);
    return raw;
  }

  /** Opens a socket and signs it in; with null it is signed out. */
  static async signIn(url: string, accessToken: string | null): Promise<RawSocket> {
    const socket = await RawSocket.open(url);
    socket.send({
      type: 'connection_init',
      ...(accessToken && { payload: { authorization: `Bearer ${accessToken}` } }),
    });
    const { type } = await socket.receive();
    if (type !== 'connection_ack') throw new Error(`The router answered with ${type}.`);
    return socket;
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  /** Sends messages so that they arrive together, as those of a fast client do. */
  sendTogether(messages: readonly unknown[]): void {
    const { _socket: stream } = this.#socket as unknown as { _socket: { cork(): void; uncork(): void } };
    stream.cork();
    for (const message of messages) this.send(message);
    stream.uncork();
  }

  subscribe(id: string, query: string, variables: object = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  async receive(): Promise<SocketMessage> {
    while (this.#received.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return JSON.parse(this.#received.shift() as string);
  }

  /** What has come and was not received yet. A ping that was answered in between proves that nothing else is on its way. */
  async receiveUpToPong(): Promise<SocketMessage[]> {
    this.send({ type: 'ping', payload: { isLast: true } });
    const messages: SocketMessage[] = [];
    for (;;) {
      const message = await this.receive();
      if (message['type'] === 'pong' && (message['payload'] as { isLast?: boolean } | undefined)?.isLast)
        return messages;
      messages.push(message);
    }
  }

  close(): void {
    this.#socket.close();
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Takes nothing more from the network. */
  stopReading(): void {
    this.#socket.pause();
  }

  /**
   * Leaves the server's close frame unanswered, as a client that means harm would, and goes on sending. The library has
   * no door for that, so its receiver is told not to pass the frame on. Resolves when the frame has come.
   */
  ignoreClosing(): Promise<unknown> {
    const { _receiver: receiver } = this.#socket as unknown as { _receiver: EventEmitter };
    receiver.removeAllListeners('conclude');
    return once(receiver, 'conclude');
  }
}
