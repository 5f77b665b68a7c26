import { UserFailure } from '../../platform/user-errors.ts';
import type { UserErrorCode } from './schema.types.ts';

/** An expected failure of one of the user subgraph's mutations. */
export class Failure extends UserFailure<UserErrorCode> {}
