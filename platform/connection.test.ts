import { describe, expect, it } from 'vitest';
import { buildConnection, parsePage } from './connection.ts';
import { decodeCursor, decodeSeqCursor, encodeCursor } from './cursor.ts';

describe('paging arguments', () => {
  it.each([
    [{ first: 1 }, 'forward', 1],
    [{ first: 100, last: null }, 'forward', 100],
    [{ last: 5 }, 'backward', 5],
  ])('%o are good', (args, direction, limit) => {
    expect(parsePage(args, Number)).toMatchObject({ direction, limit });
  });

  it.each([{}, { first: 0 }, { first: 101 }, { last: 0 }, { last: 101 }, { first: 1, last: 1 }])(
    '%o are refused',
    (args) => {
      expect(() => parsePage(args, Number)).toThrow(
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) }),
      );
    },
  );
});

describe('a connection', () => {
  const build = (args: { first?: number; last?: number; after?: string; before?: string }, rows: number[]) =>
    buildConnection(parsePage(args, Number), rows, String, (row) => row);

  it('knows from the extra row that there is more', () => {
    expect(build({ first: 2 }, [1, 2, 3])).toMatchObject({
      nodes: [1, 2],
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: '1', endCursor: '2' },
    });
    expect(build({ first: 2, after: '0' }, [1, 2]).pageInfo).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
    });
  });

  it('turns a page that was read backwards around', () => {
    expect(build({ last: 2, before: '9' }, [8, 7, 6])).toMatchObject({
      nodes: [7, 8],
      pageInfo: { hasNextPage: true, hasPreviousPage: true },
    });
  });
});

describe('a cursor', () => {
  it('comes back as it was, and only to its own list', () => {
    const cursor = encodeCursor('room', 'a', 7);
    expect(decodeSeqCursor('room', 'a', cursor)).toBe(7);
    for (const [kind, list] of [
      ['room', 'b'],
      ['rooms', 'a'],
      ['roo', 'm:a'],
    ] as const) {
      expect(() => decodeCursor(kind, list, cursor)).toThrow('does not belong');
    }
  });

  it.each(['', '-1', '1.5', '01', '1e3', '0x10', '9007199254740993', ' 1'])(
    'with the number "%s" is refused',
    (key) => {
      expect(() => decodeSeqCursor('room', 'a', encodeCursor('room', 'a', key))).toThrow('does not belong');
    },
  );
});
