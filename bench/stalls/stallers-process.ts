import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { WebSocket } from 'ws';
import { answerCalls } from '../child.ts';
import { numberIn } from '../fanout/messages.ts';

// Subscribers that stop reading from the network when they are told to, and come back with their last cursor.

export interface StallersStart {
  url: string;
  /** The `Authorization` of each. */
  authorizations: string[];
  /** What they follow, each message of which they must get once and in order. */
  followed: Operation;
  /** What fills up those who do not read: its results count for nothing. */
  filler: Operation;
}

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
}

/** How many sockets their clients saw closed with each code. */
export type CloseCodes = Record<string, number>;

const patienceMilliseconds = 60_000;
const connectsAtOnce = 32;

let start: StallersStart;
let stallers: Staller[] = [];
let failure: Error | null = null;
let wake = (): void => undefined;

/** One client, over all the sockets that it has. */
class Staller {
  /** The number of the message that has come last. */
  number = 0;
  /** The code with which its socket was closed; null while it is open. */
  closeCode: number | null = null;
  readonly #authorization: string;
  #socket: WebSocket | null = null;
  #lastFrame: Buffer | null = null;

  constructor(authorization: string) {
    this.#authorization = authorization;
  }

  /** Resolves when the subscription has been asked for, from behind the last message that has come. */
  async connect(): Promise<void> {
    const socket = new WebSocket(`${start.url}graphql`, 'graphql-transport-ws', { perMessageDeflate: false });
    this.#socket = socket;
    this.closeCode = null;
    socket.on('close', (code) => {
      this.closeCode = code;
      wake();
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => {
        const payload = { authorization: this.#authorization };
        socket.send(JSON.stringify({ type: 'connection_init', payload }));
      });
      // A socket that is cut within a frame fails as well; its close event tells enough of that.
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        const number = numberIn(data);
        if (number !== null) this.#take(number, data);
        else if (data.includes('"connection_ack"')) {
          const { query, variables } = start.followed;
          this.#subscribe({ query, variables: { ...variables, after: this.#cursor() } });
          resolve();
        } else if (data.includes('"type":"error"')) fail(`A subscription has ended: ${data}`);
      });
    });
  }

  fillUp(): void {
    this.#subscribe(start.filler);
  }

  stopReading(): void {
    this.#socket?.pause();
  }

  readOn(): void {
    this.#socket?.resume();
  }

  leave(): void {
    this.#socket?.removeAllListeners('close').terminate();
  }

  #subscribe(payload: Operation): void {
    this.#socket?.send(JSON.stringify({ id: randomUUID(), type: 'subscribe', payload }));
  }

  #take(number: number, frame: Buffer): void {
    if (this.number !== 0 && number !== this.number + 1) fail(`Message ${number} came after message ${this.number}.`);
    this.number = number;
    this.#lastFrame = frame;
    wake();
  }

  #cursor(): string | null {
    if (this.#lastFrame === null) return null;
    const { payload } = JSON.parse(String(this.#lastFrame)) as {
      payload: { data: Record<string, { cursor: string }> };
    };
    return Object.values(payload.data)[0]?.cursor ?? null;
  }
}

function fail(message: string): void {
  failure ??= new Error(message);
  wake();
}

async function waitUntil(isSo: () => boolean, what: string): Promise<void> {
  const timer = setTimeout(() => fail(`Too long: ${what}.`), patienceMilliseconds);
  while (!isSo() && failure === null) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  clearTimeout(timer);
  if (failure !== null) throw failure;
}

async function connectAll(): Promise<void> {
  const limit = pLimit(connectsAtOnce);
  await Promise.all(stallers.map((each) => limit(() => each.connect())));
}

answerCalls({
  async open(options: StallersStart): Promise<void> {
    start = options;
    stallers = options.authorizations.map((authorization) => new Staller(authorization));
    await connectAll();
  },
  /** Asks for what fills them up. */
  fillUp() {
    for (const each of stallers) each.fillUp();
  },
  stopReading() {
    for (const each of stallers) each.stopReading();
  },
  /** Reads what is still to be had of sockets that the server has closed, and comes back. */
  async comeBack(): Promise<CloseCodes> {
    for (const each of stallers) each.readOn();
    await waitUntil(() => stallers.every(({ closeCode }) => closeCode !== null), 'a socket has not closed');
    const codes: CloseCodes = {};
    for (const { closeCode } of stallers) codes[String(closeCode)] = (codes[String(closeCode)] ?? 0) + 1;
    await connectAll();
    return codes;
  },
  /** Resolves when each has got all messages up to this one. */
  async expect(number: number): Promise<void> {
    await waitUntil(() => stallers.every((each) => each.number === number), 'a message has not come');
  },
  stop() {
    for (const each of stallers.splice(0)) each.leave();
  },
});
