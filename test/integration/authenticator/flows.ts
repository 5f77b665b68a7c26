import { TOTP } from 'otpauth';
import { vi } from 'vitest';
import type { Authenticator, RegistrationQuirks } from '../../authenticator.ts';
import { TestClient } from '../../client.ts';
import type { TestDatabases, TestStack } from '../../harness.ts';
import { mutate } from '../../mutations.ts';

const session = 'session { accessToken refreshToken }';
const secondFactor = 'secondFactor { challengeToken expiresAt methods passkeyOptions }';
const loginPayload = `${session} user { id } ${secondFactor} userErrors { code field }`;

/** The answer of a mutation; what a test does not ask about it need not know. */
// biome-ignore lint/suspicious/noExplicitAny: see Answer in test/client.ts.
type Payload = any;

/** Runs a mutation that takes nothing. */
export function mutateBare(client: TestClient, name: string, selection: string): Promise<Payload> {
  return client.run(`mutation { ${name} { ${selection} } }`);
}

export function login(
  { guest }: TestStack,
  { username }: TestClient,
  password = `the password of ${username}`,
): Promise<Payload> {
  return mutate(guest, 'login', { login: username, password }, loginPayload);
}

/** Signs in as far as the second factor is wanted. */
export async function challenge(stack: TestStack, client: TestClient): Promise<Payload> {
  const { secondFactor, userErrors } = await login(stack, client);
  if (!secondFactor) throw new Error(`No second factor is wanted: ${JSON.stringify(userErrors)}`);
  return secondFactor;
}

export function completeLogin({ guest }: TestStack, challengeToken: string, answer: object): Promise<Payload> {
  return mutate(guest, 'completeLogin', { challengeToken, ...answer }, loginPayload);
}

/** Somebody in a session of their own, as `login` or `completeLogin` has answered. */
export function inSession(stack: TestStack, client: TestClient, payload: Payload): TestClient {
  const other = new TestClient(stack.url);
  other.userId = client.userId;
  other.username = client.username;
  other.accessToken = payload.session.accessToken;
  other.refreshToken = payload.session.refreshToken;
  return other;
}

/** What an authenticator app shows so many steps from now. Each step's code works once. */
export function totpCode(secret: string, steps = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
}

/** A code that no app shows for this secret, now or within a step. */
export function wrongTotpCode(secret: string): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => totpCode(secret, steps));
  return ['000000', '000001', '000002', '000003', '000004', '000005'].find((code) => !right.includes(code)) as string;
}

/** Turns an authenticator app on with the code of now. */
export async function enrolTotp(client: TestClient): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { challengeToken, secret, userErrors } = await mutateBare(
    client,
    'startTotpEnrolment',
    'challengeToken secret uri userErrors { code }',
  );
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  const enabled = await mutate(
    client,
    'enableTotp',
    { challengeToken, totpCode: totpCode(secret) },
    'recoveryCodes userErrors { code }',
  );
  if (enabled.userErrors.length > 0) throw new Error(JSON.stringify(enabled.userErrors));
  return { secret, recoveryCodes: enabled.recoveryCodes };
}

export function startPasskey(client: TestClient, purpose: 'Registration' | 'Login' | 'Confirmation'): Promise<Payload> {
  return mutateBare(client, `startPasskey${purpose}`, 'challengeToken options userErrors { code }');
}

export const passkeySelection =
  'passkey { id name isBackedUp createdAt lastUsedAt } recoveryCodes userErrors { code field }';

export async function registerPasskey(
  client: TestClient,
  authenticator: Authenticator,
  quirks: RegistrationQuirks = {},
  name = 'My key',
): Promise<Payload> {
  const { challengeToken, options, userErrors } = await startPasskey(client, 'Registration');
  if (userErrors.length > 0) return { passkey: null, recoveryCodes: null, userErrors };
  const passkey = authenticator.create(options, quirks);
  return mutate(client, 'registerPasskey', { challengeToken, name, passkey }, passkeySelection);
}

export function loginWithPasskey({ guest }: TestStack, challengeToken: string, passkey: unknown): Promise<Payload> {
  return mutate(guest, 'loginWithPasskey', { challengeToken, passkey }, loginPayload);
}

export function confirmIdentity(client: TestClient, proof: object): Promise<Payload> {
  return mutate(client, 'confirmIdentity', proof, 'confirmedUntil userErrors { code field message }');
}

/** Stops the clock so much later than it stands. A test that does so sets it going again: `vi.useRealTimers`. */
export function passTime(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

export const emailOf = ({ username }: TestClient) => `${username}@example.org`;

/** How the newest session of somebody was signed in. */
export async function sessionMethods(client: TestClient): Promise<string[]> {
  const { security } = await client.run('{ viewer { security { sessions(first: 1) { nodes { methods } } } } }');
  return security.sessions.nodes[0].methods;
}

/** What the record of security events tells of an account, oldest first. */
export async function readEvents(
  databases: TestDatabases,
  { userId }: TestClient,
  action: string,
): Promise<{ succeeded: boolean; actorId: string | null; details: Record<string, unknown> }[]> {
  return databases.query(
    'auth',
    `SELECT succeeded, actor_id AS "actorId", details FROM security_event
     WHERE account_id = $1 AND action = $2 ORDER BY id`,
    [userId, action],
  );
}
