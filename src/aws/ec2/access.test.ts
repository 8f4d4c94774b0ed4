import { beforeEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import { silentLog } from '../../lib/log.ts';
import { MemoryJournal } from '../../store/journal/memory-journal.ts';
import { openStore } from '../../store/memory-store.ts';
import type { Store } from '../../store/store.ts';
import type { OperationAccess } from '../../wire/authorise.ts';
import { createPageSeal } from '../shared/page-seal.ts';
import { ec2Access, regionKey, vpcKey } from './access.ts';
import { ensureDefaultNetwork } from './state/network/default-network.ts';
import { securityGroups } from './state/security-group/security-group.ts';
import { subnets } from './state/subnet/subnet.ts';
import { ec2Tables } from './state/tables.ts';
import { vpcs } from './state/vpc/vpc.ts';

const caller = {
  accountId: '000000000000',
  region: 'us-east-1',
  accessKeyId: 'AKIA',
  principalArn: 'arn:aws:iam::000000000000:user/somebody',
};
const arn = (resource: string) => `arn:aws:ec2:us-east-1:000000000000:${resource}`;

let store: Store;
let access: Record<string, OperationAccess>;
let [vpc, subnet, group] = ['', '', ''];
beforeEach(async () => {
  const random = seededRandom(1);
  store = await openStore({
    tables: ec2Tables,
    journal: new MemoryJournal({ durability: 'immediate' }),
    log: silentLog,
  });
  access = ec2Access({
    store,
    random,
    pageSeal: createPageSeal(new Uint8Array(32), random),
    hosts: () => [],
  });
  store.update((tx) => void ensureDefaultNetwork(tx, random, caller));
  store.update((tx) => {
    vpc = [...tx.table(vpcs).all()][0]!.id;
    const [first] = tx.table(subnets).all();
    subnet = first!.id;
    group = [...tx.table(securityGroups).all()][0]!.id;
    tx.table(subnets).put({ ...first!, tags: [{ key: 'team', value: 'shop' }] });
  });
});

const resources = (operation: string, input: object) =>
  access[operation]!.resources?.(input as never, caller) ?? ['*'];
const condition = (operation: string, key: string, input: object) =>
  access[operation]!.conditions![key]!(input as never, caller);

describe('resources', () => {
  test.each([
    ['CreateVpc', () => ({ CidrBlock: '10.0.0.0/16' }), () => [arn('vpc/*')]],
    ['CreateSubnet', () => ({ VpcId: vpc }), () => [arn('subnet/*'), arn(`vpc/${vpc}`)]],
    ['DeleteSubnet', () => ({ SubnetId: subnet }), () => [arn(`subnet/${subnet}`)]],
    [
      'AuthorizeSecurityGroupIngress',
      () => ({ GroupId: group, IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] }),
      () => [arn('security-group-rule/*'), arn(`security-group/${group}`)],
    ],
    ['CreateTags', () => ({ Resources: [vpc, subnet] }), () => [arn(`vpc/${vpc}`), arn(`subnet/${subnet}`)]],
    [
      'CreateNatGateway',
      () => ({ SubnetId: subnet, AllocationId: 'eipalloc-0123456789abcdef0' }),
      () => [arn('natgateway/*'), arn(`subnet/${subnet}`), arn('elastic-ip/eipalloc-0123456789abcdef0')],
    ],
    [
      'CreateLaunchTemplate',
      () => ({ LaunchTemplateName: 'l', LaunchTemplateData: { SecurityGroupIds: [group] } }),
      () => [arn('launch-template/*')],
    ],
    ['DescribeVpcAttribute', () => ({ VpcId: vpc }), () => [arn(`vpc/${vpc}`)]],
    ['DescribeVpcs', () => ({ VpcIds: [vpc] }), () => ['*']],
    ['DeleteKeyPair', () => ({ KeyName: 'nothing' }), () => ['*']],
  ])('%s', (operation, input, expected) => {
    expect(resources(operation, input())).toEqual(expected());
  });
});

test('the VPC of what is named, the region, and tags', () => {
  expect(condition('DeleteSubnet', vpcKey, { SubnetId: subnet })).toEqual([arn(`vpc/${vpc}`)]);
  expect(condition('CreateSubnet', vpcKey, { VpcId: vpc })).toEqual([arn(`vpc/${vpc}`)]);
  expect(condition('CreateInternetGateway', vpcKey, {})).toEqual([]);
  expect(condition('DescribeVpcs', regionKey, {})).toEqual(['us-east-1']);
  expect(access['DeleteSubnet']!.resourceTags!(arn(`subnet/${subnet}`), caller)).toEqual({ team: 'shop' });
  expect(access['DeleteSubnet']!.resourceTags!(arn('subnet/*'), caller)).toBeUndefined();
  const input = {
    TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'team', Value: 'shop' }] }],
  };
  expect(access['CreateVpc']!.requestTags!(input, caller)).toEqual({ team: 'shop' });
  expect(access['CreateTags']!.requestTags!({ Tags: [{ Key: 'a' }] }, caller)).toEqual({ a: '' });
});

test('the role that writes flow logs is passed', () => {
  const roleArn = 'arn:aws:iam::000000000000:role/flow';
  expect(access['CreateFlowLogs']!.passedRoles!({ DeliverLogsPermissionArn: roleArn }, caller)).toEqual([
    { roleArn, service: 'vpc-flow-logs.amazonaws.com' },
  ]);
});
