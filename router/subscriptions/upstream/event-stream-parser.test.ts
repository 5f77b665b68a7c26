import { describe, expect, it } from 'vitest';
import { EventStreamParser } from './event-stream-parser.ts';

const limit = 1_000;

function readAll(pieces: readonly string[]) {
  const parser = new EventStreamParser(limit);
  return pieces.flatMap((piece) => parser.read(piece));
}

const next = { event: 'next', data: '{"data":{"a":1}}' };
const complete = { event: 'complete', data: '' };

describe('an event stream', () => {
  const text = ': welcome\n\nevent: next\ndata: {"data":{"a":1}}\n\n:\n\nevent: complete\ndata:\n\n';

  it.each(['\n', '\r', '\r\n'])('is read with lines that end with %j, wherever it is cut', (lineEnd) => {
    const whole = text.replaceAll('\n', lineEnd);
    for (let at = 0; at <= whole.length; at += 1) {
      expect(readAll([whole.slice(0, at), whole.slice(at)])).toEqual([next, complete]);
    }
    expect(readAll([...whole])).toEqual([next, complete]);
  });

  it('hands out an event as soon as it is whole', () => {
    const parser = new EventStreamParser(limit);
    expect(parser.read('event: next\r\ndata: {"data":{"a":1}}\r\n')).toEqual([]);
    expect(parser.read('\r')).toEqual([next]);
    expect(parser.read('\n')).toEqual([]);
    expect(parser.read('')).toEqual([]);
  });

  it('joins lines of data, takes one space off, and knows fields without a value', () => {
    expect(readAll(['data:  a\ndata:b: c\ndata\n\n'])).toEqual([{ event: 'message', data: ' a\nb: c\n' }]);
  });

  it('passes over other fields, comments and events without data', () => {
    expect(readAll(['id: 7\nretry: 10\nnonsense\n:data: x\n\nevent: next\n\ndata: 1\n\n'])).toEqual([
      { event: 'message', data: '1' },
    ]);
  });

  it('that ends in the middle of an event does not show it', () => {
    expect(readAll(['event: next\ndata: {}\n'])).toEqual([]);
  });

  it('is not read on when an event is too long, in one line or in many', () => {
    expect(() => readAll([`data: ${'x'.repeat(limit)}`])).toThrow('too long');
    expect(() => readAll(Array.from({ length: 30 }, () => `data: ${'x'.repeat(50)}\n`))).toThrow('too long');
    const short = `data: ${'x'.repeat(900)}\n\n`;
    expect(readAll([short, short, short])).toHaveLength(3);
  });
});
