import { hash, verify } from '@node-rs/argon2';

/** argon2id with OWASP's first recommended parameters; the hashing runs on the thread pool, off the event loop. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Stands in for the hash of an account that does not exist, so that an unknown name costs the same time as a known one. */
let nobodysHash: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters);
}

/** Whether the password belongs to the hash. A null hash takes as long as a real one and never matches. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobodysHash ??= hashPassword('nobody has this password');
  const matches = await verify(passwordHash ?? (await nobodysHash), password);
  return matches && passwordHash !== null;
}
