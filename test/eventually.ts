import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits for what has no event of its own: repeats the check until it passes and resolves to what it returns. Rejects
 * with the check's last error when the time is over.
 */
export async function eventually<Value>(
  check: () => Value | Promise<Value>,
  timeoutMilliseconds = 10_000,
  intervalMilliseconds = 10,
): Promise<Value> {
  const deadline = performance.now() + timeoutMilliseconds;
  while (true) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(intervalMilliseconds);
    }
  }
}
