import { createSecretKey, type KeyObject } from 'node:crypto';

const keys = new Map<string, KeyObject>();

/**
 * A shared secret in the form that signing wants. Given as text, jsonwebtoken would parse it for every token, and first try
 * it as a private key. A process has a handful of them.
 */
export function sharedSecretKey(secret: string): KeyObject {
  let key = keys.get(secret);
  if (!key) {
    key = createSecretKey(secret, 'utf8');
    keys.set(secret, key);
  }
  return key;
}
