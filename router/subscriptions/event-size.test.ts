import { describe, expect, it } from 'vitest';
import { sizeOf } from './event-size.ts';

describe('the size of an event', () => {
  it('is about that of its JSON', () => {
    const text = 'x'.repeat(1_000);
    const message = {
      id: 'a'.repeat(36),
      seq: 17,
      text,
      editedAt: null,
      copies: [text, text],
      author: { name: 'Ada' },
    };
    const size = sizeOf({ data: { messageAdded: { seq: 17, message } } });
    const { length } = JSON.stringify(message);
    expect(size).toBeGreaterThan(length * 0.9);
    expect(size).toBeLessThan(length * 1.2);
  });
});
