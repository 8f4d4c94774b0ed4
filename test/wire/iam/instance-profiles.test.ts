// Instance profiles, through the SDK's own client.
import * as iam from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, it } from 'vitest';
import { account } from '../../../test-support/ecs-rig.ts';
import { IamRig, error, noRole } from './iam-rig.ts';

let rig: IamRig;
let client: iam.IAMClient;
beforeEach(async () => {
  rig = await IamRig.open();
  client = rig.iam;
});

const role = (RoleName?: string, more?: object) => rig.role(RoleName, more);
const profile = (InstanceProfileName?: string) => rig.profile(InstanceProfileName);
const join = (RoleName = 'web') =>
  client.send(new iam.AddRoleToInstanceProfileCommand({ InstanceProfileName: 'hosts', RoleName }));
const noProfile = error('NoSuchEntity', 'Instance Profile hosts cannot be found.', 404);

describe('CreateInstanceProfile', () => {
  it('makes one, once', async () => {
    expect((await profile()).InstanceProfile).toMatchObject({
      InstanceProfileName: 'hosts',
      InstanceProfileId: expect.stringMatching(/^AIPA/) as string,
      Arn: `arn:aws:iam::${account}:instance-profile/hosts`,
      Roles: [],
    });
    await expect(profile()).rejects.toMatchObject(
      error('EntityAlreadyExists', 'Instance Profile hosts already exists.', 409),
    );
  });
});

describe('AddRoleToInstanceProfile', () => {
  it('gives it one role', async () => {
    await role();
    await role('other');
    await expect(join()).rejects.toMatchObject(noProfile);
    await profile();
    await join();
    await expect(join('other')).rejects.toMatchObject(
      error('LimitExceeded', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1', 409),
    );
  });
});

describe('GetInstanceProfile', () => {
  it('shows it with its role', async () => {
    const read = () => client.send(new iam.GetInstanceProfileCommand({ InstanceProfileName: 'hosts' }));
    await expect(read()).rejects.toMatchObject(noProfile);
    await role();
    await profile();
    await join();
    expect((await read()).InstanceProfile!.Roles).toMatchObject([{ RoleName: 'web', Path: '/' }]);
  });
});

describe('ListInstanceProfiles', () => {
  it('lists those of the account', async () => {
    await profile('b');
    await profile('a');
    const { InstanceProfiles } = await client.send(new iam.ListInstanceProfilesCommand({}));
    expect(InstanceProfiles!.map((one) => one.InstanceProfileName)).toEqual(['a', 'b']);
  });
});

describe('ListInstanceProfilesForRole', () => {
  it('lists those that have the role', async () => {
    const list = () => client.send(new iam.ListInstanceProfilesForRoleCommand({ RoleName: 'web' }));
    await expect(list()).rejects.toMatchObject(noRole);
    await role();
    await profile('other');
    await profile();
    expect((await list()).InstanceProfiles).toEqual([]);
    await join();
    expect((await list()).InstanceProfiles).toMatchObject([{ InstanceProfileName: 'hosts' }]);
  });
});

describe('RemoveRoleFromInstanceProfile', () => {
  it('takes its role away, and no other', async () => {
    await role();
    await profile();
    const leave = () =>
      client.send(
        new iam.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'hosts', RoleName: 'web' }),
      );
    await expect(leave()).rejects.toMatchObject(
      error('NoSuchEntity', 'Role web is not in instance profile hosts.', 404),
    );
    await join();
    await leave();
    await join();
  });
});

describe('DeleteInstanceProfile', () => {
  it('deletes one that has no role', async () => {
    const gone = () => client.send(new iam.DeleteInstanceProfileCommand({ InstanceProfileName: 'hosts' }));
    await role();
    await profile();
    await join();
    await expect(gone()).rejects.toMatchObject(
      error('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.', 409),
    );
    await client.send(
      new iam.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'hosts', RoleName: 'web' }),
    );
    await gone();
    await expect(gone()).rejects.toMatchObject(noProfile);
  });
});
