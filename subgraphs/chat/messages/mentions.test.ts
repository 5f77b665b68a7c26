import { expect, it } from 'vitest';
import { findMentions } from './mentions.ts';

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
