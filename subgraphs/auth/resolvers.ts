import { mergeResolvers } from '../../platform/resolvers.ts';
import { jsonResolver, scalarResolvers } from '../../platform/scalars.ts';
import { accountResolvers } from './accounts/resolvers.ts';
import { administrationResolvers } from './administration/resolvers.ts';
import { apiKeyResolvers } from './api-keys/resolvers.ts';
import { auditResolvers } from './audit/resolvers.ts';
import { emailResolvers } from './emails/resolvers.ts';
import { identityResolvers } from './identities/resolvers.ts';
import { passkeyResolvers } from './passkeys/resolvers.ts';
import { passwordResolvers } from './passwords/resolvers.ts';
import type { Resolvers } from './schema.types.ts';
import { secondFactorResolvers } from './second-factors/resolvers.ts';
import { sessionResolvers } from './sessions/resolvers.ts';

/** Each concept resolves its own fields; here they are put together. */
export const resolvers: Resolvers = mergeResolvers<Resolvers>([
  scalarResolvers,
  jsonResolver,
  accountResolvers,
  administrationResolvers,
  apiKeyResolvers,
  auditResolvers,
  emailResolvers,
  identityResolvers,
  passkeyResolvers,
  passwordResolvers,
  secondFactorResolvers,
  sessionResolvers,
]);
