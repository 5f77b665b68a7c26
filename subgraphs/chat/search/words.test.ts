import { describe, expect, it } from 'vitest';
import { splitWords } from './words.ts';

describe('the words of a text', () => {
  it.each([
    ['Release-Planung für ÉTÉ 2026!', ['release', 'planung', 'fur', 'ete', '2026']],
    ['one One ONE', ['one']],
    ['\uff26\uff55\uff4c\uff4c ﬁle ①', ['full', 'file', '1']],
    ['İstanbul e\u0301', ['istanbul', 'e']],
    ['Москва, Αθήνα', ['москва', 'αθηνα']],
    ['snake_case a.b@c', ['snake', 'case', 'a', 'b', 'c']],
    ['今日は良い天気', ['今日', 'は', '良い', '天気']],
    ['\u200b\ud800 !?… 🎉', []],
    ['', []],
  ])('of %o are %o', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});
