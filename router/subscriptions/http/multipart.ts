import type { StreamFormat } from './http-stream.ts';

const delimiter = '\r\n--graphql';

/** A reader knows that a part has ended by the delimiter behind it, so each part brings it along, and does not wait for the next. */
function part(body: string): string {
  return `\r\nContent-Type: application/json\r\n\r\n${body}${delimiter}`;
}

/**
 * Apollo's [multipart protocol for subscriptions](https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol).
 * What ends a subscription stands beside `payload`, without a path; everything else, errors of the request too, in it.
 */
export const multipart: StreamFormat = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  opening: delimiter,
  heartbeat: part('{}'),
  result: (payload) => part(`{"payload":${payload}}`),
  failure: (errors) => part(`{"payload":null,"errors":${errors}}`),
  closing: '--\r\n',
};
