import type { ExecutionResult } from 'graphql';
import type { Sink, SubscribePayload } from 'graphql-ws';

/** Speaks one of the protocols. */
export interface UpstreamClient {
  /**
   * The sink's error is a list of the subgraph's errors, or whatever has happened to the connection.
   * @returns what ends the subscription
   */
  subscribe(payload: SubscribePayload, sink: Sink<ExecutionResult>): () => void;
  dispose(): void | Promise<void>;
}
