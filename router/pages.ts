import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
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

interface Page {
  html: string;
  gzipped: Buffer;
  etag: string;
}

/**
 * GraphiQL, served whole from here, so that it works without internet; subscriptions go over the same WebSocket endpoint
 * that clients use. The other explorer, Apollo Sandbox, is the landing page of the GraphQL endpoint itself.
 */
export function serveGraphiql(app: FastifyInstance): void {
  let page: Promise<Page> | undefined;
  app.get('/graphiql', async (request, reply) => {
    // Nine megabytes of bundle: made when somebody first wants it, sent compressed, and then only when it has changed.
    page ??= renderPage();
    const { html, gzipped, etag } = await page;
    reply.headers({ etag, 'cache-control': 'no-cache', vary: 'accept-encoding' });
    if (request.headers['if-none-match'] === etag) return reply.status(304).send();
    reply.type('text/html; charset=utf-8');
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding']));
    return takesGzip ? reply.header('content-encoding', 'gzip').send(gzipped) : reply.send(html);
  });
  app.get('/', async (_request, reply) => reply.redirect('/graphql'));
}

async function renderPage(): Promise<Page> {
  const html = renderGraphiQL({
    title: 'Chorus GraphiQL',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultQuery,
    shouldPersistHeaders: true,
  });
  const etag = `"${createHash('sha256').update(html).digest('base64url')}"`;
  return { html, gzipped: await promisify(gzip)(html), etag };
}
