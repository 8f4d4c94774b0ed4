// Images in Longshore's own registry, as a Docker engine pushes and pulls them, with CNCF distribution behind it.
import {
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
} from '@aws-sdk/client-ecr';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOf } from '../../src/agent/engine/docker-lines.ts';
import { readAccess } from '../../src/cli/access-file.ts';
import { describeWithDocker, testImage, type TestEngine } from './engine.ts';
import { freePort } from './free-port.ts';
import { startLongshore, type StartingProcess } from './longshore-process.ts';

const program = 'docker-registry';
const isHere = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, program)));
if (!isHere && process.env['CI']) throw new Error(`There is no ${program}, and under CI its tests must run.`);
if (!isHere) console.warn(`There is no ${program}: the tests of the registry are skipped.`);

/** A server with an empty registry, and a repository `app`. */
class Registry {
  readonly #engine: TestEngine;
  readonly #home = mkdtempSync(join(tmpdir(), 'longshore-registry-test-'));
  readonly #tags: string[] = [];
  #server!: StartingProcess;
  #port = 0;
  ecr!: ECRClient;

  constructor(engine: TestEngine) {
    this.#engine = engine;
  }

  get data(): string {
    return join(this.#home, 'data');
  }

  get image(): string {
    return `127.0.0.1:${this.#port}/app`;
  }

  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const args = ['server', '--data', this.data, '--port', String(this.#port)];
    this.#server = startLongshore(args, { HOME: this.#home, PATH: process.env['PATH'] ?? '' });
    await this.#server.until(/is ready at/);
    const { endpoint, region, accessKeyId, secretAccessKey } = readAccess(this.data);
    this.ecr = new ECRClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  }

  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    return this.#server.end(signal);
  }

  async #login(): Promise<{ username: string; password: string; serveraddress: string }> {
    const { authorizationData } = await this.ecr.send(new GetAuthorizationTokenCommand({}));
    const token = Buffer.from(authorizationData![0]!.authorizationToken!, 'base64').toString();
    return {
      username: 'AWS',
      password: token.slice('AWS:'.length),
      serveraddress: `127.0.0.1:${this.#port}`,
    };
  }

  /** Pushes what the engine calls `source` under `tag`. */
  async push(source: string, tag: string): Promise<void> {
    await this.#engine.docker.getImage(source).tag({ repo: this.image, tag });
    this.#tags.push(`${this.image}:${tag}`);
    const pushed = await this.#engine.docker
      .getImage(`${this.image}:${tag}`)
      .push({ authconfig: await this.#login() });
    for await (const line of linesOf(pushed)) if (line.includes('errorDetail')) throw new Error(line);
  }

  /** Pulls anew. */
  async pull(reference: string): Promise<void> {
    await this.#engine.docker
      .getImage(reference)
      .remove({ force: true })
      .catch(() => undefined);
    const pulled = (await this.#engine.docker.pull(reference, {
      authconfig: await this.#login(),
    })) as Readable;
    for await (const line of linesOf(pulled)) if (line.includes('errorDetail')) throw new Error(line);
    this.#tags.push(reference);
    await this.#engine.docker.getImage(reference).inspect();
  }

  /** An image with a layer of so many bytes that cannot be made smaller. */
  async bigImage(bytes: number): Promise<string> {
    const { docker } = this.#engine;
    const name = `longshore-big-${this.#port}`;
    const Cmd = ['sh', '-c', `head -c ${bytes} /dev/urandom > /big`];
    const container = await docker.createContainer({ Image: testImage, Cmd });
    await container.start();
    await container.wait();
    await container.commit({ repo: name });
    await container.remove();
    this.#tags.push(name);
    return name;
  }

  async fetch(target: string, init: RequestInit = {}): Promise<Response> {
    const { username, password } = await this.#login();
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const url = new URL(target, `http://127.0.0.1:${this.#port}`);
    return fetch(url, { ...init, headers: { authorization } });
  }

  /** Uploads a layer of so many bytes, as it is. */
  async upload(bytes: number): Promise<{ digest: string; place: string }> {
    const begun = await this.fetch('/v2/app/blobs/uploads/', { method: 'POST' });
    const chunk = Buffer.alloc(64 * 1024, 7);
    const hash = createHash('sha256');
    function* chunks(): Iterable<Buffer> {
      for (let sent = 0; sent < bytes; sent += chunk.length) {
        hash.update(chunk);
        yield chunk;
      }
    }
    const sent = await this.fetch(begun.headers.get('location')!, patchOf(chunks()));
    const digest = `sha256:${hash.digest('hex')}`;
    const ended = await this.fetch(`${sent.headers.get('location')}&digest=${digest}`, { method: 'PUT' });
    if (ended.status !== 201) throw new Error(await ended.text());
    return { digest, place: ended.headers.get('location')! };
  }

  /** Bytes of memory that the server has now. */
  async memory(): Promise<number> {
    const page = await (await fetch(`http://127.0.0.1:${this.#port}/metrics`)).text();
    return Number(/^process_resident_memory_bytes (\S+)$/m.exec(page)![1]);
  }

  async close(): Promise<void> {
    await this.end('SIGTERM');
    for (const tag of this.#tags)
      await this.#engine.docker
        .getImage(tag)
        .remove({ force: true })
        .catch(() => undefined);
    rmSync(this.#home, { recursive: true });
  }
}

const digestOfBytes = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A request whose body comes chunk by chunk. */
const patchOf = (chunks: Iterable<Buffer> | AsyncIterable<Buffer>): RequestInit => ({
  method: 'PATCH',
  body: Readable.toWeb(Readable.from(chunks)) as never,
  ...{ duplex: 'half' },
});

const repositoryName = 'app';
const mebibyte = 1024 * 1024;

describeWithDocker('the registry', (engine) => {
  describe.skipIf(!isHere)('with CNCF distribution', () => {
    const registry = new Registry(engine);
    beforeAll(async () => {
      await registry.start();
      await registry.ecr.send(new CreateRepositoryCommand({ repositoryName }));
    });
    afterAll(() => registry.close());

    const digestOf = async (imageTag: string): Promise<string> => {
      const imageIds = [{ imageTag }];
      const { imageDetails } = await registry.ecr.send(
        new DescribeImagesCommand({ repositoryName, imageIds }),
      );
      return imageDetails![0]!.imageDigest!;
    };

    it(
      'gives back what was pushed, by tag and by digest, also after it was killed',
      { timeout: 60_000 },
      async () => {
        await registry.push(testImage, 'v1');
        await registry.pull(`${registry.image}:v1`);
        await registry.end('SIGKILL');
        await registry.start();
        await registry.pull(`${registry.image}@${await digestOf('v1')}`);
        await expect(registry.pull(`${registry.image}:none`)).rejects.toThrow('manifest unknown');
      },
    );

    it('has nothing half when it is killed in the middle of a push', async () => {
      const begun = await registry.fetch('/v2/app/blobs/uploads/', { method: 'POST' });
      const chunk = Buffer.alloc(mebibyte, 9);
      async function* untilKilled(): AsyncIterable<Buffer> {
        for (let sent = 0; sent < 16; sent++) yield chunk;
        await expect.poll(() => uploadedBytes(registry.data)).toBeGreaterThan(8 * mebibyte);
        await registry.end('SIGKILL');
        throw new Error('nobody takes more');
      }
      const pushing = registry.fetch(begun.headers.get('location')!, patchOf(untilKilled()));
      await expect(pushing).rejects.toThrow();
      await registry.start();
      const digest = digestOfBytes(Buffer.alloc(16 * mebibyte, 9));
      expect((await registry.fetch(`/v2/app/blobs/${digest}`)).status).toBe(404);
      await registry.pull(`${registry.image}:v1`);
    });

    it('gives back the room of an image that was deleted', async () => {
      const held = storedBytes(registry.data);
      await registry.push(await registry.bigImage(8 * mebibyte), 'big');
      expect(storedBytes(registry.data) - held).toBeGreaterThan(8 * mebibyte);
      const imageIds = [{ imageTag: 'big' }];
      await registry.ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }));
      await expect.poll(() => manifests(registry.data)).toBe(1);
      await registry.end('SIGTERM');
      await registry.start();
      await registry.pull(`${registry.image}:v1`);
      expect(storedBytes(registry.data)).toBe(held);
    });

    it('streams a layer of 300 MB up and down, in little memory', { timeout: 60_000 }, async () => {
      const size = 300 * mebibyte;
      const before = await registry.memory();
      const { digest, place } = await registry.upload(size);
      const { status, body } = await registry.fetch(place);
      expect(status).toBe(200);
      const hash = createHash('sha256');
      for await (const chunk of body!) hash.update(chunk);
      expect(`sha256:${hash.digest('hex')}`).toBe(digest);
      expect((await registry.memory()) - before).toBeLessThan(150 * mebibyte);
    });
  });
});

const filesOf = (data: string, part: string): string[] => {
  const root = join(data, 'registry/data/docker/registry/v2', part);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
};
const sizeOf = (files: readonly string[]): number =>
  files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);

/** Of layers that have not come whole. */
const uploadedBytes = (data: string): number =>
  sizeOf(filesOf(data, 'repositories').filter((file) => file.includes('/_uploads/')));
const storedBytes = (data: string): number => sizeOf(filesOf(data, 'blobs'));
/** How many the engine has. */
const manifests = (data: string): number =>
  filesOf(data, 'repositories').filter((file) => file.includes('/_manifests/revisions/')).length;
