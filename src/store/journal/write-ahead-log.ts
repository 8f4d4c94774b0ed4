// How far SQLite's write-ahead log can be read: where a log that lost its end was cut, or first damaged.
// The format is SQLite's: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
import { readFileSync } from 'node:fs';

const headerBytes = 32;
const frameHeaderBytes = 24;
/** The magic number's last bit says in which byte order checksums are made. */
const magic = 0x377f0682;

export interface LogExtent {
  /** Of the file. */
  readonly bytes: number;
  /** Where the last transaction that can be read ends. */
  readonly readableBytes: number;
}

/** Reads the log at `path`; undefined when there is none. */
export function logExtent(path: string): LogExtent | undefined {
  let log: Buffer;
  try {
    log = readFileSync(path);
  } catch {
    return undefined;
  }
  return { bytes: log.length, readableBytes: readableBytes(log) };
}

type Sums = readonly [number, number];

function readableBytes(log: Buffer): number {
  if (log.length < headerBytes || (log.readUInt32BE(0) & ~1) >>> 0 !== magic) return 0;
  const word =
    (log.readUInt32BE(0) & 1) === 1
      ? (at: number) => log.readUInt32BE(at)
      : (at: number) => log.readUInt32LE(at);
  const frameBytes = frameHeaderBytes + log.readUInt32BE(8);
  let sums = checksum(word, [0, 0], 0, headerBytes - 8);
  if (!hasSums(log, headerBytes - 8, sums)) return 0;
  let readable = headerBytes;
  for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes) {
    // Salts of another generation: what a checkpoint left behind.
    if (log.compare(log, at + 8, at + 16, 16, 24) !== 0) break;
    sums = checksum(word, checksum(word, sums, at, 8), at + frameHeaderBytes, frameBytes - frameHeaderBytes);
    if (!hasSums(log, at + 16, sums)) break;
    const isCommit = log.readUInt32BE(at + 4) !== 0;
    if (isCommit) readable = at + frameBytes;
  }
  return readable;
}

function checksum(word: (at: number) => number, [first, second]: Sums, from: number, bytes: number): Sums {
  let [one, two] = [first, second];
  for (let at = from; at < from + bytes; at += 8) {
    one = (one + word(at) + two) >>> 0;
    two = (two + word(at + 4) + one) >>> 0;
  }
  return [one, two];
}

const hasSums = (log: Buffer, at: number, [first, second]: Sums): boolean =>
  log.readUInt32BE(at) === first && log.readUInt32BE(at + 4) === second;
