// Bulk data in files, behind three threads: one writes, one answers short reads, one scans, and none holds up another.
import { join } from 'node:path';
import { BulkError, type OpenBulk, type ScanOptions } from './bulk.ts';
import type { BulkModule } from './bulk-module.ts';
import { BulkThread } from './bulk-thread.ts';
import type { BulkRole } from './messages.ts';

/** Databases are files in `directory`, which is made when the first is used. Each thread starts at its first use. */
export function bulkInThreads(directory: string): OpenBulk {
  return (module) => new ThreadedBulk(directory, module as unknown as BulkModule) as never;
}

class ThreadedBulk {
  readonly #name: string;
  readonly #writer: BulkThread;
  readonly #reader: BulkThread;
  readonly #scanner: BulkThread;
  #closed = false;

  constructor(directory: string, { name, url }: BulkModule) {
    const path = join(directory, `${name}.db`);
    const thread = (role: BulkRole): BulkThread => new BulkThread({ role, path, url });
    this.#name = name;
    this.#writer = thread('writer');
    this.#reader = thread('reader');
    this.#scanner = thread('scanner');
  }

  async write(name: string, input: unknown): Promise<unknown> {
    this.#refuseClosed();
    return this.#writer.call(name, input).result;
  }

  async read(name: string, input: unknown): Promise<unknown> {
    await this.#ready();
    return this.#reader.call(name, input).result;
  }

  async scan(name: string, input: unknown, { onFound, signal }: ScanOptions<unknown> = {}): Promise<unknown> {
    await this.#ready();
    signal?.throwIfAborted();
    const call = this.#scanner.call(name, input, onFound);
    const abort = (): void => call.cancel(signal!.reason);
    signal?.addEventListener('abort', abort);
    try {
      return await call.result;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#reader.close(), this.#scanner.close()]);
    // Last: it takes the log into the database.
    await this.#writer.close();
  }

  /** The writer makes and migrates the database: nothing is read before it has. */
  async #ready(): Promise<void> {
    this.#refuseClosed();
    await this.#writer.open();
  }

  #refuseClosed(): void {
    if (this.#closed) throw new BulkError(`${this.#name} is closed`);
  }
}
