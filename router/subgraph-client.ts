import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import type { Logger } from 'pino';
import { Pool } from 'undici';
import { codedError } from '../platform/errors.ts';
import type { RouterContext } from './context.ts';
import { dispatchWhole } from './subgraph-answer.ts';

export interface SubgraphClientOptions {
  name: string;
  url: string;
  timeoutMilliseconds: number;
  logger: Logger;
}

/** Connections kept to one subgraph; requests above that wait in line for one. */
const connections = 128;

/**
 * Sends operations to one subgraph over HTTP. It stands in for Apollo's RemoteGraphQLDataSource, whose default HTTP client
 * costs several times the CPU of an undici pool (docs/decisions/0005-undici-for-subgraphs.md).
 */
export class SubgraphClient implements GraphQLDataSource {
  readonly #options: SubgraphClientOptions;
  readonly #pool: Pool;
  readonly #path: string;

  constructor(options: SubgraphClientOptions) {
    const { origin, pathname, search } = new URL(options.url);
    this.#options = options;
    this.#path = pathname + search;
    this.#pool = new Pool(origin, {
      connections,
      connectTimeout: Math.min(options.timeoutMilliseconds, 2_000),
      headersTimeout: options.timeoutMilliseconds,
      bodyTimeout: options.timeoutMilliseconds,
    });
  }

  /** @throws SUBGRAPH_UNAVAILABLE when the subgraph does not answer, or not in GraphQL. */
  async process({ request, context }: GraphQLDataSourceProcessOptions): Promise<GatewayGraphQLResponse> {
    const { query, variables, operationName } = request;
    const { name, logger } = this.#options;
    const { subgraphHeaders, receiveCookies } = context as RouterContext;
    try {
      const { statusCode, headers, text } = await dispatchWhole(this.#pool, {
        path: this.#path,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...subgraphHeaders(name),
        },
        body: JSON.stringify({ query, variables, operationName }),
      });
      receiveCookies(name, headers['set-cookie']);
      const answer = JSON.parse(text) as GatewayGraphQLResponse;
      if (answer.data !== undefined || answer.errors !== undefined) return answer;
      throw new Error(`HTTP ${statusCode} without a GraphQL answer`);
    } catch (error) {
      logger.warn({ error, subgraph: name }, 'a subgraph did not answer');
      throw codedError('SUBGRAPH_UNAVAILABLE', undefined, { subgraph: name });
    }
  }

  /** Requests that are under way fail. */
  async stop(): Promise<void> {
    await this.#pool.destroy();
  }
}
