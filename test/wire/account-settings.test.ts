import {
  DeleteAccountSettingCommand,
  ListAccountSettingsCommand,
  PutAccountSettingCommand,
  PutAccountSettingDefaultCommand,
  type ECSClient,
  type ListAccountSettingsCommandInput,
  type Setting,
  type SettingName,
} from '@aws-sdk/client-ecs';
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import { newKeyPair } from '../../src/aws/iam/state/access-key/access-key.ts';
import { seededRandom } from '../../src/lib/random.ts';
import type { CreateAccessKeyOutput } from '../../src/longshore/contract.ts';
import { accessKeys } from '../../src/aws/iam/state/access-key/access-keys.ts';
import { account, EcsRig } from '../../test-support/ecs-rig.ts';
import { longshoreCall } from './longshore-call.ts';
import { rawCall } from './raw-call.ts';
import { sdkClient, sdkClientOf } from '../../test-support/sdk-client.ts';

const root = `arn:aws:iam::${account}:root`;
const administrator = `arn:aws:iam::${account}:user/administrator`;
const mary = `arn:aws:iam::${account}:user/mary`;
const role = `arn:aws:iam::${account}:role/deploy`;

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
});

/** A client of another user of the account. */
async function clientOf(userName: string): Promise<ECSClient> {
  const { accessKey } = await longshoreCall<CreateAccessKeyOutput>(rig, 'CreateAccessKey', { userName });
  return sdkClient(rig.controlPlane.handle, accessKey, { clock: rig.clock });
}

/** A client of a session of role `deploy`, which may do everything. */
async function clientOfRole(): Promise<ECSClient> {
  const policy = (statement: object): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const iam = rig.clientOf(IAMClient);
  await iam.send(new CreateUserCommand({ UserName: 'mary' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'mary' }));
  const ofMary = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const AssumeRolePolicyDocument = policy({ Principal: { AWS: mary }, Action: 'sts:AssumeRole' });
  await iam.send(new CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument }));
  const PolicyDocument = policy({ Action: '*', Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 'all', PolicyDocument }));
  const { handle } = rig.controlPlane;
  const { Credentials } = await sdkClientOf(STSClient, handle, ofMary, { clock: rig.clock }).send(
    new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'session-1' }),
  );
  const credentials = {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
  return sdkClient(handle, credentials, { clock: rig.clock });
}

/** A client of a federated user's session. GetFederationToken is not served: of their keys none is made but here. */
function clientOfFederatedUser(): ECSClient {
  const principalArn = `arn:aws:sts::${account}:federated-user/mary`;
  const key = { ...newKeyPair(seededRandom(1)), accountId: account, principalArn, createdAt: 0 };
  rig.controlPlane.store.update((tx) => tx.table(accessKeys).put({ ...key, status: 'Active' }));
  return sdkClient(rig.controlPlane.handle, key, { clock: rig.clock });
}

const put = async (name: SettingName, value: string, principalArn?: string, ecs = rig.ecs) =>
  (await ecs.send(new PutAccountSettingCommand({ name, value, principalArn }))).setting;
const putDefault = async (name: SettingName, value: string, ecs = rig.ecs) =>
  (await ecs.send(new PutAccountSettingDefaultCommand({ name, value }))).setting;
const remove = async (name: SettingName, principalArn?: string, ecs = rig.ecs) =>
  (await ecs.send(new DeleteAccountSettingCommand({ name, principalArn }))).setting;
const list = async (input: ListAccountSettingsCommandInput = {}, ecs = rig.ecs) =>
  (await ecs.send(new ListAccountSettingsCommand(input))).settings;
const effective = async (name: SettingName, ecs = rig.ecs): Promise<Setting> =>
  (await list({ name, effectiveSettings: true }, ecs))![0]!;

/** Every setting: its default, what else it may be, and what it may not. */
const settings: [SettingName, string, string[], string[]][] = [
  ['awsvpcTrunking', 'disabled', ['enabled', 'disabled'], ['on', '', 'Enabled']],
  ['containerInsights', 'disabled', ['enabled', 'disabled', 'enhanced'], ['on']],
  ['containerInstanceLongArnFormat', 'enabled', ['enabled'], ['off']],
  ['defaultLogDriverMode', 'non-blocking', ['blocking', 'non-blocking'], ['enabled']],
  ['fargateEventWindows', 'disabled', ['enabled', 'disabled'], ['on']],
  ['fargateFIPSMode', 'disabled', ['enabled', 'disabled'], ['on']],
  ['fargateTaskRetirementWaitPeriod', '7', ['0', '7', '14'], ['1', '15', 'enabled']],
  ['guardDutyActivate', 'off', [], ['on', 'off']],
  ['serviceLongArnFormat', 'enabled', ['enabled'], ['off']],
  ['tagResourceAuthorization', 'on', ['on', 'off'], ['enabled']],
  ['taskLongArnFormat', 'enabled', ['enabled'], ['off']],
];
const refusal = { name: 'InvalidParameterException' };

describe.each([
  ['PutAccountSetting', put, administrator],
  ['PutAccountSettingDefault', putDefault, root],
] as const)('%s', (_operation, set, principalArn) => {
  test.each(settings)('%s', async (name, _default, allowed, refused) => {
    for (const value of allowed) {
      expect(await set(name, value)).toEqual({ name, value, principalArn, type: 'user' });
      expect(await effective(name)).toEqual({ name, value, principalArn, type: 'user' });
    }
    for (const value of refused) await expect(set(name, value)).rejects.toMatchObject(refusal);
  });

  test.each(['serviceLongArnFormat', 'taskLongArnFormat', 'containerInstanceLongArnFormat'] as const)(
    'cannot turn %s off',
    async (name) => {
      await expect(set(name, 'disabled')).rejects.toMatchObject({
        ...refusal,
        message: 'You can no longer disable Long Arn settings',
      });
    },
  );

  test('refuses a name that is none', async () => {
    expect(await rawCall(rig, _operation, { name: 'dualStackIPv6', value: 'enabled' })).toMatchObject({
      status: 400,
      code: 'InvalidParameterException',
      message: expect.stringMatching(/^name should be one of \[awsvpcTrunking, .*, taskLongArnFormat\]$/),
    });
  });
});

describe('PutAccountSetting', () => {
  test('sets for another principal when the caller speaks for the account', async () => {
    expect(await put('containerInsights', 'enabled', mary)).toMatchObject({ principalArn: mary });
    expect(await list()).toEqual([]);
    expect((await effective('containerInsights')).value).toBe('disabled');
    expect((await effective('containerInsights', await clientOf('mary'))).value).toBe('enabled');
  });

  test("with the root's ARN sets the account's default", async () => {
    await put('containerInsights', 'enabled', root);
    expect(await effective('containerInsights', await clientOf('mary'))).toMatchObject({
      value: 'enabled',
      principalArn: root,
    });
  });

  test.each(['mary', `arn:aws:iam::111111111111:user/mary`, `arn:aws:iam::${account}:group/all`])(
    'refuses the principal %s',
    async (principalArn) => {
      await expect(put('containerInsights', 'enabled', principalArn)).rejects.toMatchObject(refusal);
    },
  );

  test("refuses other principals' settings, and the root's, to everybody else", async () => {
    const ecs = await clientOf('mary');
    await put('containerInsights', 'enabled', mary, ecs);
    await expect(put('containerInsights', 'enabled', administrator, ecs)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(list({ principalArn: root }, ecs)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(put('fargateTaskRetirementWaitPeriod', '7', undefined, ecs)).rejects.toMatchObject(refusal);
  });

  test('of a session is that of its role, and of a federated user that of the account', async () => {
    const set = async (ecs: ECSClient) =>
      (await put('awsvpcTrunking', 'enabled', undefined, ecs))?.principalArn;
    expect(await set(await clientOfRole())).toBe(role);
    expect(await set(clientOfFederatedUser())).toBe(root);
  });
});

describe('ListAccountSettings', () => {
  test('answers nothing that was not chosen', async () => {
    await putDefault('containerInsights', 'enabled');
    expect(await list()).toEqual([]);
    await put('containerInsights', 'enhanced');
    await put('awsvpcTrunking', 'enabled');
    expect(await list()).toEqual([
      { name: 'awsvpcTrunking', value: 'enabled', principalArn: administrator, type: 'user' },
      { name: 'containerInsights', value: 'enhanced', principalArn: administrator, type: 'user' },
    ]);
    expect(await list({ principalArn: root })).toMatchObject([{ value: 'enabled', principalArn: root }]);
  });

  test('effectively, a choice goes before the default of the account, which goes before that of ECS', async () => {
    const value = async () => (await effective('containerInsights')).value;
    expect(await value()).toBe('disabled');
    await putDefault('containerInsights', 'enabled');
    expect(await value()).toBe('enabled');
    await put('containerInsights', 'enhanced');
    expect(await value()).toBe('enhanced');
  });

  test.each(settings)('effectively, %s is %s when nobody chose', async (name, value) => {
    const type = name === 'guardDutyActivate' ? 'aws_managed' : 'user';
    expect(await effective(name)).toEqual({ name, value, principalArn: root, type });
  });

  test('filters by name, and by name and value', async () => {
    const filtered = async (value: string) =>
      (await list({ name: 'containerInsights', value, effectiveSettings: true }))!.length;
    expect(await filtered('disabled')).toBe(1);
    expect(await filtered('enabled')).toBe(0);
    await expect(list({ value: 'disabled' })).rejects.toMatchObject(refusal);
  });

  test('pages by ten, or fewer', async () => {
    const page = (input: object) =>
      rig.ecs.send(new ListAccountSettingsCommand({ effectiveSettings: true, ...input }));
    const first = await page({});
    expect(first.settings).toHaveLength(10);
    const second = await page({ nextToken: first.nextToken });
    expect(second.settings).toHaveLength(1);
    expect(second.nextToken).toBeUndefined();
    expect((await page({ maxResults: 1 })).settings).toHaveLength(1);
    for (const maxResults of [0, 11]) await expect(page({ maxResults })).rejects.toMatchObject(refusal);
  });

  test('is of one region', async () => {
    await put('containerInsights', 'enabled');
    expect(await list({}, rig.client('eu-west-1'))).toEqual([]);
  });
});

describe('DeleteAccountSetting', () => {
  test('answers what holds from then on', async () => {
    await putDefault('containerInsights', 'enabled');
    await put('containerInsights', 'enhanced');
    const setting = { name: 'containerInsights', principalArn: administrator, type: 'user' };
    expect(await remove('containerInsights')).toEqual({ ...setting, value: 'enabled' });
    expect(await list()).toEqual([]);
    expect(await remove('containerInsights', root)).toEqual({
      ...setting,
      value: 'disabled',
      principalArn: root,
    });
    expect(await remove('containerInsights')).toEqual({ ...setting, value: 'disabled' });
  });

  test('refuses what only AWS sets, and what is not the own', async () => {
    await expect(remove('guardDutyActivate')).rejects.toMatchObject(refusal);
    await expect(remove('containerInsights', administrator, await clientOf('mary'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
