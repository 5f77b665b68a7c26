import { describe, expect, it } from 'vitest';
import { serializeError } from './logger.ts';

describe('an error in a log', () => {
  it('says what, where and why', () => {
    const error = Object.assign(new Error('no', { cause: new TypeError('because') }), { code: 'X' });
    expect(serializeError(error)).toMatchObject({
      type: 'Error',
      code: 'X',
      message: 'no',
      stack: expect.stringContaining('logger.test.ts'),
      cause: { type: 'TypeError', message: 'because' },
    });
  });

  it('does not repeat what people wrote', () => {
    const failed = Object.assign(new Error('Raw query failed.'), { meta: { row: 'my secret bio' } });
    const malformed = new Error('Invalid invocation: { text: "my secret message" }');
    malformed.name = 'PrismaClientValidationError';
    expect(JSON.stringify([failed, malformed].map(serializeError))).not.toContain('secret');
    expect(serializeError('my secret')).toEqual({ message: 'my secret' });
  });
});
