import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  commonPasswordsPath,
  encodePasswords,
  normalizePassword,
} from '../subgraphs/auth/passwords/common-passwords.ts';
import { isMain, repositoryPath, runCommand, ToolError } from './command-line.ts';

const usage = `node_modules/.bin/node tools/password-filter.ts <word list> ...

Writes the list of common passwords that auth refuses. A word list is plain text with one password a line. What was in the
list before and is in none of the word lists is gone afterwards.`;

/** What auth's length rule lets through, in code points. The rest would only make the file larger. */
const passwordLimits = { minimum: 8, maximum: 128 } as const;

/**
 * The lists have the short runs of these and few of the long ones, which are no harder to guess. The first are one character
 * each.
 */
const sequences = [
  ...'abcdefghijklmnopqrstuvwxyz0123456789 !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  'abcdefghijklmnopqrstuvwxyz',
  '1234567890',
  '!@#$%^&*()_+',
  // Keyboards row by row: English, German, French, Russian.
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'йцукенгшщзхъфывапролджэячсмитьбю',
  'qwertyuiop[]',
  "asdfghjkl;'",
  'zxcvbnm,./',
  // Keyboards column by column, and two rows at a time.
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
];

/** Bounds what the sequences add to the file: this much is a twentieth of it. */
const longestSequence = 64;

async function runPasswordFilter(commandLine: string[]): Promise<boolean> {
  const { values, positionals: paths } = parseArgs({
    args: commandLine,
    allowPositionals: true,
    options: { help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(usage);
    return true;
  }
  if (paths.length === 0) throw new ToolError(usage);
  const passwords = new Set(listSequences());
  console.log(`${passwords.size} sequences`);
  for (const path of paths) {
    const before = passwords.size;
    for (const password of await readWordList(path)) passwords.add(password);
    console.log(`${passwords.size - before} more from ${path}`);
  }
  const file = encodePasswords(passwords);
  await writeFile(commonPasswordsPath, file);
  console.log(`wrote ${repositoryPath(commonPasswordsPath)}: ${passwords.size} passwords in ${file.length} bytes`);
  return true;
}

/** The passwords of a file, normalized, without those that the length rule refuses anyway. */
async function readWordList(path: string): Promise<string[]> {
  const content = await readFile(path, 'utf8').catch((error: Error) => {
    throw new ToolError(`${path} cannot be read: ${error.message}`);
  });
  const lines = content.split(/\r?\n/);
  return lines.map(normalizePassword).filter((password) => {
    const { length } = [...password];
    return length >= passwordLimits.minimum && length <= passwordLimits.maximum;
  });
}

/** What one reads going round a sequence, from any place and in both directions; of one character, it over and over. */
function* listSequences(): Generator<string> {
  for (const sequence of sequences.flatMap((forwards) => [forwards, [...forwards].reverse().join('')])) {
    const circle = sequence.repeat(1 + Math.ceil(longestSequence / sequence.length));
    for (let start = 0; start < sequence.length; start += 1) {
      for (let length = passwordLimits.minimum; length <= longestSequence; length += 1) {
        yield circle.slice(start, start + length);
      }
    }
  }
}

if (isMain(import.meta)) await runCommand(() => runPasswordFilter(process.argv.slice(2)));
