// A file that a command is given, YAML or JSON.
import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { fileErrorReason } from '../lib/file-error.ts';
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
    throw new UsageError(`Cannot read ${name}: ${fileErrorReason(error) ?? errorText(error)}.`);
  }
}

/** Parses JSON or YAML; throws UsageError that says where `name`, as errors call it, is neither. */
export function parseInput(text: string, name: string): unknown {
  const isJson = /^\s*[[{]/.test(text);
  if (isJson) {
    try {
      return JSON.parse(text);
    } catch {
      // YAML takes more, such as comments, and tells where it is wrong.
    }
  }
  try {
    return parse(text, { logLevel: 'error' });
  } catch (error) {
    throw new UsageError(`Cannot read ${name}: ${mistake(error, isJson)}`);
  }
}

/** What is wrong and what to look for: the parser's own words are for those who know its grammar. */
function mistake(error: unknown, isJson: boolean): string {
  const language = isJson ? 'JSON' : 'YAML';
  if (!(error instanceof YAMLParseError)) return `it is not valid ${language}.`;
  if (error.code === 'MULTIPLE_DOCS') return 'it has several YAML documents. Give one.';
  const [start] = error.linePos ?? [];
  const where = start ? `line ${start.line}, column ${start.col}` : 'its end';
  const look = isJson
    ? 'Look for a missing or extra comma, quote or bracket there or just before.'
    : 'Look at the indentation, quotes and brackets there and on the line before.';
  return `it is not valid ${language} at ${where}. ${look}`;
}
