import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { eventually } from '../../eventually.ts';
import type { TestBroker } from './brokers.ts';
import { createRecorder } from './channels.ts';
import { append } from './producer.ts';

/** What only a cluster can do. */
export function clusterContract(broker: () => TestBroker): void {
  describe('shards', () => {
    test('channels, logs and keys on every shard work', async () => {
      const engine = broker().connect();
      const names = Array.from({ length: 30 }, (_, index) => `room ${index}`);
      const recorders = new Map(names.map((name) => [name, createRecorder()]));
      await Promise.all([...recorders].map(([name, recorder]) => engine.subscribe(name, recorder)));
      await Promise.all(names.map((name) => engine.publish(name, name)));
      for (const [name, recorder] of recorders) await eventually(() => expect(recorder.messages).toEqual([name]));
      await Promise.all(names.map((name, index) => append(engine, name, ['entry'], index)));
      expect(await Promise.all(names.map((name) => engine.position(name)))).toEqual([...names.keys()]);
      await Promise.all(names.map((name) => engine.setKey(name, name, 60_000)));
      expect(await Promise.all(names.map((name) => engine.getKey(name)))).toEqual(names);
    });

    test('a channel whose slot moves to another node goes on, and its listeners are told of a gap', async () => {
      const engine = broker().connect();
      const recorder = createRecorder();
      await engine.subscribe('moving room', recorder);
      const key = `${broker().prefix()}:channel:moving room`;
      await moveSlot(broker().url ?? '', key);
      await eventually(() => expect(recorder.gaps).toBeGreaterThan(0));
      // The nodes agree on the new owner one after the other, so there may be a second gap, and a message lost in it.
      await eventually(async () => {
        await engine.publish('moving room', 'after the move');
        expect(recorder.messages).toContain('after the move');
      });
    });
  });
}

/** Gives the slot of a key, which must be empty, to a node that does not have it. */
async function moveSlot(url: string, key: string): Promise<void> {
  const nodes = url.split(',').map((address) => new Redis(address));
  const first = nodes[0] as Redis;
  try {
    const slot = Number(await first.call('CLUSTER', 'KEYSLOT', key));
    const ids = await Promise.all(nodes.map(async (node) => String(await node.call('CLUSTER', 'MYID'))));
    const from = await ownerOf(nodes, slot);
    const to = (from + 1) % nodes.length;
    await nodes[to]?.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', String(ids[from]));
    await nodes[from]?.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', String(ids[to]));
    for (const node of [nodes[to], nodes[from], ...nodes])
      await node?.call('CLUSTER', 'SETSLOT', slot, 'NODE', String(ids[to]));
  } finally {
    for (const node of nodes) node.disconnect();
  }
}

/** The index of the node that has a slot. */
async function ownerOf(nodes: readonly Redis[], slot: number): Promise<number> {
  for (const [index, node] of nodes.entries()) {
    const lines = String(await node.call('CLUSTER', 'NODES')).split('\n');
    const ranges =
      lines
        .find((line) => line.includes('myself'))
        ?.split(' ')
        .slice(8) ?? [];
    const has = ranges.some((range) => {
      const [from, to = from] = range.split('-').map(Number);
      return from !== undefined && to !== undefined && slot >= from && slot <= to;
    });
    if (has) return index;
  }
  throw new Error(`Nobody has slot ${slot}.`);
}
