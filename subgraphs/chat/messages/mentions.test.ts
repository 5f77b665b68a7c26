import { describe, expect, it } from 'vitest';
import { findMentions, mentionsEverybody } from './mentions.ts';

it.each([
  ['hello @Ada', ['ada']],
  ['@ada, @grace_h! (@ADA)', ['ada', 'grace_h']],
  ['@ada@grace', ['ada']],
  ['write to ada@example.org', []],
  ['a.@ada and -@ada', []],
  ['@ab is too short', []],
  [`@${'x'.repeat(51)} is too long`, []],
  ['@@ada', []],
])('%o mentions %o', (text, handles) => {
  expect(findMentions(text)).toEqual(handles);
});

it('looks at no more than fifty', () => {
  const text = Array.from({ length: 60 }, (_, index) => `@user_${index}`).join(' ');
  expect(findMentions(text)).toHaveLength(50);
});

describe('a text that mentions everybody', () => {
  it.each(['@room', 'hello @ROOM!', '(@room)', 'you@example.org, @room', '@one, @two and @Room'])('%s', (text) => {
    expect(mentionsEverybody(text)).toBe(true);
    expect(findMentions(text)).not.toContain('room');
  });

  it('does so after however many others', () => {
    const others = Array.from({ length: 200 }, (_, number) => `@person_${number}`).join(' ');
    expect(mentionsEverybody(`${others} @room`)).toBe(true);
  });

  it.each(['room', 'me@room', '@rooms', '@room_mate', '@@room', '@ room', ''])('is not: %s', (text) => {
    expect(mentionsEverybody(text)).toBe(false);
  });
});
