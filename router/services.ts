import { request } from 'undici';

const timeoutMilliseconds = 2_000;

export interface ServiceState {
  name: string;
  status: 'ok' | 'unavailable' | 'unreachable';
  /** What its readiness check says of its database and its broker; empty for a subgraph that has none. */
  checks: Record<string, string>;
}

/** Asks every subgraph whether it is ready, all at once. */
export async function readServiceStates(subgraphUrls: ReadonlyMap<string, string>): Promise<ServiceState[]> {
  return Promise.all([...subgraphUrls].map(([name, url]) => readServiceState(name, url)));
}

async function readServiceState(name: string, url: string): Promise<ServiceState> {
  try {
    const response = await request(new URL('/health/ready', url), {
      headersTimeout: timeoutMilliseconds,
      bodyTimeout: timeoutMilliseconds,
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const { checks = {} } = (await response.body.json()) as { checks?: Record<string, string> };
    return { name, status: response.statusCode === 200 ? 'ok' : 'unavailable', checks };
  } catch {
    return { name, status: 'unreachable', checks: {} };
  }
}
