import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../platform/viewer.ts';
import {
  canReadAccounts,
  canReadAllSecurityEvents,
  canReadEmail,
  canReadSecurity,
  canWriteAccounts,
  canWriteOwnAccount,
  grantableScopesOf,
  rolesUpTo,
  scopesOf,
} from './policy.ts';

const viewerWith = (scopes: string[], userId = 'me'): Viewer => ({
  userId,
  sessionId: 'session',
  // Roles decide nothing: what a token may do is in its scopes.
  roles: ['USER', 'MODERATOR', 'ADMIN'],
  scopes,
  expiresAtSeconds: 0,
});

const everyScope = scopesOf('ADMIN');
const allBut = (scope: string) => everyScope.filter((each) => each !== scope);

describe('roles', () => {
  it('include those before them', () => {
    expect(rolesUpTo('USER')).toEqual(['USER']);
    expect(rolesUpTo('ADMIN')).toEqual(['USER', 'MODERATOR', 'ADMIN']);
  });

  it('grant what those before them do, and more', () => {
    const [user, moderator, admin] = [scopesOf('USER'), scopesOf('MODERATOR'), scopesOf('ADMIN')];
    expect(moderator).toEqual([...user, 'chat:moderate']);
    expect(admin).toEqual([...moderator, 'accounts:read', 'accounts:write', 'audit:read']);
    expect(user.filter((scope) => /^(accounts|audit):|moderate/.test(scope))).toEqual([]);
  });

  it('never grant a key what could make another key', () => {
    for (const role of ['USER', 'MODERATOR', 'ADMIN'] as const) {
      expect(grantableScopesOf(role)).toEqual(scopesOf(role).filter((scope) => scope !== 'account:write'));
    }
  });
});

describe('what is of one account', () => {
  it.each([
    ['the e-mail address', canReadEmail],
    ['how it is protected', canReadSecurity],
  ])('%s is shown to its owner alone, with a token for reading', (_name, can) => {
    expect(can(viewerWith(['account:read']), 'me')).toBe(true);
    expect(can(viewerWith(everyScope), 'somebody else')).toBe(false);
    expect(can(viewerWith(allBut('account:read')), 'me')).toBe(false);
    expect(can(null, 'me')).toBe(false);
  });
});

describe('what wants a scope', () => {
  it.each([
    ['changing one’s own account', canWriteOwnAccount, 'account:write'],
    ['reading accounts', canReadAccounts, 'accounts:read'],
    ['changing accounts', canWriteAccounts, 'accounts:write'],
    ['reading all security events', canReadAllSecurityEvents, 'audit:read'],
  ] as const)('%s is for tokens that have it, and for nobody else', (_name, can, scope) => {
    expect(can(viewerWith([scope]))).toBe(true);
    expect(can(viewerWith(allBut(scope)))).toBe(false);
    expect(can(viewerWith([]))).toBe(false);
    expect(can(viewerWith([scope.toUpperCase(), `${scope} `, `${scope}:all`]))).toBe(false);
    expect(can(null)).toBe(false);
  });
});
