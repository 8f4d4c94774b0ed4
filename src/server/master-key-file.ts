// The master key as a file in the data directory, which only the server's own user may read.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileErrorReason } from '../lib/file-error.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import { ensurePrivateFile } from '../lib/private-file.ts';
import { MasterKeyError, masterKeyLength, type MasterKeyHolder } from './master-key.ts';

/** Its name in the data directory. */
export const masterKeyFile = 'master.key';

const form = new RegExp(`^[0-9a-f]{${masterKeyLength * 2}}\n$`);

/** The key in `directory`, as one line of hex digits. */
export function keyInFile(directory: string): MasterKeyHolder {
  const path = join(directory, masterKeyFile);
  return { place: path, read: () => readKey(path), keep: (key) => keepKey(directory, path, key) };
}

function readKey(path: string): Uint8Array | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  if (!form.test(text))
    throw new MasterKeyError(
      `${path} does not contain a key: it should be ${masterKeyLength * 2} hex digits`,
    );
  ensurePrivateFile(path);
  return Buffer.from(text.trim(), 'hex');
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new MasterKeyError(
      `${path} cannot be read: ${fileErrorReason(error) ?? (error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** Under its name once it is whole: a crash leaves no half of a key. */
function keepKey(directory: string, path: string, key: Uint8Array): void {
  makeDirectory(directory, 0o700);
  const part = `${path}.part`;
  rmSync(part, { force: true });
  const file = openSync(part, 'wx', 0o600);
  try {
    writeSync(file, `${Buffer.from(key).toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
  syncDirectory(directory);
}

function syncDirectory(directory: string): void {
  const opened = openSync(directory, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
