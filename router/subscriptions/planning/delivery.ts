import type { FetchNode } from '@apollo/query-planner';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  FieldsOnCorrectTypeRule,
  type GraphQLSchema,
  getNamedType,
  Kind,
  parse,
  print,
  ScalarLeafsRule,
  validate,
  visit,
} from 'graphql';

/** The names under which the router asks for what tells the subject of an event; no client's own names are in their way. */
const subjectAlias = 'chorus__subject';

/** How a subscription is read whose newest events count, and no others. */
export interface EphemeralOperation {
  /** The subgraph's operation, which tells the subject of each event as well. */
  query: string;
  /** A newer event takes the place of an older one of the same subject that still waits for a slow client. */
  subjectOf(event: ExecutionResult): string;
}

/** Null for a durable subscription, of which no event may be left out. */
export type PlanDelivery = (primary: FetchNode) => EphemeralOperation | null;

/**
 * Reads `@delivery` of the supergraph's subscription fields. One without it is durable.
 * @throws when the fields that `latestBy` names are not there
 */
export function createDeliveryPlanner(supergraph: DocumentNode, schema: GraphQLSchema): PlanDelivery {
  const subjects = collectEphemeral(supergraph, schema);
  return (primary) => {
    const document = parse(primary.operation, { noLocation: true });
    const root = rootFieldOf(document);
    const subject = subjects.get(root.name.value);
    if (subject === undefined) return null;
    const responseName = (root.alias ?? root.name).value;
    const query = print(visit(document, { Field: (node) => (node === root ? withSubject(root, subject) : undefined) }));
    return {
      query,
      subjectOf: ({ data }) => {
        const event = data?.[responseName] as Record<string, unknown> | null | undefined;
        return JSON.stringify(subject.map((_field, index) => event?.[`${subjectAlias}${index}`]));
      },
    };
  };
}

/** The fields that tell the subject, by the ephemeral subscription field. */
function collectEphemeral(supergraph: DocumentNode, schema: GraphQLSchema): ReadonlyMap<string, readonly FieldNode[]> {
  const type = schema.getSubscriptionType();
  const found = new Map<string, readonly FieldNode[]>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || definition.name.value !== type?.name) continue;
    for (const { name, directives } of definition.fields ?? []) {
      const delivery = directives?.find((directive) => directive.name.value === 'delivery');
      const output = type.getFields()[name.value]?.type;
      if (!delivery || !output || argumentOf(delivery, 'class') !== 'EPHEMERAL') continue;
      found.set(name.value, parseSubject(schema, getNamedType(output).name, argumentOf(delivery, 'latestBy')));
    }
  }
  return found;
}

/** Without fields all events of a subscription have one subject. */
function parseSubject(schema: GraphQLSchema, type: string, latestBy: string | null): readonly FieldNode[] {
  if (latestBy === null) return [];
  const document = parse(`fragment Subject on ${type} { ${latestBy} }`, { noLocation: true });
  const [mistake] = validate(schema, document, [FieldsOnCorrectTypeRule, ScalarLeafsRule]);
  if (mistake) throw new Error(`@delivery(latestBy: ${JSON.stringify(latestBy)}): ${mistake.message}`);
  const [fragment] = document.definitions;
  if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error('The subject was not parsed.');
  return fragment.selectionSet.selections.map((selection) => {
    if (selection.kind === Kind.FIELD) return selection;
    throw new Error(`@delivery(latestBy: ${JSON.stringify(latestBy)}) may name fields only.`);
  });
}

function withSubject(root: FieldNode, subject: readonly FieldNode[]): FieldNode {
  const named = subject.map((field, index) => ({
    ...field,
    alias: { kind: Kind.NAME, value: `${subjectAlias}${index}` } as const,
  }));
  const selections = [...(root.selectionSet?.selections ?? []), ...named];
  return selections.length === 0 ? root : { ...root, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function rootFieldOf(document: DocumentNode): FieldNode {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [root] = operation?.selectionSet.selections ?? [];
  if (root?.kind !== Kind.FIELD) throw new Error('A subscription has one root field.');
  return root;
}

function argumentOf({ arguments: list }: ConstDirectiveNode, name: string): string | null {
  const value = list?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.ENUM || value?.kind === Kind.STRING ? value.value : null;
}
