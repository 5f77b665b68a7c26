import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeLogin, type Return, signInWith, startLogin } from './front-end.ts';
import { signIdToken, tokenAnswer } from './hostile-issuer.ts';
import { newcomerAt, type OAuthStack, startOAuthStack } from './providers.ts';

let stack: OAuthStack;

beforeAll(async () => {
  stack = await startOAuthStack();
});

afterAll(() => stack?.stop());

const complete = async (given: Return) => (await completeLogin(stack.guest, given)).userErrors.map(({ code }) => code);

const countIdentities = async (subject: string) =>
  (await stack.databases.query('auth', 'SELECT 1 FROM identity WHERE subject = $1', [subject])).length;

describe('an issuer that lies', () => {
  /** Comes back from the hostile issuer without having been there: its code says what an honest ID token would. */
  async function visitHostile(claims: Record<string, unknown>): Promise<Return> {
    const { authorizationUrl, binding } = await startLogin(stack.guest, 'hostile');
    const { searchParams } = new URL(authorizationUrl);
    const code = JSON.stringify({ nonce: searchParams.get('nonce'), ...claims });
    const parameters = new URLSearchParams({ code, state: searchParams.get('state') as string });
    return { callbackUrl: `${searchParams.get('redirect_uri')}?${parameters}`, binding };
  }

  const person = () => {
    const sub = `hostile-${crypto.randomUUID()}`;
    return { sub, email: `${sub}@example.org`, email_verified: true };
  };

  it('is believed while it does not', async () => {
    expect(await complete(await visitHostile(person()))).toEqual([]);
  });

  it.each([
    ['another issuer', { iss: 'https://accounts.google.com' }],
    ['no issuer', { iss: undefined }],
    ['another nonce', { nonce: 'A'.repeat(43) }],
    ['no nonce', { nonce: undefined }],
    ['another client', { aud: 'somebody else' }],
    ['another client besides', { aud: ['chorus', 'somebody else'], azp: 'somebody else' }],
    ['an end in the past', { exp: 1_700_000_000 }],
    ['no subject', { sub: undefined }],
    ['a subject that is too long', { sub: 'x'.repeat(300) }],
    ['a subject with a null character', { sub: 'a\u0000b' }],
  ])('is refused when its ID token names %s', async (_what, changes) => {
    stack.hostile.answer = (request) => tokenAnswer(signIdToken(request, changes));
    const claims = person();
    expect(await complete(await visitHostile(claims))).toEqual(['OAUTH_FAILED']);
    stack.hostile.reset();
    expect(await countIdentities(claims.sub)).toBe(0);
  });

  it('names nobody but its own people: the id of another provider’s person means somebody else', async () => {
    const newcomer = newcomerAt(stack.work);
    const { user } = await signInWith(stack, 'work', newcomer.signIn);
    const namesake = await completeLogin(stack.guest, await visitHostile({ ...person(), sub: newcomer.subject }));
    expect(namesake.userErrors).toEqual([]);
    expect(namesake.user?.id).not.toBe(user?.id);
    expect(await countIdentities(newcomer.subject)).toBe(2);
  });

  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it.each<[string, OAuthStack['hostile']['answer']]>([
    ['is not signed', ({ claims }) => tokenAnswer(`${encode({ alg: 'none' })}.${encode(claims)}.`)],
    [
      'is signed with another key',
      (request) => {
        const [header, payload] = signIdToken(request).split('.');
        const [, , signature] = signIdToken({ ...request, claims: { other: true } }).split('.');
        return tokenAnswer(`${header}.${payload}.${signature}`);
      },
    ],
    [
      'is signed with the secret of the client',
      ({ claims }) => tokenAnswer(`${encode({ alg: 'HS256' })}.${encode(claims)}.AAAA`),
    ],
    ['is missing', () => ({ access_token: 'an access token', token_type: 'Bearer' })],
    ['is nonsense', () => tokenAnswer('nonsense')],
  ])('is refused when its ID token %s', async (_what, answer) => {
    stack.hostile.answer = answer;
    expect(await complete(await visitHostile(person()))).toEqual(['OAUTH_FAILED']);
    stack.hostile.reset();
  });
});
