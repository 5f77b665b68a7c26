import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Visits every field that an operation selects, through its fragments. Another operation of the same document does not run; its
 * fragments are looked at all the same, which errs on the safe side.
 */
export function visitSelectedFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  onField: (field: FieldNode, typeInfo: TypeInfo) => void,
): void {
  const typeInfo = new TypeInfo(schema);
  const relevant = document.definitions.filter((node) => node.kind !== Kind.OPERATION_DEFINITION || node === operation);
  const Field = (node: FieldNode) => onField(node, typeInfo);
  visit({ ...document, definitions: relevant }, visitWithTypeInfo(typeInfo, { Field }));
}
