import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  type CORSRule,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bucket, BucketRig, noSuchBucket } from './bucket-rig.ts';

let rig: BucketRig;
beforeEach(async () => {
  rig = await BucketRig.open();
});

const rule: CORSRule = {
  ID: 'pages',
  AllowedHeaders: ['*'],
  AllowedMethods: ['GET', 'PUT'],
  AllowedOrigins: ['https://*.example.com'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 600,
};
const put = (CORSRules: CORSRule[], bucket = Bucket) =>
  rig.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules } }));
const get = async (bucket = Bucket) =>
  (await rig.send(new GetBucketCorsCommand({ Bucket: bucket }))).CORSRules;
const none = {
  name: 'NoSuchCORSConfiguration',
  message: 'The CORS configuration does not exist',
  $metadata: { httpStatusCode: 404 },
};

describe('PutBucketCors', () => {
  test('is kept', async () => {
    const other = { AllowedMethods: ['HEAD'], AllowedOrigins: ['*'] };
    await put([rule, other]);
    expect(await get()).toEqual([rule, other]);
  });

  test.each<[Partial<CORSRule>, string, string]>([
    [
      { AllowedMethods: ['PATCH'] },
      'InvalidRequest',
      'Found unsupported HTTP method in CORS config. Unsupported method is PATCH',
    ],
    [
      { AllowedOrigins: ['*.*'] },
      'InvalidRequest',
      'AllowedOrigin "*.*" can not have more than one wildcard.',
    ],
    [
      { AllowedHeaders: ['a*b*'] },
      'InvalidRequest',
      'AllowedHeader "a*b*" can not have more than one wildcard.',
    ],
    [
      { ID: 'i'.repeat(256) },
      'InvalidRequest',
      'The ID of a CORS rule must not have more than 255 characters.',
    ],
  ])('refuses %j', async (more, name, message) => {
    await expect(put([{ ...rule, ...more }])).rejects.toMatchObject({ name, message });
    await expect(get()).rejects.toMatchObject(none);
  });

  test('refuses no rules, and more than 100', async () => {
    await expect(put([])).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(put(Array.from({ length: 101 }, () => rule))).rejects.toMatchObject({
      name: 'MalformedXML',
    });
    await expect(put([{ ...rule, AllowedMethods: [] }])).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(put([rule], 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketCors', () => {
  test('finds none', async () => {
    await expect(get()).rejects.toMatchObject(none);
    await expect(get('others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('DeleteBucketCors', () => {
  test('takes the rules away', async () => {
    await put([rule]);
    const remove = (name: string) => rig.send(new DeleteBucketCorsCommand({ Bucket: name }));
    expect(await remove(Bucket)).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await expect(get()).rejects.toMatchObject(none);
    await expect(remove('others')).rejects.toMatchObject(noSuchBucket);
  });
});
