import { vi } from 'vitest';
import type { TestClient } from './client.ts';

/** Runs a mutation with one input, and selects its user errors besides what is asked for, unless that selects them itself. */
export function mutate(client: TestClient, name: string, input: object, selection = 'user { id username }') {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`;
  const fields = selection.includes('userErrors') ? selection : `${selection} userErrors { code field }`;
  return client.run(`mutation ($input: ${type}) { ${name}(input: $input) { ${fields} } }`, { input });
}

/** The codes of a payload's user errors. */
export function codesOf({ userErrors }: { userErrors: { code: string }[] }): string[] {
  return userErrors.map(({ code }) => code);
}

/** Runs while the clock shows so much later. */
export async function atLater(milliseconds: number, run: () => Promise<void>): Promise<void> {
  vi.setSystemTime(Date.now() + milliseconds);
  try {
    await run();
  } finally {
    vi.useRealTimers();
  }
}
