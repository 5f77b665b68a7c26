import type { Relay } from '../../platform/durable-events/relay.ts';
import type { SubgraphRequest } from '../../platform/subgraph-request.ts';
import type { ServiceSettings } from './env.ts';
import type { Providers } from './identities/providers.ts';
import type { MailSender } from './mail/sender.ts';
import type { AuthMetrics } from './metrics.ts';
import type { PasswordHasher } from './passwords/hashing.ts';
import type { Database } from './repository.ts';
import type { SigningKeys } from './signing-keys/signing-keys.ts';
import type { Throttle } from './throttle.ts';

/** What every use case of this process shares. */
export interface AuthDependencies {
  database: Database;
  relay: Pick<Relay, 'wake'>;
  mailSender: Pick<MailSender, 'wake'>;
  throttle: Throttle;
  passwords: PasswordHasher;
  providers: Providers;
  signingKeys: SigningKeys;
  metrics: AuthMetrics;
  settings: ServiceSettings;
  now: () => Date;
}

/** What a use case knows of the request it works for. */
export type AuthRequest = SubgraphRequest;
