import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Delivery } from '../../../platform/engine/engine.ts';
import { eventually } from '../../eventually.ts';
import type { TestBroker } from './brokers.ts';
import { consumeOptions } from './consumers.ts';
import { append } from './producer.ts';

const program = fileURLToPath(new URL('./child-program.ts', import.meta.url));
const abandonedAfterMilliseconds = 300;

/** A process that ends as it should. */
export function departuresContract(broker: () => TestBroker): void {
  test('after stop nothing of the engine keeps its process alive', async () => {
    const child = start(broker(), 'come and go');
    const exited = once(child, 'exit');
    expect(await nextLine(child)).toBe('stopped');
    expect(await exited).toEqual([0, null]);
  });
}

/** Consumers that die for real: processes killed by SIGKILL. In memory there is nobody to survive them. */
export function deathsContract(broker: () => TestBroker): void {
  describe('deaths', () => {
    test('what a dead consumer held is taken over by another, with the next attempt number', async () => {
      const engine = broker().connect();
      const child = start(broker(), 'hold');
      await append(engine, 'chat', ['entry'], 1);
      expect(await nextLine(child)).toBe('holding entry 1');
      const seen: Delivery[] = [];
      const onEntry = async (delivery: Delivery): Promise<void> => void seen.push(delivery);
      await engine.consume('chat', 'group', consumeOptions({ abandonedAfterMilliseconds, onEntry }));
      await append(engine, 'chat', ['behind it'], 2);
      await eventually(() => expect(seen.map(({ value }) => value)).toEqual(['behind it']));
      await kill(child);
      await eventually(() => expect(seen.map(({ value }) => value)).toEqual(['behind it', 'entry']));
      expect(seen[1]?.attempt).toBe(2);
    });

    test('an entry that its consumers die of goes to onPoison and kills no more', async () => {
      const engine = broker().connect();
      await append(engine, 'chat', ['deadly'], 1);
      for (const attempt of [1, 2]) {
        const child = start(broker(), 'hold');
        expect(await nextLine(child)).toBe(`holding deadly ${attempt}`);
        await kill(child);
      }
      const handled: Delivery[] = [];
      const poisoned: [Delivery, unknown][] = [];
      const options = consumeOptions({
        abandonedAfterMilliseconds,
        maximumAttempts: 2,
        onEntry: async (delivery) => void handled.push(delivery),
        onPoison: async (delivery, error) => void poisoned.push([delivery, error]),
      });
      await engine.consume('chat', 'group', options);
      await eventually(() => expect(poisoned.length).toBe(1));
      expect(poisoned[0]?.[0]).toMatchObject({ value: 'deadly', attempt: 3 });
      expect(String(poisoned[0]?.[1])).toContain('died');
      expect(handled).toEqual([]);
    });
  });
}

function start(broker: TestBroker, task: string): ChildProcess {
  const child = spawn(process.execPath, [program, task, broker.url ?? 'memory', broker.prefix()], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return child;
}

async function nextLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The child has no output.');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return line;
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
