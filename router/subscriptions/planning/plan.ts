import { createHash } from 'node:crypto';
import { operationFromDocument, type Schema } from '@apollo/federation-internals';
import { buildOperationContext } from '@apollo/gateway';
import { type FetchNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { LoadedSupergraph } from '../../supergraph.ts';
import { createDeliveryPlanner, type EphemeralOperation } from './delivery.ts';
import { createResumptionPlanner, type ResumableOperation } from './sharing.ts';

/** Everything that does not change from event to event of one subscription operation. */
export interface SubscriptionPlan {
  /** The operation that the owning subgraph runs. */
  primary: FetchNode;
  /** How it is read on from a place; null when it can't be. */
  resumption: ResumableOperation | null;
  /** How it is read when its newest events count alone; null when none may be left out. */
  ephemeral: EphemeralOperation | null;
  /** Equal for plans by which a subgraph is asked for the same events in the same way. */
  readingKey: string;
  /** Equal for plans that make the same of the same events: these can take each other's place. */
  key: string;
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
  subgraphUrls,
}: LoadedSupergraph): PlanSubscription {
  const planner = new QueryPlanner(supergraph);
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema();
  const planResumption = createResumptionPlanner(supergraphDocument, schema);
  const planDelivery = createDeliveryPlanner(supergraphDocument, schema);
  const plans = new LRUCache<OperationDefinitionNode, SubscriptionPlan>({ max: cacheSize });

  return (document, operation) => {
    const known = plans.get(operation);
    if (known) return known;
    const named = operation.name ? { operationName: operation.name.value } : {};
    const planned = planner.buildQueryPlan(operationFromDocument(apiSchema, document, named)).node;
    if (planned?.kind !== 'Subscription') throw new Error('The planner made no subscription of a subscription.');
    const { primary, rest } = planned;
    const event: FetchNode = { ...primary, serviceName: eventService };
    const ephemeral = planDelivery(primary);
    const resumption = ephemeral === null ? planResumption(document, operation, primary) : null;
    const reading = [primary, resumption, ephemeral, addressesIn(primary, subgraphUrls)];
    const plan: SubscriptionPlan = {
      primary,
      resumption,
      ephemeral,
      readingKey: hash(reading),
      key: hash([...reading, rest, addressesIn(rest, subgraphUrls)]),
      perEvent: { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: rest ? [event, rest] : [event] } },
      operationContext: buildOperationContext({ schema, operationDocument: document, ...named }),
      supergraphSchema,
      apiSchema,
    };
    plans.set(operation, plan);
    return plan;
  };
}

/** Where the subgraphs are that a part of a plan fetches from. */
function addressesIn(part: unknown, subgraphUrls: ReadonlyMap<string, string>): [string, string][] {
  const text = JSON.stringify(part) ?? '';
  return [...subgraphUrls].filter(([name]) => text.includes(`"serviceName":${JSON.stringify(name)}`));
}

function hash(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
