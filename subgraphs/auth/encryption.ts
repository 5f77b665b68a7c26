import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const initializationVectorBytes = 12;
const authenticationTagBytes = 16;

/** AES-256-GCM. What the text belongs to is bound in (`boundTo`), so that a ciphertext can't be moved to another row. */
export function encrypt(text: string, secret: string, boundTo: string): Buffer {
  const initializationVector = randomBytes(initializationVectorBytes);
  const cipher = createCipheriv('aes-256-gcm', encryptionKey(secret), initializationVector);
  cipher.setAAD(Buffer.from(boundTo));
  return Buffer.concat([initializationVector, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** Null when the text was encrypted under another secret or for another row, or tampered with. */
export function decrypt(data: Uint8Array, secret: string, boundTo: string): string | null {
  const encrypted = Buffer.from(data);
  const decipher = createDecipheriv(
    'aes-256-gcm',
    encryptionKey(secret),
    encrypted.subarray(0, initializationVectorBytes),
    { authTagLength: authenticationTagBytes },
  );
  decipher.setAAD(Buffer.from(boundTo));
  decipher.setAuthTag(encrypted.subarray(-authenticationTagBytes));
  try {
    const body = encrypted.subarray(initializationVectorBytes, -authenticationTagBytes);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString();
  } catch {
    return null;
  }
}

/** The secret is random (32 characters or more), so a plain hash is enough to make a key of it. */
function encryptionKey(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
