import { executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import type { ExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { askFor, chorusExtension, type Lease, type ServingMode } from '../../platform/streams.ts';
import { accessClassOf, type Viewer } from '../../platform/viewer.ts';
import { CarriedSubscription } from './carried-subscription.ts';
import { eventService } from './planning/plan.ts';
import { cursorVariable, type ResumableOperation } from './planning/sharing.ts';
import type { PlannedSubscription } from './prepare-operation.ts';
import type { ClientSink } from './result-sink.ts';
import { formatResult, type PresentError } from './results.ts';
import { assertDeliverable } from './sharing/reading-end.ts';
import type { Reading, SharedStreams } from './sharing/shared-streams.ts';

/**
 * Opens a subscription: an iterator of results as the client gets them. Those of a shared stream, which are written once for
 * many, go to the sink instead; the iterator tells of the end. `onLeft` is called when it has ended.
 */
export type CarrySubscription = (
  planned: PlannedSubscription,
  sink: ClientSink,
  onLeft: () => void,
) => CarriedSubscription;

export interface CarryOptions {
  streams: SharedStreams<CarriedSubscription>;
  present: PresentError;
  backOff(attempt: number): Promise<void>;
  logger: Logger;
  now(): number;
}

/**
 * Carries subscriptions through the gateway: the owning subgraph delivers the event, the gateway's executor fetches the
 * entities of other subgraphs and shapes the result. Where the result is the same for many viewers and the subgraph grants
 * leases, that is done once for all of them; otherwise once for each.
 */
export function createCarrier({ streams, present, backOff, logger, now }: CarryOptions): CarrySubscription {
  const complete = (event: ExecutionResult, planned: PlannedSubscription) => completeEvent(event, planned, logger);
  const reading: Reading<CarriedSubscription> = {
    read: (cursor, { planned }) => openUpstream(planned, 'shared', cursor),
    async complete({ extensions: _ofRouter, ...event }, { planned }) {
      const result = formatResult(await complete(event, planned), present);
      assertDeliverable(result);
      return JSON.stringify(result);
    },
  };
  return (planned, sink, onLeft) =>
    new CarriedSubscription(planned, {
      userId: planned.context.viewer?.userId ?? '',
      open: openUpstream,
      complete,
      sink,
      join: (lease, follower) => streams.join(keyOf(lease, follower.planned), lease, follower, reading),
      leave: (follower) => streams.leave(follower),
      onLeft,
      backOff,
      now,
    });
}

function openUpstream(
  { graph, plan, variables, context }: PlannedSubscription,
  mode: ServingMode,
  cursor: string | null,
): AsyncIterableIterator<ExecutionResult> {
  const { primary, resumption, ephemeral } = plan;
  const headers = context.subgraphHeaders(primary.serviceName);
  const operationName = primary.operationName ?? null;
  if (resumption === null) {
    return graph.subscribe(primary.serviceName, {
      query: ephemeral?.query ?? primary.operation,
      operationName,
      variables: pick(variables, primary.variableUsages ?? []),
      extensions: headers,
    });
  }
  const after = { [cursorVariable]: cursor ?? resumption.cursorOf(variables) };
  return graph.subscribe(primary.serviceName, {
    query: resumption.query,
    operationName,
    variables: { ...pick(variables, resumption.variableUsages), ...after },
    extensions: { ...headers, [chorusExtension]: askFor(mode) },
  });
}

/** What must be equal for those who share a stream: the log, what is made of it, and what one may see. */
function keyOf({ channel }: Lease, { plan, variables, context }: PlannedSubscription): string {
  const { keyOf: selectionOf } = plan.resumption as ResumableOperation;
  return `${channel} ${plan.primary.serviceName} ${accessClassOf(context.viewer as Viewer)} ${plan.key} ${selectionOf(variables)}`;
}

/** Runs the rest of the plan for one event. */
async function completeEvent(
  event: ExecutionResult,
  { graph, plan, variables, context }: PlannedSubscription,
  logger: Logger,
): Promise<ExecutionResult> {
  const { perEvent, operationContext, supergraphSchema, apiSchema } = plan;
  const services: ServiceMap = {
    ...graph.eventClients,
    [eventService]: { process: async () => event as never },
  };
  // Of the request context the executor reads these fields alone; the rest belongs to Apollo Server's HTTP pipeline.
  const requestContext = {
    request: { variables },
    context,
    logger,
    metrics: {},
  } as unknown as GatewayGraphQLRequestContext;
  const letGo = graph.hold();
  try {
    return await executeQueryPlan(perEvent, services, requestContext, operationContext, supergraphSchema, apiSchema);
  } finally {
    letGo();
  }
}

function pick(variables: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (name in variables ? [[name, variables[name]]] : [])));
}
