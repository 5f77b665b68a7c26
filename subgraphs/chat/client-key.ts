import { Failure } from './failure.ts';
import type { UserErrorCode } from './schema.types.ts';

const clientKeyPattern = /^[\x21-\x7e]{1,64}$/;

/** What clients name things by, so that a retry names the same thing. */
export function isClientKey(value: string): boolean {
  return clientKeyPattern.test(value);
}

/** Goes on with a name that a client may give, and otherwise fails with the code for it. */
export function checkClientKey(value: string, code: UserErrorCode, field: string): void {
  if (isClientKey(value)) return;
  throw new Failure(code, `A ${field} has 1 to 64 visible ASCII characters.`, [field]);
}
