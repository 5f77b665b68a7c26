import { pino } from 'pino';
import { type Service, startRouterFor } from '../tools/stack.ts';
import { type TestStack, testEnvironment } from './harness.ts';

/** Another router in front of the subgraphs of a stack, on a port of its own. It is the caller's to stop. */
export function startAnotherRouter(stack: TestStack, environment: Record<string, string> = {}): Promise<Service> {
  return startRouterFor(stack.subgraphs, {
    databaseUrl: stack.databases.url,
    engine: stack.engine,
    host: '127.0.0.1',
    port: 0,
    environment: { ...testEnvironment, ...environment },
    createLogger: (service) => pino({ name: service, level: process.env['TEST_LOG_LEVEL'] ?? 'silent' }),
  });
}

/** The value of one metric of a router, all labels added up; 0 when it has not been counted yet. */
export async function readMetric(url: string, name: string, labels: Record<string, string> = {}): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const lines = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].filter(
    ([, metric, given = '']) =>
      metric === name && Object.entries(labels).every(([label, value]) => given.includes(`${label}="${value}"`)),
  );
  return lines.reduce((sum, [, , , value]) => sum + Number(value), 0);
}
