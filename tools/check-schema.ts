import { type DefinitionNode, type FieldDefinitionNode, type InputValueDefinitionNode, Kind } from 'graphql';
import { parseSchema, type SubgraphSchema } from './supergraph.ts';

/** A part of the schema, as `Query.room(id:)`, and where it stands. */
interface Element {
  coordinate: string;
  place: string;
  isDescribed: boolean;
}

/** Their fields say it all. */
const rootTypes = ['Query', 'Mutation', 'Subscription'];

/**
 * The descriptions are the documentation of the API: every type, field, argument and enum value needs one. A type that
 * several subgraphs know is described in one of them, because composition would warn of two that differ.
 * @returns a line for each part of the graph that no subgraph describes.
 */
export async function findUndescribed(subgraphs: readonly SubgraphSchema[]): Promise<string[]> {
  const elements = (await Promise.all(subgraphs.map(listElements))).flat();
  const described = new Set(elements.filter(({ isDescribed }) => isDescribed).map(({ coordinate }) => coordinate));
  return elements
    .filter(({ coordinate }) => !described.has(coordinate))
    .map(({ coordinate, place }) => `${place} ${coordinate} has no description`);
}

async function listElements({ name, schema }: SubgraphSchema): Promise<Element[]> {
  const document = await parseSchema(name, schema);
  return document.definitions.flatMap((definition) =>
    listDefinition(definition).map(([coordinate, node]) => ({
      coordinate,
      place: `subgraphs/${name}/schema.graphql:${node.loc?.startToken.line}`,
      isDescribed: node.description !== undefined,
    })),
  );
}

type DescribedNode = Pick<FieldDefinitionNode, 'description' | 'loc'>;

function listDefinition(definition: DefinitionNode): [string, DescribedNode][] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const typeName = definition.name.value;
      const type: [string, DescribedNode][] = rootTypes.includes(typeName) ? [] : [[typeName, definition]];
      return [...type, ...(definition.fields ?? []).flatMap((field) => listField(typeName, field))];
    }
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_EXTENSION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return (definition.fields ?? []).flatMap((field) => listField(definition.name.value, field));
    case Kind.ENUM_TYPE_DEFINITION: {
      const values = definition.values ?? [];
      const typeName = definition.name.value;
      return [[typeName, definition], ...values.map((value) => listValue(typeName, value.name.value, value))];
    }
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return [[definition.name.value, definition]];
    case Kind.DIRECTIVE_DEFINITION:
      return [
        [`@${definition.name.value}`, definition],
        ...listArguments(`@${definition.name.value}`, definition.arguments),
      ];
    default:
      return [];
  }
}

function listValue(typeName: string, valueName: string, node: DescribedNode): [string, DescribedNode] {
  return [`${typeName}.${valueName}`, node];
}

function listField(typeName: string, field: FieldDefinitionNode | InputValueDefinitionNode): [string, DescribedNode][] {
  const coordinate = `${typeName}.${field.name.value}`;
  const fieldArguments = field.kind === Kind.FIELD_DEFINITION ? field.arguments : [];
  return [[coordinate, field], ...listArguments(coordinate, fieldArguments)];
}

function listArguments(
  coordinate: string,
  fieldArguments: readonly InputValueDefinitionNode[] = [],
): [string, DescribedNode][] {
  return fieldArguments.map((argument) => [`${coordinate}(${argument.name.value}:)`, argument]);
}
