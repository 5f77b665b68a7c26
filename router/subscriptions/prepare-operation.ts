import { type DocumentNode, type GraphQLError, type GraphQLSchema, getOperationAST, OperationTypeNode } from 'graphql';
import { codedError } from '../../platform/errors.ts';
import { checkVariables } from '../checks.ts';
import type { RouterContext } from '../context.ts';
import type { Graph } from '../graph.ts';
import type { SubscriptionPlan } from './planning/plan.ts';

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

/** A subscription that has passed validation and the access gate of a graph, and is planned by it. */
export interface PlannedSubscription {
  graph: Graph;
  plan: SubscriptionPlan;
  variables: Record<string, unknown>;
  context: RouterContext;
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
