import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** A field that an operation selects, under all the names under which something may be said of it. */
export interface SelectedField {
  /** What it may be a field of. Of an abstract type also all types that may stand in its place. */
  parents: readonly string[];
  /** Its coordinates (`Room.name`), one for each parent. */
  coordinates: readonly string[];
  /** What its value is of; null where nothing is known of it. */
  type: string | null;
}

/**
 * Visits every field that an operation selects, through its fragments. Another operation of the same document does not run; its
 * fragments are looked at all the same, which errs on the safe side.
 */
export function visitSelectedFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  onField: (field: SelectedField) => void,
): void {
  const typeInfo = new TypeInfo(schema);
  const relevant = document.definitions.filter((node) => node.kind !== Kind.OPERATION_DEFINITION || node === operation);
  const visitor = visitWithTypeInfo(typeInfo, {
    Field({ name }) {
      const parents = typesInPlaceOf(typeInfo.getParentType()?.name, schema);
      const coordinates = parents.map((parent) => `${parent}.${name.value}`);
      onField({ parents, coordinates, type: getNamedType(typeInfo.getType())?.name ?? null });
    },
  });
  visit({ ...document, definitions: relevant }, visitor);
}

/** A type and, where it is abstract, all that implement it or are its members. */
function typesInPlaceOf(name: string | undefined, schema: GraphQLSchema): string[] {
  const type = name === undefined ? undefined : schema.getType(name);
  if (!type) return [];
  const objects = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const interfaces = isInterfaceType(type) ? schema.getImplementations(type).interfaces : [];
  return [type, ...objects, ...interfaces].map((each) => each.name);
}
