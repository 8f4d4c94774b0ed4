// A process to be killed: puts objects and uploads without end, and prints the key of each once it is acknowledged. Arguments: directory, round.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bulkInThreads } from '../../src/bulk/bulk-in-threads.ts';
import { bulkModule } from '../../src/aws/s3/state/object-database.ts';
import { Objects } from '../../src/aws/s3/state/objects.ts';
import type { Content } from '../../src/aws/s3/state/object/content.ts';
import { silentLog } from '../../src/lib/log.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { objectFilesIn } from '../../src/server/object-files-in-directory.ts';

const [directory, round] = [process.argv[2]!, process.argv[3]!];
const objects = new Objects(
  bulkInThreads(join(directory, 'bulk'))(bulkModule),
  objectFilesIn(directory, systemRandom),
  silentLog,
);

async function* bytesOf(key: string): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < 4; piece++) yield Buffer.alloc(20_000, key);
}

const record = {
  headers: {},
  metadata: {},
  tags: [],
  storageClass: 'STANDARD',
  encryption: { algorithm: 'AES256' },
  owner: '0',
  acl: 'private',
};
const put = {
  bucket: 'b',
  versioning: undefined,
  versionId: 'v',
  modified: 1,
  conditions: {},
};

const hashOf = async (key: string): Promise<string> => {
  const md5 = createHash('md5');
  for await (const piece of bytesOf(key)) md5.update(piece);
  return md5.digest('hex');
};

/** One object, over what may be there already. */
async function putOne(key: string): Promise<void> {
  const file = await objects.keep(bytesOf(key));
  const content: Content = [[file, 0, 80_000]];
  const version = { size: 80_000, etag: await hashOf(key), record, content };
  const written = await objects.database.write('putVersion', { ...put, key, version, fresh: file });
  if (typeof written !== 'string') objects.removeUnused(written.unused);
}

/** One of two parts. */
async function uploadOne(key: string): Promise<void> {
  const name = { bucket: 'b', key, id: key };
  await objects.database.write('beginUpload', { ...name, started: 1, record });
  const contents: Content[] = [];
  for (const number of [1, 2]) {
    const file = await objects.keep(bytesOf(key));
    const content: Content = [[file, 0, 80_000]];
    contents.push(content);
    const part = { number, size: 80_000, etag: 'e', modified: 1, content };
    await objects.database.write('addPart', { ...name, part, fresh: file });
  }
  const content = contents.flat();
  const version = { size: 160_000, etag: await hashOf(key), record, content };
  const parts = [1, 2].map((number) => [number, 'e'] as const);
  await objects.database.write('completeUpload', { ...put, key, upload: key, parts, version });
}

async function caller(name: string): Promise<never> {
  for (let at = 0; ; at++) {
    // Some are written over again and again.
    const key = at % 3 === 0 ? `again-${name}` : `${round}-${name}-${at}`;
    await (at % 3 === 1 ? uploadOne(key) : putOne(key));
    process.stdout.write(`${key}\n`);
  }
}

await Promise.all(['x', 'y', 'z'].map(caller));
