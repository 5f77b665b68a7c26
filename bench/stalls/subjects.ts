import { processMeters } from '../cpu.ts';
import { startAudience } from '../fanout/audience.ts';
import type { Chorus } from '../fanout/chorus.ts';
import { selections, textOf } from '../fanout/messages.ts';
import { createSubject } from '../fanout/subjects.ts';
import type { Load, Run, Subject } from '../measure.ts';
import type { Formulas } from '../ratios.ts';
import type { Keep } from '../run-bench.ts';
import { openStallers, type Stall } from './stalls.ts';

export const subjectNames = { all: 'all read', stalled: 'some have stopped reading' } as const;

export const goalRatio = 'p99 of those who read: with stalled / without';

export const formulas: Formulas<keyof typeof subjectNames> = {
  [goalRatio]: ({ stalled, all }) => stalled.p99 / all.p99,
  'p50 of those who read: with stalled / without': ({ stalled, all }) => stalled.p50 / all.p50,
  'CPU: with stalled / without': ({ stalled, all }) => stalled.cpu / all.cpu,
};

export interface StallSubjectOptions {
  /** All of them. */
  subscribers: number;
  /** Those among them who stop reading. */
  stalled: number;
  /** Messages a second. */
  rate: number;
  keep: Keep;
  /** Told before anybody stops reading. */
  onStall(): Promise<void>;
}

/** One room and one audience, measured as it is, and while some of it have stopped reading. */
export async function openSubjects(
  chorus: Chorus,
  options: StallSubjectOptions,
): Promise<{ subjects: Subject[]; stalls: readonly Stall[] }> {
  const { subscribers, stalled, keep } = options;
  const { router, socketUrl: url, people } = chorus;
  const roomId = await chorus.openRoom();
  const size = subscribers - stalled;
  const subscriber = (index: number) => ({
    group: index % selections.length,
    authorization: `Bearer ${people[index % people.length]?.accessToken}`,
    query: selections[index % selections.length] as string,
    variables: { roomId },
  });
  const audience = await startAudience({ server: router, url, dialect: 'graphql', size, subscriber, keep });
  const stallers = await openStallers({ chorus, roomId, stalled, subscribers, keep });
  let lastNumber = 0;
  const publish = (number: number) => {
    lastNumber = number;
    return chorus.send(roomId, textOf(number));
  };
  const { run: runHealthy, meters } = createSubject(
    { name: subjectNames.all, audience, publish, meters: processMeters(router) },
    options,
  );
  /** Latencies are of those who read; what a delivery costs is what it costs for all. */
  const run = async (load: Load): Promise<Run> => {
    const healthy = await runHealthy(load);
    return { ...healthy, operations: (healthy.latencies.length / size) * subscribers };
  };
  const subjects: Subject[] = [
    { name: subjectNames.all, run, meters },
    {
      name: subjectNames.stalled,
      run,
      meters,
      async prepare() {
        await options.onStall();
        await stallers.stall();
      },
      finish: () => stallers.recover(lastNumber),
    },
  ];
  return { subjects, stalls: stallers.stalls };
}
