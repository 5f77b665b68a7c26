import { once } from 'node:events';
import pLimit from 'p-limit';
import { WebSocket } from 'ws';
import { answerCalls } from '../child.ts';
import { now } from './clock.ts';
import { type DialectName, dialects, type Subscriber } from './dialects.ts';
import { numberIn } from './messages.ts';

// The subscribers of one server. They look at no more of a frame than the number of its message: this process costs the
// same whatever the server is, and the server gets the core that it needs.

export interface SubscribersStart {
  url: string;
  dialect: DialectName;
  subscribers: SubscriberStart[];
}

export interface SubscriberStart extends Subscriber {
  /** Where it connects from. */
  localAddress: string;
}

/** What a stretch of messages is expected to be. */
export interface Stretch {
  /** The number of its first message. */
  first: number;
  messages: number;
}

/** A subscriber that has got nothing new for so long has lost something. */
const patienceMilliseconds = 20_000;
const connectsAtOnce = 32;

const sockets: WebSocket[] = [];
const samples: string[] = [];
/** What each subscriber has to get next, whoever is too late or too early has failed. */
let expected = new Int32Array();
let first = 0;
let arrivals = new Float64Array();
let counts = new Int32Array();
let arrived = 0;
let failure: Error | null = null;
let wake = (): void => undefined;

/** Adds subscribers. Resolves when each has connected and asked for its subscription; the server knows when they have them. */
async function subscribe({ url, dialect, subscribers }: SubscribersStart): Promise<void> {
  const limit = pLimit(connectsAtOnce);
  const present = sockets.length;
  await Promise.all(subscribers.map((each, index) => limit(() => connect(url, dialect, each, present + index))));
  if (failure !== null) throw failure;
}

async function connect(url: string, dialect: DialectName, subscriber: SubscriberStart, index: number): Promise<void> {
  const { protocols, pathOf, answer, isAsked } = dialects[dialect];
  const socket = new WebSocket(`${url}${pathOf(subscriber.group)}`, protocols, {
    localAddress: subscriber.localAddress,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  sockets.push(socket);
  const asked = new Promise<void>((resolve, reject) => {
    const speak = (message: string) => {
      const reply = answer(message, subscriber);
      if (reply !== null) socket.send(reply);
      if (isAsked(message)) resolve();
    };
    socket.on('error', reject);
    socket.on('open', () => speak(''));
    socket.on('close', (code) => fail(`A subscriber's socket has closed with ${code}.`));
    socket.on('message', (data: Buffer) => {
      try {
        const number = numberIn(data);
        if (number === null) speak(String(data));
        else take(number, index, subscriber.group, data);
      } catch (error) {
        fail(String(error));
      }
    });
  });
  await once(socket, 'open');
  await asked;
}

function take(number: number, subscriber: number, group: number, frame: Buffer): void {
  if (number !== expected[subscriber]) {
    fail(`A subscriber got message ${number} where ${expected[subscriber]} comes next.`);
    return;
  }
  expected[subscriber] = number + 1;
  samples[group] ??= String(frame);
  const message = number - first;
  const position = counts[message] as number;
  counts[message] = position + 1;
  arrivals[message * expected.length + position] = now();
  arrived += 1;
  if (arrived === arrivals.length) wake();
}

function fail(message: string): void {
  failure ??= new Error(message);
  wake();
}

/** From now on each subscriber expects these messages, each once and in order. */
function expect({ first: number, messages }: Stretch): void {
  first = number;
  expected = new Int32Array(sockets.length).fill(number);
  counts = new Int32Array(messages);
  arrivals = new Float64Array(messages * expected.length);
  arrived = 0;
}

/** Waits for everything that is expected. @returns when each message arrived at each subscriber, message by message */
async function collect(): Promise<Float64Array> {
  for (let before = -1; arrived < arrivals.length && failure === null; before = arrived) {
    if (arrived === before) fail(`Only ${arrived} of ${arrivals.length} deliveries came.`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMilliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  if (failure !== null) throw failure;
  return arrivals;
}

answerCalls({
  subscribe,
  expect,
  collect,
  /** A frame of each group. */
  samples: () => samples,
  stop() {
    for (const socket of sockets.splice(0)) socket.removeAllListeners('close').terminate();
  },
});
