import type { ServiceMap } from '@apollo/gateway';
import type { ApolloServer } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { apiKeyTokenPath } from '../platform/api-keys.ts';
import { type CheckedDocument, createDocumentChecker } from '../platform/documents.ts';
import { codedError } from '../platform/errors.ts';
import { type AccessGate, createAccessGate } from './access.ts';
import { parseOptions, refuseConditionalRoots } from './checks.ts';
import type { RouterContext } from './context.ts';
import { startGateway } from './gateway.ts';
import { identityUrl } from './identity-subgraph.ts';
import type { SubgraphClient } from './subgraph-client.ts';
import type { SubgraphConnection, SubgraphConnections } from './subgraph-connections.ts';
import { EntityBatches } from './subscriptions/entity-batches.ts';
import { createSubscriptionPlanner, type PlanSubscription } from './subscriptions/planning/plan.ts';
import type { Upstream } from './subscriptions/upstream/upstream.ts';
import { loadSupergraph, requireSubgraphs } from './supergraph.ts';

/** Everything that depends on the supergraph. An operation begins and ends with the same one. */
export interface Graph {
  /** The routing URL of each subgraph, by its name. */
  subgraphUrls: ReadonlyMap<string, string>;
  /** Where auth publishes the keys of access tokens. */
  keySetUrl: URL;
  /** Where auth exchanges API keys. */
  apiKeyUrl: URL;
  /** What clients see. */
  schema: GraphQLSchema;
  /** Parses and validates a document, once for all who send the same. */
  check(source: string): CheckedDocument;
  gate: AccessGate;
  /** Runs queries and mutations. */
  apollo: ApolloServer<RouterContext>;
  plan: PlanSubscription;
  clients: ReadonlyMap<string, SubgraphClient>;
  /** The same clients, which put together what events that come together need. */
  eventClients: ServiceMap;
  /** Opens a subscription in a subgraph. */
  subscribe(subgraph: string, ...payload: Parameters<Upstream['subscribe']>): ReturnType<Upstream['subscribe']>;
  /** Keeps it open. @returns what lets go of it again */
  hold(): () => void;
  /** Closes it as soon as nobody holds it; nothing begins with it any more. Resolves when that is done. */
  retire(): Promise<void>;
  /** Closes it now: what is still under way with it fails. */
  close(): Promise<void>;
}

export interface GraphOptions {
  connections: SubgraphConnections;
  /** Replace routing URLs: the same graph runs on many machines. */
  subgraphUrls: Readonly<Record<string, string>>;
  logger: Logger;
}

/** Makes a supergraph ready to serve. @throws what keeps it from being served; then nothing of it stays open */
export async function openGraph(sdl: string, options: GraphOptions): Promise<Graph> {
  const { connections, logger } = options;
  const loaded = loadSupergraph(sdl, options.subgraphUrls);
  requireSubgraphs('SUBGRAPH_SUBSCRIPTIONS', connections.named, [...loaded.subgraphUrls.keys()]);
  const [keySetUrl, apiKeyUrl] = ['/.well-known/jwks.json', apiKeyTokenPath].map((path) =>
    identityUrl(loaded, path),
  ) as [URL, URL];
  const schema = loaded.supergraph.apiSchema().toGraphQLJSSchema();
  const gate = createAccessGate(loaded.document, schema);
  const plan = createSubscriptionPlanner(loaded);
  const opened = new Map<string, SubgraphConnection>();
  const releaseAll = async () => {
    const names = [...opened.keys()];
    opened.clear();
    await Promise.all(names.map((name) => connections.release(name, loaded.subgraphUrls.get(name) as string)));
  };
  let apollo: Graph['apollo'];
  const clients = new Map<string, SubgraphClient>();
  try {
    for (const [name, url] of loaded.subgraphUrls) {
      const connection = connections.acquire(name, url);
      opened.set(name, connection);
      clients.set(name, connection.client);
    }
    apollo = await startGateway({ loaded, clients, gate, logger });
  } catch (error) {
    await releaseAll();
    throw error;
  }
  const holders = createHolders();
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= releaseAll().then(() => apollo.stop());
    return closing;
  };
  return {
    subgraphUrls: loaded.subgraphUrls,
    keySetUrl,
    apiKeyUrl,
    schema,
    check: createDocumentChecker(schema, refuseConditionalRoots, parseOptions),
    gate,
    apollo,
    plan,
    clients,
    eventClients: Object.fromEntries([...clients].map(([name, client]) => [name, new EntityBatches(client)])),
    subscribe(subgraph, payload) {
      const connection = opened.get(subgraph);
      if (!connection) throw codedError('SUBGRAPH_UNAVAILABLE', undefined, { subgraph });
      return connection.upstream.subscribe(payload);
    },
    hold: holders.add,
    async retire() {
      await holders.gone();
      await close();
    },
    close,
  };
}

/** Counts who holds something. */
function createHolders(): { add(): () => void; gone(): Promise<void> } {
  let count = 0;
  let tell = () => {};
  return {
    add() {
      let isHeld = true;
      count += 1;
      return () => {
        count -= isHeld ? 1 : 0;
        isHeld = false;
        if (count === 0) tell();
      };
    },
    async gone() {
      do {
        // An operation that has been checked is begun a few promises later; nobody holds anything for it in between.
        await new Promise((resolve) => setImmediate(resolve));
        if (count > 0)
          await new Promise<void>((resolve) => {
            tell = resolve;
          });
      } while (count > 0);
    },
  };
}
