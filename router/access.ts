import {
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { codedError } from '../platform/errors.ts';
import type { Viewer } from '../platform/viewer.ts';
import { visitSelectedFields } from './selected-fields.ts';

/** What somebody needs to be or have to select a field. */
interface Requirement {
  authenticated: boolean;
  /** Alternatives, of which one must be held whole; none when empty. */
  scopes: string[][];
}

/** Throws what keeps a viewer from running an operation. */
export type AccessGate = (document: DocumentNode, operation: OperationDefinitionNode, viewer: Viewer | null) => void;

/**
 * The router's first gate: `@authenticated` and `@requiresScopes` of the supergraph, on fields and on types. An operation
 * that selects what its viewer may not is refused as a whole, before any subgraph sees it. Subgraphs decide again.
 * @throws UNAUTHENTICATED, FORBIDDEN (from the gate)
 */
export function createAccessGate(supergraph: DocumentNode, apiSchema: GraphQLSchema): AccessGate {
  const requirements = collectRequirements(supergraph);
  const known = new WeakMap<OperationDefinitionNode, Requirement[]>();
  return (document, operation, viewer) => {
    let needed = known.get(operation);
    if (!needed) {
      needed = requirementsOf(document, operation, apiSchema, requirements);
      known.set(operation, needed);
    }
    if (needed.length > 0 && viewer === null) throw codedError('UNAUTHENTICATED');
    for (const { scopes } of needed) {
      const satisfied =
        scopes.length === 0 || scopes.some((all) => all.every((scope) => viewer?.scopes.includes(scope)));
      if (!satisfied) throw codedError('FORBIDDEN');
    }
  };
}

/** Requirements by type name (`User`) and by field coordinate (`User.email`). */
function collectRequirements(supergraph: DocumentNode): Map<string, Requirement> {
  const requirements = new Map<string, Requirement>();
  const add = (coordinate: string, directives: readonly ConstDirectiveNode[] | undefined) => {
    const requirement = readRequirement(directives ?? []);
    if (requirement) requirements.set(coordinate, requirement);
  };
  for (const definition of supergraph.definitions) {
    if (!('name' in definition) || definition.name === undefined || !('directives' in definition)) continue;
    add(definition.name.value, definition.directives as readonly ConstDirectiveNode[] | undefined);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) add(`${definition.name.value}.${field.name.value}`, field.directives);
  }
  return requirements;
}

function readRequirement(directives: readonly ConstDirectiveNode[]): Requirement | null {
  const authenticated = directives.some(({ name }) => name.value === 'authenticated');
  const scopes = directives
    .filter(({ name }) => name.value === 'requiresScopes')
    .flatMap(({ arguments: list }) => list?.find(({ name }) => name.value === 'scopes')?.value ?? [])
    .flatMap((outer) => (outer.kind === Kind.LIST ? outer.values : []))
    .map((inner) => (inner.kind === Kind.LIST ? inner.values : [inner]))
    .map((values) => values.flatMap((value) => (value.kind === Kind.STRING ? [value.value] : [])));
  return authenticated || scopes.length > 0 ? { authenticated, scopes } : null;
}

/**
 * Every requirement of the fields that an operation selects, through its fragments. What is selected of an interface or a union may be
 * of any type that is in its place, and needs all that any of these does.
 */
function requirementsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  apiSchema: GraphQLSchema,
  requirements: ReadonlyMap<string, Requirement>,
): Requirement[] {
  const found = new Set<Requirement>();
  visitSelectedFields(document, operation, apiSchema, ({ parents, coordinates, type }) => {
    for (const name of [...parents, ...coordinates, ...(type === null ? [] : [type])]) {
      const requirement = requirements.get(name);
      if (requirement) found.add(requirement);
    }
  });
  return [...found];
}
