import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from 'graphql';
import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import { inRequest, type RequestScope } from '../../platform/request-scope.ts';
import { traceIdOf } from '../../platform/trace.ts';
import type { RouterContext } from '../context.ts';
import type { Graphs } from '../graphs.ts';
import type { CarrySubscription } from './carry.ts';
import type { LiveSubscriptions } from './live-subscriptions.ts';
import { type OperationRequest, type PreparedOperation, prepareOperation } from './prepare-operation.ts';
import type { ClientSink } from './result-sink.ts';
import { formatResult, type PresentError } from './results.ts';

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

function scopeOf({ requestId, trace }: RouterContext): RequestScope {
  return { requestId, traceId: traceIdOf(trace) };
}
