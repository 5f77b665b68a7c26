import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { apiKeyTokenPath } from '../../../platform/api-keys.ts';
import { errorBody, errorCatalogue } from '../../../platform/errors.ts';
import type { AuthDependencies } from '../dependencies.ts';
import { exchangeApiKey } from './exchange.ts';

/** A secret in JSON has less than a hundred bytes. */
const exchangeBodyLimitBytes = 1024;

const exchangeBody = z.object({ secret: z.string() });

/**
 * A POST to `apiKeyTokenPath` with `{ secret }` answers `{ accessToken, expiresAt }`. The router calls it for requests that come
 * with an API key. It slows nobody down: a secret has 256 random bits.
 */
export function serveApiKeyExchange(app: FastifyInstance, dependencies: AuthDependencies): void {
  app.post(apiKeyTokenPath, { bodyLimit: exchangeBodyLimitBytes }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const body = exchangeBody.safeParse(request.body);
    if (!body.success) {
      const message = 'Send { "secret": <string> }.';
      return reply.status(errorCatalogue.BAD_REQUEST.status).send(errorBody('BAD_REQUEST', message));
    }
    const token = await exchangeApiKey(dependencies, body.data.secret);
    if (token === null) {
      const message = 'The API key is not valid, or no longer.';
      return reply.status(errorCatalogue.UNAUTHENTICATED.status).send(errorBody('UNAUTHENTICATED', message));
    }
    return { accessToken: token.token, expiresAt: token.expiresAt.toISOString() };
  });
}
