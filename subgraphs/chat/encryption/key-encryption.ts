import { z } from 'zod';
import { decrypt, encrypt, keyBytes } from './aes-gcm.ts';

/**
 * Encrypts the data keys of rooms ("envelope encryption"). The one that there is has its keys from the configuration; a key
 * management service fits behind the same three members.
 */
export interface KeyEncryption {
  /** The key that wraps new data keys. */
  readonly activeId: string;
  /** Encrypts a data key under the active key. What `context` says must be said again to unwrap it. */
  wrap(dataKey: Uint8Array, context: string): Promise<Uint8Array>;
  /** @throws when there is no such key, or when the data key was wrapped under another one or with another context. */
  unwrap(wrapped: Uint8Array, keyId: string, context: string): Promise<Uint8Array>;
}

export interface KeyEncryptionKey {
  id: string;
  key: Buffer;
}

/** Key encryption under keys that this process has in memory. The first wraps, all unwrap. */
export function createKeyEncryption(keys: readonly [KeyEncryptionKey, ...KeyEncryptionKey[]]): KeyEncryption {
  const [active] = keys;
  const keysById = new Map(keys.map(({ id, key }) => [id, key]));
  return {
    activeId: active.id,
    wrap: async (dataKey, context) => encrypt(dataKey, active.key, context),
    async unwrap(wrapped, keyId, context) {
      const key = keysById.get(keyId);
      if (key === undefined) throw new Error(`CHAT_ENCRYPTION_KEYS has no key "${keyId}", under which a data key is.`);
      return decrypt(wrapped, key, context);
    },
  };
}

const keyPattern = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63}):([A-Za-z0-9+/_-]{43}=?)$/;

/** Key-encryption keys in the environment: `id:base64 of 32 bytes`, separated by commas. The first wraps new data keys. */
export const keyEncryptionSetting = z.string().transform((list, context) => {
  const keys = list.split(',').map((entry) => parseKey(entry.trim()));
  const [first, ...others] = keys.filter((key) => key !== null);
  if (first === undefined || keys.includes(null)) {
    context.addIssue('must be a list of id:key, each key 32 bytes in Base64, separated by commas');
    return z.NEVER;
  }
  if (new Set(keys.map((key) => key?.id)).size < keys.length) {
    context.addIssue('must not have two keys of the same id');
    return z.NEVER;
  }
  return [first, ...others] as [KeyEncryptionKey, ...KeyEncryptionKey[]];
});

function parseKey(entry: string): KeyEncryptionKey | null {
  const [, id, encoded] = keyPattern.exec(entry) ?? [];
  if (id === undefined || encoded === undefined) return null;
  const key = Buffer.from(encoded, 'base64');
  return key.length === keyBytes ? { id, key } : null;
}
