import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { limitMutationFields, mutationFieldLimit } from './checks.ts';

function check(source: string): void {
  const document = parse(source);
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  limitMutationFields(document, operation as OperationDefinitionNode);
}

const fields = (count: number, prefix = 'f') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}: logout { user { id } }`).join(' ');

const refusal = (count: number) =>
  expect.objectContaining({
    message: `A mutation can have ${mutationFieldLimit} root fields, and this one has ${count}.`,
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });

describe('the root fields of a mutation', () => {
  it('may be as many as the limit, and no more', () => {
    check(`mutation { ${fields(mutationFieldLimit)} }`);
    expect(() => check(`mutation { ${fields(mutationFieldLimit + 1)} }`)).toThrow(refusal(mutationFieldLimit + 1));
  });

  it('are counted through fragments, named and inline, to any depth', () => {
    const source = `mutation { ${fields(7, 'a')} ... { ${fields(7, 'b')} ...C } }
      fragment C on Mutation { ...D }
      fragment D on Mutation { ... on Mutation { ${fields(7, 'd')} } }`;
    expect(() => check(source)).toThrow(refusal(21));
  });

  it('are counted once under one name: they run once', () => {
    check(`mutation { ${'logout { user { id } } '.repeat(100)} ...A ...A } fragment A on Mutation { ${fields(19)} }`);
  });

  it('of fragments that spread each other twice at each level are counted at once', () => {
    const levels = Array.from({ length: 100 }, (_, n) => `fragment F${n} on Mutation { ...F${n + 1} ...F${n + 1} }`);
    check(`mutation { ...F0 } ${levels.join(' ')} fragment F100 on Mutation { ${fields(3)} }`);
  });

  it('are not those below them, nor those of a query', () => {
    const below = Array.from({ length: 50 }, (_, index) => `u${index}: user { id }`).join(' ');
    check(`mutation { logout { ${below} } }`);
    check(`{ ${fields(50)} }`);
  });
});
