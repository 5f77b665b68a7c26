import { describe, expect, it } from 'vitest';
import { parseAccept } from './content-negotiation.ts';

describe('an Accept header', () => {
  const headers: [from: string, header: string | undefined, expected: string[]][] = [
    ['a client that sends none', undefined, ['json']],
    ['curl', '*/*', ['json']],
    ['EventSource and graphql-sse', 'text/event-stream', ['event-stream']],
    [
      'Apollo Client, for a subscription',
      'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json,application/json;q=0.9',
      ['multipart', 'json', 'json'],
    ],
    [
      'the example of the multipart protocol',
      'multipart/mixed;subscriptionSpec="1.0", application/json',
      ['multipart', 'json'],
    ],
    [
      'Apollo Kotlin',
      'multipart/mixed; boundary="graphql"; subscriptionSpec="1.0", application/json',
      ['multipart', 'json'],
    ],
    ['urql, for a subscription', 'text/event-stream, multipart/mixed', ['event-stream']],
    [
      'urql, for a query',
      'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
      ['json', 'json', 'event-stream'],
    ],
    ['a client that takes @defer', 'multipart/mixed;deferSpec=20220824, application/json', ['json']],
    ['a browser', 'text/html,application/xhtml+xml,image/avif,*/*;q=0.8', ['json']],
  ];

  it.each(headers)('of %s says what it takes', (_from, header, expected) => {
    expect(parseAccept(header)).toEqual(expected);
  });

  it('puts what the client likes best first, and leaves out what it refuses', () => {
    const header = 'application/json;q=0.5, TEXT/Event-Stream;q=0.8, multipart/mixed;subscriptionSpec=1.0;q=0';
    expect(parseAccept(header)).toEqual(['event-stream', 'json']);
  });

  it('does not mistake what stands in quotes', () => {
    expect(parseAccept('text/plain;note="a, text/event-stream;q=1", */*')).toEqual(['json']);
  });

  it.each(['', ',;,=', '"', 'text/event-stream;q=high', `${'"'.repeat(5_000)}x`])(
    'of nonsense asks for nothing (%#)',
    (header) => {
      expect(parseAccept(header)).toEqual([]);
    },
  );
});
