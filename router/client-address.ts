import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import ipaddr from 'ipaddr.js';

/** What can be believed of a request's way here. */
export interface ProxyTrust {
  /** The client's address, IPv4 where it is one; null when there is none to be had. */
  addressOf(request: IncomingMessage): string | null;
  /** The host, with its port, that the client asked for; empty when it named none. */
  hostOf(request: IncomingMessage): string;
}

/**
 * Believes `X-Forwarded-For` and `X-Forwarded-Host` as far as trusted proxies wrote them, which is how Fastify reads its
 * `trustProxy`. Anybody else's are ignored.
 * @param trusted addresses, CIDR blocks, or `loopback`, `linklocal`, `uniquelocal`
 * @throws TypeError for anything else
 */
export function createProxyTrust(trusted: readonly string[]): ProxyTrust {
  const isTrusted = proxyAddress.compile([...trusted]);
  return {
    addressOf: (request) =>
      normalizeAddress(trusted.length === 0 ? request.socket.remoteAddress : proxyAddress(request, isTrusted)),
    hostOf(request) {
      const forwarded = request.headers['x-forwarded-host'];
      const { remoteAddress } = request.socket;
      if (typeof forwarded === 'string' && remoteAddress !== undefined && isTrusted(remoteAddress, 0)) {
        // Each proxy adds its own at the end.
        return forwarded.slice(forwarded.lastIndexOf(',') + 1).trim();
      }
      return request.headers.host ?? '';
    },
  };
}

/** A client of IPv4 looks the same whether or not the server listens with IPv6 too. The name of an interface is no part of it. */
function normalizeAddress(address: string | undefined): string | null {
  if (address === undefined || !ipaddr.isValid(address)) return null;
  const [withoutZone = null] = ipaddr.process(address).toString().split('%', 1);
  return withoutZone;
}
