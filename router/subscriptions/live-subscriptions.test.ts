import { buildSchema } from 'graphql';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createDocumentChecker } from '../../platform/documents.ts';
import type { Graph } from '../graph.ts';
import type { CarriedSubscription } from './carried-subscription.ts';
import { createLiveSubscriptions } from './live-subscriptions.ts';
import type { PlannedSubscription } from './prepare-operation.ts';

/** A graph that remembers no plan, and counts those that it has made. */
function createGraph() {
  const schema = buildSchema('type Query { uptime: Int } type Subscription { beat: Int }');
  const plans: object[] = [];
  const graph = {
    schema,
    check: createDocumentChecker(schema),
    gate: () => undefined,
    plan() {
      const plan = { key: `plan ${plans.length}` };
      plans.push(plan);
      return plan;
    },
  };
  return { graph: graph as unknown as Graph, plans };
}

it('plans each subscription once for another graph, before it comes, however many differ', async () => {
  const [before, next] = [createGraph(), createGraph()];
  const live = createLiveSubscriptions({
    graphs: { current: before.graph },
    metrics: new Registry(),
    logger: pino({ level: 'silent' }),
  });
  const moved: object[] = [];
  const begin = (name: string) => {
    const planned = { graph: before.graph, plan: { key: name }, context: {} } as PlannedSubscription;
    const subscription = { planned, moveTo: ({ plan }: PlannedSubscription) => moved.push(plan) };
    live.add({ query: 'subscription { beat }' }, planned, () => subscription as unknown as CarriedSubscription);
  };
  for (const name of ['first', 'second']) begin(name);
  await live.prepare(next.graph);
  expect([next.plans.length, moved.length]).toEqual([2, 0]);
  // It comes too late to be prepared.
  begin('third');
  live.move(next.graph);
  expect(next.plans).toHaveLength(3);
  expect(moved).toEqual(next.plans);
});
