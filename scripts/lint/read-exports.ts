// The names that a source file exports.
import { parseSync } from 'oxc-parser';

export interface Export {
  readonly name: string;
  readonly line: number;
}

/** In order. Throws an Error when the file cannot be parsed. */
export function readExports(path: string, content: string): Export[] {
  const { module, errors } = parseSync(path, content);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  return module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName: { name, start } }) =>
      name === null || start === null ? [] : [{ name, line: content.slice(0, start).split('\n').length }],
    ),
  );
}
