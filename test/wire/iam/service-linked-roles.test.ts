// The roles that services have of their own, through the SDK's own client.
import * as iam from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, it } from 'vitest';
import { account } from '../../../test-support/ecs-rig.ts';
import { IamRig, error } from './iam-rig.ts';

let rig: IamRig;
let client: iam.IAMClient;
beforeEach(async () => {
  rig = await IamRig.open();
  client = rig.iam;
});

const role = (RoleName?: string, more?: object) => rig.role(RoleName, more);
const linked = (AWSServiceName = 'ecs.amazonaws.com', more: object = {}) =>
  client.send(new iam.CreateServiceLinkedRoleCommand({ AWSServiceName, ...more }));
const unlink = (RoleName = 'AWSServiceRoleForECS') =>
  client.send(new iam.DeleteServiceLinkedRoleCommand({ RoleName }));

describe('CreateServiceLinkedRole', () => {
  it("makes the service's role, which nobody changes", async () => {
    expect((await linked()).Role).toMatchObject({
      RoleName: 'AWSServiceRoleForECS',
      Arn: `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    });
    const change = client.send(
      new iam.UpdateRoleCommand({ RoleName: 'AWSServiceRoleForECS', MaxSessionDuration: 7200 }),
    );
    await expect(change).rejects.toMatchObject(
      error(
        'UnmodifiableEntity',
        "Cannot perform the operation on the protected role 'AWSServiceRoleForECS' - this role is only modifiable by AWS",
        400,
      ),
    );
    const { AttachedPolicies } = await client.send(
      new iam.ListAttachedRolePoliciesCommand({ RoleName: 'AWSServiceRoleForECS' }),
    );
    expect(AttachedPolicies).toMatchObject([{ PolicyName: 'AmazonECSServiceRolePolicy' }]);
  });
  it('makes a role that its account describes and tags', async () => {
    await linked();
    const RoleName = 'AWSServiceRoleForECS';
    await client.send(new iam.UpdateRoleCommand({ RoleName, Description: 'ours' }));
    const Tags = [{ Key: 'env', Value: 'prod' }];
    await client.send(new iam.TagRoleCommand({ RoleName, Tags: [...Tags, { Key: 'gone', Value: '' }] }));
    await client.send(new iam.UntagRoleCommand({ RoleName, TagKeys: ['gone'] }));
    const { Role } = await client.send(new iam.GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({ Description: 'ours', Tags });
  });
  it('refuses what is there, or not known', async () => {
    await linked();
    await expect(linked()).rejects.toMatchObject(
      error(
        'InvalidInput',
        'Service role name AWSServiceRoleForECS has been taken in this account, please try a different suffix.',
        400,
      ),
    );
    await expect(linked('x.amazonaws.com')).rejects.toMatchObject({ name: 'InvalidInputException' });
    await expect(linked('elasticloadbalancing.amazonaws.com', { CustomSuffix: 'a' })).rejects.toMatchObject({
      message: 'Custom suffix is not allowed for elasticloadbalancing.amazonaws.com',
    });
  });
});

describe('DeleteServiceLinkedRole', () => {
  it('deletes such a role, and no other', async () => {
    await linked();
    await role();
    await expect(unlink('web')).rejects.toMatchObject({ name: 'InvalidInputException' });
    await unlink();
    await expect(unlink()).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });
});

describe('GetServiceLinkedRoleDeletionStatus', () => {
  it('is told of what was deleted', async () => {
    await linked();
    const { DeletionTaskId } = await unlink();
    const status = (id: string) =>
      client.send(new iam.GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId: id }));
    expect(await status(DeletionTaskId!)).toMatchObject({ Status: 'SUCCEEDED' });
    await expect(status('task/x')).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});
