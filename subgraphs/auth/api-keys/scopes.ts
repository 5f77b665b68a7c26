import { grantableScopesOf } from '../policy.ts';
import type { Role } from '../schema.types.ts';

/**
 * What a key can do now. Its account may have been given a lesser role since: the key keeps what it was given and can use what
 * the role grants, so that it is itself again when the role is.
 */
export function usableScopes(scopes: readonly string[], role: Role): string[] {
  const grantable = grantableScopesOf(role);
  return scopes.filter((scope) => grantable.includes(scope));
}
