// The bytes of S3's objects, as files in the data directory that are called by ids: no key of an object is ever part of a path.
import { open, readdir, rename, rm, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectFileError, type ObjectFiles } from '../aws/s3/state/object/object-files.ts';
import { fileErrorReason } from '../lib/file-error.ts';
import { hexId } from '../lib/ids.ts';
import { makeDirectory } from '../lib/make-directory.ts';
import type { Random } from '../lib/random.ts';

/** Their place in the data directory. */
export const objectsDirectory = 's3';

/** Bytes that are read at once. */
const pieceSize = 256 * 1024;

/**
 * Files in `data`: `s3/objects/` has 256 directories, by the last two digits of the ids, `s3/incoming/` what is being written. All
 * that this run writes begins with digits of its own, so that what earlier ones left is told apart.
 */
export function objectFilesIn(data: string, random: Random): ObjectFiles {
  const [incoming, objects] = ['incoming', 'objects'].map((name) => join(data, objectsDirectory, name)) as [
    string,
    string,
  ];
  const run = hexId(random, 8);
  const made = new Set<string>();
  const directoryOf = (id: string): string => join(objects, id.slice(-2));
  const pathOf = (id: string): string => join(directoryOf(id), id);
  const ensure = (directory: string): void => {
    if (made.has(directory)) return;
    makeDirectory(directory, 0o700);
    made.add(directory);
  };
  return {
    async write(bytes) {
      const id = `${run}-${hexId(random, 24)}`;
      ensure(incoming);
      ensure(directoryOf(id));
      const temporary = join(incoming, id);
      try {
        await writeWhole(temporary, bytes);
        await namingProblem(async () => {
          await rename(temporary, pathOf(id));
          await syncDirectory(directoryOf(id));
        });
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      return id;
    },
    async *read(id, offset, size) {
      const file = await namingProblem(() => open(pathOf(id), 'r'));
      try {
        yield* readPiece(file, offset, size);
      } finally {
        await file.close();
      }
    },
    remove: (id) => unlinkIfThere(pathOf(id)),
    async *earlier() {
      const isEarlier = (name: string): boolean => !name.startsWith(`${run}-`);
      for (const name of (await namesIn(incoming)).filter(isEarlier))
        await unlinkIfThere(join(incoming, name));
      for (const shard of await namesIn(objects)) {
        const found = (await namesIn(join(objects, shard))).filter(isEarlier);
        if (found.length > 0) yield found;
      }
    },
  };
}

async function writeWhole(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await namingProblem(() => open(path, 'wx', 0o600));
  try {
    for await (const piece of bytes) await namingProblem(() => writePiece(file, piece));
    await namingProblem(() => file.sync());
  } finally {
    await file.close();
  }
}

async function writePiece(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten;
}

async function* readPiece(file: FileHandle, offset: number, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size;) {
    const wanted = Math.min(pieceSize, size - at);
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, offset + at);
    if (bytesRead === 0) throw new ObjectFileError('A file of an object is shorter than it was written.');
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** So that the name survives a crash too. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
}

/** None where there is no such directory. */
const namesIn = (path: string): Promise<string[]> =>
  readdir(path).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });

/** Errors of the disk as one that says what is wrong; others pass. */
async function namingProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new ObjectFileError(`An object cannot be kept: ${fileErrorReason(error) ?? message}`);
  }
}
