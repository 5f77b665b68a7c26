import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import type { ServiceSettings } from './env.ts';
import { type Graph, type GraphOptions, openGraph } from './graph.ts';
import { createSubgraphConnections } from './subgraph-connections.ts';
import { followFile } from './supergraph-file.ts';

/** What goes on from one graph to the next. */
export interface GraphFollower {
  /** The graph will change soon: whatever takes long can be done beforehand. */
  prepare(next: Graph): Promise<void>;
  /** It has changed. Everything that is to go on does so with the new one from here on. */
  move(next: Graph): void;
}

export interface Graphs {
  /** The graph that new operations get. */
  readonly current: Graph;
  /** Runs something with the current graph, which stays open until that has ended. */
  use<Result>(run: (graph: Graph) => Promise<Result>): Promise<Result>;
  /** Names the one who is told before and when the graph changes. */
  follow(follower: GraphFollower): void;
  /** Reads the supergraph's file now. */
  reload(): void;
  stop(): Promise<void>;
}

export interface GraphsOptions {
  settings: Pick<
    ServiceSettings,
    'SUPERGRAPH_FILE' | 'SUBGRAPH_URLS' | 'SUBGRAPH_SUBSCRIPTIONS' | 'SUBGRAPH_TIMEOUT_MILLISECONDS'
  >;
  metrics: Registry;
  logger: Logger;
}

/**
 * Serves the supergraph of a file, and another one when the file changes, without a restart. One that can't be served is
 * refused whole, and the one before it goes on. What has begun with a graph ends with it (docs/decisions/0013-a-graph-each.md).
 * @throws when the first one can't be served
 */
export async function openGraphs({ settings, metrics, logger }: GraphsOptions): Promise<Graphs> {
  const path = settings.SUPERGRAPH_FILE ?? fileURLToPath(new URL('./supergraph.graphql', import.meta.url));
  const options: GraphOptions = {
    connections: createSubgraphConnections({
      timeoutMilliseconds: settings.SUBGRAPH_TIMEOUT_MILLISECONDS,
      protocols: settings.SUBGRAPH_SUBSCRIPTIONS,
      logger,
    }),
    subgraphUrls: settings.SUBGRAPH_URLS,
    logger,
  };
  const content = await readFile(path, 'utf8');
  let current = await openGraph(content, options);
  let follower: GraphFollower | null = null;
  const retiring = new Set<Graph>();
  const loads = new Counter({
    name: 'chorus_supergraph_loads_total',
    help: 'Supergraphs that were read from the file, by whether they are served (loaded) or not (refused).',
    labelNames: ['result'],
    registers: [metrics],
  });
  loads.inc({ result: 'loaded' });
  loads.inc({ result: 'refused' }, 0);

  async function change(sdl: string): Promise<void> {
    let next: Graph;
    try {
      next = await openGraph(sdl, options);
    } catch (error) {
      loads.inc({ result: 'refused' });
      logger.error({ error }, 'the supergraph was refused; the router goes on with the one before it');
      return;
    }
    await follower?.prepare(next);
    const before = current;
    current = next;
    follower?.move(next);
    loads.inc({ result: 'loaded' });
    logger.info({ subgraphs: [...next.subgraphUrls.keys()] }, 'the router serves another supergraph');
    retire(before);
  }

  function retire(graph: Graph): void {
    retiring.add(graph);
    graph
      .retire()
      .catch((error: unknown) => logger.error({ error }, 'a supergraph was not cleaned up'))
      .finally(() => retiring.delete(graph));
  }

  const file = followFile(path, { content, onContent: change, logger });
  return {
    get current() {
      return current;
    },
    async use(run) {
      const graph = current;
      const letGo = graph.hold();
      try {
        return await run(graph);
      } finally {
        letGo();
      }
    },
    follow(one) {
      follower = one;
    },
    reload: () => file.readNow(),
    async stop() {
      await file.stop();
      // Nobody is left who would hear of what is still under way.
      await Promise.all([current, ...retiring].map((graph) => graph.close()));
    },
  };
}
