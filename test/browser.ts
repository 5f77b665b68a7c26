import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import { WebSocket } from 'ws';

export type Headers = Record<string, string>;

export interface BrowserAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for.
  body: any;
}

/** Sends a request as a browser does, with every header that `fetch` would not let us choose. */
export async function post(url: string, query: string, headers: Headers = {}): Promise<BrowserAnswer> {
  const request = requestHttp(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } });
  // Given a text, Node would write the headers in its encoding too.
  request.end(Buffer.from(JSON.stringify({ query })));
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(Buffer.concat(chunks).toString()) };
}

/** What a browser keeps of the `Set-Cookie` headers that it got. */
export class CookieJar {
  readonly cookies = new Map<string, string>();

  take({ headers }: BrowserAnswer): void {
    for (const line of [headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const expires = /; Expires=([^;]+)/i.exec(line)?.[1];
      if (expires !== undefined && Date.parse(expires) <= Date.now()) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** The data of an operation's first answer on a WebSocket; the HTTP status that refused the socket, or the code that closed it. */
export async function askOnSocket(url: string, query: string, headers: Headers, init: object = {}): Promise<unknown> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), 'graphql-transport-ws', { headers });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('error', reject);
      socket.on('close', (code) => resolve(code));
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: init })));
      socket.on('message', (data) => {
        const { type, payload } = JSON.parse(String(data));
        if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
        else if (type === 'next') resolve(payload.data);
      });
    });
  } finally {
    socket.on('error', () => {});
    socket.terminate();
  }
}

/** Asks for the tokens in cookies; a page of another origin can't without our consent. */
export const cookieMode = { 'x-chorus-session': 'cookie' };

export const refresh =
  'mutation { refreshSession(input: {}) { session { accessToken } user { id } userErrors { code } } }';

/** Somebody who has registered in cookie mode. */
export async function registerBrowser(
  url: string,
  username: string,
): Promise<{ jar: CookieJar; userId: string; username: string; answer: BrowserAnswer }> {
  const input = `username: "${username}", email: "${username}@example.org", password: "pass of ${username}!"`;
  const answer = await post(
    url,
    `mutation { register(input: { ${input} }) { session { accessToken } user { id } userErrors { code } } }`,
    { origin: new URL(url).origin, ...cookieMode },
  );
  const jar = new CookieJar();
  jar.take(answer);
  return { jar, userId: answer.body.data.register.user.id, username, answer };
}
