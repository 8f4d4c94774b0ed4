// What buckets can be asked for that is not built: reading says that it is off, turning it on is refused by name.
import {
  DeleteBucketReplicationCommand,
  DeleteBucketWebsiteCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  ListBucketAnalyticsConfigurationsCommand,
  ListBucketIntelligentTieringConfigurationsCommand,
  ListBucketInventoryConfigurationsCommand,
  ListBucketMetricsConfigurationsCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketRequestPaymentCommand,
  PutBucketWebsiteCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { Bucket, BucketRig, noSuchBucket } from './bucket-rig.ts';

let rig: BucketRig;
beforeEach(async () => {
  rig = await BucketRig.open();
});

const others = { Bucket: 'others' };
const missing = (name: string, message: string) => ({ name, message, $metadata: { httpStatusCode: 404 } });
const refused = (feature: string) => ({
  name: 'NotImplemented',
  message: `Longshore does not support ${feature}.`,
  $metadata: { httpStatusCode: 501 },
});

describe('GetBucketWebsite', () => {
  test('finds none', async () => {
    await expect(rig.send(new GetBucketWebsiteCommand({ Bucket }))).rejects.toMatchObject(
      missing('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'),
    );
    await expect(rig.send(new GetBucketWebsiteCommand(others))).rejects.toMatchObject(noSuchBucket);
    const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } };
    await expect(
      rig.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration })),
    ).rejects.toMatchObject(refused('the operation PutBucketWebsite'));
  });
});

describe('DeleteBucketWebsite', () => {
  test('finds none to delete, which is no error', async () => {
    await rig.send(new DeleteBucketWebsiteCommand({ Bucket }));
    await expect(rig.send(new DeleteBucketWebsiteCommand(others))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketReplication', () => {
  test('finds none', async () => {
    await expect(rig.send(new GetBucketReplicationCommand({ Bucket }))).rejects.toMatchObject(
      missing('ReplicationConfigurationNotFoundError', 'The replication configuration was not found'),
    );
    await expect(rig.send(new GetBucketReplicationCommand(others))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('DeleteBucketReplication', () => {
  test('finds none to delete, which is no error', async () => {
    await rig.send(new DeleteBucketReplicationCommand({ Bucket }));
    await expect(rig.send(new DeleteBucketReplicationCommand(others))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetObjectLockConfiguration', () => {
  test('finds none', async () => {
    await expect(rig.send(new GetObjectLockConfigurationCommand({ Bucket }))).rejects.toMatchObject(
      missing(
        'ObjectLockConfigurationNotFoundError',
        'Object Lock configuration does not exist for this bucket',
      ),
    );
    await expect(rig.send(new GetObjectLockConfigurationCommand(others))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketLogging', () => {
  test('is off', async () => {
    expect(await rig.send(new GetBucketLoggingCommand({ Bucket }))).not.toHaveProperty('LoggingEnabled');
    await expect(rig.send(new GetBucketLoggingCommand(others))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('PutBucketLogging', () => {
  test('takes that nothing is logged, and refuses a target', async () => {
    await rig.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} }));
    const LoggingEnabled = { TargetBucket: 'b', TargetPrefix: 'p' };
    await expect(
      rig.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } })),
    ).rejects.toMatchObject(refused('server access logging'));
    await expect(
      rig.send(new PutBucketLoggingCommand({ ...others, BucketLoggingStatus: {} })),
    ).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketRequestPayment', () => {
  test('is the owner', async () => {
    expect(await rig.send(new GetBucketRequestPaymentCommand({ Bucket }))).toMatchObject({
      Payer: 'BucketOwner',
    });
    await expect(rig.send(new GetBucketRequestPaymentCommand(others))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('PutBucketRequestPayment', () => {
  const put = (Payer: 'BucketOwner' | 'Requester', bucket = Bucket) =>
    rig.send(new PutBucketRequestPaymentCommand({ Bucket: bucket, RequestPaymentConfiguration: { Payer } }));

  test('takes the owner, and refuses others', async () => {
    await put('BucketOwner');
    await expect(put('Requester')).rejects.toMatchObject(refused('buckets whose requesters pay'));
    await expect(put('BucketOwner', 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketNotificationConfiguration', () => {
  test('is empty', async () => {
    const { $metadata: _, ...shown } = await rig.send(
      new GetBucketNotificationConfigurationCommand({ Bucket }),
    );
    expect(shown).toEqual({});
    await expect(rig.send(new GetBucketNotificationConfigurationCommand(others))).rejects.toMatchObject(
      noSuchBucket,
    );
  });
});

describe('PutBucketNotificationConfiguration', () => {
  const put = (NotificationConfiguration: object, bucket = Bucket) =>
    rig.send(new PutBucketNotificationConfigurationCommand({ Bucket: bucket, NotificationConfiguration }));

  test('takes none, and refuses all others', async () => {
    await put({});
    await expect(put({ EventBridgeConfiguration: {} })).rejects.toMatchObject(
      refused('event notifications of buckets'),
    );
    const queue = { QueueArn: 'arn:aws:sqs:us-east-1:000000000000:q', Events: ['s3:ObjectCreated:*'] };
    await expect(put({ QueueConfigurations: [queue] })).rejects.toMatchObject(
      refused('event notifications of buckets'),
    );
    await expect(put({}, 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('GetBucketAccelerateConfiguration', () => {
  test('is empty', async () => {
    expect(await rig.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).not.toHaveProperty(
      'Status',
    );
    await expect(rig.send(new GetBucketAccelerateConfigurationCommand(others))).rejects.toMatchObject(
      noSuchBucket,
    );
  });
});

describe('PutBucketAccelerateConfiguration', () => {
  const put = (Status?: 'Enabled' | 'Suspended', bucket = Bucket) =>
    rig.send(
      new PutBucketAccelerateConfigurationCommand({ Bucket: bucket, AccelerateConfiguration: { Status } }),
    );

  test('takes that it is suspended, and refuses it', async () => {
    await put('Suspended');
    expect(await rig.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).toMatchObject({
      Status: 'Suspended',
    });
    await expect(put('Enabled')).rejects.toMatchObject(refused('transfer acceleration'));
    await expect(put()).rejects.toMatchObject({ name: 'MalformedXML' });
    await expect(put('Suspended', 'others')).rejects.toMatchObject(noSuchBucket);
  });
});

describe('ListBucketAnalyticsConfigurations', () => {
  test('lists none', async () => {
    const command = (bucket: string) => new ListBucketAnalyticsConfigurationsCommand({ Bucket: bucket });
    expect(await rig.send(command(Bucket))).toMatchObject({ IsTruncated: false });
    await expect(rig.send(command('others'))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('ListBucketIntelligentTieringConfigurations', () => {
  test('lists none', async () => {
    const command = (bucket: string) =>
      new ListBucketIntelligentTieringConfigurationsCommand({ Bucket: bucket });
    expect(await rig.send(command(Bucket))).toMatchObject({ IsTruncated: false });
    await expect(rig.send(command('others'))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('ListBucketInventoryConfigurations', () => {
  test('lists none', async () => {
    const command = (bucket: string) => new ListBucketInventoryConfigurationsCommand({ Bucket: bucket });
    expect(await rig.send(command(Bucket))).toMatchObject({ IsTruncated: false });
    await expect(rig.send(command('others'))).rejects.toMatchObject(noSuchBucket);
  });
});

describe('ListBucketMetricsConfigurations', () => {
  test('lists none', async () => {
    const command = (bucket: string) => new ListBucketMetricsConfigurationsCommand({ Bucket: bucket });
    expect(await rig.send(command(Bucket))).toMatchObject({ IsTruncated: false });
    await expect(rig.send(command('others'))).rejects.toMatchObject(noSuchBucket);
  });
});
