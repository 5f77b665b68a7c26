import type { FastifyReply } from 'fastify';
import { codedError } from '../../../platform/errors.ts';
import { networkOf } from '../../../platform/network.ts';
import type { Random } from '../../../platform/random.ts';
import type { Caller } from '../../caller.ts';
import type { ServiceSettings } from '../../env.ts';
import type { ConnectionLimits } from '../connection-limits.ts';
import type { HttpStreamMeters } from '../metrics.ts';
import type { Operations } from '../operations.ts';
import type { PreparedOperation } from '../prepare-operation.ts';
import { type PresentError, toGraphQLError } from '../results.ts';
import { type TokenWatchOptions, watchToken } from '../token-watch.ts';
import { HttpStream, type StreamFormat } from './http-stream.ts';

export interface OpenStreamsOptions extends TokenWatchOptions {
  settings: Pick<ServiceSettings, 'SOCKET_BUFFER_LIMIT_BYTES' | 'SOCKET_PING_MILLISECONDS' | 'DRAIN_MILLISECONDS'>;
  limits: ConnectionLimits;
  operations: Pick<Operations, 'subscribe'>;
  present: PresentError;
  meters: HttpStreamMeters;
  random: Random;
}

const closingLimitMilliseconds = 3_000;

/** The subscriptions over HTTP that are open, each as long as its client, its token and its operation are there. */
export class OpenStreams {
  readonly #options: OpenStreamsOptions;
  readonly #streams = new Set<HttpStream>();
  #phase: 'serving' | 'draining' = 'serving';

  constructor(options: OpenStreamsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#streams.size;
  }

  get isDraining(): boolean {
    return this.#phase === 'draining';
  }

  /** Answers a request with the results of its subscription. */
  open(operation: PreparedOperation, { viewer, client }: Caller, reply: FastifyReply, format: StreamFormat): void {
    const { settings, limits, operations, present, meters } = this.#options;
    let leave = () => {};
    const countOff = [
      limits.perAddress.count(networkOf(client.address)),
      viewer && limits.perUser.count(viewer.userId),
    ];
    const stream = new HttpStream(reply, {
      format,
      heartbeatMilliseconds: settings.SOCKET_PING_MILLISECONDS,
      bufferedLimitBytes: settings.SOCKET_BUFFER_LIMIT_BYTES,
      closingLimitMilliseconds,
      describe(error) {
        const { locations: _locations, path: _path, ...shown } = present(toGraphQLError(error));
        return { code: String(shown.extensions?.['code']), shown };
      },
      onEnd: (reason) => {
        meters.onEnded(reason);
        this.#streams.delete(stream);
        leave();
      },
    });
    this.#streams.add(stream);
    void stream.closed.then(() => {
      for (const each of countOff) each?.();
    });
    const endSession = (reason: string) => stream.fail(codedError('UNAUTHENTICATED', reason));
    const stopWatching = viewer ? watchToken(viewer, this.#options, endSession) : () => {};
    leave = stopWatching;
    try {
      const results = operations.subscribe(operation, stream);
      leave = () => {
        stopWatching();
        void results.return?.();
      };
      void carryResults(results, stream);
    } catch (error) {
      stream.fail(error);
    }
  }

  /** Ends all there are, one after the other, in a way that tells clients to come back. */
  async drain(): Promise<void> {
    this.#phase = 'draining';
    const { settings, random } = this.#options;
    const ending = [...this.#streams];
    for (const stream of ending) {
      const end = () => stream.fail(codedError('SERVICE_RESTART'));
      const timer = setTimeout(end, random() * settings.DRAIN_MILLISECONDS);
      void stream.closed.then(() => clearTimeout(timer));
    }
    await Promise.all(ending.map(({ closed }) => closed));
  }
}

async function carryResults(results: AsyncIterableIterator<object>, stream: HttpStream): Promise<void> {
  try {
    for await (const result of results) await stream.send(JSON.stringify(result));
    stream.complete();
  } catch (error) {
    stream.fail(error);
  }
}
