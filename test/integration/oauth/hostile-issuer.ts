import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { type LoopbackServer, readForm, sendJson, startLoopbackServer } from './loopback-server.ts';

/** What an ID token says; what is undefined is left out of it. */
export type Claims = Record<string, unknown>;

export interface IdTokenRequest {
  /** What an honest issuer would put into the ID token of the code that came. */
  claims: Claims;
  key: KeyObject;
  keyid: string;
}

/** An issuer that answers each code with whatever a test wants it to. */
export interface HostileIssuer extends LoopbackServer {
  clientId: string;
  clientSecret: string;
  /** Makes the body of the token endpoint's answer. */
  answer(request: IdTokenRequest): object;
  /** Answers honestly again. */
  reset(): void;
}

/** An ID token as it ought to be, but for the claims that are given. */
export function signIdToken({ claims, key, keyid }: IdTokenRequest, changes: Claims = {}): string {
  const changed = Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== undefined);
  return jwt.sign(Object.fromEntries(changed), key, { algorithm: 'ES256', keyid });
}

export function tokenAnswer(idToken: string): object {
  return { access_token: 'an access token', token_type: 'Bearer', expires_in: 60, id_token: idToken };
}

const clientId = 'chorus';
const keyid = 'hostile';

/** A code is the JSON of the claims that go with it: there is no page on which anybody would sign in. */
export async function startHostileIssuer(): Promise<HostileIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const answerHonestly = (request: IdTokenRequest) => tokenAnswer(signIdToken(request));
  const server = await startLoopbackServer((origin) => async (request, response) => {
    switch (new URL(request.url ?? '/', origin).pathname) {
      case '/.well-known/openid-configuration':
        return sendJson(response, {
          issuer: origin,
          authorization_endpoint: `${origin}/authorize`,
          token_endpoint: `${origin}/token`,
          jwks_uri: `${origin}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          // It claims to sign in every way, so that nothing is refused for its announcement.
          id_token_signing_alg_values_supported: ['ES256', 'RS256', 'HS256', 'none'],
        });
      case '/keys':
        return sendJson(response, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyid, use: 'sig' }] });
      case '/token': {
        const nowSeconds = Math.floor(Date.now() / 1000);
        const told = JSON.parse((await readForm(request)).get('code') ?? '{}') as Claims;
        const claims = { iss: origin, aud: clientId, iat: nowSeconds, exp: nowSeconds + 60, ...told };
        return sendJson(response, issuer.answer({ claims, key: privateKey, keyid }));
      }
      default:
        response.writeHead(404).end();
    }
  });
  const issuer: HostileIssuer = {
    ...server,
    clientId,
    clientSecret: 'a secret that the issuer never looks at',
    answer: answerHonestly,
    reset: () => {
      issuer.answer = answerHonestly;
    },
  };
  return issuer;
}
