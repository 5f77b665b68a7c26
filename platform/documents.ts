import { type DocumentNode, GraphQLError, type GraphQLSchema, type ParseOptions, parse, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { codedError } from './errors.ts';

/** Characters of documents remembered; a client that sends ever new ones pushes out the least used. */
const cacheSizeCharacters = 4_000_000;
/** A longer document is read anew each time. */
const longestCachedCharacters = 32_768;
/** A document with more mistakes than this is not read to its end. */
const errorLimit = 20;

/** A document that fits the schema, or the errors that say why it does not. */
export type CheckedDocument = { document: DocumentNode } | { errors: readonly GraphQLError[] };

/**
 * Makes a function that parses and validates documents against a schema, and remembers the result. `checkFirst` sees each
 * document before GraphQL's own validation and throws what it objects to.
 */
export function createDocumentChecker(
  schema: GraphQLSchema,
  checkFirst: (document: DocumentNode) => void = () => undefined,
  parseOptions: ParseOptions = {},
): (source: string) => CheckedDocument {
  const cache = new LRUCache<string, CheckedDocument>({
    maxSize: cacheSizeCharacters,
    maxEntrySize: longestCachedCharacters,
    sizeCalculation: (_checked, source) => source.length + 1,
  });
  return (source) => {
    let checked = cache.get(source);
    if (!checked) {
      checked = checkDocument(schema, source, checkFirst, parseOptions);
      cache.set(source, checked);
    }
    return checked;
  };
}

function checkDocument(
  schema: GraphQLSchema,
  source: string,
  checkFirst: (document: DocumentNode) => void,
  parseOptions: ParseOptions,
): CheckedDocument {
  try {
    const document = parse(source, parseOptions);
    checkFirst(document);
    const errors = validate(schema, document, undefined, { maxErrors: errorLimit });
    return errors.length === 0 ? { document } : { errors: errors.map((e) => withCode(e, 'GRAPHQL_VALIDATION_FAILED')) };
  } catch (error) {
    // Whatever reads a document calls itself for each level of it.
    if (error instanceof RangeError) return { errors: [tooDeep()] };
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [error.extensions['code'] ? error : withCode(error, 'GRAPHQL_PARSE_FAILED')] };
  }
}

function tooDeep(): GraphQLError {
  return withCode(new GraphQLError('The document is nested too deep.'), 'GRAPHQL_PARSE_FAILED');
}

function withCode(error: GraphQLError, code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED'): GraphQLError {
  const { nodes, positions, source, message } = error;
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    positions: positions ?? null,
    source: source ?? null,
    extensions: codedError(code).extensions,
  });
}
