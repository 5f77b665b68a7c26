import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { ToolError } from '../tools/command-line.ts';

/** A process of the bench's own, whose functions the bench calls: its CPU is apart from that of whoever puts it under load. */
export interface Child {
  call<Result = void>(name: string, argument?: unknown): Promise<Result>;
  /** Calls its `stop` and waits until the process is gone. */
  stop(): Promise<void>;
}

interface Call {
  id: number;
  name: string;
  argument: unknown;
}

type Answer = { id: number; result: unknown } | { id: number; failure: string };

const stopTimeoutMilliseconds = 20_000;

/** Starts a module as a process of its own. Its first act is to `answerCalls`. */
export function startChild(module: URL): Child {
  const child = fork(module, { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, (answer: Answer) => void>();
  const exited = once(child, 'exit');
  let lastId = 0;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on('exit', () => {
    for (const [id, settle] of waiting) settle({ id, failure: `${module.pathname} has ended` });
    waiting.clear();
  });

  async function call<Result>(name: string, argument?: unknown): Promise<Result> {
    lastId += 1;
    const id = lastId;
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      child.send({ id, name, argument } satisfies Call);
    });
    if ('failure' in answer) throw new ToolError(answer.failure);
    return answer.result as Result;
  }

  return { call, stop: () => stopChild(child, call, exited) };
}

async function stopChild(
  child: ChildProcess,
  call: (name: string) => Promise<unknown>,
  exited: Promise<unknown>,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMilliseconds);
  await call('stop').catch(() => undefined);
  if (child.connected) child.disconnect();
  await exited;
  clearTimeout(timer);
}

/** In the child: lets the parent call these functions. When the parent is gone, the process ends. */
// biome-ignore lint/suspicious/noExplicitAny: parent and child agree on what is passed.
export function answerCalls(functions: Record<string, (argument: any) => unknown>): void {
  process.on('message', async ({ id, name, argument }: Call) => {
    const answer: Answer = await Promise.resolve()
      .then(() => functions[name]?.(argument))
      .then(
        (result) => ({ id, result }),
        (error: unknown) => ({ id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
    if (process.connected) process.send?.(answer);
  });
  process.once('disconnect', () => process.exit());
  // Ctrl-C goes to all processes of the terminal; the parent stops this one in its turn.
  process.on('SIGINT', () => undefined);
}
