import { hasScope, type Viewer } from '../../platform/viewer.ts';
import type { Role } from './schema.types.ts';

/** What each role may do besides what those before it may, as `noun:verb`. Tokens carry it as their scope. */
const scopesByRole: readonly (readonly [Role, readonly string[]])[] = [
  ['USER', ['account:read', 'account:write', 'profile:write', 'chat:read', 'chat:write', 'notifications:read']],
  ['MODERATOR', ['chat:moderate']],
  ['ADMIN', ['accounts:read', 'accounts:write', 'audit:read']],
];

/** The role and those before it. */
export function rolesUpTo(role: Role): Role[] {
  const rank = scopesByRole.findIndex(([name]) => name === role);
  return scopesByRole.slice(0, rank + 1).map(([name]) => name);
}

export function scopesOf(role: Role): string[] {
  const roles = rolesUpTo(role);
  return scopesByRole.filter(([name]) => roles.includes(name)).flatMap(([, scopes]) => scopes);
}

/** What an API key of such an account may be given: a key that could change its account could make more keys. */
export function grantableScopesOf(role: Role): string[] {
  return scopesOf(role).filter((scope) => scope !== 'account:write');
}

/** An e-mail address is shown to its owner alone. The username has no rule of its own: it is public. */
export function canReadEmail(viewer: Viewer | null, accountId: string): boolean {
  return isOwner(viewer, accountId) && hasScope(viewer, 'account:read');
}

/** How an account is protected is its owner's own affair. */
export function canReadSecurity(viewer: Viewer | null, accountId: string): boolean {
  return isOwner(viewer, accountId) && hasScope(viewer, 'account:read');
}

/** What belongs to an account is changed by its owner, with a session and not with a key. */
export function canWriteOwnAccount(viewer: Viewer | null): viewer is Viewer {
  return hasScope(viewer, 'account:write');
}

export function canReadAccounts(viewer: Viewer | null): boolean {
  return hasScope(viewer, 'accounts:read');
}

export function canWriteAccounts(viewer: Viewer | null): viewer is Viewer {
  return hasScope(viewer, 'accounts:write');
}

export function canReadAllSecurityEvents(viewer: Viewer | null): boolean {
  return hasScope(viewer, 'audit:read');
}

function isOwner(viewer: Viewer | null, accountId: string): boolean {
  return viewer !== null && viewer.userId === accountId;
}
