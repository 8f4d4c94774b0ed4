// Where the bytes of objects lie, as files that never change once they are there.

export interface ObjectFiles {
  /** Keeps bytes under a new id; resolves once they survive a crash. Rejects with what reading them threw, and then keeps nothing. */
  write(bytes: AsyncIterable<Uint8Array>): Promise<string>;
  /** A piece of a file. */
  read(file: string, offset: number, size: number): AsyncIterable<Uint8Array>;
  /** Safe to call twice. */
  remove(file: string): Promise<void>;
  /** The files that earlier runs of the server left, some at a time; what they had not finished writing is removed. */
  earlier(): AsyncIterable<readonly string[]>;
}

/** The disk has no room, or cannot be written or read; the message says why. */
export class ObjectFileError extends Error {
  override readonly name = 'ObjectFileError';
}

/** Files in memory, for simulations and tests. */
export function filesInMemory(): ObjectFiles {
  const files = new Map<string, Buffer>();
  let last = 0;
  return {
    async write(bytes) {
      const pieces: Uint8Array[] = [];
      // A piece is its sender's to use again.
      for await (const piece of bytes) pieces.push(Buffer.from(piece));
      const id = `memory-${++last}`;
      files.set(id, Buffer.concat(pieces));
      return id;
    },
    async *read(file, offset, size) {
      const found = files.get(file);
      if (found === undefined) throw new ObjectFileError(`${file} is not there`);
      yield found.subarray(offset, offset + size);
    },
    async remove(file) {
      files.delete(file);
    },
    async *earlier() {
      // What was in memory is gone with its process.
    },
  };
}
