import type { ApolloServer } from '@apollo/server';
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
import { createDocumentChecker } from '../../platform/documents.ts';
import { codedError } from '../../platform/errors.ts';
import { inRequest, type RequestScope } from '../../platform/request-scope.ts';
import { traceIdOf } from '../../platform/trace.ts';
import type { AccessGate } from '../access.ts';
import { checkVariables, parseOptions, refuseConditionalRoots } from '../checks.ts';
import type { RouterContext } from '../context.ts';
import type { CarrySubscription, OpenSubscription, ResultSink } from './carry.ts';
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
  context: RouterContext;
  /** Null for a query or mutation. */
  open: OpenSubscription | null;
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
  subscribe(operation: PreparedOperation, sink: ResultSink): AsyncIterableIterator<FormattedExecutionResult>;
}

export interface OperationsOptions {
  apollo: ApolloServer<RouterContext>;
  apiSchema: GraphQLSchema;
  gate: AccessGate;
  carry: CarrySubscription;
  present: PresentError;
}

export function createOperations({ apollo, apiSchema, gate, carry, present }: OperationsOptions): Operations {
  const check = createDocumentChecker(apiSchema, refuseConditionalRoots, parseOptions);
  return {
    prepare(request, context) {
      const checked = check(request.query);
      if ('errors' in checked) return checked.errors;
      const { document } = checked;
      const operation = getOperationAST(document, request.operationName);
      if (!operation) throw codedError('OPERATION_RESOLUTION_FAILURE');
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return { request, document, context, open: null };
      gate(document, operation, context.viewer);
      const variables = request.variables ?? {};
      checkVariables(apiSchema, operation, variables);
      return { request, document, context, open: carry({ document, operation, variables, context }) };
    },
    async execute({ request: { query, variables, operationName }, context }) {
      const request = { query, variables: variables ?? {}, ...(operationName && { operationName }) };
      const { body } = await inRequest(scopeOf(context), () =>
        apollo.executeOperation(request, { contextValue: context }),
      );
      if (body.kind !== 'single') throw new Error('Apollo Server answered in parts, which nobody asked for.');
      return body.singleResult;
    },
    subscribe({ open, context }, sink) {
      if (!open) throw new Error('Only a subscription is subscribed to.');
      return mapAsyncIterator(
        inRequest(scopeOf(context), () => open(sink)),
        (result: ExecutionResult) => inRequest(scopeOf(context), () => formatResult(result, present)),
      );
    },
  };
}

function scopeOf({ requestId, trace }: RouterContext): RequestScope {
  return { requestId, traceId: traceIdOf(trace) };
}
