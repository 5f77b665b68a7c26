import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import { buildOperationContext } from '@apollo/gateway';
import { type FetchNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { LoadedSupergraph } from '../supergraph.ts';
import { createSharingPlanner, type SharedOperation } from './sharing.ts';

/** Everything that does not change from event to event of one subscription operation. */
export interface SubscriptionPlan {
  /** The operation that the owning subgraph runs. */
  primary: FetchNode;
  /** How one reading can serve many viewers; null when it can't. */
  sharing: SharedOperation | null;
  /** What is run for each event: the event itself stands in for the answer to `primary`, then come the entity fetches. */
  perEvent: QueryPlan;
  operationContext: ReturnType<typeof buildOperationContext>;
  supergraphSchema: GraphQLSchema;
  apiSchema: Schema;
}

/** The name under which an event stands among the subgraphs; no subgraph can have it. */
export const eventService = '#event';

const cacheSize = 1_000;

/** Plans a subscription operation of a valid document; plans are remembered. */
export type PlanSubscription = (document: DocumentNode, operation: OperationDefinitionNode) => SubscriptionPlan;

/**
 * Apollo's gateway refuses to run subscriptions, but its planner plans them: a primary fetch, which is the subscription in
 * the subgraph that owns the field, and the rest, which are entity fetches. The rest is run for every event by the
 * gateway's own executor.
 */
export function createSubscriptionPlanner({
  supergraph,
  document: supergraphDocument,
}: LoadedSupergraph): PlanSubscription {
  const planner = new QueryPlanner(supergraph);
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema();
  const planSharing = createSharingPlanner(supergraphDocument, schema);
  const plans = new LRUCache<OperationDefinitionNode, SubscriptionPlan>({ max: cacheSize });

  return (document, operation) => {
    const known = plans.get(operation);
    if (known) return known;
    const named = operation.name ? { operationName: operation.name.value } : {};
    const planned = planner.buildQueryPlan(operationFromDocument(apiSchema, document, named)).node;
    if (planned?.kind !== 'Subscription') throw new Error('The planner made no subscription of a subscription.');
    const { primary, rest } = planned;
    const event: FetchNode = { ...primary, serviceName: eventService };
    const plan: SubscriptionPlan = {
      primary,
      sharing: planSharing(document, operation, primary),
      perEvent: { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: rest ? [event, rest] : [event] } },
      operationContext: buildOperationContext({ schema, operationDocument: document, ...named }),
      supergraphSchema,
      apiSchema,
    };
    plans.set(operation, plan);
    return plan;
  };
}
