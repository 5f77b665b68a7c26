import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** Texts that have broken other servers, in fields that were thought to be harmless. */
export const hostileTexts = {
  'SQL that ends a string': `'; DROP TABLE account; --`,
  'SQL that is always true': `' OR '1'='1' -- `,
  'SQL with a comment in it': `ada'/**/OR/**/1=1#`,
  'a placeholder': '$1 %s {{7*7}} #{7*7}',
  'a wildcard': '%_%',
  'another header': 'ada\r\nSet-Cookie: __Host-chorus_access=stolen\r\nX-Injected: yes',
  'another recipient': 'ada@example.org\nBcc: eve@example.org',
  'a null character': 'ada\u0000admin',
  'broken UTF-16': 'ada\ud800',
  'a prototype': '__proto__',
  'a number that is too large': '99999999999999999999999999',
  'a log line': 'ada\n{"level":60,"msg":"forged"}',
  markup: '<script>alert(1)</script>',
  'a path': '../../../../etc/passwd',
  'nothing at all': '',
  'nothing but blanks': ' \t\u00a0\u200b ',
  'text that turns round': '\u202egro.elpmaxe@ada',
  'a text of 20,000 characters': 'x'.repeat(20_000),
  'a text of a megabyte': 'x'.repeat(1_000_000),
  'a UUID that is too short': '01890a5d-ac96-774b-bcce-b302099a805',
  'a UUID with a letter that is no digit': '01890a5d-ac96-774b-bcce-b302099a805g',
  'a UUID in braces': '{01890a5d-ac96-774b-bcce-b302099a8057}',
  'a UUID without hyphens': '01890a5dac96774bbcceb302099a8057',
  'a UUID in capitals': '01890A5D-AC96-774B-BCCE-B302099A8057',
  'a UUID with a line break': '01890a5d-ac96-774b-bcce-b302099a8057\n',
  'a UUID of zeros': '00000000-0000-0000-0000-000000000000',
  'a UUID of ones': 'ffffffff-ffff-ffff-ffff-ffffffffffff',
};

export const edgesOfTime = [
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59.999-12:00',
  '10000-01-01T00:00:00Z',
  '+010000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '0000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '-1',
  '1970-01-01T00:00:00Z',
  '2100-02-30T00:00:00Z',
  '2100-01-01',
  '2100-01-01T00:00:00.123456789012345678Z',
  'Infinity',
  '',
  -1,
  8_640_000_000_000_001,
];

export const edgesOfNumbers = [
  ...[0, -1, 101, 2_147_483_647, -2_147_483_648, 2_147_483_648, 2 ** 53, 1e308, 0.5, -0.5],
  ...['1', '', 'NaN', true, [1, 2], { value: 1 }],
];

/** One input of an operation that takes a value of a client's: an argument, or what lies in it, at any depth. */
export interface Place {
  /** Names it for people: `login.input.password`. */
  name: string;
  /** The type of the field that it belongs to, and the field. */
  parent: string;
  field: GraphQLField<unknown, unknown>;
  /** From the argument on. */
  path: readonly string[];
  kind: 'text' | 'time' | 'number' | 'json';
}

const kinds: Record<string, Place['kind']> = {
  String: 'text',
  ID: 'text',
  DateTime: 'time',
  Int: 'number',
  JSON: 'json',
};

/** All places of all fields with arguments of some types; of the schema's other types none has any. */
export function findPlaces(schema: GraphQLSchema, parents: readonly string[]): Place[] {
  const places: Place[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || type.name === 'Subscription') continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length > 0 && !parents.includes(type.name))
        throw new Error(`${type.name}.${field.name} is left out`);
      for (const input of field.args) collect(input, [], { parent: type.name, field });
    }
  }
  return places;

  function collect(input: GraphQLInput, before: readonly string[], owner: Pick<Place, 'parent' | 'field'>): void {
    const path = [...before, input.name];
    const type = getNamedType(input.type);
    const kind = kinds[type.name];
    if (kind) places.push({ ...owner, name: `${owner.field.name}.${path.join('.')}`, path, kind });
    else if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) collect(field, path, owner);
  }
}

type GraphQLInput = GraphQLArgument | GraphQLInputField;

/** Valid values by the name of an input. */
export interface ValidValues {
  of: Record<string, unknown>;
  /** Inputs that can be left out are, but for these. */
  alsoGiven: readonly string[];
}

/** A selection of a place's field with declared variables, and the variables: one hostile, the others valid. */
export function compose(
  { field, path }: Place,
  hostile: unknown,
  valid: ValidValues,
): { declarations: string; selection: string; variables: Record<string, unknown> } {
  const variables: Record<string, unknown> = {};
  for (const argument of field.args) {
    const value = fill(argument, path[0] === argument.name ? path : [], hostile, valid);
    if (value !== undefined) variables[argument.name] = value;
  }
  const used = field.args.filter(({ name }) => name in variables);
  const passed = used.map(({ name }) => `${name}: $${name}`).join(', ');
  const type = getNamedType(field.type);
  const isPayload = isObjectType(type) && 'userErrors' in type.getFields();
  const fields = isPayload ? '{ userErrors { code } }' : isObjectType(type) ? '{ __typename }' : '';
  return {
    declarations: used.map(({ name, type }) => `$${name}: ${type}`).join(', '),
    selection: `${field.name}(${passed}) ${fields}`,
    variables,
  };
}

/** `path` leads through this input to the hostile one, or is empty. */
function fill(input: GraphQLInput, path: readonly string[], hostile: unknown, valid: ValidValues): unknown {
  const type: GraphQLInputType = isNonNullType(input.type) ? input.type.ofType : input.type;
  if (path.length === 1) return isListType(type) ? [hostile] : hostile;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const filled = fields.map((field) => {
      const rest = path[1] === field.name ? path.slice(1) : [];
      return [field.name, fill(field, rest, hostile, valid)] as const;
    });
    return Object.fromEntries(filled.filter(([, value]) => value !== undefined));
  }
  if (!isNonNullType(input.type) && !valid.alsoGiven.includes(input.name)) return undefined;
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!(input.name in valid.of)) throw new Error(`There is no valid value for ${input.name}.`);
  return valid.of[input.name];
}

/** The same value as often as it has texts, each time with another one of them replaced; and once with a name replaced. */
export function poison(value: unknown, hostile: unknown): unknown[] {
  if (typeof value === 'string') return [hostile];
  if (typeof value !== 'object' || value === null) return [];
  const poisoned = Object.entries(value).flatMap(([name, part]) =>
    poison(part, hostile).map((bad) =>
      Array.isArray(value) ? value.with(Number(name), bad) : { ...value, [name]: bad },
    ),
  );
  return Array.isArray(value) ? poisoned : [...poisoned, { ...value, [String(hostile)]: hostile }];
}
