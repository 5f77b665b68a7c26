import { Counter, Gauge, type Registry } from 'prom-client';
import type { PasswordHasher } from './passwords/hashing.ts';
import type { Database } from './repository.ts';
import { countLiveSessions } from './sessions/repository.ts';

/** What auth counts. */
export type AuthMetrics = ReturnType<typeof createMetrics>;

/** They are made before the server that shows them, so they join its registry later. */
export function createMetrics(database: Database, passwords: PasswordHasher, now: () => Date) {
  const gauges = [
    new Gauge({
      name: 'chorus_active_sessions',
      help: 'Sessions that can still be used.',
      registers: [],
      // While the database is away the last number stands.
      async collect() {
        await countLiveSessions(database, now()).then(
          (count) => this.set(count),
          () => undefined,
        );
      },
    }),
    new Gauge({
      name: 'chorus_hashing_queue_length',
      help: 'Passwords that wait to be hashed.',
      registers: [],
      collect() {
        this.set(passwords.queueLength());
      },
    }),
  ];
  const counters = {
    registrations: new Counter({
      name: 'chorus_registrations_total',
      help: 'Accounts that were made, by how: password or the provider.',
      labelNames: ['method'],
      registers: [],
    }),
    logins: new Counter({
      name: 'chorus_logins_total',
      help: 'Attempts to sign in, by method and result: success, failure, second_factor_wanted, throttled, suspended.',
      labelNames: ['method', 'result'],
      registers: [],
    }),
    oauthLogins: new Counter({
      name: 'chorus_oauth_logins_total',
      help: 'Attempts to sign in with another provider, by provider and result.',
      labelNames: ['provider', 'result'],
      registers: [],
    }),
    refreshes: new Counter({
      name: 'chorus_session_refreshes_total',
      help: 'Exchanges of refresh tokens, by result: exchanged, repeated, reused, invalid.',
      labelNames: ['result'],
      registers: [],
    }),
    mails: new Counter({
      name: 'chorus_mails_total',
      help: 'Mails, by result: sent, retried, refused, expired.',
      labelNames: ['result'],
      registers: [],
    }),
  };
  const register = (registry: Registry) => {
    for (const metric of [...gauges, ...Object.values(counters)]) registry.registerMetric(metric as Counter);
  };
  return { ...counters, register };
}
