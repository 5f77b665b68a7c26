import type { Engine } from '../../../platform/engine/engine.ts';

export const hourMilliseconds = 3_600_000;

/** Appends as a producer does that begins again when another one, or a loss of memory, was quicker. */
export async function append(
  engine: Engine,
  log: string,
  values: readonly string[],
  position: number,
  retentionMilliseconds = hourMilliseconds,
): Promise<void> {
  let appended = false;
  while (!appended) {
    const after = await engine.position(log);
    appended = await engine.append(log, values, { position, after, retentionMilliseconds });
  }
}
