import { describe, expect, it } from 'vitest';
import { createLazyMembers } from './lazy-members.ts';

describe('an object with lazy members', () => {
  const made: string[] = [];
  const create = createLazyMembers({
    first(name: string) {
      made.push(`first of ${name}`);
      return { name };
    },
    second(name: string) {
      made.push(`second of ${name}`);
      return name.length;
    },
  });

  it('has each made once, when it is asked for, from what the object was made from', () => {
    const [one, other] = [create('one'), create('other')];
    expect(made).toEqual([]);
    expect([one.first, other.second, one.first]).toEqual([{ name: 'one' }, 5, { name: 'one' }]);
    expect(one.first).toBe(one.first);
    expect(made).toEqual(['first of one', 'second of other']);
  });

  it('shares them with its copies, as Apollo Server makes one of each context', () => {
    const original = create('original');
    const copy: typeof original = Object.assign(Object.create(Object.getPrototypeOf(original)), original);
    expect(copy.first).toBe(original.first);
  });
});
