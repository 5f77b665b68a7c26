import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientHeader, signClientInfo, unknownClient } from '../../platform/client-info.ts';
import { signViewer, viewerHeader } from '../../platform/viewer.ts';
import { decrypt } from '../../subgraphs/auth/encryption.ts';
import type { TestClient } from '../client.ts';
import { startTestStack, type TestStack } from '../harness.ts';

const viewerSecret = 'a secret that the router shares with subgraphs';
const signingKeySecret = 'a secret for the signing keys of this very test';
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Everything that a forger may know, and the real private key, to make tokens that are wrong in one way only. */
interface Known {
  token: string;
  header: Record<string, unknown>;
  claims: Record<string, unknown> & { iat: number; exp: number };
  privateKey: string;
  publicKey: KeyObject;
  /** Where the attacker would serve keys. */
  attackerUrl: string;
}

type Sign = (input: string) => Buffer;
type Forge = (known: Known) => string;

const hour = 3_600;
const nowSeconds = () => Math.floor(Date.now() / 1000);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function assemble(header: object, claims: object, signInput: Sign): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${signInput(input).toString('base64url')}`;
}

const es256 =
  (key: string | KeyObject, dsaEncoding: 'der' | 'ieee-p1363' = 'ieee-p1363'): Sign =>
  (input) =>
    sign('sha256', Buffer.from(input), { key, dsaEncoding } as never);
const hs256 =
  (secret: string | Buffer): Sign =>
  (input) =>
    createHmac('sha256', secret).update(input).digest();
const constant = (bytes: Buffer) => () => bytes;

/** A token of the real key with other claims or another header; undefined takes one out. */
const genuine =
  (claims: object, header: object = {}): Forge =>
  (known) =>
    assemble({ ...known.header, ...header }, { ...known.claims, ...claims }, es256(known.privateKey));

/** A token that a stranger signs, with another header. */
const strange =
  (header: (known: Known) => object): Forge =>
  (known) =>
    assemble({ ...known.header, ...header(known) }, known.claims, es256(stranger.privateKey));

const withSignature =
  (bytes: Buffer): Forge =>
  (known) =>
    assemble(known.header, known.claims, constant(bytes));

const strangeJwk = { ...stranger.publicKey.export({ format: 'jwk' }), kid: 'attacker', use: 'sig', alg: 'ES256' };

const accepted: [name: string, forge: Forge][] = [
  ['as auth signs it', ({ token }) => token],
  ['with the kind in other letters', genuine({}, { typ: 'AT+JWT' })],
  ['with the kind as a full media type', genuine({}, { typ: 'application/at+jwt' })],
];

const refused: [name: string, forge: Forge][] = [
  ...['none', 'None', 'NONE', 'nOnE', ''].map((alg): [string, Forge] => [
    `with the algorithm "${alg}" and no signature`,
    ({ header, claims }) => assemble({ ...header, alg }, claims, constant(Buffer.alloc(0))),
  ]),
  [
    'with the algorithm none and the signature of a good token',
    ({ header, claims, token }) => {
      const signature = Buffer.from(token.split('.')[2] as string, 'base64url');
      return assemble({ ...header, alg: 'none' }, claims, constant(signature));
    },
  ],
  [
    'as HS256 with the public key in PEM as its secret',
    ({ header, claims, publicKey }) => {
      const pem = publicKey.export({ format: 'pem', type: 'spki' });
      return assemble({ ...header, alg: 'HS256' }, claims, hs256(pem));
    },
  ],
  [
    'as HS256 with the public key in DER as its secret',
    ({ header, claims, publicKey }) => {
      const der = publicKey.export({ format: 'der', type: 'spki' });
      return assemble({ ...header, alg: 'HS256' }, claims, hs256(der));
    },
  ],
  [
    'as HS256 with the text of the published key as its secret',
    ({ header, claims, publicKey }) => {
      const jwk = { ...publicKey.export({ format: 'jwk' }), kid: header['kid'], use: 'sig', alg: 'ES256' };
      return assemble({ ...header, alg: 'HS256' }, claims, hs256(JSON.stringify(jwk)));
    },
  ],
  ['as HS256 with an empty secret', ({ header, claims }) => assemble({ ...header, alg: 'HS256' }, claims, hs256(''))],
  ['named HS256, but signed as it should be', genuine({}, { alg: 'HS256' })],
  ['named ES384, but signed as it should be', genuine({}, { alg: 'ES384' })],
  ["signed by a stranger under our key's id", strange(() => ({}))],
  ['signed by a stranger under an id of their own', strange(() => ({ kid: 'attacker' }))],
  ['with a path for a key id', strange(() => ({ kid: '../../../../dev/null' }))],
  ['with SQL for a key id', strange(() => ({ kid: "' OR '1'='1" }))],
  ["with the name of an object's property for a key id", strange(() => ({ kid: '__proto__' }))],
  ['with a number for a key id', strange(() => ({ kid: 7 }))],
  ['without a key id', genuine({}, { kid: undefined })],
  ["that points to a stranger's keys (jku)", strange(({ attackerUrl }) => ({ kid: 'attacker', jku: attackerUrl }))],
  ["that points to a stranger's keys under our key's id (jku)", strange(({ attackerUrl }) => ({ jku: attackerUrl }))],
  ["that points to a stranger's certificate (x5u)", strange(({ attackerUrl }) => ({ x5u: attackerUrl }))],
  ["that brings a stranger's key (jwk)", strange(() => ({ kid: 'attacker', jwk: strangeJwk }))],
  ["that brings a stranger's key under our key's id (jwk)", strange(() => ({ jwk: strangeJwk }))],
  ['that calls something critical which nobody knows (crit)', genuine({}, { crit: ['exp'] })],
  ['of another kind: an ID token', genuine({}, { typ: 'JWT' })],
  ['of another kind: a logout token', genuine({}, { typ: 'logout+jwt' })],
  ['of no kind', genuine({}, { typ: undefined })],
  ['for another audience', genuine({ aud: 'somebody-else' })],
  ['for no audience', genuine({ aud: undefined })],
  ['of another issuer', genuine({ iss: 'https://attacker.example' })],
  ['of no issuer', genuine({ iss: undefined })],
  ['that has expired', genuine({ iat: nowSeconds() - hour, exp: nowSeconds() - 1 })],
  ['that never expires', genuine({ exp: undefined })],
  ['that expires in ten years', genuine({ exp: nowSeconds() + 10 * 365 * 24 * hour })],
  ['that expires at no date of a calendar', genuine({ exp: 1e300 })],
  ['that expires at a word', genuine({ exp: 'tomorrow' })],
  ['that is not valid yet', genuine({ nbf: nowSeconds() + hour })],
  ['that will be issued in the future', genuine({ iat: nowSeconds() + hour, exp: nowSeconds() + hour + 60 })],
  ['that was issued at no time', genuine({ iat: undefined })],
  ['of nobody', genuine({ sub: undefined })],
  ['of no session', genuine({ sid: undefined })],
  ['that does not tell which access it means', genuine({ ver: undefined })],
  ['with roles that are no list', genuine({ roles: 'ADMIN' })],
  [
    'with other claims under a good signature',
    ({ header, claims, token }) => {
      const signature = Buffer.from(token.split('.')[2] as string, 'base64url');
      return assemble(header, { ...claims, roles: ['USER', 'ADMIN'] }, constant(signature));
    },
  ],
  ['with no signature', withSignature(Buffer.alloc(0))],
  ['with a signature of zeros', withSignature(Buffer.alloc(64))],
  ['with a signature of one byte', withSignature(Buffer.alloc(1, 1))],
  [
    'with a signature in another encoding',
    ({ header, claims, privateKey }) => assemble(header, claims, es256(privateKey, 'der')),
  ],
  ['cut short', ({ token }) => token.slice(0, -10)],
  ['with more behind it', ({ token }) => `${token}.${token}`],
  ['without its signature part', ({ token }) => token.split('.').slice(0, 2).join('.')],
  ['with a payload that is not JSON', ({ header }) => `${encode(header)}.bm90IGpzb24.AAAA`],
  ['with a header that is not JSON', ({ token }) => `bm90IGpzb24.${token.split('.').slice(1).join('.')}`],
  ['that is no token at all', () => 'nonsense'],
  ['that is two', ({ token }) => `${token}, Bearer ${token}`],
  ['that is empty', () => ''],
];

describe('access tokens', () => {
  let stack: TestStack;
  let user: TestClient;
  let attacker: Server;
  let requestsToAttacker = 0;
  let known: Known;

  beforeAll(async () => {
    stack = await startTestStack({
      environment: { VIEWER_SECRET: viewerSecret, SIGNING_KEY_SECRET: signingKeySecret },
    });
    user = await stack.register();
    attacker = createServer((_request, response) => {
      requestsToAttacker += 1;
      response.end(JSON.stringify({ keys: [strangeJwk] }));
    });
    await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
    const token = user.accessToken as string;
    const { header, payload } = jwt.decode(token, { complete: true }) as jwt.Jwt;
    const [key] = await stack.databases.query<{ encrypted_private_key: Buffer }>(
      'auth',
      'SELECT encrypted_private_key FROM signing_key WHERE id = $1',
      [header.kid],
    );
    const privateKey = decrypt(key?.encrypted_private_key as Buffer, signingKeySecret, header.kid as string) as string;
    known = {
      token,
      header: { ...header },
      claims: payload as Known['claims'],
      privateKey,
      publicKey: createPublicKey(privateKey),
      attackerUrl: `http://127.0.0.1:${(attacker.address() as AddressInfo).port}/keys.json`,
    };
  });

  afterAll(async () => {
    attacker?.close();
    await stack?.stop();
  });

  const asViewer = (token: string) => stack.guest.send('{ viewer { id } }', {}, { authorization: `Bearer ${token}` });

  it.each(accepted)('are accepted %s', async (_name, forge) => {
    expect((await asViewer(forge(known))).data).toEqual({ viewer: { id: user.userId } });
  });

  it.each(refused)('are refused %s', async (_name, forge) => {
    const { status, data, errors } = await asViewer(forge(known));
    expect([status, data, errors?.[0]?.extensions.code]).toEqual([401, undefined, 'UNAUTHENTICATED']);
    expect(errors?.[0]?.message).toMatch(/^The access token is not valid, or no longer\./);
  });

  it('never make the router ask a stranger for keys', async () => {
    expect(requestsToAttacker).toBe(0);
    // The trap is a real one.
    await fetch(known.attackerUrl);
    expect(requestsToAttacker).toBe(1);
  });

  it('are not looked for anywhere but in the header', async () => {
    const query = encodeURIComponent('{ viewer { id } }');
    for (const name of ['access_token', 'authorization', 'token']) {
      const answer = await fetch(`${stack.url}?query=${query}&${name}=${encodeURIComponent(`Bearer ${known.token}`)}`, {
        headers: { 'apollo-require-preflight': 'true' },
      });
      expect(await answer.json()).toEqual({ data: { viewer: null } });
    }
    const inBody = await fetch(stack.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: '{ viewer { id } }',
        access_token: known.token,
        extensions: { headers: { authorization: `Bearer ${known.token}` } },
      }),
    });
    expect(await inBody.json()).toEqual({ data: { viewer: null } });
  });

  it('are counted by what became of them', async () => {
    const count = async (result: string) => {
      const text = await (await fetch(new URL('/metrics', stack.url))).text();
      const line = new RegExp(`^chorus_token_validations_total\\{result="${result}",.*\\} (\\d+)$`, 'm');
      return Number(line.exec(text)?.[1] ?? 0);
    };
    const [cached, invalid, expired] = await Promise.all(['cached', 'invalid', 'expired'].map(count));
    await asViewer(known.token);
    await asViewer('nonsense');
    await asViewer(genuine({ exp: nowSeconds() - 1 })(known));
    expect(await Promise.all(['cached', 'invalid', 'expired'].map(count))).toEqual(
      [cached, invalid, expired].map((before) => (before as number) + 1),
    );
  });

  describe('of a subgraph, which only the router makes,', () => {
    const viewer = () => ({
      userId: user.userId,
      sessionId: String(known.claims['sid']),
      roles: ['ADMIN'],
      scopes: String(known.claims['scope']).split(' '),
      expiresAtSeconds: known.claims.exp,
    });
    const spoofed = { ...unknownClient, address: '203.0.113.7', userAgent: 'a lie' };
    const ask = async (url: string, headers: Record<string, string>) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: '{ viewer { id } }' }),
      });
      return (await response.json()) as { data: { viewer: { id: string } | null } };
    };

    it('prove somebody to the subgraph: the forgeries below fail for no other reason', async () => {
      const { data } = await ask(stack.subgraphs.auth.url, { [viewerHeader]: signViewer(viewer(), viewerSecret) });
      expect(data.viewer?.id).toBe(user.userId);
    });

    it('end at the router when a client sends them, even with the right signature', async () => {
      const answer = await ask(stack.url, {
        [viewerHeader]: signViewer(viewer(), viewerSecret),
        [clientHeader]: signClientInfo(spoofed, viewerSecret),
      });
      expect(answer).toEqual({ data: { viewer: null } });
    });

    it('leave whoever forges one at a subgraph anonymous', async () => {
      const claims = { sid: 's', roles: ['ADMIN'], scopes: [], tokenExp: known.claims.exp, sub: user.userId };
      const options = { audience: 'chorus-subgraph', expiresIn: 60 } as const;
      const forged = [
        signViewer(viewer(), 'a secret that somebody made up for themselves'),
        signClientInfo(spoofed, viewerSecret),
        known.token,
        assemble({ alg: 'none', typ: 'JWT' }, { ...claims, aud: options.audience }, constant(Buffer.alloc(0))),
        jwt.sign(claims, stranger.privateKey, { ...options, algorithm: 'ES256' }),
        jwt.sign(claims, viewerSecret, { ...options, algorithm: 'HS512' }),
        jwt.sign({ ...claims, exp: nowSeconds() - 61 }, viewerSecret, {
          algorithm: 'HS256',
          audience: options.audience,
        }),
        JSON.stringify(viewer()),
      ];
      for (const header of forged) {
        expect(await ask(stack.subgraphs.auth.url, { [viewerHeader]: header })).toEqual({ data: { viewer: null } });
      }
      expect(await ask(stack.subgraphs.auth.url, { authorization: `Bearer ${known.token}` })).toEqual({
        data: { viewer: null },
      });
    });

    it('do not let a client choose the address that is kept with its session', async () => {
      const login = `mutation { login(input: { login: "${user.username}", password: "the password of ${user.username}" }) { user { id } } }`;
      const header = signClientInfo(spoofed, viewerSecret);
      await stack.guest.send(login, {}, { [clientHeader]: header, 'x-forwarded-for': '203.0.113.8' });
      const sessions = await stack.databases.query<{ address: string }>(
        'auth',
        'SELECT address FROM session WHERE account_id = $1',
        [user.userId],
      );
      expect(sessions.map(({ address }) => address)).toEqual(['127.0.0.1', '127.0.0.1']);
    });
  });
});
