// Terraform's state in a bucket, with its lock beside it.
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithTerraform, TerraformStack } from './terraform.ts';

const Bucket = 'shop-state';
const Key = 'shop/terraform.tfstate';

describeWithTerraform('the state in a bucket', () => {
  let stack: TerraformStack;
  let s3: S3Client;
  beforeAll(async () => {
    stack = await TerraformStack.open('s3-backend');
    s3 = new S3Client({
      endpoint: stack.server.endpoint,
      region: 'us-east-1',
      credentials: stack.server.controlPlane.administrator,
      forcePathStyle: true,
    });
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  });
  afterAll(async () => {
    s3.destroy();
    await stack.close();
  });

  const keys = async () =>
    (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map((object) => object.Key);
  const state = async () => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return JSON.parse(await Body!.transformToString()) as { serial: number; outputs: object };
  };

  test('is written, locked while it is, and read by the next command', async () => {
    expect(await stack.init()).toBeUndefined();
    expect(await stack.apply()).toMatchObject({ errors: [], outputs: { shop: 'one' } });
    expect(await state()).toMatchObject({ outputs: { shop: { value: 'one' } } });
    expect(await keys()).toEqual([Key]);

    const lock = `${Key}.tflock`;
    const held = JSON.stringify({ ID: 'held-by-another', Operation: 'OperationTypeApply', Who: 'another' });
    await s3.send(new PutObjectCommand({ Bucket, Key: lock, Body: held }));
    const refused = await stack.apply({ changed: 'true' });
    expect(refused.errors.join('\n')).toContain('Error acquiring the state lock');
    expect(refused.errors.join('\n')).toContain('held-by-another');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: lock }));

    const before = await state();
    expect(await stack.apply({ changed: 'true' })).toMatchObject({
      changes: ['update terraform_data.shop'],
      errors: [],
      outputs: { shop: 'two' },
    });
    const after = await state();
    expect(after.outputs).toMatchObject({ shop: { value: 'two' } });
    expect(after.serial).toBeGreaterThan(before.serial);
    expect(await stack.destroy()).toMatchObject({ changes: ['delete terraform_data.shop'], errors: [] });
    expect(await state()).toMatchObject({ outputs: {} });
    expect(await keys()).toEqual([Key]);

    // Each state is a version, and each lock was put and removed.
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect(Versions.filter((version) => version.Key === Key).length).toBeGreaterThanOrEqual(3);
    expect(DeleteMarkers.filter((marker) => marker.Key === lock && marker.IsLatest)).toHaveLength(1);
  });
});
