import { z } from 'zod';
import { newId } from '../../../platform/identifiers.ts';
import { parseEmail, parseUsername } from '../accounts/names.ts';
import { Failure } from '../failure.ts';
import type { ImportedAccount } from './repository.ts';

const importLine = z.strictObject({
  username: z.string(),
  email: z.string(),
  emailVerified: z.boolean().default(false),
  passwordHash: z.string(),
  createdAt: z.iso.datetime({ offset: true }).optional(),
});

/** Hashes that take more are refused: whoever signs in makes the server work for them. */
const heaviest = { argon2MemoryKibibytes: 262_144, argon2Passes: 20, argon2Lanes: 16, bcryptCost: 16 } as const;

const argon2Hash =
  /^\$argon2(?:id|i|d)\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const bcryptHash = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

/** The account that a line of an import describes, by the rules of `register`, or what is wrong with the line. */
export function parseImportLine(line: string, now: Date): { account: ImportedAccount } | { mistake: string } {
  const parsed = importLine.safeParse(parseJson(line));
  if (!parsed.success) return { mistake: parsed.error.issues.map(describeIssue).join('; ') };
  const { username, email, emailVerified, passwordHash } = parsed.data;
  const createdAt = parsed.data.createdAt === undefined ? now : new Date(parsed.data.createdAt);
  if (createdAt > now) return { mistake: 'createdAt: is in the future' };
  if (!isVerifiable(passwordHash))
    return { mistake: 'passwordHash: is no hash of argon2 or bcrypt that can be verified here' };
  try {
    const names = { ...parseUsername(username), ...parseEmail(email) };
    return { account: { id: newId(), ...names, emailVerifiedAt: emailVerified ? now : null, passwordHash, createdAt } };
  } catch (error) {
    if (error instanceof Failure) return { mistake: `${error.field}: ${error.message}` };
    throw error;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function describeIssue({ path, message }: { path: PropertyKey[]; message: string }): string {
  return path.length === 0 ? `the line: ${message}` : `${path.join('.')}: ${message}`;
}

/** Whether `passwords/hashing.ts` can verify the hash: nobody should find out at their first login. */
function isVerifiable(hash: string): boolean {
  const bcrypt = bcryptHash.exec(hash);
  if (bcrypt) return Number(bcrypt[1]) >= 4 && Number(bcrypt[1]) <= heaviest.bcryptCost;
  const argon2 = argon2Hash.exec(hash);
  if (argon2 === null) return false;
  const [memory = 0, passes = 0, lanes = 0] = argon2.slice(1, 4).map(Number);
  const [salt, digest] = argon2.slice(4).map(decodeBase64);
  return (
    // What RFC 9106, 3.1, asks for, and our own bounds.
    memory >= 8 * lanes &&
    memory <= heaviest.argon2MemoryKibibytes &&
    passes >= 1 &&
    passes <= heaviest.argon2Passes &&
    lanes >= 1 &&
    lanes <= heaviest.argon2Lanes &&
    (salt?.length ?? 0) >= 8 &&
    (digest?.length ?? 0) >= 16
  );
}

/** Null for what is not the one way to write some bytes. */
function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === text ? bytes : null;
}
