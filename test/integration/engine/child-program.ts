import { pino } from 'pino';
import { createEngine } from '../../../platform/engine/create-engine.ts';
import { append } from './producer.ts';

/**
 * A process for the tests that need one of their own: `hold` consumes an entry and never finishes it, so that a test can
 * kill it; `come and go` uses everything and stops, after which nothing may keep the process alive.
 * Arguments: what to do, the URL of Redis or `memory`, and the prefix.
 */
const [task, url, prefix] = process.argv.slice(2) as [string, string, string];
const redisUrl = url === 'memory' ? null : url;
const engine = createEngine({ redisUrl, prefix, logger: pino({ level: 'silent' }) });

const options = { abandonedAfterMilliseconds: 300, retryDelayMilliseconds: 50, maximumAttempts: 3 };

if (task === 'hold') {
  await engine.consume('chat', 'group', {
    ...options,
    onEntry({ value, attempt }) {
      process.stdout.write(`holding ${value} ${attempt}\n`);
      return new Promise(() => {});
    },
    onPoison: async () => {},
  });
} else {
  const handled = Promise.withResolvers<void>();
  await engine.subscribe('room', { onMessage() {}, onGap() {} });
  await engine.tail('chat', new Date(0), () => {});
  await engine.consume('chat', 'group', {
    ...options,
    onEntry: async () => handled.resolve(),
    onPoison: async () => {},
  });
  await engine.publish('room', 'hello');
  await append(engine, 'chat', ['entry'], 1);
  await engine.increment('counter', 60_000);
  await engine.setKey('key', 'value', 60_000);
  await handled.promise;
  await engine.stop();
  process.stdout.write('stopped\n');
}
