import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const randomSecret = () => randomBytes(32).toString('base64url');

/**
 * A random secret of the data directory, made when it is first asked for and the same ever after. It is kept in
 * `<dataDirectory>/secrets/<name>`, readable by its owner alone. Of several processes that ask at once, all get the same.
 */
export async function readOrCreateSecret(
  dataDirectory: string,
  name: string,
  make: () => string = randomSecret,
): Promise<string> {
  const folder = join(dataDirectory, 'secrets');
  const path = join(folder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const scratch = `${path}.${process.pid}`;
  await writeFile(scratch, `${make()}\n`, { mode: 0o600 });
  try {
    // A link appears whole or not at all, and never replaces what another process put there first.
    await link(scratch, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(scratch, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}

/** The keys under which chat encrypts the data keys of rooms: in the form of their setting, so that the file can list several. */
export function readOrCreateEncryptionKeys(dataDirectory: string): Promise<string> {
  const make = () => `default:${randomBytes(32).toString('base64')}`;
  return readOrCreateSecret(dataDirectory, 'chat-encryption-keys', make);
}
