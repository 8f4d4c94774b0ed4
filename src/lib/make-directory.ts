// Makes directories one by one. Node's own recursive mkdir never returns where a file system takes none, as below /proc.
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileErrorReason } from './file-error.ts';

/** A directory could not be made; the message is a sentence without its full stop, and names it. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

/** Makes `path` and the directories to it that are missing, each with `mode`; throws a DirectoryError. */
export function makeDirectory(path: string, mode = 0o777): void {
  const wanted = resolve(path);
  for (const directory of missingDirectories(wanted)) {
    try {
      mkdirSync(directory, mode);
    } catch (error) {
      // Somebody else made it in the meantime.
      if (isDirectory(directory)) continue;
      throw new DirectoryError(refusal(wanted, directory, error), error);
    }
  }
}

/** From the outermost to `path`; none where it is there. */
function missingDirectories(path: string): string[] {
  const missing: string[] = [];
  for (let directory = path; !isDirectory(directory); directory = dirname(directory)) {
    missing.unshift(directory);
    if (directory === dirname(directory)) break;
  }
  return missing;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function refusal(wanted: string, directory: string, error: unknown): string {
  const where = directory === wanted ? '' : `${directory}, above it: `;
  return `The directory ${wanted} cannot be made: ${where}${reasonOf(directory, error)}`;
}

function reasonOf(directory: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') return 'a file has that name';
  if (code === 'ENOENT') return `no directories can be made in ${dirname(directory)}`;
  if (code === 'EACCES' || code === 'EPERM') return `this user may not write to ${dirname(directory)}`;
  return fileErrorReason(error) ?? message;
}
