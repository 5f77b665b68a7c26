import { GraphQLError } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { codedError, errorCatalogue, presentError } from './errors.ts';

describe('an error on its way to a client', () => {
  const log = () => ({ error: vi.fn() });

  it('passes when it has a code of ours', () => {
    const error = codedError('BAD_USER_INPUT', 'Too many.', { argument: 'first' });
    const logger = log();
    expect(presentError(error.toJSON(), error, logger)).toEqual({
      message: 'Too many.',
      extensions: { code: 'BAD_USER_INPUT', argument: 'first' },
    });
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('is masked and logged when it has none', () => {
    const error = new GraphQLError('password=hunter2', { extensions: { stacktrace: ['secret'] } });
    const logger = log();
    expect(presentError(error.toJSON(), error, logger)).toEqual({
      message: errorCatalogue.INTERNAL.message,
      extensions: { code: 'INTERNAL' },
    });
    expect(logger.error).toHaveBeenCalledOnce();
  });
});
