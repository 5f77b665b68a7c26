import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

export interface StreamRequest {
  query: string;
  variables?: object;
  accept: string;
  token?: string | null;
  headers?: Record<string, string>;
}

/** An HTTP answer that is read as it comes, byte for byte. */
export class RawStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Everything that has come so far. */
  text = '';
  /** Resolves when nothing more comes, in whatever way it has ended. */
  readonly ended: Promise<void>;
  readonly #response: IncomingMessage;
  #isOver = false;
  #wake = () => {};

  private constructor(response: IncomingMessage) {
    this.#response = response;
    this.status = response.statusCode ?? 0;
    this.headers = response.headers;
    response.setEncoding('utf8');
    response.on('data', (piece: string) => {
      this.text += piece;
      this.#wake();
    });
    response.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      response.once('close', () => {
        this.#isOver = true;
        this.#wake();
        resolve();
      });
    });
  }

  static async post(url: string, { query, variables, ...asked }: StreamRequest): Promise<RawStream> {
    const outgoing = request(url, { method: 'POST', headers: headersOf(asked) });
    outgoing.on('error', () => undefined);
    outgoing.end(JSON.stringify({ query, variables }));
    const [response] = await once(outgoing, 'response');
    return new RawStream(response);
  }

  static async get(url: string, { query, variables, ...asked }: StreamRequest): Promise<RawStream> {
    const address = new URL(url);
    address.searchParams.set('query', query);
    if (variables) address.searchParams.set('variables', JSON.stringify(variables));
    const outgoing = request(address, { headers: headersOf(asked) });
    outgoing.on('error', () => undefined);
    outgoing.end();
    const [response] = await once(outgoing, 'response');
    return new RawStream(response);
  }

  /** Resolves to everything that has come, once that has a match. Rejects when it ends before. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.text)) {
      if (this.#isOver) throw new Error(`It ended without ${pattern}: ${this.text.slice(-1_000)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.text;
  }

  /** Takes nothing more from the network. */
  stopReading(): void {
    this.#response.pause();
  }

  readOn(): void {
    this.#response.resume();
  }

  leave(): void {
    this.#response.destroy();
  }
}

function headersOf({ accept, token, headers }: Omit<StreamRequest, 'query'>): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept,
    ...(token && { authorization: `Bearer ${token}` }),
    ...headers,
  };
}
