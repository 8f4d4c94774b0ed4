// What stacks of Terraform around ECS are made of, service by service, each stack a folder of this one. All go their round at
// once, so that Terraform reads its provider's schema six times and not six times for each.
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeWithTerraform, ofStack, TerraformStack, type Round, type Step } from './terraform.ts';

interface Stack {
  /** The folder, whose files have a variable `changed`, a bool. */
  readonly stack: string;
  readonly holds: string;
  /** What it tells of itself when it is created. */
  readonly outputs: unknown;
}

const image = expect.stringMatching(/^ami-[0-9a-f]{17}$/) as string;

const stacks: readonly Stack[] = [
  {
    stack: 'ec2',
    holds: 'a VPC with public and private subnets, NAT, routes, ACLs and security groups',
    outputs: {
      zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      default_subnets: 3,
      image,
      nat_is_at_its_address: true,
    },
  },
  {
    stack: 'ec2-hosts',
    holds: 'a launch template, a key pair, a network interface, endpoints, DHCP options, a flow log',
    outputs: { latest: 1 },
  },
  {
    stack: 'ecr',
    holds: 'repositories with a lifecycle policy, a policy, tags that stay',
    outputs: {
      url: expect.stringMatching(/^127\.0\.0\.1:\d+\/shop\/web$/) as string,
      mutability: 'IMMUTABLE',
    },
  },
  {
    stack: 'efs',
    holds: 'a file system with a mount target, access points, policies',
    outputs: { path: '/shop/data', tags: 'one', mounted: true },
  },
  {
    stack: 'iam',
    holds: 'roles, policies, instance profiles, users and groups',
    outputs: {
      role: 'arn:aws:iam::000000000000:role/service/task',
      key: expect.stringMatching(/^AKIA/) as string,
    },
  },
  {
    stack: 'logs',
    holds: 'log groups with retention, tags and classes, a stream, metric filters and a saved query',
    outputs: {
      groups: ['/app/kept', '/app/web'],
      arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/app/web',
    },
  },
  {
    stack: 's3',
    holds: 'buckets with all that stacks tell them, and objects',
    outputs: {
      buckets: ['arn:aws:s3:::shop-site', 'us-east-1', 'shop-'],
      owner: 64,
      objects: ['{"rev":"one"}', 'pages/ä b.html', createHash('md5').update('<h1>one</h1>').digest('hex')],
    },
  },
  {
    stack: 'secrets',
    holds:
      'secrets with versions and policies, parameters of all types, a KMS key with rotation, alias and grant',
    outputs: { host: image, db: '{"password":"one","user":"shop"}', key: true },
  },
  {
    stack: 'sts',
    holds: 'nothing: it only looks up its account',
    outputs: { account: '000000000000', name: 'one' },
  },
];

function changedOutputs({ created, changed }: Round, stack: string): readonly string[] {
  return isDeepStrictEqual(created.outputs[stack], changed.outputs[stack]) ? [] : [`output.${stack}`];
}

describeWithTerraform('stacks', () => {
  let round: Round;

  beforeAll(async () => {
    const terraform = await TerraformStack.openAll(stacks.map(({ stack }) => stack));
    try {
      round = await terraform.recordRound({ changed: 'true' });
    } finally {
      await terraform.close();
    }
  });

  describe.each(stacks)('$stack: $holds', ({ stack, outputs }) => {
    const names = ({ changes }: Step, action: string): readonly string[] =>
      ofStack(stack, changes)
        .filter((line) => line.startsWith(action))
        .map((line) => line.slice(action.length))
        .toSorted();

    test('is created, and then there is nothing to do', () => {
      expect(ofStack(stack, round.created.errors)).toEqual([]);
      expect(round.created.outputs[stack]).toEqual(outputs);
      expect(ofStack(stack, round.unchangedAfterCreation.errors)).toEqual([]);
      expect(ofStack(stack, round.unchangedAfterCreation.changes), round.unchangedAfterCreation.plan).toEqual(
        [],
      );
    });

    test('is changed, and then there is nothing to do', () => {
      expect(ofStack(stack, round.changed.errors)).toEqual([]);
      const changes = [...ofStack(stack, round.changed.changes), ...changedOutputs(round, stack)];
      expect(changes).not.toEqual([]);
      expect(ofStack(stack, round.unchangedAfterChange.errors)).toEqual([]);
      expect(ofStack(stack, round.unchangedAfterChange.changes), round.unchangedAfterChange.plan).toEqual([]);
    });

    test('is destroyed', () => {
      expect(ofStack(stack, round.destroyed.errors)).toEqual([]);
      expect(names(round.destroyed, 'delete')).toEqual(names(round.created, 'create'));
    });
  });

  test('nothing failed, and no plan found anything to do, apart from what the tests above show', () => {
    const steps = Object.values(round) as readonly Step[];
    expect(steps.flatMap(({ errors }) => errors)).toEqual([]);
    expect([...round.unchangedAfterCreation.changes, ...round.unchangedAfterChange.changes]).toEqual([]);
  });
});
