import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  UpdateSecurityGroupRuleDescriptionsEgressCommand,
  UpdateSecurityGroupRuleDescriptionsIngressCommand,
  type AuthorizeSecurityGroupIngressCommandInput,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from 'vitest';
import { Ec2Rig, error, unknownId } from './ec2-rig.ts';

let rig: Ec2Rig;
let VpcId: string;
let GroupId: string;
beforeEach(async () => {
  rig = await Ec2Rig.open();
  VpcId = (await rig.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc!.VpcId!;
  GroupId = await group('web');
});

const group = async (GroupName: string, vpc: string | undefined = VpcId) =>
  (
    await rig.ec2.send(
      new CreateSecurityGroupCommand({ GroupName, Description: 'of a test', ...(vpc && { VpcId: vpc }) }),
    )
  ).GroupId!;
const described = async (id = GroupId) =>
  (await rig.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [id] }))).SecurityGroups![0]!;
const http: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 80,
  ToPort: 80,
  IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'the world' }],
};
const authorize = async (
  IpPermissions: IpPermission[] = [http],
  more: Partial<AuthorizeSecurityGroupIngressCommandInput> = {},
) =>
  (await rig.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions, ...more })))
    .SecurityGroupRules!;
const rules = async (isEgress = false) =>
  (
    await rig.ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
    )
  ).SecurityGroupRules!.filter(({ IsEgress }) => IsEgress === isEgress);

describe('CreateSecurityGroup', () => {
  it('makes a group that sends anywhere and that nothing reaches', async () => {
    const created = await rig.ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: 'tasks',
        Description: 'tasks of a service',
        VpcId,
        TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'a', Value: 'b' }] }],
      }),
    );
    expect(created).toMatchObject({
      GroupId: expect.stringMatching(/^sg-[0-9a-f]{17}$/),
      SecurityGroupArn: `arn:aws:ec2:us-east-1:000000000000:security-group/${created.GroupId}`,
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(await described(created.GroupId)).toMatchObject({
      GroupName: 'tasks',
      Description: 'tasks of a service',
      OwnerId: '000000000000',
      VpcId,
      IpPermissions: [],
      IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
  });

  it('is of the default VPC where none is named', async () => {
    const { VpcId: own } = await described(await group('elsewhere', ''));
    expect(own).not.toBe(VpcId);
  });

  it.each([
    [{ GroupName: 'web' }, 'InvalidGroup.Duplicate'],
    [{ GroupName: 'default' }, 'InvalidParameterValue'],
    [{ GroupName: 'sg-1' }, 'InvalidParameterValue'],
    [{ GroupName: 'ä' }, 'InvalidParameterValue'],
    [{ Description: 'ä' }, 'InvalidParameterValue'],
    [{ Description: undefined }, 'MissingParameter'],
    [{ VpcId: unknownId('vpc') }, 'InvalidVpcID.NotFound'],
  ])('refuses %j', async (more, name) => {
    const input = { GroupName: 'other', Description: 'd', VpcId, ...more };
    await expect(rig.ec2.send(new CreateSecurityGroupCommand(input as never))).rejects.toMatchObject(
      error(name),
    );
  });
});

describe('AuthorizeSecurityGroupIngress', () => {
  it('adds a rule for each peer, which are shown together', async () => {
    const other = await group('balancer');
    const added = await authorize([
      {
        ...http,
        IpRanges: [...http.IpRanges!, { CidrIp: '100.68.0.18/18' }],
        Ipv6Ranges: [{ CidrIpv6: '::/0' }],
        UserIdGroupPairs: [{ GroupId: other, Description: 'from the balancer' }],
      },
      { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      { IpProtocol: '50', IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      { IpProtocol: '-1', UserIdGroupPairs: [{ GroupName: 'web' }] },
    ]);
    expect(added).toHaveLength(7);
    expect(added[0]).toMatchObject({
      SecurityGroupRuleId: expect.stringMatching(/^sgr-[0-9a-f]{17}$/),
      GroupId,
      GroupOwnerId: '000000000000',
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 80,
      ToPort: 80,
      CidrIpv4: '0.0.0.0/0',
      Description: 'the world',
    });
    const { IpPermissions } = await described();
    expect(IpPermissions).toHaveLength(4);
    const tcp = IpPermissions!.find(({ IpProtocol }) => IpProtocol === 'tcp')!;
    expect(new Set(tcp.IpRanges!.map(({ CidrIp }) => CidrIp))).toEqual(
      new Set(['0.0.0.0/0', '100.68.0.0/18']),
    );
    expect(tcp.Ipv6Ranges).toEqual([{ CidrIpv6: '::/0' }]);
    expect(tcp.UserIdGroupPairs).toEqual([
      { GroupId: other, UserId: '000000000000', Description: 'from the balancer' },
    ]);
    expect(IpPermissions!.find(({ IpProtocol }) => IpProtocol === '-1')).not.toHaveProperty('FromPort');
    expect(IpPermissions!.find(({ IpProtocol }) => IpProtocol === 'icmp')).toMatchObject({
      FromPort: 8,
      ToPort: -1,
    });
  });

  it('takes a single rule by members of its own', async () => {
    await rig.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId,
        IpProtocol: '6',
        FromPort: 22,
        ToPort: 22,
        CidrIp: '10.0.0.0/8',
      }),
    );
    expect((await described()).IpPermissions).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    ]);
  });

  it('adds all rules or none', async () => {
    await authorize();
    await expect(
      authorize([{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8' }] }, http]),
    ).rejects.toMatchObject(
      error(
        'InvalidPermission.Duplicate',
        'the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already exists',
      ),
    );
    expect(await rules()).toHaveLength(1);
  });

  it('refuses what is no rule', async () => {
    const refused = (permission: IpPermission, name: string, message?: string) =>
      expect(authorize([permission])).rejects.toMatchObject(error(name, message));
    await refused(
      { ...http, IpRanges: [{ CidrIp: '10.0.0.0/40' }] },
      'InvalidParameterValue',
      'CIDR block 10.0.0.0/40 is malformed',
    );
    await refused({ ...http, Ipv6Ranges: [{ CidrIpv6: 'x' }] }, 'InvalidParameterValue');
    await refused(
      { ...http, ToPort: undefined },
      'InvalidParameterValue',
      "Invalid value 'null' for portRange. Must specify both from and to ports with TCP/UDP.",
    );
    await refused({ ...http, FromPort: 81 }, 'InvalidParameterValue', 'Invalid TCP port range: (81-80)');
    await refused({ ...http, ToPort: 70_000 }, 'InvalidParameterValue');
    await refused({ ...http, IpProtocol: 'sctp' }, 'InvalidParameterValue');
    await refused({ ...http, IpProtocol: undefined }, 'MissingParameter');
    await refused(
      { IpProtocol: 'icmp', FromPort: 300, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      'InvalidPermission.Malformed',
    );
    await refused({ IpProtocol: '-1' }, 'MissingParameter');
    await refused(
      { ...http, IpRanges: [{ CidrIp: '0.0.0.0/0', Description: '<' }] },
      'InvalidParameterValue',
    );
    await refused(
      { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: unknownId('sg') }] },
      'InvalidGroup.NotFound',
    );
    await refused({ IpProtocol: '-1', UserIdGroupPairs: [{ GroupName: 'nobody' }] }, 'InvalidGroup.NotFound');
    await refused(
      { IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-1' }] },
      'InvalidPrefixListID.NotFound',
    );
    const stranger = await group('stranger', '');
    await refused({ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: stranger }] }, 'InvalidParameterValue');
    await expect(authorize([http], { GroupId: unknownId('sg') })).rejects.toMatchObject(
      error('InvalidGroup.NotFound', "The security group 'sg-0123456789abcdef0' does not exist"),
    );
    await expect(authorize([http], { GroupId: 'web' })).rejects.toMatchObject(
      error('InvalidGroupId.Malformed'),
    );
    await expect(authorize([http], { GroupId: undefined, GroupName: 'nobody' })).rejects.toMatchObject(
      error('InvalidGroup.NotFound'),
    );
    await expect(authorize([http], { GroupId: undefined })).rejects.toMatchObject(error('MissingParameter'));
  });

  it('takes 60 rules of a direction', async () => {
    const many = (count: number): IpPermission => ({
      IpProtocol: '-1',
      IpRanges: Array.from({ length: count }, (_, n) => ({ CidrIp: `10.0.${n}.0/24` })),
    });
    await expect(authorize([many(61)])).rejects.toMatchObject(error('RulesPerSecurityGroupLimitExceeded'));
    expect(await authorize([many(60)])).toHaveLength(60);
  });
});

describe('AuthorizeSecurityGroupEgress', () => {
  it('adds rules for what the group sends', async () => {
    const { SecurityGroupRules } = await rig.ec2.send(
      new AuthorizeSecurityGroupEgressCommand({
        GroupId,
        IpPermissions: [http],
        TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [{ Key: 'a', Value: 'b' }] }],
      }),
    );
    expect(SecurityGroupRules).toMatchObject([{ IsEgress: true, Tags: [{ Key: 'a', Value: 'b' }] }]);
    expect((await described()).IpPermissionsEgress).toHaveLength(2);
    await expect(
      rig.ec2.send(
        new AuthorizeSecurityGroupEgressCommand({
          GroupId,
          IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        }),
      ),
    ).rejects.toMatchObject(
      error('InvalidPermission.Duplicate', 'the specified rule "peer: 0.0.0.0/0, ALL, ALLOW" already exists'),
    );
  });
});

describe('RevokeSecurityGroupIngress', () => {
  const revoke = (more: object) => rig.ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, ...more }));

  it('removes rules by what they say and by their ids', async () => {
    const [first] = await authorize([http, { ...http, FromPort: 443, ToPort: 443 }]);
    const { RevokedSecurityGroupRules } = await revoke({
      SecurityGroupRuleIds: [first!.SecurityGroupRuleId],
    });
    expect(RevokedSecurityGroupRules).toMatchObject([{ GroupId, CidrIpv4: '0.0.0.0/0', FromPort: 80 }]);
    await revoke({
      IpPermissions: [{ ...http, FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
    expect(await rules()).toEqual([]);
    await expect(revoke({ IpPermissions: [http] })).rejects.toMatchObject(
      error('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.'),
    );
    await expect(revoke({ SecurityGroupRuleIds: [unknownId('sgr')] })).rejects.toMatchObject(
      error('InvalidSecurityGroupRuleId.NotFound'),
    );
    const [egress] = await rules(true);
    await expect(revoke({ SecurityGroupRuleIds: [egress!.SecurityGroupRuleId] })).rejects.toMatchObject(
      error('InvalidSecurityGroupRuleId.NotFound'),
    );
  });

  it('tells of rules that a group of the default VPC does not have', async () => {
    const own = await group('own', '');
    const { UnknownIpPermissions } = await revoke({ GroupId: own, IpPermissions: [http] });
    expect(UnknownIpPermissions).toMatchObject([{ IpProtocol: 'tcp', FromPort: 80 }]);
  });
});

describe('RevokeSecurityGroupEgress', () => {
  it('removes the rule that a new group has', async () => {
    const revoke = (IpPermissions: IpPermission[]) =>
      rig.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions }));
    await revoke([{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
    expect((await described()).IpPermissionsEgress).toEqual([]);
    await expect(revoke([{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }])).rejects.toMatchObject(
      error('InvalidPermission.NotFound'),
    );
  });
});

describe('DescribeSecurityGroupRules', () => {
  it('finds rules by group and by id', async () => {
    const [rule] = await authorize();
    const [egress] = await rules(true);
    expect(egress).toMatchObject({ IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' });
    const call = (id: string) =>
      rig.ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: [id] }));
    expect((await call(rule!.SecurityGroupRuleId!)).SecurityGroupRules).toEqual([rule]);
    await expect(call(unknownId('sgr'))).rejects.toMatchObject(error('InvalidSecurityGroupRuleId.NotFound'));
    await expect(
      rig.ec2.send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'vpc-id', Values: ['x'] }] })),
    ).rejects.toMatchObject(error('InvalidParameterValue'));
  });
});

describe('ModifySecurityGroupRules', () => {
  it('changes what a rule says, under its id', async () => {
    const [rule, other] = await authorize([http, { ...http, FromPort: 443, ToPort: 443 }]);
    const SecurityGroupRuleId = rule!.SecurityGroupRuleId!;
    const asked = {
      IpProtocol: 'tcp',
      FromPort: 8080,
      ToPort: 8090,
      CidrIpv4: '10.0.0.0/8',
      Description: 'd',
    };
    const modify = (more: object, id = SecurityGroupRuleId) =>
      rig.ec2.send(
        new ModifySecurityGroupRulesCommand({
          GroupId,
          SecurityGroupRules: [{ SecurityGroupRuleId: id, SecurityGroupRule: { ...asked, ...more } }],
        }),
      );
    await modify({});
    expect(await rules()).toContainEqual(
      expect.objectContaining({ ...asked, SecurityGroupRuleId, IsEgress: false }),
    );
    await expect(modify({ CidrIpv4: undefined, CidrIpv6: '::/0' })).rejects.toMatchObject(
      error('InvalidParameterValue'),
    );
    await expect(modify({ CidrIpv6: '::/0' })).rejects.toMatchObject(error('InvalidParameterCombination'));
    await expect(modify({}, other!.SecurityGroupRuleId)).rejects.toMatchObject(
      error('InvalidPermission.Duplicate'),
    );
    await expect(modify({}, unknownId('sgr'))).rejects.toMatchObject(
      error('InvalidSecurityGroupRuleId.NotFound'),
    );
  });
});

describe('UpdateSecurityGroupRuleDescriptionsIngress', () => {
  it('describes rules anew, by what they say and by their ids', async () => {
    const [rule] = await authorize();
    const update = (more: object) =>
      rig.ec2.send(new UpdateSecurityGroupRuleDescriptionsIngressCommand({ GroupId, ...more }));
    await update({
      IpPermissions: [{ ...http, IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'everybody' }] }],
    });
    expect(await rules()).toMatchObject([{ Description: 'everybody' }]);
    await update({ SecurityGroupRuleDescriptions: [{ SecurityGroupRuleId: rule!.SecurityGroupRuleId }] });
    expect((await rules())[0]).not.toHaveProperty('Description');
    await expect(update({ IpPermissions: [{ ...http, FromPort: 1, ToPort: 1 }] })).rejects.toMatchObject(
      error('InvalidPermission.NotFound'),
    );
  });
});

describe('UpdateSecurityGroupRuleDescriptionsEgress', () => {
  it('describes rules for what the group sends', async () => {
    const anywhere = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'anywhere' }] };
    const update = (IpPermissions: IpPermission[]) =>
      rig.ec2.send(new UpdateSecurityGroupRuleDescriptionsEgressCommand({ GroupId, IpPermissions }));
    await update([anywhere]);
    expect(await rules(true)).toMatchObject([{ Description: 'anywhere' }]);
    await expect(update([http])).rejects.toMatchObject(error('InvalidPermission.NotFound'));
  });
});

describe('DescribeSecurityGroups', () => {
  it('finds groups by id, by name and by what their rules say', async () => {
    const other = await group('other');
    await authorize([{ ...http, UserIdGroupPairs: [{ GroupId: other }] }]);
    const found = async (Name: string, ...Values: string[]) =>
      (
        await rig.ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name, Values }] }))
      ).SecurityGroups!.map((one) => one.GroupId);
    expect(await found('group-name', 'web')).toEqual([GroupId]);
    expect(await found('vpc-id', VpcId)).toHaveLength(3);
    expect(await found('ip-permission.group-id', other)).toEqual([GroupId]);
    expect(await found('ip-permission.group-name', 'other')).toEqual([GroupId]);
    expect(await found('ip-permission.from-port', '80')).toEqual([GroupId]);
    expect(await found('egress.ip-permission.cidr', '0.0.0.0/0')).toHaveLength(4);
    const { SecurityGroups } = await rig.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupNames: ['default'] }),
    );
    expect(SecurityGroups).toHaveLength(1);
    await expect(described(unknownId('sg'))).rejects.toMatchObject(error('InvalidGroup.NotFound'));
    await expect(
      rig.ec2.send(new DescribeSecurityGroupsCommand({ GroupNames: ['web'] })),
    ).rejects.toMatchObject(error('InvalidGroup.NotFound'));
  });
});

describe('DeleteSecurityGroup', () => {
  const remove = (id = GroupId) => rig.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));

  it('deletes a group that nobody has or names', async () => {
    const other = await group('other');
    const [rule] = await authorize([{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: other }] }]);
    await expect(remove(other)).rejects.toMatchObject(
      error('DependencyViolation', `resource ${other} has a dependent object`),
    );
    await rig.ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [rule!.SecurityGroupRuleId!] }),
    );
    await remove(other);
    const { Subnet } = await rig.ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.1.0/24' }));
    const { NetworkInterface } = await rig.ec2.send(
      new CreateNetworkInterfaceCommand({ SubnetId: Subnet!.SubnetId, Groups: [GroupId] }),
    );
    const { NetworkInterfaceId } = NetworkInterface!;
    await expect(remove()).rejects.toMatchObject(error('DependencyViolation'));
    await rig.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    await authorize([{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }]);
    expect(await remove()).toMatchObject({ GroupId });
    await expect(remove()).rejects.toMatchObject(error('InvalidGroup.NotFound'));
    expect(await rules()).toEqual([]);
  });

  it('never deletes a VPC’s own', async () => {
    const { SecurityGroups } = await rig.ec2.send(
      new DescribeSecurityGroupsCommand({
        Filters: [
          { Name: 'vpc-id', Values: [VpcId] },
          { Name: 'group-name', Values: ['default'] },
        ],
      }),
    );
    const own = SecurityGroups![0]!.GroupId!;
    await expect(remove(own)).rejects.toMatchObject(
      error('CannotDelete', `the specified group: "${own}" name: "default" cannot be deleted by a user`),
    );
  });
});
