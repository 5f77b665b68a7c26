import pg from 'pg';
import { answerCalls } from '../child.ts';
import { ownCpuMicroseconds, ownThreadCpuMicroseconds } from '../cpu.ts';
import { drive, type Load, type Run } from '../measure.ts';
import { type BareSender, insertMessageRows, type MessageShape, readMessageShape } from './statements.ts';

// The peer, in a process of its own: nothing but PostgreSQL. No HTTP, no GraphQL, no Prisma, no encryption.

export interface PeerStart {
  /** Of chat's own database. */
  databaseUrl: string;
  databaseMaxConnections: number;
  /** One for each caller. The first has a message in the room, to take its shape. */
  senders: BareSender[];
}

let pool: pg.Pool;
let senders: BareSender[];
let shape: MessageShape;

async function start(options: PeerStart): Promise<void> {
  senders = options.senders;
  pool = new pg.Pool({ connectionString: options.databaseUrl, max: options.databaseMaxConnections });
  shape = await readMessageShape(pool, (senders[0] as BareSender).roomId);
}

const send = (caller: number) => insertMessageRows(pool, senders[caller] as BareSender, shape);

answerCalls({
  start,
  sendMessages: (load: Load): Promise<Run> => drive(send, load),
  async sendSome(count: number) {
    for (let number = 0; number < count; number += 1) await send(0);
  },
  cpu: ownCpuMicroseconds,
  threadCpu: ownThreadCpuMicroseconds,
  stop: () => pool?.end(),
});
