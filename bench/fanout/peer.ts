import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';

/** What a server needs to know to do what Chorus does. */
export interface PeerStart {
  /** What Chorus has written for one and the same message, for each selection. */
  samples: string[];
  redisUrl: string;
}

/** The result in a message of graphql-transport-ws. */
export interface Result {
  data: Record<string, object>;
}

export function resultIn(sample: string): Result {
  return (JSON.parse(sample) as { payload: Result }).payload;
}

/** Waits until a server listens. @returns where, for WebSockets */
export async function listeningUrl(server: Pick<Server, 'address'> & NodeJS.EventEmitter): Promise<string> {
  if (server.address() === null) await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
