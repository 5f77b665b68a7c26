import pg from 'pg';
import { currentRequest } from '../platform/request-scope.ts';

/** A statement as a process of the stack has sent it. */
export interface SentStatement {
  text: string;
  values: unknown[];
}

/** Keeps the statements of everything in this process, until it is stopped. */
export function recordStatements() {
  const { query } = pg.Client.prototype;
  const sent: SentStatement[] = [];
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const statement = args[0] as string | { text: string; values?: unknown[] };
    // What a process does by itself, at its own times, belongs to no request.
    if (currentRequest() === undefined) return Reflect.apply(query, this, args);
    if (typeof statement === 'string') sent.push({ text: statement, values: (args[1] as unknown[] | undefined) ?? [] });
    else sent.push({ text: statement.text, values: statement.values ?? (args[1] as unknown[] | undefined) ?? [] });
    return Reflect.apply(query, this, args);
  } as typeof query;

  /** Those that `work` causes in all four databases; what the relay, consumers and the senders of mail do by themselves left out. */
  async function during(work: () => Promise<unknown>): Promise<SentStatement[]> {
    sent.length = 0;
    await work();
    return sent.filter(
      ({ text }) =>
        !/outbox SET|FROM outbox|advisory|^(BEGIN|COMMIT)|INTO inbox|"isDue"|\bmail\b|"signing_key"/.test(text),
    );
  }

  return {
    during,
    count: async (work: () => Promise<unknown>) => (await during(work)).length,
    stop() {
      pg.Client.prototype.query = query;
    },
  };
}
