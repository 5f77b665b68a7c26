import { isMain } from '../tools/command-line.ts';
import { startChorus } from './fanout/chorus.ts';
import { present } from './fanout/report.ts';
import { findByteDifferences } from './fanout/same-bytes.ts';
import { openChorus, openPeers } from './fanout/subjects.ts';
import { measureInRounds } from './measure.ts';
import { profileSubject } from './profile.ts';
import { type BenchTools, profile, rounds, runBenchCommand, type Setup, seconds, warmUpSeconds } from './run-bench.ts';

const about = `Measures what it costs to deliver the messages of one room to many subscribers, and how long a message takes to them: Chorus
through the router, with four selections among the subscribers, beside bare ws, Socket.IO with the Redis Streams adapter, and
graphql-ws without federation, all with the same bytes. It brings its own PostgreSQL and Redis and takes some seven minutes.`;

const options = {
  subscribers: { default: 1000, about: 'of each server' },
  rate: { default: 20, about: 'messages a second; of 10000 subscribers, two cores can serve some 2 a second' },
  rounds,
  seconds,
  // What runs once for a message, and not for each delivery, is compiled late at this rate.
  warmUpSeconds: { ...warmUpSeconds, default: 60 },
  profile,
} as const;

async function runBench(setup: Setup<typeof options>, { keep, report }: BenchTools): Promise<void> {
  const { subscribers, rate } = setup;
  const chorus = await startChorus({ sockets: subscribers, keep, report });
  const ofChorus = await openChorus(chorus, { subscribers, rate, keep });
  report(`${subscribers} subscribe to Chorus`);
  const start = { samples: ofChorus.samples, redisUrl: chorus.surroundings.redisUrl };
  const peers = await openPeers(start, { subscribers, rate, keep });
  report(`and as many to each of ${peers.length} peers`);
  if (setup.profile) {
    const servers = [
      { server: chorus.router, subject: ofChorus.subject },
      { server: chorus.subgraphs, subject: { ...ofChorus.subject, name: 'Chorus, its subgraphs' } },
      ...peers,
    ];
    for (const { server, subject } of servers) await profileSubject(server, subject, subscribers, report);
    return;
  }
  const differences = findByteDifferences(ofChorus.samples, peers);
  for (const difference of differences) report(`NOT THE SAME BYTES: ${difference}`);
  const subjects = [ofChorus.subject, ...peers.map(({ subject }) => subject)];
  const measurements = await measureInRounds({
    ...setup,
    subjects,
    concurrencies: [subscribers],
    onProgress: report,
  });
  await present(setup, measurements, ofChorus.samples, differences);
}

if (isMain(import.meta)) await runBenchCommand({ name: 'fanout', about, options, run: runBench });
