import { createHmac } from 'node:crypto';
import { networkOf } from '../../../platform/network.ts';

/** What is kept of an address that an account has signed in from: enough to know it again, too little to read it back. */
export function hashNetwork({ ACCOUNT_SECRET }: { ACCOUNT_SECRET: string }, address: string | null): Buffer {
  return createHmac('sha256', ACCOUNT_SECRET)
    .update(`network:${networkOf(address)}`)
    .digest();
}
