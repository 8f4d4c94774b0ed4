// What tests of a bucket's settings begin with: a bucket, and calls about it in few words.
import { CreateBucketCommand, S3Client, type CreateBucketCommandInput } from '@aws-sdk/client-s3';
import { sign } from '../../../src/wire/sigv4/sign.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';

export class BucketRig {
  readonly ecs: EcsRig;
  readonly s3: S3Client;

  constructor(ecs: EcsRig) {
    this.ecs = ecs;
    this.s3 = ecs.clientOf(S3Client);
  }

  /** With the bucket `photos`. */
  static async open(): Promise<BucketRig> {
    const rig = new BucketRig(await EcsRig.open());
    await rig.create('photos');
    return rig;
  }

  create(Bucket: string, more: Partial<CreateBucketCommandInput> = {}) {
    return this.s3.send(new CreateBucketCommand({ Bucket, ...more }));
  }

  get send(): S3Client['send'] {
    return this.s3.send.bind(this.s3);
  }

  /** A request as a client sends it that no SDK made. */
  call(method: string, target: string, body = '', headers: Readonly<Record<string, string>> = {}) {
    const { handle, administrator } = this.ecs.controlPlane;
    const request = { method, target, headers: { host: 'h', ...headers }, body: Buffer.from(body) };
    const now = this.ecs.clock.wall();
    return handle(sign(request, { credentials: administrator, region: 'us-east-1', signingName: 's3', now }));
  }

  /** One of a browser, which does not sign. */
  callUnsigned(method: string, target: string, headers: Readonly<Record<string, string>> = {}) {
    const request = { method, target, headers: { host: 'h', ...headers }, body: new Uint8Array() };
    return this.ecs.controlPlane.handle(request);
  }
}

export const Bucket = 'photos';

/** What a call about a bucket rejects with that is not there. */
export const noSuchBucket = { name: 'NoSuchBucket', $metadata: { httpStatusCode: 404 } };
