import {
  GetBucketVersioningCommand,
  PutBucketVersioningCommand,
  type VersioningConfiguration,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bucket, BucketRig, noSuchBucket } from './bucket-rig.ts';

let rig: BucketRig;
beforeEach(async () => {
  rig = await BucketRig.open();
});

const put = (VersioningConfiguration: VersioningConfiguration, bucket = Bucket) =>
  rig.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
const get = async (bucket = Bucket) => {
  const { $metadata: _, ...shown } = await rig.send(new GetBucketVersioningCommand({ Bucket: bucket }));
  return shown;
};

describe('PutBucketVersioning', () => {
  test('keeps versions, and no longer', async () => {
    await put({ Status: 'Enabled' });
    expect(await get()).toEqual({ Status: 'Enabled' });
    await put({ Status: 'Suspended', MFADelete: 'Disabled' });
    expect(await get()).toEqual({ Status: 'Suspended', MFADelete: 'Disabled' });
  });

  test('refuses what says nothing, and MFA', async () => {
    await expect(put({})).rejects.toMatchObject({
      name: 'IllegalVersioningConfigurationException',
      message: 'The Versioning element must be specified',
    });
    await expect(put({ Status: 'On' as 'Enabled' })).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(put({ Status: 'Enabled', MFADelete: 'Enabled' })).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'Longshore does not support MFA delete.',
    });
    expect(await get()).toEqual({});
  });

  test('finds no bucket', async () => {
    await expect(put({ Status: 'Enabled' }, 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketVersioning', () => {
  test('is empty where versions were never kept', async () => {
    expect(await get()).toEqual({});
    expect((await rig.call('GET', '/photos?versioning')).body).toMatch(
      /<VersioningConfiguration [^>]*><\/Ver/,
    );
  });

  test('finds no bucket', async () => {
    await expect(get('others')).rejects.toMatchObject(noSuchBucket);
  });
});
