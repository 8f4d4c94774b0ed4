// Log groups, their streams and tags, through the whole server.
import {
  AssociateKmsKeyCommand,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogGroupDeletionProtectionCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
  type DescribeLogGroupsCommandInput,
  type DescribeLogStreamsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { beforeEach, describe, expect, it } from 'vitest';
import { LogsRig } from '../../../test-support/logs-rig.ts';

let rig: LogsRig;
beforeEach(async () => {
  rig = await LogsRig.open();
});

const arn = (name: string): string => `arn:aws:logs:us-east-1:000000000000:log-group:${name}`;
const key = 'arn:aws:kms:us-east-1:000000000000:key/1';
const refused = (name: string, message: string | RegExp = '') =>
  expect.objectContaining({
    name,
    message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
  });
const names = async (input: DescribeLogGroupsCommandInput = {}) => {
  const { logGroups } = await rig.logs.send(new DescribeLogGroupsCommand(input));
  return logGroups!.map(({ logGroupName }) => logGroupName);
};
const described = async (name: string) =>
  (await rig.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }))).logGroups![0]!;

describe('CreateLogGroup', () => {
  it('makes a group with what was asked for', async () => {
    const input = {
      logGroupName: '/app/web',
      kmsKeyId: key,
      tags: { team: 'a' },
      logGroupClass: 'INFREQUENT_ACCESS' as const,
    };
    await rig.logs.send(new CreateLogGroupCommand(input));
    expect(await described('/app/web')).toEqual({
      logGroupName: '/app/web',
      arn: `${arn('/app/web')}:*`,
      logGroupArn: arn('/app/web'),
      creationTime: rig.clock.now(),
      metricFilterCount: 0,
      storedBytes: 0,
      kmsKeyId: key,
      logGroupClass: 'INFREQUENT_ACCESS',
      deletionProtectionEnabled: false,
    });
  });

  it.each([
    [{ logGroupName: 'a' }, 'ResourceAlreadyExistsException', 'The specified log group already exists'],
    [
      { logGroupName: 'a b' },
      'InvalidParameterException',
      "Value 'a b' at 'logGroupName' failed to satisfy constraint",
    ],
    [{ logGroupName: 'a'.repeat(513) }, 'InvalidParameterException', 'length less than or equal to 512'],
    [{ logGroupName: 'b', kmsKeyId: 'key' }, 'InvalidParameterException', 'not the ARN of a key'],
    [{ logGroupName: 'b', tags: { 'aws:x': '1' } }, 'InvalidParameterException', 'reserved'],
    [{ logGroupName: 'b', tags: { x: '!' } }, 'InvalidParameterException', 'regular expression'],
    [
      { logGroupName: 'b', tags: Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`t${at}`, ''])) },
      'TooManyTagsException',
      '50',
    ],
  ])('refuses %j', async (input, name, message) => {
    await rig.group('a');
    await expect(rig.logs.send(new CreateLogGroupCommand(input))).rejects.toEqual(refused(name, message));
    expect(await names()).toEqual(['a']);
  });
});

describe('DescribeLogGroups', () => {
  it('finds groups by the beginning or a part of their names, a page at a time', async () => {
    for (const name of ['b', 'ab', 'a', 'abc', 'a/x', 'z-ab']) await rig.group(name);
    expect(await names()).toEqual(['a', 'a/x', 'ab', 'abc', 'b', 'z-ab']);
    expect(await names({ logGroupNamePrefix: 'ab' })).toEqual(['ab', 'abc']);
    expect(await names({ logGroupNamePattern: 'ab' })).toEqual(['ab', 'abc', 'z-ab']);
    expect(await names({ logGroupClass: 'DELIVERY' })).toEqual([]);
    expect(await names({ logGroupIdentifiers: [arn('b'), 'a'] })).toEqual(['a', 'b']);
    const first = await rig.logs.send(new DescribeLogGroupsCommand({ limit: 4 }));
    expect(await names({ limit: 4, nextToken: first.nextToken })).toEqual(['b', 'z-ab']);
    expect((await rig.client('eu-west-1').send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  });

  it.each([
    [{ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }, 'mutually exclusive'],
    [{ limit: 51 }, 'less than or equal to 50'],
    [{ limit: 0 }, 'greater than or equal to 1'],
    [{ nextToken: 'x' }, 'nextToken'],
  ])('refuses %j', async (input, message) => {
    await expect(names(input)).rejects.toEqual(refused('InvalidParameterException', message));
  });
});

describe('DeleteLogGroup', () => {
  it('forgets the group with its streams and events, also for one of the same name', async () => {
    await rig.group('a');
    await rig.stream('a', 's');
    await rig.put('a', 's', ['one']);
    await rig.logs.send(new DeleteLogGroupCommand({ logGroupName: 'a' }));
    expect(await names()).toEqual([]);
    await rig.group('a');
    expect(await rig.filter({ logGroupName: 'a' })).toEqual([]);
    await rig.stream('a', 's');
    expect((await rig.get({ logGroupName: 'a', logStreamName: 's' })).messages).toEqual([]);
  });

  it('answers ResourceNotFoundException for one that there is not', async () => {
    await expect(rig.logs.send(new DeleteLogGroupCommand({ logGroupName: 'a' }))).rejects.toEqual(
      refused('ResourceNotFoundException', 'The specified log group does not exist.'),
    );
  });
});

describe('PutLogGroupDeletionProtection', () => {
  it('keeps a group from being deleted', async () => {
    await rig.group('a');
    const protect = (deletionProtectionEnabled: boolean) =>
      rig.logs.send(
        new PutLogGroupDeletionProtectionCommand({ logGroupIdentifier: 'a', deletionProtectionEnabled }),
      );
    await protect(true);
    await expect(rig.logs.send(new DeleteLogGroupCommand({ logGroupName: 'a' }))).rejects.toEqual(
      refused('ValidationException', 'protected from deletion'),
    );
    await protect(false);
    await rig.logs.send(new DeleteLogGroupCommand({ logGroupName: 'a' }));
  });
});

describe('PutRetentionPolicy', () => {
  it('keeps events for so many days', async () => {
    await rig.group('a');
    await rig.stream('a', 's');
    const day = 86_400_000;
    await rig.put('a', 's', ['old'], rig.clock.now() - 2 * day);
    await rig.put('a', 's', ['new']);
    await rig.logs.send(new PutRetentionPolicyCommand({ logGroupName: 'a', retentionInDays: 1 }));
    expect((await described('a')).retentionInDays).toBe(1);
    expect((await described('a')).storedBytes).toBe(6 + 2 * 26);
    await rig.clock.advance(2 * 3_600_000);
    expect(await rig.filter({ logGroupName: 'a' })).toEqual(['new']);
    expect((await described('a')).storedBytes).toBe(3 + 26);
  });

  it('refuses other numbers of days than those of AWS', async () => {
    await rig.group('a');
    const put = (logGroupName: string, retentionInDays: number) =>
      rig.logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
    await expect(put('a', 2)).rejects.toEqual(
      refused('InvalidParameterException', "'2' at 'retentionInDays'"),
    );
    await expect(put('b', 1)).rejects.toEqual(refused('ResourceNotFoundException'));
  });
});

describe('DeleteRetentionPolicy', () => {
  it('keeps events for ever', async () => {
    await rig.group('a');
    await rig.logs.send(new PutRetentionPolicyCommand({ logGroupName: 'a', retentionInDays: 1 }));
    await rig.logs.send(new DeleteRetentionPolicyCommand({ logGroupName: 'a' }));
    expect((await described('a')).retentionInDays).toBeUndefined();
    await expect(rig.logs.send(new DeleteRetentionPolicyCommand({ logGroupName: 'b' }))).rejects.toEqual(
      refused('ResourceNotFoundException'),
    );
  });
});

describe('AssociateKmsKey', () => {
  it('puts a key on record', async () => {
    await rig.group('a');
    await rig.logs.send(new AssociateKmsKeyCommand({ logGroupName: 'a', kmsKeyId: key }));
    expect((await described('a')).kmsKeyId).toBe(key);
    await expect(
      rig.logs.send(new AssociateKmsKeyCommand({ logGroupName: 'a', kmsKeyId: 'x' })),
    ).rejects.toEqual(refused('InvalidParameterException'));
    await expect(
      rig.logs.send(new AssociateKmsKeyCommand({ resourceIdentifier: arn('b'), kmsKeyId: key })),
    ).rejects.toEqual(refused('ResourceNotFoundException'));
  });
});

describe('DisassociateKmsKey', () => {
  it('takes the key off record', async () => {
    await rig.logs.send(new CreateLogGroupCommand({ logGroupName: 'a', kmsKeyId: key }));
    await rig.logs.send(new DisassociateKmsKeyCommand({ resourceIdentifier: arn('a') }));
    expect((await described('a')).kmsKeyId).toBeUndefined();
    await expect(rig.logs.send(new DisassociateKmsKeyCommand({}))).rejects.toEqual(
      refused('InvalidParameterException', 'exactly one'),
    );
  });
});

describe('tags of a group', () => {
  const list = async (resourceArn: string) =>
    (await rig.logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags;

  it.each(['', ':*'])('are set, listed and removed by its ARN%s', async (ending) => {
    await rig.group('a');
    const resourceArn = arn('a') + ending;
    await rig.logs.send(new TagResourceCommand({ resourceArn, tags: { x: '1', y: '' } }));
    await rig.logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['x', 'z'] }));
    expect(await list(resourceArn)).toEqual({ y: '' });
  });

  it.each([
    ['a', 'InvalidParameterException'],
    [arn('b'), 'ResourceNotFoundException'],
    [arn('a').replace('us-east-1', 'eu-west-1'), 'ResourceNotFoundException'],
  ])('are refused for %s', async (resourceArn, name) => {
    await rig.group('a');
    await expect(list(resourceArn)).rejects.toEqual(refused(name));
    await expect(rig.logs.send(new TagResourceCommand({ resourceArn, tags: {} }))).rejects.toEqual(
      refused(name),
    );
    await expect(rig.logs.send(new UntagResourceCommand({ resourceArn, tagKeys: [] }))).rejects.toEqual(
      refused(name),
    );
  });
});

describe('TagLogGroup', () => {
  it('sets tags by the name of a group', async () => {
    await rig.group('a');
    await rig.logs.send(new TagLogGroupCommand({ logGroupName: 'a', tags: { x: '1', y: '2' } }));
    await rig.logs.send(new UntagLogGroupCommand({ logGroupName: 'a', tags: ['y'] }));
    expect((await rig.logs.send(new ListTagsLogGroupCommand({ logGroupName: 'a' }))).tags).toEqual({
      x: '1',
    });
    const missing = { logGroupName: 'b', tags: {} };
    await expect(rig.logs.send(new TagLogGroupCommand(missing))).rejects.toEqual(
      refused('ResourceNotFoundException'),
    );
    await expect(rig.logs.send(new ListTagsLogGroupCommand(missing))).rejects.toEqual(
      refused('ResourceNotFoundException'),
    );
  });
});

describe('CreateLogStream', () => {
  it('makes a stream once', async () => {
    await rig.group('a');
    await rig.stream('a', 's/1 [x]');
    await expect(rig.stream('a', 's/1 [x]')).rejects.toEqual(
      refused('ResourceAlreadyExistsException', 'The specified log stream already exists'),
    );
    await expect(rig.stream('a', 's:1')).rejects.toEqual(
      refused('InvalidParameterException', "'logStreamName'"),
    );
    await expect(rig.stream('b', 's')).rejects.toEqual(refused('ResourceNotFoundException'));
  });
});

describe('DescribeLogStreams', () => {
  const streams = async (input: DescribeLogStreamsCommandInput) => {
    const { logStreams, nextToken } = await rig.logs.send(new DescribeLogStreamsCommand(input));
    return { names: logStreams!.map(({ logStreamName }) => logStreamName), nextToken };
  };
  const allPages = async (input: DescribeLogStreamsCommandInput) => {
    const pages: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await streams({ ...input, limit: 2, nextToken });
      pages.push(...page.names);
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    return pages;
  };
  beforeEach(async () => {
    await rig.group('a');
    for (const name of ['web/2', 'web/1', 'db/1', 'none', 'web/10']) await rig.stream('a', name);
    const now = rig.clock.now();
    for (const [place, name] of ['web/1', 'db/1', 'web/10', 'web/2'].entries())
      await rig.put('a', name, ['one', 'two'], now - 10_000 + place * 100);
  });

  it('are in the order of names, or of last events', async () => {
    expect(await allPages({ logGroupName: 'a' })).toEqual(['db/1', 'none', 'web/1', 'web/10', 'web/2']);
    expect(await allPages({ logGroupName: 'a', descending: true })).toEqual([
      'web/2',
      'web/10',
      'web/1',
      'none',
      'db/1',
    ]);
    expect(await allPages({ logGroupIdentifier: arn('a'), logStreamNamePrefix: 'web/1' })).toEqual([
      'web/1',
      'web/10',
    ]);
    const byTime = { logGroupName: 'a', orderBy: 'LastEventTime' as const };
    expect(await allPages(byTime)).toEqual(['none', 'web/1', 'db/1', 'web/10', 'web/2']);
    expect(await allPages({ ...byTime, descending: true })).toEqual([
      'web/2',
      'web/10',
      'db/1',
      'web/1',
      'none',
    ]);
  });

  it('tell when their events were', async () => {
    const now = rig.clock.now();
    const { logStreams } = await rig.logs.send(
      new DescribeLogStreamsCommand({ logGroupName: 'a', logStreamNamePrefix: 'web/1', limit: 1 }),
    );
    expect(logStreams).toEqual([
      {
        logStreamName: 'web/1',
        creationTime: now,
        firstEventTimestamp: now - 10_000,
        lastEventTimestamp: now - 9_999,
        lastIngestionTime: now,
        uploadSequenceToken: expect.stringMatching(/^\d{56}$/),
        arn: `${arn('a')}:log-stream:web/1`,
        storedBytes: 0,
      },
    ]);
  });

  it.each([
    [{ logGroupName: 'b' }, 'ResourceNotFoundException', ''],
    [{}, 'InvalidParameterException', 'exactly one'],
    [{ logGroupName: 'a', logGroupIdentifier: 'a' }, 'InvalidParameterException', 'exactly one'],
    [{ logGroupName: 'a', limit: 51 }, 'InvalidParameterException', "'51' at 'limit'"],
    [
      { logGroupName: 'a', orderBy: 'LastEventTime' as const, logStreamNamePrefix: 'w' },
      'InvalidParameterException',
      'Cannot order by LastEventTime',
    ],
  ])('refuses %j', async (input, name, message) => {
    await expect(streams(input)).rejects.toEqual(refused(name, message));
  });
});

describe('DeleteLogStream', () => {
  it('forgets the stream with its events', async () => {
    await rig.group('a');
    for (const name of ['s', 't']) {
      await rig.stream('a', name);
      await rig.put('a', name, [`of ${name}`]);
    }
    const input = { logGroupName: 'a', logStreamName: 's' };
    await rig.logs.send(new DeleteLogStreamCommand(input));
    expect(await rig.filter({ logGroupName: 'a' })).toEqual(['of t']);
    await expect(rig.logs.send(new DeleteLogStreamCommand(input))).rejects.toEqual(
      refused('ResourceNotFoundException', 'The specified log stream does not exist.'),
    );
    await rig.stream('a', 's');
    expect((await rig.get(input)).messages).toEqual([]);
    await rig.clock.advance(2 * 3_600_000);
    expect((await described('a')).storedBytes).toBe(4 + 26);
  });
});

it('refuses subscription filters by name', async () => {
  await rig.group('a');
  const input = {
    logGroupName: 'a',
    filterName: 'f',
    filterPattern: '',
    destinationArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  };
  await expect(rig.logs.send(new PutSubscriptionFilterCommand(input))).rejects.toThrow(
    /PutSubscriptionFilter/,
  );
});
