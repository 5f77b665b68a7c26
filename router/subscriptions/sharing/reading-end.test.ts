import { describe, expect, it } from 'vitest';
import { codedError } from '../../../platform/errors.ts';
import { assertDeliverable, FailedEvent, readingEndOf } from './reading-end.ts';

describe('an event', () => {
  const errors = [{ message: 'Try again.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }];

  it('has failed with the first of its errors when it has nothing else', () => {
    expect(() => assertDeliverable({ data: null, errors })).toThrow(codedError('SUBGRAPH_UNAVAILABLE', 'Try again.'));
  });

  it.each([{ data: { author: null }, errors }, { data: { author: 'ada' } }, { data: null }])(
    'is delivered when part of it is there, or nothing is missing (%#)',
    (result) => expect(() => assertDeliverable(result)).not.toThrow(),
  );
});

describe('the end of a reading', () => {
  it('is no refusal when an event has failed, whatever it has failed with', () => {
    for (const code of ['NOT_FOUND', 'CURSOR_EXPIRED', 'SUBGRAPH_UNAVAILABLE'] as const) {
      expect(readingEndOf(codedError(code))).not.toBe('failed');
      expect(readingEndOf(new FailedEvent(codedError(code)))).toBe('failed');
    }
  });
});
