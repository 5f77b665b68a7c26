import { resultIn } from './peer.ts';
import type { subjectNames } from './subjects.ts';

/** Characters that may be around a result, and are different by each protocol. */
const framingLimit = 80;

/** Peers are peers only while they write what Chorus writes: @returns a line for each selection of which one writes something else. */
export function findByteDifferences(
  ofChorus: readonly string[],
  peers: readonly { name: keyof typeof subjectNames; samples: readonly string[] }[],
): string[] {
  return peers.flatMap(({ name, samples }) =>
    ofChorus.flatMap((sample, group) => {
      const other = samples[group] ?? '';
      const result = JSON.stringify(resultIn(sample).data);
      // Each numbers its messages by itself: it is the length that counts.
      const isSame =
        name === 'socketIo' ? Math.abs(other.length - result.length) < framingLimit : other.length === sample.length;
      return isSame
        ? []
        : [`${name} writes ${other.length} bytes of selection ${group + 1}, and Chorus ${sample.length}`];
    }),
  );
}
