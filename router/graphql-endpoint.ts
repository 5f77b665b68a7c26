import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, CallerReader } from './caller.ts';
import { refuseConditionalRootsOf } from './checks.ts';
import type { RouterContext } from './context.ts';
import type { Graphs } from './graphs.ts';
import { refuseRequest } from './refusal.ts';
import type { HttpStreams } from './subscriptions/http/http-streams.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any handler of the GraphQL endpoint runs. */
    caller: Caller;
  }
}

export interface GraphqlEndpointOptions {
  graphs: Pick<Graphs, 'use'>;
  callers: Pick<CallerReader, 'ofRequest'>;
  /** Gets the requests whose clients take streams. */
  streams: Pick<HttpStreams, 'answer'>;
  createContext(request: FastifyRequest, reply: FastifyReply): RouterContext;
}

/** Serves operations over HTTP: queries and mutations, and subscriptions to clients that take streams. */
export function serveGraphqlEndpoint(
  app: FastifyInstance,
  { graphs, callers, streams, createContext }: GraphqlEndpointOptions,
): void {
  app.decorateRequest('caller');
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    async preHandler(request, reply) {
      try {
        request.caller = await callers.ofRequest(request.raw);
        if (await streams.answer(request, reply)) return reply;
        refuseConditionalRootsOf(request.body);
      } catch (error) {
        return refuseRequest(reply, error);
      }
      return undefined;
    },
    handler: (request, reply) =>
      graphs.use(async ({ apollo }) => {
        const context = async () => createContext(request, reply);
        return fastifyApolloHandler(apollo, { context }).call(app, request, reply);
      }),
  });
}
