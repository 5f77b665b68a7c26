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

  function moveOne(subscription: CarriedSubscription, request: OperationRequest, graph: Graph): void {
    const { plan: before, context } = subscription.planned;
    try {
      const next = planAgain(graph, request, context);
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
      if (planned.graph !== graphs.current) moveOne(subscription, request, graphs.current);
      return subscription;
    },
    /** Plans are made and remembered here one after the other, so that moving, which can't be interrupted, takes no time. */
    async prepare(next) {
      let turnBegunAt = performance.now();
      for (const [{ planned }, request] of [...live]) {
        try {
          planAgain(next, request, planned.context);
        } catch {
          // It is told when the subscription meets it.
        }
        if (performance.now() - turnBegunAt < turnMilliseconds) continue;
        await setImmediate();
        turnBegunAt = performance.now();
      }
    },
    move(next) {
      for (const [subscription, request] of [...live]) moveOne(subscription, request, next);
    },
  };
}

/** @throws SUBSCRIPTION_RETIRED when the operation does not fit the schema, and what the access gate throws */
function planAgain(graph: Graph, request: OperationRequest, context: RouterContext): PlannedSubscription {
  try {
    const prepared = prepareOperation(graph, request, context);
    if ('subscription' in prepared && prepared.subscription) return prepared.subscription;
    throw 'subscription' in prepared ? codedError('GRAPHQL_VALIDATION_FAILED') : prepared[0];
  } catch (error) {
    if (!hasCode(error, 'GRAPHQL_VALIDATION_FAILED') && !hasCode(error, 'BAD_USER_INPUT')) throw error;
    const { message } = error as GraphQLError;
    throw codedError('SUBSCRIPTION_RETIRED', `The schema has changed, and the subscription with it: ${message}`);
  }
}
