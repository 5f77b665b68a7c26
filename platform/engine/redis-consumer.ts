import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { backoffMilliseconds } from '../backoff.ts';
import type { DeliverySource, TakenDelivery } from './consumer.ts';
import type { ConsumeOptions } from './engine.ts';
import type { RedisClient, RedisConnections } from './redis-connections.ts';
import { entriesOf } from './redis-log.ts';
import { RedisReader } from './redis-reader.ts';

/**
 * The owner of failed deliveries while they wait for their retry. Being another owner than any member is what tells
 * them from deliveries in progress: those it holds are due after the retry delay, those a member holds are abandoned
 * when it has been silent for too long. Redis counts the attempts, one at each XREADGROUP and XCLAIM.
 */
const retryOwner = 'retry';

/** Claims are looked for this often, or more often when the retry delay is short. Also how long a read blocks. */
const longestClaimIntervalMilliseconds = 1_000;
const shortestClaimIntervalMilliseconds = 50;

export interface RedisDeliverySourceOptions extends ConsumeOptions {
  log: string;
  group: string;
}

/** The deliveries of one member of a consumer group of a stream. */
export class RedisDeliverySource implements DeliverySource {
  readonly #connections: RedisConnections;
  readonly #options: RedisDeliverySourceOptions;
  readonly #logger: Logger;
  readonly #reader: RedisReader;
  readonly #member = `${hostname()}-${process.pid}-${randomUUID()}`;
  readonly #held = new Set<string>();
  readonly #claimIntervalMilliseconds: number;
  readonly #signsOfLife: NodeJS.Timeout;
  #group: 'unknown' | 'exists' = 'unknown';
  #nextClaimAt = 0;
  #claimedLast = false;

  constructor(connections: RedisConnections, options: RedisDeliverySourceOptions, logger: Logger) {
    this.#connections = connections;
    this.#options = options;
    this.#logger = logger;
    this.#reader = new RedisReader(connections.createReader(), logger);
    const { abandonedAfterMilliseconds, retryDelayMilliseconds } = options;
    this.#claimIntervalMilliseconds = Math.min(
      Math.max(Math.min(abandonedAfterMilliseconds, retryDelayMilliseconds) / 2, shortestClaimIntervalMilliseconds),
      longestClaimIntervalMilliseconds,
    );
    // Three signs in the time after which it would count as dead: one may be lost and another be late.
    this.#signsOfLife = setInterval(() => void this.#showLife(), abandonedAfterMilliseconds / 3);
  }

  async take(limit: number): Promise<TakenDelivery[]> {
    try {
      if (this.#group === 'unknown') await this.#createGroup();
      const taken = await this.#takeInTurn(limit);
      for (const { id } of taken) this.#held.add(id);
      return taken;
    } catch (error) {
      // After a loss of memory the group is created anew, at once.
      if (isLossOfGroup(error)) this.#group = 'unknown';
      else await this.#reader.recover(error);
      return [];
    }
  }

  async complete(id: string): Promise<void> {
    const { log, group } = this.#options;
    await this.#settle(id, (client) => client.xack(log, group, id));
  }

  async retryLater(id: string): Promise<void> {
    const { log, group } = this.#options;
    await this.#settle(id, (client) => client.handOverDeliveries(log, group, this.#member, retryOwner, id));
  }

  interrupt(): void {
    this.#reader.interrupt();
  }

  /** Hands back what Redis may have sent and nobody read, and takes leave, so that others need not wait for it. */
  async close(): Promise<void> {
    clearInterval(this.#signsOfLife);
    await this.#reader.close();
    const { log, group, retryDelayMilliseconds } = this.#options;
    try {
      await this.#connections.command((client) =>
        client.leaveGroup(log, group, this.#member, retryOwner, retryDelayMilliseconds),
      );
    } catch (error) {
      if (!isLossOfGroup(error)) this.#logger.warn({ error, group }, 'a consumer could not take leave of its group');
    }
  }

  /** From the oldest entry: in a group that is new, and in one that the broker forgot and that gets entries again. */
  async #createGroup(): Promise<void> {
    const { log, group } = this.#options;
    try {
      await this.#connections.command((client) => client.xgroup('CREATE', log, group, '0', 'MKSTREAM'));
    } catch (error) {
      if (!String(error).includes('BUSYGROUP')) throw error;
    }
    this.#group = 'exists';
  }

  /** Claims and fresh entries take turns when there are many of both, so that neither starves the other. */
  async #takeInTurn(limit: number): Promise<TakenDelivery[]> {
    const claimedLast = this.#claimedLast;
    this.#claimedLast = false;
    if (!claimedLast && performance.now() >= this.#nextClaimAt) {
      const claimed = await this.#claim(limit);
      // A full batch says that more may be waiting: the next claim is due as soon as it is its turn.
      if (claimed.length < limit) this.#nextClaimAt = performance.now() + this.#claimIntervalMilliseconds;
      this.#claimedLast = claimed.length > 0;
      if (claimed.length > 0) return claimed;
    }
    return this.#readFresh(limit, claimedLast ? 1 : this.#claimIntervalMilliseconds);
  }

  async #claim(limit: number): Promise<TakenDelivery[]> {
    const { log, group, retryDelayMilliseconds, abandonedAfterMilliseconds } = this.#options;
    const claimed = await this.#connections.command((client) =>
      client.claimDeliveries(
        log,
        group,
        this.#member,
        retryOwner,
        retryDelayMilliseconds,
        abandonedAfterMilliseconds,
        limit,
      ),
    );
    return claimed.map(([id, value, attempt, abandoned]) => ({ id, value, attempt, abandoned: abandoned === 1 }));
  }

  async #readFresh(limit: number, blockMilliseconds: number): Promise<TakenDelivery[]> {
    const { log, group } = this.#options;
    const reply = await this.#reader.read((client) =>
      client.xreadgroup(
        ...(['GROUP', group, this.#member, 'COUNT', limit, 'BLOCK', Math.ceil(blockMilliseconds)] as const),
        ...(['STREAMS', log, '>'] as const),
      ),
    );
    return entriesOf(reply).map(([id, fields]) => ({ id, value: fields[1] ?? '', attempt: 1, abandoned: false }));
  }

  /**
   * Tells Redis the outcome of a delivery, until Redis knows. Giving up would have the entry handled again, needlessly,
   * after the time of abandonment; a member that is being stopped does give up, because Redis may never come back.
   */
  async #settle(id: string, send: (client: RedisClient) => Promise<unknown>): Promise<void> {
    for (let failures = 1; this.#held.has(id); failures += 1) {
      try {
        await this.#connections.command(send);
        this.#held.delete(id);
      } catch (error) {
        if (isLossOfGroup(error) || this.#reader.interrupted) this.#held.delete(id);
        else await this.#reader.pause(backoffMilliseconds(failures));
      }
    }
  }

  async #showLife(): Promise<void> {
    if (this.#held.size === 0) return;
    const { log, group } = this.#options;
    try {
      await this.#connections.command((client) =>
        client.handOverDeliveries(log, group, this.#member, this.#member, ...this.#held),
      );
    } catch (error) {
      // The next sign is already on its way; if that fails too, another member takes over, as it should.
      if (!isLossOfGroup(error)) this.#logger.warn({ error, group }, 'a consumer could not show that it is alive');
    }
  }
}

/** What Redis says when the stream or the group is gone, or goes while a read waits for it. */
function isLossOfGroup(error: unknown): boolean {
  return /NOGROUP|UNBLOCKED|no such key/.test(String(error));
}
