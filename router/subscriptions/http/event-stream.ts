import type { StreamFormat } from './http-stream.ts';

/**
 * Server-sent events, as in the distinct connections mode of
 * [GraphQL over SSE](https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md). Errors are results like others there, whatever
 * they say. A payload is JSON, which has no line breaks. `complete` has empty data: without any, `EventSource` would not fire.
 */
export const eventStream: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  opening: '',
  heartbeat: ':\n\n',
  result: (payload) => `event: next\ndata: ${payload}\n\n`,
  failure: (errors) => `event: next\ndata: {"errors":${errors}}\n\n`,
  closing: 'event: complete\ndata:\n\n',
};
