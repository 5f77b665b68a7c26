import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { FastifyInstance } from 'fastify';

const defaultQuery = `# Register, put the access token into the Headers tab below as
#   { "authorization": "Bearer <accessToken>" }
# and go on from there.
mutation Register {
  register(input: { username: "ada", email: "ada@example.org", password: "correct horse battery" }) {
    session { accessToken refreshToken }
    user { id username displayName }
    userErrors { code message field }
  }
}
`;

/**
 * GraphiQL, served whole from here, so that it works without internet; subscriptions go over the same WebSocket endpoint
 * that clients use. The other explorer, Apollo Sandbox, is the landing page of the GraphQL endpoint itself.
 */
export function serveGraphiql(app: FastifyInstance): void {
  const page = renderGraphiQL({
    title: 'Chorus GraphiQL',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultQuery,
    shouldPersistHeaders: true,
  });
  app.get('/graphiql', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/', async (_request, reply) => reply.redirect('/graphql'));
}
