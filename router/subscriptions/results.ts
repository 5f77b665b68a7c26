import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from 'graphql';
import { dropGatewayNotes } from '../checks.ts';

/** Makes of an error what a client may see of it. */
export type PresentError = (error: GraphQLError) => NonNullable<FormattedExecutionResult['errors']>[number];

/** A result as clients get it. */
export function formatResult(
  { data, errors, extensions }: ExecutionResult,
  present: PresentError,
): FormattedExecutionResult {
  const result = {
    data: data ?? null,
    ...(errors && { errors: errors.map(present) }),
    ...(extensions && { extensions }),
  };
  dropGatewayNotes(result);
  return result;
}
