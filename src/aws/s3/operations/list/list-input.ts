// What lists of keys take alike.
import { invalidArgument } from '../../errors.ts';
import type { WriteKey } from '../../present/object.ts';
import type { ListEntry } from '../../state/object/key-range.ts';

const most = 1000;

/** How many entries a page has at most; throws InvalidArgument. */
export function pageSize(asked: number | undefined, name = 'max-keys'): number {
  if (asked !== undefined && asked < 0)
    throw invalidArgument(
      `Argument ${name} must be an integer between 0 and 2147483647`,
      name,
      String(asked),
    );
  return Math.min(asked ?? most, most);
}

/** How keys are written: S3 leaves slashes as they are, and writes a space as a plus. */
export const keyWriter = (encoding: string | undefined): WriteKey =>
  encoding === 'url'
    ? (key) =>
        encodeURIComponent(key)
          .replace(/%2F/g, '/')
          .replace(/%20/g, '+')
          .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    : (key) => key;

export const rowsOf = <Row>(entries: readonly ListEntry<Row>[]): Row[] =>
  entries.flatMap((entry) => ('row' in entry ? [entry.row] : []));

export const prefixesOf = (entries: readonly ListEntry<unknown>[], write: WriteKey): { Prefix: string }[] =>
  entries.flatMap((entry) => ('prefix' in entry ? [{ Prefix: write(entry.prefix) }] : []));

/** Where a page has ended: a key, or a common prefix. */
export function placeOf<Row extends { readonly key: string }>(
  entry: ListEntry<Row> | undefined,
): string | undefined {
  if (entry === undefined) return undefined;
  return 'prefix' in entry ? entry.prefix : entry.row.key;
}

export const optional = (text: string | undefined, write: WriteKey): string | undefined =>
  text === undefined ? undefined : write(text);
