import type { Child } from '../child.ts';
import { type CpuMeter, processMeters } from '../cpu.ts';
import type { Subject } from '../measure.ts';
import { password } from './accounts.ts';
import { type AuthClient, createLogins, createRefreshes } from './client.ts';
import { compareStatements, loginStatements, refreshStatements } from './statements.ts';

export const subjectNames = {
  routerLogin: 'login through the router',
  authLogin: 'login at auth alone',
  routerRefresh: 'refresh through the router',
  authRefresh: 'refresh at auth alone',
  argon2: 'bare argon2 verification',
  bareLogin: 'bare database, login',
  bareRefresh: 'bare database, refresh',
} as const;

/** What is measured. @param meters those of the stack and of all servers that it uses */
export function stackSubjects(
  { router, auth }: { router: AuthClient; auth: AuthClient },
  logins: readonly string[],
  meters: Record<string, CpuMeter>,
): Subject[] {
  return [
    { name: subjectNames.routerLogin, run: createLogins(router, logins), meters },
    { name: subjectNames.authLogin, run: createLogins(auth, logins), meters },
    { name: subjectNames.routerRefresh, run: createRefreshes(router, logins), meters },
    { name: subjectNames.authRefresh, run: createRefreshes(auth, logins), meters },
  ];
}

/** What it is measured against. */
export function peerSubjects(peer: Child, { PostgreSQL }: Record<string, CpuMeter>): Subject[] {
  const own = processMeters(peer);
  const meters = { ...own, ...(PostgreSQL && { PostgreSQL }) };
  return [
    { name: subjectNames.argon2, run: (load) => peer.call('verifyPasswords', load), meters: own },
    { name: subjectNames.bareLogin, run: (load) => peer.call('sendLoginStatements', load), meters },
    { name: subjectNames.bareRefresh, run: (load) => peer.call('sendRefreshStatements', load), meters },
  ];
}

/** The bare database is a peer only while it does what auth does: @returns what it does otherwise. */
export async function findStatementDifferences(stack: Child, auth: AuthClient, login: string): Promise<string[]> {
  // The first login from an address takes another way.
  await auth.login(login, password);
  await stack.call('recordStatements', 'auth');
  const refreshToken = await auth.login(login, password);
  const ofLogin = await stack.call<string[]>('recordedStatements');
  await stack.call('recordStatements', 'auth');
  await auth.refresh(refreshToken);
  const ofRefresh = await stack.call<string[]>('recordedStatements');
  await stack.call('endRecording');
  return [...compareStatements(ofLogin, loginStatements), ...compareStatements(ofRefresh, refreshStatements)];
}
