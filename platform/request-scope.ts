import { AsyncLocalStorage } from 'node:async_hooks';

/** What tells the log lines, and the faults, of one request from those of others. */
export interface RequestScope {
  requestId: string;
  traceId: string;
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** Runs `work`, and all that it starts, as part of a request: its log lines carry the request's ids. */
export function inRequest<Result>(scope: RequestScope, work: () => Result): Result {
  return scopes.run(scope, work);
}

/** The request that the current code works for, if any. */
export function currentRequest(): RequestScope | undefined {
  return scopes.getStore();
}
