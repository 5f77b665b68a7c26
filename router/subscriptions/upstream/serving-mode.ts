import type { ServingMode } from '../../../platform/streams.ts';
import type { PlannedSubscription } from '../prepare-operation.ts';

/** How a subgraph is asked to serve a subscription. One that knows nothing of modes serves events. */
export function modeOf({ plan, context }: PlannedSubscription): ServingMode {
  if (plan.resumption === null) return 'events';
  return plan.resumption.isSameForAll && context.viewer !== null ? 'lease' : 'stream';
}
