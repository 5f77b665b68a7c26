import { describe, expect, it } from 'vitest';
import { splitWords } from './words.ts';

describe('the words of a text', () => {
  it.each([
    ['Hello, hello WORLD!', ['hello', 'world']],
    ['Crème brûlée', ['creme', 'brulee']],
    ['CRE\u0300ME', ['creme']],
    ['Straße STRASSE', ['strasse']],
    ['ΟΔΟΣ οδός', ['οδοσ']],
    ['ﬁle ＦＩＬＥ ①', ['file', '1']],
    ['İstanbul istanbul', ['istanbul']],
    ['snake_case e-mail ada@example.org', ['snake', 'case', 'e', 'mail', 'ada', 'example', 'org']],
    ['v2.10 10', ['v2', '10']],
    ['co\u00adoperate', ['cooperate']],
    ['مُحَمَّد', ['محمد']],
    ['की का', ['की', 'का']],
    ['👍 🎉 ... !?', []],
    ['\u0301\u0302', []],
    ['', []],
  ])('of %j', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it('are found in scripts that are written without spaces', () => {
    expect(splitWords('我喜欢学习')).toEqual(expect.arrayContaining(['我', '喜欢', '学习']));
    expect(splitWords('東京タワーに行く').length).toBeGreaterThan(2);
    expect(splitWords('ผมกินข้าว').length).toBeGreaterThan(1);
    expect(splitWords('release学习2')).toEqual(expect.arrayContaining(['release', '学习']));
  });

  it('tell syllables apart that only a voicing mark tells apart', () => {
    expect(splitWords('が')).not.toEqual(splitWords('か'));
    expect(splitWords('か\u3099')).toEqual(splitWords('が'));
  });

  it('are the same however the text is composed', () => {
    for (const text of ['Crème', 'Ångström', '한국어', 'が', 'tiếng Việt']) {
      expect(splitWords(text.normalize('NFD'))).toEqual(splitWords(text.normalize('NFC')));
    }
  });

  it('are found in hostile texts, too', () => {
    expect(splitWords(`a${'\u0301'.repeat(10_000)}`)).toEqual(['a']);
    expect(splitWords('\u0301'.repeat(10_000))).toEqual([]);
    expect(splitWords('a\ud800b')).toEqual(['a', 'b']);
    expect(splitWords('字'.repeat(8_000)).length).toBeGreaterThan(0);
    expect(splitWords(`'; DROP TABLE message; -- .*%_`)).toEqual(['drop', 'table', 'message']);
  });
});
