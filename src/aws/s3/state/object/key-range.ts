// Where a list of keys begins, goes on and ends. All bounds are bytes, and all are taken in: what is behind a key begins at the key and a
// zero byte, what is behind all keys with a prefix at the next prefix.

/** Behind all keys: UTF-8 has no such byte. */
export const behindAll = Buffer.of(0xff);

/** The least key behind `key`. */
export const behindKey = (key: Buffer): Buffer => Buffer.concat([key, Buffer.of(0)]);

/** The least key that is behind all that begin with `prefix`. */
export function behindPrefix(prefix: Buffer): Buffer {
  if (prefix.length === 0) return behindAll;
  const next = Buffer.from(prefix);
  next[next.length - 1]!++;
  return next;
}

export interface ListRange {
  /** What all keys begin with. */
  readonly prefix?: string | undefined;
  /** What ends the common part of keys that are listed as one. */
  readonly delimiter?: string | undefined;
  /** A key, or a common prefix, behind which the list begins. */
  readonly after?: string | undefined;
}

/** A range as bytes. */
export interface KeyRange {
  readonly prefix: Buffer;
  readonly delimiter: Buffer | undefined;
  readonly after: Buffer | undefined;
  /** Where the list begins, and where it has ended. */
  readonly from: Buffer;
  readonly end: Buffer;
}

export function keyRange({ prefix = '', delimiter = '', after }: ListRange): KeyRange {
  const range = {
    prefix: Buffer.from(prefix),
    delimiter: delimiter === '' ? undefined : Buffer.from(delimiter),
    after: after === undefined || after === '' ? undefined : Buffer.from(after),
  };
  const behind = range.after && behindPoint(range.after, range);
  const from = behind !== undefined && Buffer.compare(behind, range.prefix) > 0 ? behind : range.prefix;
  return { ...range, from, end: behindPrefix(range.prefix) };
}

/** What follows a place in the list: where that is a common prefix, none of the keys that it stands for. */
function behindPoint(after: Buffer, range: Pick<KeyRange, 'prefix' | 'delimiter'>): Buffer {
  const common = commonPrefix(after, range);
  return common !== undefined && common.equals(after) ? behindPrefix(after) : behindKey(after);
}

/** The common prefix that a key is listed under; undefined where it is listed itself. */
export function commonPrefix(
  key: Buffer,
  { prefix, delimiter }: Pick<KeyRange, 'prefix' | 'delimiter'>,
): Buffer | undefined {
  if (delimiter === undefined || !key.subarray(0, prefix.length).equals(prefix)) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.subarray(0, at + delimiter.length);
}

/** An entry of a list: what a row is shown as, or what many are shown as. */
export type ListEntry<Row> = { readonly prefix: string } | { readonly row: Row };

export interface Listed<Row> {
  readonly entries: readonly ListEntry<Row>[];
  /** Whether there is more behind them. */
  readonly isTruncated: boolean;
}

/** Rows from a place on, in their order, read one by one as they are asked for. */
export type RowsFrom = (from: Buffer) => Iterable<Readonly<Record<string, unknown>>>;

/**
 * A page of a list. Common prefixes count as one entry each, and what they stand for is not read. A prefix that is not behind
 * `after` is left out, as S3 does.
 */
export function listPage<Row>(
  rowsFrom: RowsFrom,
  range: KeyRange,
  size: number,
  present: (row: Readonly<Record<string, unknown>>) => Row,
): Listed<Row> {
  const entries: ListEntry<Row>[] = [];
  if (size <= 0) return { entries, isTruncated: false };
  let from: Buffer | undefined = range.from;
  while (from !== undefined) {
    let next: Buffer | undefined;
    for (const row of rowsFrom(from)) {
      const key = Buffer.from(row['key'] as Uint8Array);
      const common = commonPrefix(key, range);
      const isSkipped =
        common !== undefined && range.after !== undefined && Buffer.compare(common, range.after) <= 0;
      if (!isSkipped && entries.length === size) return { entries, isTruncated: true };
      if (common === undefined) {
        entries.push({ row: present(row) });
        continue;
      }
      if (!isSkipped) entries.push({ prefix: common.toString('utf8') });
      next = behindPrefix(common);
      break;
    }
    from = next;
  }
  return { entries, isTruncated: false };
}
