import {
  DeleteBucketLifecycleCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bucket, BucketRig, noSuchBucket } from './bucket-rig.ts';

let rig: BucketRig;
beforeEach(async () => {
  rig = await BucketRig.open();
});

const put = (Rules: LifecycleRule[], bucket = Bucket) =>
  rig.send(new PutBucketLifecycleConfigurationCommand({ Bucket: bucket, LifecycleConfiguration: { Rules } }));
const get = (bucket = Bucket) => rig.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
const rule: LifecycleRule = { ID: 'r', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } };
const none = {
  name: 'NoSuchLifecycleConfiguration',
  message: 'The lifecycle configuration does not exist',
  $metadata: { httpStatusCode: 404 },
};

describe('PutBucketLifecycleConfiguration', () => {
  test('keeps rules of all kinds', async () => {
    const rules: LifecycleRule[] = [
      rule,
      { ID: 'old', Status: 'Disabled', Prefix: 'a/', Expiration: { Date: new Date('2027-01-01T00:00:00Z') } },
      {
        ID: 'versions',
        Status: 'Enabled',
        Filter: {
          And: { Prefix: 'b/', Tags: [{ Key: 'k', Value: 'v' }], ObjectSizeGreaterThan: 5_000_000_000 },
        },
        NoncurrentVersionExpiration: { NoncurrentDays: 3, NewerNoncurrentVersions: 2 },
        Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }],
        NoncurrentVersionTransitions: [{ NoncurrentDays: 1, StorageClass: 'GLACIER' }],
      },
      {
        ID: 'uploads',
        Status: 'Enabled',
        Filter: {},
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        Expiration: { ExpiredObjectDeleteMarker: true },
      },
    ];
    expect(await put(rules)).toMatchObject({
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    });
    const { Rules, TransitionDefaultMinimumObjectSize } = await get();
    expect(Rules).toEqual(rules);
    expect(TransitionDefaultMinimumObjectSize).toBe('all_storage_classes_128K');
  });

  test('keeps the size below which nothing moves', async () => {
    await rig.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: { Rules: [rule] },
        TransitionDefaultMinimumObjectSize: 'varies_by_storage_class',
      }),
    );
    expect(await get()).toMatchObject({ TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' });
  });

  test('gives an id to a rule without one', async () => {
    await put([{ ...rule, ID: undefined }]);
    const [first] = (await get()).Rules!;
    expect(first!.ID).toMatch(/^[0-9a-f-]{36}$/);
  });

  const malformed =
    'The XML you provided was not well-formed or did not validate against our published schema: ';
  test.each<[Partial<LifecycleRule>, string, string]>([
    [
      { Filter: undefined },
      'MalformedXML',
      `${malformed}A rule needs a Filter, or the Prefix that was before it, and not both.`,
    ],
    [
      { Prefix: 'a' },
      'MalformedXML',
      `${malformed}A rule needs a Filter, or the Prefix that was before it, and not both.`,
    ],
    [
      { Filter: { Prefix: 'a', Tag: { Key: 'k', Value: 'v' } } },
      'MalformedXML',
      `${malformed}A Filter has one condition; several are in an And.`,
    ],
    [{ Filter: { And: { Prefix: 'a' } } }, 'MalformedXML', `${malformed}An And has two conditions at least.`],
    [
      { Filter: { And: { ObjectSizeGreaterThan: 10, ObjectSizeLessThan: 11 } } },
      'InvalidRequest',
      "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
    ],
    [{ Expiration: undefined }, 'InvalidRequest', 'At least one action needs to be specified in a rule'],
    [
      { Expiration: { Days: 0 } },
      'InvalidArgument',
      "'Days' for Expiration action must be a positive integer",
    ],
    [
      { Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } },
      'MalformedXML',
      `${malformed}An Expiration has one of Days, Date and ExpiredObjectDeleteMarker.`,
    ],
    [
      { Expiration: { Date: new Date('2027-01-01T01:00:00Z') } },
      'InvalidArgument',
      "'Date' for Expiration action must be at midnight GMT",
    ],
    [
      { Filter: { Tag: { Key: 'k', Value: 'v' } }, Expiration: { ExpiredObjectDeleteMarker: true } },
      'InvalidRequest',
      'ExpiredObjectDeleteMarker cannot be specified with Tags.',
    ],
    [
      {
        Filter: { Tag: { Key: 'k', Value: 'v' } },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
      'InvalidRequest',
      'AbortIncompleteMultipartUpload cannot be specified with Tags',
    ],
    [
      { NoncurrentVersionExpiration: { NoncurrentDays: 0 } },
      'InvalidArgument',
      "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
    ],
    [
      { NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 101 } },
      'InvalidArgument',
      'NewerNoncurrentVersions must be a positive integer of at most 100',
    ],
    [
      { Transitions: [{ Days: 1 }] },
      'MalformedXML',
      `${malformed}A Transition needs a StorageClass, and Days or a Date.`,
    ],
    [{ ID: 'i'.repeat(256) }, 'InvalidArgument', 'ID length should not exceed allowed limit of 255'],
    [
      { Status: 'On' as 'Enabled' },
      'MalformedXML',
      `${malformed}LifecycleConfiguration.Rules[0].Status should be one of [Disabled, Enabled]`,
    ],
  ])('refuses %j', async (more, name, message) => {
    await expect(put([{ ...rule, ...more }])).rejects.toMatchObject({ name, message });
    await expect(get()).rejects.toMatchObject(none);
  });

  test('refuses no rules, two of an id, and a bucket that is not there', async () => {
    await expect(put([])).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(put([rule, rule])).rejects.toMatchObject({
      name: 'InvalidArgument',
      message: 'Rule ID must be unique. Found same ID for more than one rule',
    });
    await expect(put([rule], 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketLifecycleConfiguration', () => {
  test('finds none', async () => {
    await expect(get()).rejects.toMatchObject(none);
    await expect(get('others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('DeleteBucketLifecycle', () => {
  test('takes the rules away', async () => {
    await put([rule]);
    const remove = (name: string) => rig.send(new DeleteBucketLifecycleCommand({ Bucket: name }));
    expect(await remove(Bucket)).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await expect(get()).rejects.toMatchObject(none);
    await expect(remove('others')).rejects.toMatchObject(noSuchBucket);
  });
});
