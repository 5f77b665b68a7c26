import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { codedError } from '../platform/errors.ts';

/** How client documents are parsed: one of more tokens is refused before it is read to its end. */
export const parseOptions = { maxTokens: 10_000 } as const;

/** @throws BAD_USER_INPUT when the variables of a request do not fit those that its operation declares */
export function checkVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown> | undefined,
): void {
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {});
  if (errors?.[0]) throw codedError('BAD_USER_INPUT', errors[0].message);
}

/**
 * A subscription is its root field: one that may be left out is a subscription to nothing. The specification forbids it,
 * the query planner has no plan for it, and GraphQL.js's own validation throws an obscure error when it meets one, so
 * this check comes before.
 * @throws GRAPHQL_VALIDATION_FAILED
 */
export function refuseConditionalRoots(document: DocumentNode): void {
  const fragments = fragmentsOf(document);
  const visited = new Set<FragmentDefinitionNode>();
  const check = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include')) {
        const message = 'The root field of a subscription can not have @skip or @include.';
        throw codedError('GRAPHQL_VALIDATION_FAILED', message);
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) check(selection.selectionSet);
      const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : undefined;
      // The document is not validated yet: its fragments may spread each other in a circle.
      if (fragment && !visited.has(fragment)) check(visited.add(fragment) && fragment.selectionSet);
    }
  };
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.SUBSCRIPTION) {
      check(node.selectionSet);
    }
  }
}

/** Root fields that one mutation may have. They run one after the other, and each may cost what a sign-in does. */
export const mutationFieldLimit = 20;

/**
 * Counts what a mutation would run: fields under one name are one.
 * @param document has been validated: its fragments are there, and none is in itself
 * @throws GRAPHQL_VALIDATION_FAILED
 */
export function limitMutationFields(document: DocumentNode, operation: OperationDefinitionNode): void {
  if (operation.operation !== OperationTypeNode.MUTATION) return;
  const fragments = fragmentsOf(document);
  const names = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add((selection.alias ?? selection.name).value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        // Once is enough: fragments that spread each other twice at each level would take for ever.
        fragments.delete(selection.name.value);
        if (fragment) collect(fragment.selectionSet);
      }
    }
  };
  collect(operation.selectionSet);
  if (names.size <= mutationFieldLimit) return;
  const message = `A mutation can have ${mutationFieldLimit} root fields, and this one has ${names.size}.`;
  throw codedError('GRAPHQL_VALIDATION_FAILED', message);
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  return fragments;
}

/** The same as `refuseConditionalRoots` for the body of an HTTP request, which has not been parsed yet. What is wrong with it otherwise shows later. */
export function refuseConditionalRootsOf(body: unknown): void {
  const query = typeof body === 'object' && body !== null ? (body as { query?: unknown }).query : undefined;
  if (typeof query !== 'string' || !query.includes('subscription')) return;
  let document: DocumentNode;
  try {
    document = parse(query, parseOptions);
  } catch {
    return;
  }
  refuseConditionalRoots(document);
}

/**
 * The gateway's executor notes in `extensions.valueCompletion` which null it had to put where none may stand. What caused it
 * is in `errors`; the note, with codes of its own, is for nobody.
 */
export function dropGatewayNotes(result: { extensions?: Record<string, unknown> }): void {
  if (!result.extensions || !('valueCompletion' in result.extensions)) return;
  const { valueCompletion: _note, ...rest } = result.extensions;
  if (Object.keys(rest).length > 0) result.extensions = rest;
  else delete result.extensions;
}
