import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
} from 'graphql';
import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import { codedError } from '../../platform/errors.ts';
import { inRequest, type RequestScope } from '../../platform/request-scope.ts';
import { traceIdOf } from '../../platform/trace.ts';
import { checkVariables } from '../checks.ts';
import type { RouterContext } from '../context.ts';
import type { Graph } from '../graph.ts';
import type { Graphs } from '../graphs.ts';
import type { CarrySubscription, PlannedSubscription } from './carry.ts';
import type { LiveSubscriptions } from './live-subscriptions.ts';
import type { ClientSink } from './result-sink.ts';
import { formatResult, type PresentError } from './results.ts';

/** An operation as a client sends it, over whatever transport. */
export interface OperationRequest {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** An operation that may be run. */
export interface PreparedOperation {
  request: OperationRequest;
  document: DocumentNode;
  /** What the document is valid for. */
  schema: GraphQLSchema;
  context: RouterContext;
  graph: Graph;
  /** Null for a query or mutation. */
  subscription: PlannedSubscription | null;
}

/** What a transport that carries subscriptions runs. Nothing in it knows of sockets or of HTTP. */
export interface Operations {
  /**
   * Parses and checks an operation, and plans it when it is a subscription.
   * @returns the errors of a document that does not parse or is not valid
   * @throws any other coded error that keeps it from being run
   */
  prepare(request: OperationRequest, context: RouterContext): PreparedOperation | readonly GraphQLError[];
  /** Runs a query or a mutation. Its errors are formatted. */
  execute(operation: PreparedOperation): Promise<FormattedExecutionResult>;
  /** Opens a subscription: results as the client gets them, with formatted errors; those of shared streams go to the sink. */
  subscribe(operation: PreparedOperation, sink: ClientSink): AsyncIterableIterator<FormattedExecutionResult>;
}

export interface OperationsOptions {
  graphs: Pick<Graphs, 'current'>;
  carry: CarrySubscription;
  live: LiveSubscriptions;
  present: PresentError;
}

export function createOperations({ graphs, carry, live, present }: OperationsOptions): Operations {
  return {
    prepare: (request, context) => prepareOperation(graphs.current, request, context),
    async execute({ request: { query, variables, operationName }, context, graph }) {
      const request = { query, variables: variables ?? {}, ...(operationName && { operationName }) };
      const letGo = graph.hold();
      try {
        const { body } = await inRequest(scopeOf(context), () =>
          graph.apollo.executeOperation(request, { contextValue: context }),
        );
        if (body.kind !== 'single') throw new Error('Apollo Server answered in parts, which nobody asked for.');
        return body.singleResult;
      } finally {
        letGo();
      }
    },
    subscribe({ request, subscription, context }, sink) {
      if (!subscription) throw new Error('Only a subscription is subscribed to.');
      const scope = scopeOf(context);
      const { results } = inRequest(scope, () =>
        live.add(request, subscription, (onLeft) => carry(subscription, sink, onLeft)),
      );
      return mapAsyncIterator(results, (result: ExecutionResult) =>
        inRequest(scope, () => formatResult(result, present)),
      );
    },
  };
}

/** Checks an operation against one graph, and plans it by that when it is a subscription. See `Operations.prepare`. */
export function prepareOperation(
  graph: Graph,
  request: OperationRequest,
  context: RouterContext,
): PreparedOperation | readonly GraphQLError[] {
  const { schema } = graph;
  const checked = graph.check(request.query);
  if ('errors' in checked) return checked.errors;
  const { document } = checked;
  const operation = getOperationAST(document, request.operationName);
  if (!operation) throw codedError('OPERATION_RESOLUTION_FAILURE');
  const prepared = { request, document, schema, context, graph };
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return { ...prepared, subscription: null };
  graph.gate(document, operation, context.viewer);
  const variables = request.variables ?? {};
  checkVariables(schema, operation, variables);
  return { ...prepared, subscription: { graph, plan: graph.plan(document, operation), variables, context } };
}

function scopeOf({ requestId, trace }: RouterContext): RequestScope {
  return { requestId, traceId: traceIdOf(trace) };
}
