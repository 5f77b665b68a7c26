import { executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import type { RouterContext } from '../context.ts';
import type { SubgraphClient } from '../subgraph-client.ts';
import { eventService, type PlanSubscription, type SubscriptionPlan } from './plan.ts';
import type { Upstream } from './upstream.ts';

/** A subscription that has passed validation and the access gate. */
export interface SubscriptionRequest {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
  context: RouterContext;
}

/** Plans a subscription, and returns what opens it: an iterator of results as the client gets them. @throws what is wrong with it */
export type CarrySubscription = (request: SubscriptionRequest) => OpenSubscription;
export type OpenSubscription = () => AsyncIterableIterator<ExecutionResult>;

export interface CarryOptions {
  plan: PlanSubscription;
  upstream: Upstream;
  clients: ReadonlyMap<string, SubgraphClient>;
  logger: Logger;
}

/**
 * Carries subscriptions through the gateway, one upstream operation for each: the owning subgraph delivers the event, the
 * gateway's executor fetches the entities of other subgraphs and shapes the result. This is the seam where a stream that
 * is the same for many viewers can be run once for all of them.
 */
export function createCarrier({ plan, upstream, clients, logger }: CarryOptions): CarrySubscription {
  return (request) => {
    const { primary, ...planned } = plan(request.document, request.operation);
    return () => {
      const events = upstream.subscribe(primary.serviceName, {
        query: primary.operation,
        operationName: primary.operationName ?? null,
        variables: pick(request.variables, primary.variableUsages ?? []),
        extensions: request.context.subgraphHeaders(primary.serviceName),
      });
      return mapAsyncIterator(events, (event) =>
        completeEvent(event as ExecutionResult, request, planned, { clients, logger }),
      );
    };
  };
}

/** Runs the rest of the plan for one event. */
async function completeEvent(
  event: ExecutionResult,
  { variables, context }: SubscriptionRequest,
  { perEvent, operationContext, supergraphSchema, apiSchema }: Omit<SubscriptionPlan, 'primary'>,
  { clients, logger }: Pick<CarryOptions, 'clients' | 'logger'>,
): Promise<ExecutionResult> {
  const services: ServiceMap = {
    ...Object.fromEntries(clients),
    [eventService]: { process: async () => event as never },
  };
  // Of the request context the executor reads these fields alone; the rest belongs to Apollo Server's HTTP pipeline.
  const requestContext = {
    request: { variables },
    context,
    logger,
    metrics: {},
  } as unknown as GatewayGraphQLRequestContext;
  return executeQueryPlan(perEvent, services, requestContext, operationContext, supergraphSchema, apiSchema);
}

function pick(variables: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (name in variables ? [[name, variables[name]]] : [])));
}
