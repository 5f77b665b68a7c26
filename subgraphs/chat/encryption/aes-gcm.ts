import { type CipherKey, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The length of every key, of data keys and of those that encrypt them: AES-256. */
export const keyBytes = 32;
const initializationVectorBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: 12 bytes of random initialization vector, the ciphertext, 16 bytes of tag. `context` is bound in. */
export function encrypt(plaintext: Uint8Array, key: CipherKey, context: string): Buffer {
  const initializationVector = randomBytes(initializationVectorBytes);
  const cipher = createCipheriv('aes-256-gcm', key, initializationVector);
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([initializationVector, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** @throws when it was encrypted under another key or with another context, or is not whole. */
export function decrypt(encrypted: Uint8Array, key: CipherKey, context: string): Buffer {
  const vector = encrypted.subarray(0, initializationVectorBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, vector, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(encrypted.subarray(Math.max(initializationVectorBytes, encrypted.length - tagBytes)));
  return Buffer.concat([decipher.update(encrypted.subarray(initializationVectorBytes, -tagBytes)), decipher.final()]);
}
