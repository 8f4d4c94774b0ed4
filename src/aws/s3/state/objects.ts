// Objects as a whole: rows in the database, bytes in files, and that each goes with the other. Bytes are there before the row that names
// them, and go after it; what a crash leaves between is removed at the next start.
import type { Log } from '../../../lib/log.ts';
import { slice, type Content } from './object/content.ts';
import { FileHolds, type FileHold } from './object/file-holds.ts';
import type { ObjectDatabase } from './object-database.ts';
import type { ObjectFiles } from './object/object-files.ts';

/** How many unused files are looked for at once. */
const sweepSize = 500;

export class Objects {
  readonly database: ObjectDatabase;
  readonly #files: ObjectFiles;
  readonly #holds = new FileHolds();
  readonly #log: Log;
  #closed = false;

  constructor(database: ObjectDatabase, files: ObjectFiles, log: Log) {
    this.database = database;
    this.#files = files;
    this.#log = log;
  }

  /** Keeps bytes in a new file. Whoever does not write a row that names it discards it. */
  keep(bytes: AsyncIterable<Uint8Array>): Promise<string> {
    return this.#files.write(bytes);
  }

  /** To be taken before an object is looked for whose bytes are to be read. */
  hold(): FileHold {
    return this.#holds.hold();
  }

  /** The bytes of a part of a content, file after file; the hold is released once they are read, or nobody reads on, or at all. */
  read(content: Content, start: number, size: number, hold: FileHold): AsyncIterable<Uint8Array> {
    const pieces = this.#pieces(slice(content, start, size));
    const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      try {
        const result = await pieces.next();
        if (result.done === true) hold.release();
        return result;
      } catch (error) {
        hold.release();
        throw error;
      }
    };
    // A generator that was never asked would not notice that nobody will.
    const end = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
      await pieces.return(undefined);
      hold.release();
      return { done: true, value: undefined };
    };
    return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
  }

  /** A file that no row has come to name. */
  discard(file: string): Promise<void> {
    return this.#files.remove(file);
  }

  /** Removes files that nothing lies in any more, in the background, once nobody reads them. */
  removeUnused(files: readonly string[]): void {
    if (files.length === 0 || this.#closed) return;
    this.#remove(files).catch((error: unknown) => {
      if (!this.#closed) this.#log.warn({ error }, 'files of deleted objects could not be removed');
    });
  }

  /** Removes what earlier runs left: files without a row, and files that were to be removed. */
  async sweep(): Promise<void> {
    try {
      await this.#sweepFiles();
      await this.#sweepUnused();
    } catch (error) {
      // What is closed meanwhile is swept by the next run.
      if (!this.#closed) throw error;
    }
  }

  async #sweepFiles(): Promise<void> {
    for await (const files of this.#files.earlier()) {
      if (this.#closed) return;
      const unknown = await this.database.read('unknownFiles', files);
      for (const file of unknown) await this.#files.remove(file);
    }
  }

  async #sweepUnused(): Promise<void> {
    for (;;) {
      const unused = await this.database.read('unusedFiles', sweepSize);
      if (unused.length === 0 || this.#closed) return;
      await this.#remove(unused);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.database.close();
  }

  async *#pieces(content: Content): AsyncGenerator<Uint8Array, undefined, undefined> {
    for (const [file, offset, length] of content) yield* this.#files.read(file, offset, length);
    return undefined;
  }

  async #remove(files: readonly string[]): Promise<void> {
    await Promise.all(
      files.map(async (file) => {
        await this.#holds.free(file);
        await this.#files.remove(file);
      }),
    );
    if (!this.#closed) await this.database.write('forgetFiles', files);
  }
}
