import { executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { FetchNode } from '@apollo/query-planner';
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import { mapAsyncIterator } from '../../platform/async-iterators.ts';
import { chorusExtension, type ServingMode } from '../../platform/streams.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { RouterContext } from '../context.ts';
import type { SubgraphClient } from '../subgraph-client.ts';
import { LeasedSubscription, type LeasedSubscriptionOptions } from './leased-subscription.ts';
import { eventService, type PlanSubscription, type SubscriptionPlan } from './plan.ts';
import { formatResult, type PresentError } from './results.ts';
import type { SharedStreams } from './shared-streams.ts';
import { cursorVariable, type SharedOperation } from './sharing.ts';
import type { Upstream } from './upstream.ts';

/** A subscription that has passed validation and the access gate. */
export interface SubscriptionRequest {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
  context: RouterContext;
}

/** Where the results of one subscription go that do not come out of its iterator. */
export interface ResultSink {
  /** @param payload the result as JSON. */
  deliver(payload: string): void;
}

/** Plans a subscription, and returns what opens it. @throws what is wrong with it */
export type CarrySubscription = (request: SubscriptionRequest) => OpenSubscription;

/**
 * Opens a subscription: an iterator of results as the client gets them. Those of a shared stream, which are written once for
 * many, go to the sink instead; the iterator tells of the end.
 */
export type OpenSubscription = (sink: ResultSink) => AsyncIterableIterator<ExecutionResult>;

export interface CarryOptions {
  plan: PlanSubscription;
  upstream: Upstream;
  clients: ReadonlyMap<string, SubgraphClient>;
  streams: SharedStreams<SharingSubscription>;
  present: PresentError;
  backOff(attempt: number): Promise<void>;
  logger: Logger;
}

/** A follower of a shared stream, with what is needed to read and complete it in their name. */
export class SharingSubscription extends LeasedSubscription {
  readonly request: SubscriptionRequest;

  constructor(request: SubscriptionRequest, options: LeasedSubscriptionOptions) {
    super(options);
    this.request = request;
  }
}

/**
 * Carries subscriptions through the gateway: the owning subgraph delivers the event, the gateway's executor fetches the
 * entities of other subgraphs and shapes the result. Where the result is the same for many viewers and the subgraph grants
 * leases, that is done once for all of them; otherwise once for each.
 */
export function createCarrier(options: CarryOptions): CarrySubscription {
  const { plan, upstream } = options;
  return (request) => {
    const { primary, sharing, ...planned } = plan(request.document, request.operation);
    const { viewer } = request.context;
    const complete = (event: ExecutionResult, as: SubscriptionRequest) => completeEvent(event, as, planned, options);
    if (sharing !== null && viewer !== null) {
      return (sink) => shareSubscription(request, { ...options, primary, sharing, complete, sink, viewer });
    }
    return () => {
      const events = upstream.subscribe(primary.serviceName, {
        query: primary.operation,
        operationName: primary.operationName ?? null,
        variables: pick(request.variables, primary.variableUsages ?? []),
        extensions: request.context.subgraphHeaders(primary.serviceName),
      });
      return mapAsyncIterator(events, (event) => complete(event, request));
    };
  };
}

interface SharingOptions extends Pick<CarryOptions, 'upstream' | 'streams' | 'present' | 'backOff'> {
  primary: FetchNode;
  sharing: SharedOperation;
  viewer: Viewer;
  sink: ResultSink;
  complete(event: ExecutionResult, as: SubscriptionRequest): Promise<ExecutionResult>;
}

/** Serves a subscription from a stream that it shares with all who select the same and may do the same. */
function shareSubscription(
  request: SubscriptionRequest,
  options: SharingOptions,
): AsyncIterableIterator<ExecutionResult> {
  const { primary, sharing, viewer, sink, upstream, streams, complete } = options;
  const { serviceName: subgraph } = primary;
  const open = (mode: ServingMode, cursor: string | null, { context, variables }: SubscriptionRequest) =>
    upstream.subscribe(subgraph, {
      query: sharing.query,
      operationName: primary.operationName ?? null,
      variables: { ...pick(variables, sharing.variableUsages), [cursorVariable]: cursor },
      extensions: { ...context.subgraphHeaders(subgraph), [chorusExtension]: { mode } },
    });
  const key = `${subgraph} ${accessClassOf(viewer)} ${sharing.keyOf(request.variables)}`;
  const follower = new SharingSubscription(request, {
    userId: viewer.userId,
    cursor: sharing.cursorOf(request.variables),
    askForLease: (cursor) => open('lease', cursor, request),
    complete: (event) => complete(event, request),
    sink,
    join: (lease, self) =>
      streams.join(`${lease.channel} ${key}`, lease, self as SharingSubscription, {
        read: (cursor, as) => open('stream', cursor, as.request),
        complete: async (event, as) =>
          JSON.stringify(formatResult(await complete(withoutExtensions(event), as.request), options.present)),
      }),
    leave: (self) => streams.leave(self as SharingSubscription),
    backOff: options.backOff,
  });
  return follower.results;
}

/** What a viewer's token lets them see may differ by its scopes and roles: only equal ones share a stream. */
function accessClassOf({ roles, scopes }: Viewer): string {
  return `${[...roles].sort()} ${[...scopes].sort()}`;
}

/** What the subgraph told the router of the event is not for the client. */
function withoutExtensions({ extensions: _extensions, ...event }: ExecutionResult): ExecutionResult {
  return event;
}

/** Runs the rest of the plan for one event. */
async function completeEvent(
  event: ExecutionResult,
  { variables, context }: SubscriptionRequest,
  { perEvent, operationContext, supergraphSchema, apiSchema }: Omit<SubscriptionPlan, 'primary' | 'sharing'>,
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
