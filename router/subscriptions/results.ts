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

/** Why there is nothing in a result at all; null for one with anything in it. Of what came over the network it has the form alone. */
export function failureOf({ data, errors }: ExecutionResult | FormattedExecutionResult): GraphQLError | null {
  const [failure] = errors ?? [];
  if ((data ?? null) !== null || failure === undefined) return null;
  return new GraphQLError(failure.message, { extensions: failure.extensions ?? {} });
}

/** The error as it is, or the fault that it is wrapped in for `PresentError` to mask. */
export function toGraphQLError(error: unknown): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
}
