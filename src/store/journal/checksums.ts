// Checksums of what is stored: of each row, of all rows together, and of each batch with the one before it.
import { crc32 } from 'node:zlib';

/** Of a row where it lies: its table, its key, and its JSON, which holds its version. */
export const rowChecksum = (table: string, key: string, json: string): number =>
  crc32(json, crc32(`${table}\0${key}\0`));

/** Of sums of checksums, which stay exact below 2^53. */
export const checksumModulus = 2 ** 48;

/** All rows together, whatever their order: a row that is missing, twice there or an older one shows. */
export interface Digest {
  readonly rows: number;
  /** Of the rows' checksums. */
  readonly sum: number;
}

/** The digest once a row's checksum went from `before` to `after`; undefined where there is no row. */
export const changedDigest = (
  { rows, sum }: Digest,
  before: number | undefined,
  after: number | undefined,
): Digest => ({
  rows: rows + (before === undefined ? 0 : -1) + (after === undefined ? 0 : 1),
  sum: (sum - (before ?? 0) + (after ?? 0) + checksumModulus) % checksumModulus,
});

/** What a batch left: a link of the chain of batches. */
export interface BatchRecord extends Digest {
  /** Counts batches, and migrations. */
  readonly number: number;
  /** That of the last commit in it. */
  readonly revision: number;
  /** Checksum of what it changed. */
  readonly changes: number;
  /** The checksum of the batch before it; 0 for the first. */
  readonly previous: number;
  /** Of all the above. */
  readonly checksum: number;
}

const batchChecksum = ({
  number,
  revision,
  rows,
  sum,
  changes,
  previous,
}: Omit<BatchRecord, 'checksum'>): number =>
  crc32([number, revision, rows, sum, changes, previous].join(' '));

/** Continues the chain after `last`; undefined begins one. */
export function nextBatch(
  last: BatchRecord | undefined,
  batch: Pick<BatchRecord, 'revision' | 'rows' | 'sum' | 'changes'>,
): BatchRecord {
  const link = { ...batch, number: (last?.number ?? 0) + 1, previous: last?.checksum ?? 0 };
  return { ...link, checksum: batchChecksum(link) };
}

/** Whether `batch` is whole, and follows `before` where that is known. */
export const continues = (before: BatchRecord | undefined, batch: BatchRecord): boolean =>
  batch.checksum === batchChecksum(batch) &&
  (before === undefined || (batch.number === before.number + 1 && batch.previous === before.checksum));
