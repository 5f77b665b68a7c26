import { codedError } from './errors.ts';

/** The longest page that a connection gives, as GitHub's and Shopify's do. */
export const pageSizeLimit = 100;

export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** A page in terms of a growing integer key: `limit` rows strictly between `after` and `before`. */
export interface KeyPage<Key> {
  direction: 'forward' | 'backward';
  limit: number;
  after: Key | null;
  before: Key | null;
}

export interface Connection<Node> {
  edges: { cursor: string; node: Node }[];
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/**
 * Checks Relay's paging arguments (https://relay.dev/graphql/connections.htm): exactly one of `first` and `last`, 1 to 100.
 * @throws BAD_USER_INPUT
 */
export function parsePage<Key>(args: PageArguments, decodeCursor: (cursor: string) => Key): KeyPage<Key> {
  const { first, last } = args;
  if ((first == null) === (last == null)) {
    // A list without the argument `last` is only paged forwards.
    const message = 'last' in args ? 'Give exactly one of `first` and `last`.' : 'Give `first`.';
    throw codedError('BAD_USER_INPUT', message, { argument: 'first' });
  }
  const limit = first ?? last ?? 0;
  if (limit < 1 || limit > pageSizeLimit) {
    const argument = first == null ? 'last' : 'first';
    throw codedError('BAD_USER_INPUT', `\`${argument}\` must be between 1 and ${pageSizeLimit}.`, { argument });
  }
  return {
    direction: first == null ? 'backward' : 'forward',
    limit,
    after: args.after == null ? null : decodeCursor(args.after),
    before: args.before == null ? null : decodeCursor(args.before),
  };
}

/**
 * Builds the connection from `limit + 1` rows read in the page's direction: the extra row only tells whether there are more.
 */
export function buildConnection<Row, Node>(
  page: KeyPage<unknown>,
  rows: readonly Row[],
  cursorOf: (row: Row) => string,
  nodeOf: (row: Row) => Node,
): Connection<Node> {
  const hasMore = rows.length > page.limit;
  const kept = rows.slice(0, page.limit);
  if (page.direction === 'backward') kept.reverse();
  const edges = kept.map((row) => ({ cursor: cursorOf(row), node: nodeOf(row) }));
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: page.direction === 'forward' ? hasMore : page.before !== null,
      hasPreviousPage: page.direction === 'backward' ? hasMore : page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
