import {
  createCipheriv,
  createDecipheriv,
  createHash,
  generateKeyPair,
  type JsonWebKey,
  randomBytes,
} from 'node:crypto';
import { promisify } from 'node:util';
import { newId } from '../../platform/identifiers.ts';
import type { Repository } from './repository.ts';

/** The key pair with which this process signs. */
export interface SigningKey {
  id: string;
  /** PKCS #8, PEM. */
  privateKey: string;
}

const initializationVectorBytes = 12;
const authenticationTagBytes = 16;

/**
 * The newest key of the database that this process can decrypt; when there is none, a new one is made. Keys of processes
 * with another secret stay valid: the JSON Web Key Set lists them all.
 */
export async function loadSigningKey(repository: Repository, secret: string, now: Date): Promise<SigningKey> {
  for (const { id, encryptedPrivateKey } of await repository.listSigningKeys()) {
    const privateKey = decrypt(encryptedPrivateKey, secret, id);
    if (privateKey !== null) return { id, privateKey };
  }
  const id = newId();
  const pair = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await repository.insertSigningKey({
    id,
    publicJwk: pair.publicKey.export({ format: 'jwk' }),
    encryptedPrivateKey: encrypt(privateKey, secret, id),
    createdAt: now,
  });
  return { id, privateKey };
}

/** The public keys of all signing keys, as RFC 7517 has it. */
export async function readKeySet(repository: Repository): Promise<{ keys: JsonWebKey[] }> {
  const keys = await repository.listSigningKeys();
  return { keys: keys.map(({ id, publicJwk }) => ({ ...publicJwk, kid: id, use: 'sig', alg: 'ES256' })) };
}

/** AES-256-GCM; the key's id is bound in, so that a ciphertext can't be moved to another row. */
function encrypt(text: string, secret: string, keyId: string): Buffer {
  const initializationVector = randomBytes(initializationVectorBytes);
  const cipher = createCipheriv('aes-256-gcm', encryptionKey(secret), initializationVector);
  cipher.setAAD(Buffer.from(keyId));
  return Buffer.concat([initializationVector, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** Null when the text was encrypted under another secret, or tampered with. */
function decrypt(data: Uint8Array, secret: string, keyId: string): string | null {
  const encrypted = Buffer.from(data);
  const decipher = createDecipheriv(
    'aes-256-gcm',
    encryptionKey(secret),
    encrypted.subarray(0, initializationVectorBytes),
    { authTagLength: authenticationTagBytes },
  );
  decipher.setAAD(Buffer.from(keyId));
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
