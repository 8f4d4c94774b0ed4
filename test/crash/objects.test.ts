// Whatever PutObject and CompleteMultipartUpload acknowledged is there after kill -9, whole; nothing else is, and no file that nothing names stays.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bulkInThreads } from '../../src/bulk/bulk-in-threads.ts';
import { bulkModule } from '../../src/aws/s3/state/object-database.ts';
import { Objects } from '../../src/aws/s3/state/objects.ts';
import { silentLog } from '../../src/lib/log.ts';
import { seededRandom, systemRandom } from '../../src/lib/random.ts';
import { objectFilesIn } from '../../src/server/object-files-in-directory.ts';

const rounds = Number(process.env['LONGSHORE_CRASH_ROUNDS'] ?? 6);
const writer = fileURLToPath(new URL('object-writer.ts', import.meta.url));

/** Kills the writer once it has acknowledged so many objects; answers the keys of all that it acknowledged. */
async function killAfter(directory: string, round: number, count: number): Promise<string[]> {
  const child = spawn(process.execPath, [writer, directory, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

const filesIn = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];

/** Opens what the killed process left, as a start does; checks every object, and answers their keys. */
async function examine(directory: string): Promise<Set<string>> {
  const objects = new Objects(
    bulkInThreads(join(directory, 'bulk'))(bulkModule),
    objectFilesIn(directory, systemRandom),
    silentLog,
  );
  await objects.sweep();
  const { entries } = await objects.database.read('listObjects', { bucket: 'b', size: 100_000 });
  const named = new Set<string>();
  const keys = new Set<string>();
  for (const entry of entries) {
    if (!('row' in entry)) continue;
    const { key } = entry.row;
    keys.add(key);
    const { content, size, etag } = (await objects.database.read('getVersion', { bucket: 'b', key }))!;
    for (const [file] of content) named.add(file);
    // An upload is twice what its hash is of.
    const md5 = createHash('md5');
    const hold = objects.hold();
    for await (const piece of objects.read(content, size - 80_000, 80_000, hold)) md5.update(piece);
    expect(md5.digest('hex'), key).toBe(etag);
  }
  const { entries: uploads } = await objects.database.read('listUploads', { bucket: 'b', size: 1000 });
  for (const entry of uploads) {
    if (!('row' in entry)) continue;
    const parts = await objects.database.read('listParts', { upload: entry.row.id, after: 0, size: 10 });
    for (const { content } of parts) for (const [file] of content) named.add(file);
  }
  expect(filesIn(join(directory, 's3', 'incoming'))).toEqual([]);
  expect(filesIn(join(directory, 's3', 'objects')).toSorted()).toEqual([...named].toSorted());
  await objects.close();
  return keys;
}

it(
  `keeps every acknowledged object, and no other file, through ${rounds} kills`,
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'objects-crash-'));
    const random = seededRandom(9);
    const acknowledged = new Set<string>();
    try {
      for (let round = 0; round < rounds; round++) {
        const count = 1 + Math.floor(random.next() ** 2 * 60);
        for (const key of await killAfter(directory, round, count)) acknowledged.add(key);
        const found = await examine(directory);
        for (const key of acknowledged) expect(found.has(key), key).toBe(true);
      }
      expect(statSync(join(directory, 's3', 'objects')).mode & 0o777).toBe(0o700);
      const [shard] = readdirSync(join(directory, 's3', 'objects'));
      const [file] = readdirSync(join(directory, 's3', 'objects', shard!));
      if (file !== undefined)
        expect(statSync(join(directory, 's3', 'objects', shard!, file)).mode & 0o777).toBe(0o600);
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
  20_000 * rounds,
);
