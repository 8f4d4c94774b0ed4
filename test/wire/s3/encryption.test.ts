import {
  DeleteBucketEncryptionCommand,
  GetBucketEncryptionCommand,
  PutBucketEncryptionCommand,
  type ServerSideEncryptionRule,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bucket, BucketRig, noSuchBucket } from './bucket-rig.ts';

let rig: BucketRig;
beforeEach(async () => {
  rig = await BucketRig.open();
});

const put = (Rules: ServerSideEncryptionRule[], bucket = Bucket) =>
  rig.send(new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: { Rules } }));
const get = async (bucket = Bucket) =>
  (await rig.send(new GetBucketEncryptionCommand({ Bucket: bucket }))).ServerSideEncryptionConfiguration
    ?.Rules;
const byDefault = [
  { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
];

describe('GetBucketEncryption', () => {
  test('is AES256 where nothing was said', async () => {
    expect(await get()).toEqual(byDefault);
    await expect(get('others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('PutBucketEncryption', () => {
  test('is kept', async () => {
    const KMSMasterKeyID = 'arn:aws:kms:us-east-1:000000000000:key/1';
    const rule = {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID },
      BucketKeyEnabled: true,
    };
    await put([rule]);
    expect(await get()).toEqual([rule]);
    await put([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }]);
    expect(await get()).toEqual(byDefault);
  });

  test('refuses other than one rule, and a key that is not applicable', async () => {
    await expect(put([])).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(put([{}])).rejects.toMatchObject({ name: 'MalformedXML' });
    const wrong = { SSEAlgorithm: 'AES256' as const, KMSMasterKeyID: 'k' };
    await expect(put([{ ApplyServerSideEncryptionByDefault: wrong }])).rejects.toMatchObject({
      name: 'InvalidArgument',
      message:
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
    });
    await expect(put(byDefault as ServerSideEncryptionRule[], 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('DeleteBucketEncryption', () => {
  test('leads back to AES256', async () => {
    await put([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }]);
    const remove = (name: string) => rig.send(new DeleteBucketEncryptionCommand({ Bucket: name }));
    expect(await remove(Bucket)).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    expect(await get()).toEqual(byDefault);
    await expect(remove('others')).rejects.toMatchObject(noSuchBucket);
  });
});
