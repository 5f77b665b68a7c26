import { type ExecutionResult, type FormattedExecutionResult, GraphQLError } from 'graphql';
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
    // The gateway's executor also hands on what is no GraphQL error: a thrown one goes among the errors as it is.
    ...(errors && { errors: errors.map((error) => present(toGraphQLError(error))) }),
    ...(extensions && { extensions }),
  };
  dropGatewayNotes(result);
  return result;
}

/** The error as it is, or the fault that it is wrapped in for `PresentError` to mask. */
export function toGraphQLError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
}
