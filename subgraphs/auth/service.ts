import { createAccountService } from './accounts/service.ts';
import { createAdministrationService } from './administration/service.ts';
import { createApiKeyService } from './api-keys/service.ts';
import { createAuditService } from './audit/service.ts';
import type { AuthDependencies, AuthRequest } from './dependencies.ts';
import { createEmailService } from './emails/service.ts';
import { createIdentityService } from './identities/service.ts';
import { createPasskeyService } from './passkeys/service.ts';
import { createPasswordService } from './passwords/service.ts';
import { createSecondFactorService } from './second-factors/service.ts';
import { createSessionService } from './sessions/service.ts';

/** What the resolvers of one request share: the use cases of each concept. */
export type Context = ReturnType<typeof createService>;

/** The use cases of auth, for one request. */
export function createService(dependencies: AuthDependencies, request: AuthRequest) {
  return {
    accounts: createAccountService(dependencies, request),
    administration: createAdministrationService(dependencies, request),
    apiKeys: createApiKeyService(dependencies, request),
    audit: createAuditService(dependencies, request),
    emails: createEmailService(dependencies, request),
    identities: createIdentityService(dependencies, request),
    passkeys: createPasskeyService(dependencies, request),
    passwords: createPasswordService(dependencies, request),
    secondFactors: createSecondFactorService(dependencies, request),
    sessions: createSessionService(dependencies, request),
  };
}
