import { setImmediate } from 'node:timers/promises';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import { codedError, hasCode } from '../../platform/errors.ts';
import type { RouterContext } from '../context.ts';
import type { Graph } from '../graph.ts';
import type { GraphFollower, Graphs } from '../graphs.ts';
import type { CarriedSubscription } from './carried-subscription.ts';
import { type OperationRequest, type PlannedSubscription, prepareOperation } from './prepare-operation.ts';

/** All subscriptions under way, which go on from one graph to the next. */
export interface LiveSubscriptions extends GraphFollower {
  /** Opens a subscription, which counts as live until it calls `onLeft`. */
  add(
    request: OperationRequest,
    planned: PlannedSubscription,
    open: (onLeft: () => void) => CarriedSubscription,
  ): CarriedSubscription;
}

/** What a graph makes of a subscription under way: the same operation, planned anew, or why it does not fit any more. */
type Replanned = { planned: PlannedSubscription } | { error: unknown };

/** Planning goes on for so long before others get their turn. */
const turnMilliseconds = 10;

export function createLiveSubscriptions(options: {
  graphs: Pick<Graphs, 'current'>;
  metrics: Registry;
  logger: Logger;
}): LiveSubscriptions {
  const { graphs, metrics, logger } = options;
  const live = new Map<CarriedSubscription, OperationRequest>();
  const moves = new Counter({
    name: 'chorus_replanned_subscriptions_total',
    help: 'Live subscriptions that met another supergraph: kept as they are, moved to another plan, or retired.',
    labelNames: ['result'],
    registers: [metrics],
  });
  for (const result of ['kept', 'moved', 'retired']) moves.inc({ result }, 0);
  /** What was made beforehand. Not left to what the graph remembers of plans: that may be less than there are subscriptions that differ. */
  let prepared: { graph: Graph; replanned: ReadonlyMap<CarriedSubscription, Replanned> } | null = null;

  function moveOne(subscription: CarriedSubscription, replanned: Replanned): void {
    const { plan: before } = subscription.planned;
    try {
      if ('error' in replanned) throw replanned.error;
      const { planned: next } = replanned;
      subscription.moveTo(next);
      moves.inc({ result: next.plan.key === before.key ? 'kept' : 'moved' });
    } catch (error) {
      if (!hasCode(error, 'SUBSCRIPTION_RETIRED')) logger.info({ error }, 'a subscription was not carried over');
      subscription.fail(error);
      moves.inc({ result: 'retired' });
    }
  }

  return {
    add(request, planned, open) {
      let hasLeft = false;
      let leave = () => {};
      const subscription = open(() => {
        hasLeft = true;
        leave();
      });
      if (hasLeft) return subscription;
      live.set(subscription, request);
      leave = () => live.delete(subscription);
      if (planned.graph !== graphs.current) moveOne(subscription, planAgain(graphs.current, request, planned.context));
      return subscription;
    },
    /** Plans are made here one after the other, so that moving, which can't be interrupted, takes no time. */
    async prepare(next) {
      const replanned = new Map<CarriedSubscription, Replanned>();
      let turnBegunAt = performance.now();
      // Those that ask the same, one after the other: they get one plan, which the graph remembers for a while.
      const ordered = [...Map.groupBy(live, ([, { query }]) => query).values()].flat();
      for (const [subscription, request] of ordered) {
        replanned.set(subscription, planAgain(next, request, subscription.planned.context));
        if (performance.now() - turnBegunAt < turnMilliseconds) continue;
        await setImmediate();
        turnBegunAt = performance.now();
      }
      prepared = { graph: next, replanned };
    },
    move(next) {
      const known = prepared?.graph === next ? prepared.replanned : null;
      prepared = null;
      for (const [subscription, request] of [...live]) {
        const { context } = subscription.planned;
        moveOne(subscription, known?.get(subscription) ?? planAgain(next, request, context));
      }
    },
  };
}

/** The error is SUBSCRIPTION_RETIRED when the operation does not fit the schema, or what the access gate throws. */
function planAgain(graph: Graph, request: OperationRequest, context: RouterContext): Replanned {
  try {
    const prepared = prepareOperation(graph, request, context);
    if ('subscription' in prepared && prepared.subscription) return { planned: prepared.subscription };
    throw 'subscription' in prepared ? codedError('GRAPHQL_VALIDATION_FAILED') : prepared[0];
  } catch (error) {
    if (!hasCode(error, 'GRAPHQL_VALIDATION_FAILED') && !hasCode(error, 'BAD_USER_INPUT')) return { error };
    const { message } = error as GraphQLError;
    const changed = `The schema has changed, and the subscription with it: ${message}`;
    return { error: codedError('SUBSCRIPTION_RETIRED', changed) };
  }
}
