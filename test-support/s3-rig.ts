// A whole control plane in memory, spoken to by the S3 client of the AWS SDK.
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type GetObjectCommandInput,
  type ListObjectsV2CommandInput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { filesInMemory, type ObjectFiles } from '../src/aws/s3/state/object/object-files.ts';
import { buckets } from '../src/aws/s3/state/bucket/buckets.ts';
import type { ControlPlaneOptions } from '../src/server/control-plane.ts';
import { EcsRig } from './ecs-rig.ts';

/** Files in memory, and how many there are. */
export class CountedFiles implements ObjectFiles {
  readonly #files = filesInMemory();
  readonly there = new Set<string>();

  async write(bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const id = await this.#files.write(bytes);
    this.there.add(id);
    return id;
  }

  read(file: string, offset: number, size: number): AsyncIterable<Uint8Array> {
    return this.#files.read(file, offset, size);
  }

  async remove(file: string): Promise<void> {
    await this.#files.remove(file);
    this.there.delete(file);
  }

  earlier(): AsyncIterable<readonly string[]> {
    return this.#files.earlier();
  }
}

export class S3Rig {
  readonly ecs: EcsRig;
  readonly s3: S3Client;
  readonly files: CountedFiles;

  constructor(ecs: EcsRig, files: CountedFiles) {
    this.ecs = ecs;
    this.files = files;
    this.s3 = this.client();
  }

  /** One that has the bucket `bucket`. */
  static async open(options: Partial<ControlPlaneOptions> = {}): Promise<S3Rig> {
    const files = new CountedFiles();
    return S3Rig.over(await EcsRig.open({ objectFiles: files, ...options }), files);
  }

  /** One whose server was opened with these files. */
  static async over(ecs: EcsRig, files: CountedFiles): Promise<S3Rig> {
    const rig = new S3Rig(ecs, files);
    await rig.s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    return rig;
  }

  /** As the administrator. */
  client(): S3Client {
    const client = this.ecs.clientOf(S3Client);
    client.config.forcePathStyle = true;
    return client;
  }

  put(Key: string, Body: PutObjectCommandInput['Body'] = Key, input: Partial<PutObjectCommandInput> = {}) {
    return this.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key, Body, ...input }));
  }

  /** The text of an object, and what else was told of it. */
  async get(Key: string, input: Partial<GetObjectCommandInput> = {}) {
    const { Body, ...head } = await this.s3.send(new GetObjectCommand({ Bucket: 'bucket', Key, ...input }));
    return { text: await Body!.transformToString(), ...head };
  }

  /** Keys, and common prefixes. */
  async list(input: Partial<ListObjectsV2CommandInput> = {}): Promise<string[]> {
    const { Contents = [], CommonPrefixes = [] } = await this.s3.send(
      new ListObjectsV2Command({ Bucket: 'bucket', ...input }),
    );
    return [...Contents.map(({ Key }) => Key!), ...CommonPrefixes.map(({ Prefix }) => Prefix!)];
  }

  async versions() {
    const { Versions = [], DeleteMarkers = [] } = await this.s3.send(
      new ListObjectVersionsCommand({ Bucket: 'bucket' }),
    );
    return { versions: Versions, markers: DeleteMarkers };
  }

  setVersioning(Status: 'Enabled' | 'Suspended'): void {
    this.ecs.controlPlane.store.update((tx) => {
      const table = tx.table(buckets);
      table.put({ ...table.get('bucket')!, versioning: { Status } });
    });
  }
}
