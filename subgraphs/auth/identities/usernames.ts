import { randomBytes, randomInt } from 'node:crypto';
import { parseUsername } from '../accounts/names.ts';
import { findTaken } from '../accounts/repository.ts';

type Transaction = Parameters<typeof findTaken>[0];

/** Leaves room for digits. */
const baseLength = 40;

/** A username that nobody has: made of what the provider calls the person, with digits where that is taken. */
export async function chooseUsername(
  transaction: Transaction,
  nameHints: readonly string[],
): Promise<ReturnType<typeof parseUsername>> {
  const base = nameHints.map(toUsername).find((name) => name.length >= 3);
  for (const candidate of base === undefined ? [] : variantsOf(base)) {
    const names = parseUsername(candidate);
    if (!(await findTaken(transaction, { usernameNormalized: names.usernameNormalized })).username) return names;
  }
  return parseUsername(`user_${randomBytes(8).toString('hex')}`);
}

/** More digits each time. They are random, so that two newcomers of one name hardly choose the same. */
function variantsOf(base: string): string[] {
  return [
    base,
    `${base}${randomInt(10, 100)}`,
    `${base}${randomInt(1_000, 10_000)}`,
    `${base}${randomInt(100_000, 1_000_000)}`,
  ];
}

/** What is left of a name when only letters, digits and underscores may stay: `Zoë.Müller@example.org` is `Zoe_Muller`. */
function toUsername(hint: string): string {
  const [localPart = ''] = hint.slice(0, 320).split('@');
  return localPart
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .slice(0, baseLength)
    .replace(/^_+|_+$/g, '');
}
