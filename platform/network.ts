import ipaddr from 'ipaddr.js';

/**
 * What stands for a client's address when it is counted: an IPv6 customer has a whole /64 to choose addresses from.
 * Clients whose address nobody told share one name.
 */
export function networkOf(address: string | null): string {
  if (address === null || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return (parsed as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':');
}
