import { createPrivateKey, generateKeyPair, type JsonWebKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Logger } from 'pino';
import type { Engine } from '../../../platform/engine/engine.ts';
import type { EventEnvelope } from '../../../platform/events.ts';
import { newId } from '../../../platform/identifiers.ts';
import { decrypt, encrypt } from '../encryption.ts';
import type { Database } from '../repository.ts';
import {
  deleteRetiredSigningKeys,
  insertSigningKey,
  listSigningKeys,
  lockSigningKeys,
  retireSigningKeys,
  type SigningKeyRecord,
} from './repository.ts';

/** The key pair with which this process signs. */
export interface SigningKey {
  id: string;
  /** Read once: to parse it anew for every token would cost more than to sign. */
  privateKey: KeyObject;
}

export interface SigningKeys {
  /** The key to sign with now. */
  current(): SigningKey;
  /** Stops after the review in progress. */
  stop(): Promise<void>;
}

type Transaction = Parameters<typeof listSigningKeys>[0];

/** A new key is published for so long before it signs: longer than anybody may remember the set without it. */
export const keyPublicationMilliseconds = 600_000;
/** No access token lives longer: past it nothing that an old key signed is left. */
const longestTokenMilliseconds = 3_600_000;
/** How often each process looks whether another key is due. */
const reviewMilliseconds = 30_000;
const dayMilliseconds = 86_400_000;

interface KeySettings {
  SIGNING_KEY_SECRET: string;
  SIGNING_KEY_ROTATION_DAYS: number;
}

export interface FollowOptions {
  database: Database;
  /** Tells at once when a key is revoked. */
  engine: Pick<Engine, 'tail'>;
  settings: KeySettings;
  logger: Logger;
  now: () => Date;
}

/**
 * Follows the keys in the database: makes the first, makes the next when the newest is old enough, and signs with the newest that
 * has been published long enough and that this process can decrypt. Any number of processes may do so at once.
 */
export async function followSigningKeys({
  database,
  engine,
  settings,
  logger,
  now,
}: FollowOptions): Promise<SigningKeys> {
  let current = await review();

  async function review(): Promise<SigningKey> {
    const at = now();
    return database.$transaction(async (transaction) => {
      await lockSigningKeys(transaction);
      await deleteRetiredSigningKeys(transaction, at);
      const keys = await listSigningKeys(transaction);
      const chosen = chooseKey(keys, settings.SIGNING_KEY_SECRET, at);
      // Without a key that works there is nothing to wait for: a new one signs at once.
      if (chosen === null) return makeKey(transaction, settings, at, at);
      const newest = Math.max(...keys.map(({ createdAt }) => createdAt.getTime()));
      if (at.getTime() - newest >= settings.SIGNING_KEY_ROTATION_DAYS * dayMilliseconds) {
        await rotateKeys(transaction, settings, at);
      }
      return chosen;
    });
  }

  let reviewing: Promise<void> = Promise.resolve();
  const reviewAgain = () => {
    reviewing = reviewing.then(review).then(
      (key) => {
        current = key;
      },
      (error: unknown) => logger.warn({ error }, 'signing keys could not be reviewed; it will be tried again'),
    );
  };
  const timer = setInterval(reviewAgain, reviewMilliseconds);
  const tail = await engine.tail('auth', now(), ({ value }) => {
    if ((JSON.parse(value) as EventEnvelope).name === 'auth.key.revoked') reviewAgain();
  });
  return {
    current: () => current,
    async stop() {
      clearInterval(timer);
      await tail.stop();
      await reviewing;
    },
  };
}

/** Publishes a new key, to sign after `keyPublicationMilliseconds`, and retires those before it once their last token has ended. */
export async function rotateKeys(transaction: Transaction, settings: KeySettings, now: Date): Promise<SigningKey> {
  const activeAt = new Date(now.getTime() + keyPublicationMilliseconds);
  const before = await listSigningKeys(transaction);
  const key = await makeKey(transaction, settings, now, activeAt);
  // One review is how long a process may go on signing with the old key.
  const retiredAt = new Date(activeAt.getTime() + reviewMilliseconds + longestTokenMilliseconds);
  const ids = before.map(({ id }) => id);
  await retireSigningKeys(transaction, ids, retiredAt);
  return key;
}

/** Replaces a key that somebody else may have: the new one signs at once, and the old one is published no longer. */
export async function replaceKeys(transaction: Transaction, settings: KeySettings, now: Date): Promise<string[]> {
  const compromised = (await listSigningKeys(transaction)).map(({ id }) => id);
  await retireSigningKeys(transaction, compromised, now);
  await deleteRetiredSigningKeys(transaction, now);
  await makeKey(transaction, settings, now, now);
  return compromised;
}

/** The public keys that are published now, as RFC 7517 has it. */
export async function readKeySet(database: Database, now: Date): Promise<{ keys: JsonWebKey[] }> {
  const keys = await listSigningKeys(database);
  const published = keys.filter(({ retiredAt }) => retiredAt === null || retiredAt > now);
  return { keys: published.map(({ id, publicJwk }) => ({ ...publicJwk, kid: id, use: 'sig', alg: 'ES256' })) };
}

/**
 * The newest active key that the secret opens. Keys of processes with another secret stay valid: the key set lists them all.
 */
function chooseKey(keys: readonly SigningKeyRecord[], secret: string, now: Date): SigningKey | null {
  for (const { id, encryptedPrivateKey, activeAt, retiredAt } of keys) {
    if (activeAt > now || (retiredAt !== null && retiredAt <= now)) continue;
    const privateKey = decrypt(encryptedPrivateKey, secret, id);
    if (privateKey !== null) return { id, privateKey: createPrivateKey(privateKey) };
  }
  return null;
}

async function makeKey(
  transaction: Transaction,
  settings: KeySettings,
  createdAt: Date,
  activeAt: Date,
): Promise<SigningKey> {
  const id = newId();
  const pair = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const exported = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await insertSigningKey(transaction, {
    id,
    publicJwk: pair.publicKey.export({ format: 'jwk' }),
    encryptedPrivateKey: encrypt(exported, settings.SIGNING_KEY_SECRET, id),
    createdAt,
    activeAt,
  });
  return { id, privateKey: pair.privateKey };
}
