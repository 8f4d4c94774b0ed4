// A file that a command is given, YAML or JSON.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { errorText } from './terminal/error-text.ts';
import { UsageError } from './usage-error.ts';

export interface InputFile {
  /** What errors call it. */
  readonly name: string;
  readonly value: unknown;
}

/** Reads and parses `path`, `-` being standard input; throws UsageError that names it. */
export function readInputFile(path: string): InputFile {
  const name = path === '-' ? 'standard input' : path;
  return { name, value: parseInput(readText(path, name), name) };
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(`Cannot read ${name}: ${isMissing ? 'there is no such file.' : errorText(error)}`);
  }
}

/** JSON is YAML too. */
export function parseInput(text: string, name: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new UsageError(`Cannot read ${name}: ${errorText(error).replace(/:$/, '')}.`);
  }
}
