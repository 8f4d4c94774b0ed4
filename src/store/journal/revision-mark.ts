// The last revision that was acknowledged, in a file of its own: what a log that lost its end is found out by.
import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { namingFile, withFileName } from '../../lib/sqlite.ts';

/** A batch that was on disk, and so could be acknowledged, when this was written. */
export interface Mark {
  readonly revision: number;
  /** The checksum of the batch. */
  readonly batch: number;
}

/** Written in turns, each in a sector of its own: a write that a power cut breaks leaves the one before. */
const slots = 2;
const slotBytes = 512;

function slotText({ revision, batch }: Mark): string {
  const text = `revision ${revision} batch ${batch}`;
  return `${`${text} check ${crc32(text)}`.padEnd(slotBytes - 1)}\n`;
}

function readSlot(text: string): Mark | undefined {
  const found = /^(revision (\d+) batch (\d+)) check (\d+) *\n$/.exec(text);
  if (found === null || crc32(found[1]!) !== Number(found[4])) return undefined;
  return { revision: Number(found[2]), batch: Number(found[3]) };
}

/** The mark in the file; `missing` without one, `damaged` where nothing of it can be read. */
export function readMark(path: string): Mark | 'missing' | 'damaged' {
  try {
    const marks = readSlots(path);
    return marks[newest(marks)] ?? 'damaged';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw withFileName(path, error);
  }
}

function readSlots(path: string): (Mark | undefined)[] {
  const text = readFileSync(path, 'latin1');
  return Array.from({ length: slots }, (_, slot) =>
    readSlot(text.slice(slot * slotBytes, (slot + 1) * slotBytes)),
  );
}

/** The slot that was written last. */
const newest = ([first, second]: readonly (Mark | undefined)[]): number =>
  (second?.revision ?? -1) > (first?.revision ?? -1) ? 1 : 0;

/** Makes the file, or makes it anew; when it returns, the mark is on disk. */
export function replaceMark(path: string, mark: Mark): void {
  namingFile(path, () => {
    const temporary = `${path}.new`;
    writeFileSync(temporary, slotText(mark).repeat(slots), { mode: 0o600, flush: true });
    renameSync(temporary, path);
    syncDirectory(dirname(path));
  });
}

/** Makes names in the directory durable: what was made, renamed or removed. */
export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** The open file. It has to be there. */
export class RevisionMark {
  readonly #path: string;
  readonly #file: number;
  #last: Mark | undefined;
  #slot: number;
  #unsynced = false;

  constructor(path: string) {
    this.#path = path;
    this.#file = namingFile(path, () => openSync(path, 'r+'));
    const marks = readSlots(path);
    this.#last = marks[newest(marks)];
    this.#slot = (newest(marks) + 1) % slots;
  }

  /** Writes it as far as the system: the end of this process does not lose it, a power cut may until `sync`. */
  write(mark: Mark): void {
    if (mark.revision === this.#last?.revision && mark.batch === this.#last.batch) return;
    namingFile(this.#path, () => writeSync(this.#file, slotText(mark), this.#slot * slotBytes));
    this.#last = mark;
    this.#slot = (this.#slot + 1) % slots;
    this.#unsynced = true;
  }

  /** When it returns, what was written is on disk. */
  sync(): void {
    if (this.#unsynced) namingFile(this.#path, () => fdatasyncSync(this.#file));
    this.#unsynced = false;
  }

  /** The same beside other work; `failed` is told when it cannot be. */
  syncLater(failed: (error: Error) => void): void {
    if (!this.#unsynced) return;
    this.#unsynced = false;
    fdatasync(this.#file, (error) => {
      if (error) failed(withFileName(this.#path, error));
    });
  }

  /** Without `sync`, a power cut may lose what was written last. */
  close(): void {
    closeSync(this.#file);
  }
}
