import { describe, expect, it } from 'vitest';
import { parseLine, parseText } from './text.ts';

describe('a text', () => {
  it.each([
    ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['\ttabs and \u{1f469}\u200d\u{1f52c} stay', '\ttabs and \u{1f469}\u200d\u{1f52c} stay'],
    ['مرحبا', 'مرحبا'],
  ])('%o is kept as %o', (input, text) => {
    expect(parseText(input, 100)).toEqual({ text });
  });

  it.each([
    ['', 'empty'],
    [' \n\u200b\u00a0', 'empty'],
    ['\u200b\u200d\u2060\ufeff', 'empty'],
    ['\u3164\u115f\uffa0\u2800', 'empty'],
    ['a\u0000', 'invalid'],
    ['a\u009bb', 'invalid'],
    ['\ud800', 'invalid'],
    ['xxxxx', 'too long'],
    ['x'.repeat(9), 'too long'],
  ])('%o is refused as %s', (input, problem) => {
    expect(parseText(input, 4)).toEqual({ problem });
  });

  it('is measured in code points, not in UTF-16 units', () => {
    expect(parseText('🎵🎵🎵🎵', 4)).toEqual({ text: '🎵🎵🎵🎵' });
    expect(parseText('🎵🎵🎵🎵x', 4)).toEqual({ problem: 'too long' });
  });
});

describe('a line', () => {
  it('loses the white space around it', () => {
    expect(parseLine('  a b \n', 10)).toEqual({ text: 'a b' });
  });

  it.each(['a\nb', 'a\tb', 'a\u2028b'])('%o is refused', (input) => {
    expect(parseLine(input, 10)).toEqual({ problem: 'invalid' });
  });
});
