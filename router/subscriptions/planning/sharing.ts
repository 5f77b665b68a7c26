import type { FetchNode } from '@apollo/query-planner';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { visitSelectedFields } from '../../selected-fields.ts';

/** The argument by which a subscription to a log resumes. */
const cursorArgument = 'after';
/** Of the argument, and of the variable that the router puts there. Null is the head of the log. */
const cursorType = 'String';
/** The variable that takes its place in what the router asks a subgraph. An operation with one of this name is not resumed by the router. */
export const cursorVariable = 'chorus__after';

/** How a subscription is read on from any place in its log. */
export interface ResumableOperation {
  /** The subgraph's operation, with its place in the log as the variable `cursorVariable`. */
  query: string;
  /** The variables that it needs besides. */
  variableUsages: readonly string[];
  /** Where this viewer wants to begin; null for the head. */
  cursorOf(variables: Readonly<Record<string, unknown>>): string | null;
  /** The same for operations and variables that differ in nothing but where they begin. */
  keyOf(variables: Readonly<Record<string, unknown>>): string;
  /** Whether nothing of it depends on who is watching: then one reading can serve many viewers. */
  isSameForAll: boolean;
}

/** Makes of a planned subscription one that can be resumed by the router; null for one that can't. */
export type PlanResumption = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  primary: FetchNode,
) => ResumableOperation | null;

/**
 * A subscription can be resumed when its field takes a cursor, so that it is served from the right place on. It can be shared, too,
 * when nothing that it selects depends on who is watching: no field with `@perViewer`, in whichever subgraph.
 */
export function createResumptionPlanner(supergraph: DocumentNode, apiSchema: GraphQLSchema): PlanResumption {
  const perViewer = collectPerViewer(supergraph);
  return (document, operation, primary) => {
    const [root] = operation.selectionSet.selections;
    if (root?.kind !== Kind.FIELD || !resumes(apiSchema, root)) return null;
    const resumption = resumeOperation(document, operation, root, primary);
    return resumption && { ...resumption, isSameForAll: !selectsAny(document, operation, apiSchema, perViewer) };
  };
}

function resumeOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  root: FieldNode,
  primary: FetchNode,
): Omit<ResumableOperation, 'isSameForAll'> | null {
  const declared = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const rewritten = beginAtVariable(parse(primary.operation));
  const clientCursor = root.arguments?.find(({ name }) => name.value === cursorArgument)?.value;
  const cursorName = clientCursor?.kind === Kind.VARIABLE ? clientCursor.name.value : null;
  // A cursor that says something else besides would be the first viewer's for everybody; one with a default is left to GraphQL.
  if (cursorName !== null && (countUses(document, cursorName) !== 1 || hasDefault(document, cursorName))) return null;
  if (declared.includes(cursorVariable)) return null;
  const others = declared.filter((name) => name !== cursorName).sort();
  const text = print(visit(document, { Field: (node) => (node === root ? withoutCursor(node) : undefined) }));
  return {
    query: print(rewritten),
    variableUsages: (primary.variableUsages ?? []).filter((name) => name !== cursorName),
    cursorOf(variables) {
      const value =
        cursorName !== null ? variables[cursorName] : clientCursor?.kind === Kind.STRING ? clientCursor.value : null;
      return typeof value === 'string' ? value : null;
    },
    keyOf(variables) {
      // What else a client sends along is for nobody, and must not set its stream apart.
      const given = others.filter((name) => Object.hasOwn(variables, name));
      return `${text} ${JSON.stringify(given.map((name) => [name, variables[name]]))}`;
    },
  };
}

/** Lets the subgraph's operation begin where the router says. */
function beginAtVariable(document: DocumentNode): DocumentNode {
  let replaced: string | null = null;
  const rewritten = visit(document, {
    OperationDefinition(node) {
      const [root, ...others] = node.selectionSet.selections;
      if (root?.kind !== Kind.FIELD || others.length > 0) throw new Error('A subscription has one root field.');
      const value = root.arguments?.find(({ name }) => name.value === cursorArgument)?.value;
      replaced = value?.kind === Kind.VARIABLE ? value.name.value : null;
      const cursor = parse(
        `query ($${cursorVariable}: ${cursorType}) { field(${cursorArgument}: $${cursorVariable}) }`,
      );
      const [asked] = cursor.definitions;
      if (asked?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The cursor was not parsed.');
      const [field] = asked.selectionSet.selections as [FieldNode];
      return {
        ...node,
        variableDefinitions: [
          ...(node.variableDefinitions ?? []).filter(({ variable }) => variable.name.value !== replaced),
          ...(asked.variableDefinitions ?? []),
        ],
        selectionSet: {
          ...node.selectionSet,
          selections: [{ ...root, arguments: [...(withoutCursor(root).arguments ?? []), ...(field.arguments ?? [])] }],
        },
      };
    },
  });
  return rewritten;
}

function withoutCursor(field: FieldNode): FieldNode {
  return { ...field, arguments: (field.arguments ?? []).filter(({ name }) => name.value !== cursorArgument) };
}

/** An argument of this name that is of another type, or begins somewhere by itself, is no cursor: it is passed on as it is. */
function resumes(apiSchema: GraphQLSchema, root: FieldNode): boolean {
  const field = apiSchema.getSubscriptionType()?.getFields()[root.name.value];
  const argument = field?.args.find(({ name }) => name === cursorArgument);
  return argument !== undefined && String(argument.type) === cursorType && argument.defaultValue === undefined;
}

function countUses(document: DocumentNode, name: string): number {
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable(node) {
      if (node.name.value === name) uses += 1;
    },
  });
  return uses;
}

/** Null is what the cursor is without a default, too. */
function hasDefault(document: DocumentNode, name: string): boolean {
  return document.definitions.some(
    (node) =>
      node.kind === Kind.OPERATION_DEFINITION &&
      node.variableDefinitions?.some(
        ({ variable, defaultValue }) =>
          variable.name.value === name && defaultValue !== undefined && defaultValue.kind !== Kind.NULL,
      ),
  );
}

/** The coordinates (`Room.unreadCount`) of all fields whose value depends on who is watching. */
function collectPerViewer(supergraph: DocumentNode): ReadonlySet<string> {
  const found = new Set<string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { name, directives } of definition.fields ?? []) {
      if (directives?.some(isPerViewer)) found.add(`${definition.name.value}.${name.value}`);
    }
  }
  return found;
}

function isPerViewer({ name }: ConstDirectiveNode): boolean {
  return name.value === 'perViewer';
}

/** Whether any of the fields may be in what is selected, be it through an interface. */
function selectsAny(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  apiSchema: GraphQLSchema,
  coordinates: ReadonlySet<string>,
): boolean {
  let isSelected = false;
  visitSelectedFields(document, operation, apiSchema, (field) => {
    isSelected ||= field.coordinates.some((coordinate) => coordinates.has(coordinate));
  });
  return isSelected;
}
