// CreateSecurityGroup: a name that its VPC does not have; what the group sends goes anywhere until that is revoked.
import { newSecurityGroup } from '../../state/security-group/new-security-group.ts';
import { securityGroups } from '../../state/security-group/security-group.ts';
import { ec2Arn, scopeOf } from '../../state/resource.ts';
import type { Ec2Operation } from '../../ec2.ts';
import { groupExists, invalidParameterValue, noDefaultVpc } from '../../errors.ts';
import { presentTags } from '../../present/tags.ts';
import { defaultVpc, vpcOf } from '../resolve.ts';
import { newTags } from '../tags.ts';

export const createSecurityGroup: Ec2Operation<'CreateSecurityGroup'> = (ec2, input, call) => {
  const { GroupName: name, Description: description } = input;
  checkName(name);
  checkDescription(description);
  const tags = newTags(input.TagSpecifications, 'security-group');
  return ec2.store.update((tx) => {
    const vpc = input.VpcId === undefined ? defaultVpc(tx, call) : vpcOf(tx, call, input.VpcId);
    if (vpc === undefined) throw noDefaultVpc();
    if (tx.table(securityGroups).count('name', { vpcId: vpc.id, name }) > 0) throw groupExists(name, vpc.id);
    const plain = { ...scopeOf(call), vpcId: vpc.id, name, description, tags };
    const group = newSecurityGroup(tx, ec2.random, plain);
    return {
      GroupId: group.id,
      SecurityGroupArn: ec2Arn(group, 'security-group', group.id),
      Tags: presentTags(group.tags),
    };
  });
};

const characters = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

function checkName(name: string): void {
  if (name.toLowerCase() === 'default')
    throw invalidParameterValue('Cannot use reserved security group name: default');
  if (name.startsWith('sg-'))
    throw invalidParameterValue(
      `Value (${name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.`,
    );
  if (!characters.test(name))
    throw invalidParameterValue(
      `Value (${name}) for parameter GroupName is invalid. It may have up to 255 of a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`,
    );
}

function checkDescription(description: string): void {
  if (!characters.test(description))
    throw invalidParameterValue(
      `Value (${description}) for parameter GroupDescription is invalid. It may have up to 255 of a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`,
    );
}
