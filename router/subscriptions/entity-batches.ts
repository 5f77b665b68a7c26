import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import type { GraphQLFormattedError } from 'graphql';

/** One fetch of entities, which waits for its part of an answer. */
interface Waiting {
  representations: readonly unknown[];
  resolve(response: GatewayGraphQLResponse): void;
  reject(error: unknown): void;
}

/** Fetches that are alike but for their entities, and are sent as one. */
interface Batch {
  options: GraphQLDataSourceProcessOptions;
  waiting: Waiting[];
}

/** More entities than this are not asked for at once, which bounds what one request costs a subgraph. */
const entitiesLimit = 100;

/**
 * Asks a subgraph for the entities of several events at once: events of history come many at a time, and so they cost few requests, and
 * few statements behind them. Fetches are put together that begin in the same turn of the event loop, in the same name (the same
 * context, that is), with the same selection and variables. Each gets what it would have got by itself, errors included; what fails as a whole
 * fails for all of them. Nothing waits for a timer.
 */
export class EntityBatches implements GraphQLDataSource {
  readonly #source: GraphQLDataSource;
  /** Those that are gathered in this turn. */
  readonly #batches = new Map<unknown, Map<string, Batch>>();

  constructor(source: GraphQLDataSource) {
    this.#source = source;
  }

  async process(options: GraphQLDataSourceProcessOptions): Promise<GatewayGraphQLResponse> {
    const { request, context } = options;
    const { representations, ...variables } = request.variables ?? {};
    if (!Array.isArray(representations)) return this.#source.process(options);
    const alike = this.#batches.get(context) ?? this.#openTurn(context);
    const key = `${JSON.stringify(variables)} ${request.query}`;
    return new Promise((resolve, reject) => {
      const batch = alike.get(key) ?? { options, waiting: [] };
      alike.set(key, batch);
      batch.waiting.push({ representations, resolve, reject });
      if (countEntities(batch) < entitiesLimit) return;
      alike.delete(key);
      void this.#send(batch);
    });
  }

  #openTurn(context: unknown): Map<string, Batch> {
    const alike = new Map<string, Batch>();
    this.#batches.set(context, alike);
    // After all that follows from what has arrived, before anything else arrives.
    void Promise.resolve().then(() =>
      process.nextTick(() => {
        this.#batches.delete(context);
        for (const batch of alike.values()) void this.#send(batch);
      }),
    );
    return alike;
  }

  async #send({ options, waiting }: Batch): Promise<void> {
    try {
      const representations = waiting.flatMap((each) => each.representations);
      const variables = { ...options.request.variables, representations };
      const response = await this.#source.process({ ...options, request: { ...options.request, variables } });
      requireEntities(response, representations.length);
      let first = 0;
      for (const { representations: own, resolve } of waiting) {
        resolve(partOf(response, first, own.length));
        first += own.length;
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}

function countEntities({ waiting }: Batch): number {
  return waiting.reduce((count, { representations }) => count + representations.length, 0);
}

/** Entities are told apart by their places alone: with one too few, somebody would get those of somebody else. */
function requireEntities({ data }: GatewayGraphQLResponse, count: number): void {
  const entities: unknown = data?.['_entities'];
  if (entities === undefined || entities === null) return;
  if (Array.isArray(entities) && entities.length === count) return;
  throw new Error(`The subgraph was asked for ${count} entities, and has answered with something else.`);
}

/** The part of an answer that is about some of the entities. */
function partOf(response: GatewayGraphQLResponse, first: number, count: number): GatewayGraphQLResponse {
  const { data, errors } = response;
  const entities = (data as { _entities?: unknown[] } | null | undefined)?._entities;
  // Without any entities whatever is wrong is wrong for everybody.
  const own = errors?.flatMap((error) =>
    entities ? moveError(error, first, count) : [{ ...error, path: ['_entities'] }],
  );
  return {
    ...response,
    ...(entities && { data: { _entities: entities.slice(first, first + count) } }),
    ...(errors && { errors: own?.length ? own : undefined }),
  } as GatewayGraphQLResponse;
}

/** What is about none of the entities in particular is about each of them. */
function moveError(error: GraphQLFormattedError, first: number, count: number): GraphQLFormattedError[] {
  const [field, index, ...rest] = error.path ?? [];
  if (field !== '_entities' || typeof index !== 'number') return [error];
  if (index < first || index >= first + count) return [];
  return [{ ...error, path: [field, index - first, ...rest] }];
}
