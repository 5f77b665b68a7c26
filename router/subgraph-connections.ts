import type { Logger } from 'pino';
import { SubgraphClient } from './subgraph-client.ts';
import { createUpstream, type Upstream, type UpstreamProtocols } from './subscriptions/upstream/upstream.ts';

/** What the router keeps open to one subgraph. */
export interface SubgraphConnection {
  client: SubgraphClient;
  upstream: Upstream;
}

export interface SubgraphConnections {
  /** The subgraphs that settings say something of. */
  readonly named: readonly string[];
  /** The connection to a subgraph at an address; whoever asks for the same gets the same. */
  acquire(name: string, url: string): SubgraphConnection;
  /** Closes the connection when nobody else has it. */
  release(name: string, url: string): Promise<void>;
}

interface OpenConnection extends SubgraphConnection {
  users: number;
}

/** Connections to subgraphs, which outlive a supergraph as far as the next one has the same subgraphs at the same places. */
export function createSubgraphConnections({
  protocols,
  ...options
}: {
  timeoutMilliseconds: number;
  /** How subgraphs serve subscriptions. */
  protocols: UpstreamProtocols;
  logger: Logger;
}): SubgraphConnections {
  const open = new Map<string, OpenConnection>();
  return {
    named: Object.keys(protocols),
    acquire(name, url) {
      const key = `${name} ${url}`;
      const connection = open.get(key) ?? {
        client: new SubgraphClient({ name, url, ...options }),
        upstream: createUpstream(name, url, protocols[name]),
        users: 0,
      };
      open.set(key, connection);
      connection.users += 1;
      return connection;
    },
    async release(name, url) {
      const key = `${name} ${url}`;
      const connection = open.get(key);
      if (!connection) return;
      connection.users -= 1;
      if (connection.users > 0) return;
      open.delete(key);
      await Promise.all([connection.upstream.stop(), connection.client.stop()]);
    },
  };
}
