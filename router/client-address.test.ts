import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { networkOf } from '../platform/network.ts';
import { createProxyTrust } from './client-address.ts';
import { serviceSettingsSchema } from './env.ts';

function requestFrom(remoteAddress: string | undefined, headers: Record<string, string> = {}): IncomingMessage {
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

describe("a client's address", () => {
  it.each([
    ['is that of the connection', [], '203.0.113.1', undefined, '203.0.113.1'],
    ['is the IPv4 one that an IPv6 socket shows', [], '::ffff:203.0.113.1', undefined, '203.0.113.1'],
    ['is not what a stranger claims', [], '203.0.113.1', '198.51.100.1', '203.0.113.1'],
    ['is not what a stranger claims who is no proxy', ['10.0.0.0/8'], '203.0.113.1', '198.51.100.1', '203.0.113.1'],
    ['is what a trusted proxy tells', ['10.0.0.0/8'], '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['is not what a client tells a trusted proxy', ['10.0.0.0/8'], '10.1.2.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['is found behind two trusted proxies', ['10.0.0.0/8'], '10.1.2.3', '198.51.100.1, 10.9.9.9', '198.51.100.1'],
    ['is known of IPv6', ['loopback'], '::1', '2001:DB8::1', '2001:db8::1'],
    ['is unknown when a trusted proxy tells nonsense', ['loopback'], '127.0.0.1', 'nonsense', null],
    ['has no name of an interface in it', ['loopback'], '127.0.0.1', `fe80::1%${'a'.repeat(1_000)}`, 'fe80::1'],
    ['is unknown when the connection is gone', [], undefined, undefined, null],
  ])('%s', (_name, trusted, remoteAddress, forwardedFor, address) => {
    const headers: Record<string, string> = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
    expect(createProxyTrust(trusted).addressOf(requestFrom(remoteAddress, headers))).toBe(address);
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.1', '203.0.113.1'],
    ['::ffff:203.0.113.1', '203.0.113.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::1', '2001:db8:1:2'],
    ['nonsense', 'unknown'],
    [null, 'unknown'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the host that a client asked for', () => {
  const headers = { host: 'router:4000', 'x-forwarded-host': 'attacker.example, chat.example.org' };

  it('is what a trusted proxy tells, the last one of several', () => {
    const { hostOf } = createProxyTrust(['10.0.0.0/8']);
    expect(hostOf(requestFrom('10.0.0.1', headers))).toBe('chat.example.org');
    expect(hostOf(requestFrom('10.0.0.1', { host: 'router:4000' }))).toBe('router:4000');
  });

  it('is not what a stranger claims', () => {
    expect(createProxyTrust(['10.0.0.0/8']).hostOf(requestFrom('203.0.113.1', headers))).toBe('router:4000');
    expect(createProxyTrust([]).hostOf(requestFrom('10.0.0.1', headers))).toBe('router:4000');
    expect(createProxyTrust([]).hostOf(requestFrom('10.0.0.1'))).toBe('');
  });
});

describe('the setting TRUSTED_PROXIES', () => {
  const { TRUSTED_PROXIES: setting } = serviceSettingsSchema.shape;

  it('takes addresses, blocks and names', () => {
    expect(setting.parse('10.0.0.0/8, 2001:db8::1,loopback')).toEqual(['10.0.0.0/8', '2001:db8::1', 'loopback']);
    expect(setting.parse(undefined)).toEqual([]);
  });

  it.each(['everybody', '10.0.0.0/99', 'proxy.example.org', '1'])('refuses %s', (value) => {
    expect(setting.safeParse(value).success).toBe(false);
  });
});
