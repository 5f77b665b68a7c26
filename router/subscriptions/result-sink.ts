import type { ClientBacklog } from './client-backlog.ts';

/** Where the results of one subscription go that do not come out of its iterator. */
export interface ResultSink {
  /** @param payload the result as JSON. */
  deliver(payload: string): void;
  /** So much waits for the client already that history is held back for it. What is new is not. */
  readonly isBehind: boolean;
  /** Calls back once when the client has taken what waits for it now. One that goes before that may never be told of. */
  whenTaken(callback: () => void): void;
}

/** Where one subscription's results go, whose own events wait for the client as well. */
export interface ClientSink extends ResultSink {
  /** Of the whole connection. */
  readonly backlog: ClientBacklog;
}
