import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One address in front of several servers. */
export interface Switch {
  /** The address, for clients of what is behind it. */
  url: string;
  /** The servers behind it; connections that are there stay when they change. */
  targets: readonly string[];
  stop(): Promise<void>;
}

/** Hands each new connection to the next server that takes it, as a load balancer that knows nothing of HTTP. */
export async function startSwitch(targets: readonly string[]): Promise<Switch> {
  const sockets = new Set<Socket>();
  let turn = 0;

  async function connectToNext(): Promise<Socket | null> {
    for (const _ of behind.targets) {
      turn += 1;
      const { hostname, port } = new URL(behind.targets[turn % behind.targets.length] as string);
      const socket = connect(Number(port), hostname);
      const isOpen = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      if (isOpen) return socket;
    }
    return null;
  }

  async function forward(client: Socket): Promise<void> {
    client.on('error', () => client.destroy());
    const server = await connectToNext();
    if (server === null) {
      client.destroy();
      return;
    }
    server.on('error', () => client.destroy());
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  }

  const listener = createServer((client) => void forward(client));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const behind: Switch = {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/graphql`,
    targets,
    async stop() {
      for (const socket of sockets) socket.destroy();
      listener.close();
      await once(listener, 'close');
    },
  };
  return behind;
}
