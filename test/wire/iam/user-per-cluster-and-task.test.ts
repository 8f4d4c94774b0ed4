// Each user for one cluster and one task: what policies say of ECS is what can be done, and nothing else.
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  PutAccountSettingDefaultCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  StopTaskCommand,
  TagResourceCommand,
  UpdateServiceCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import * as iam from '@aws-sdk/client-iam';
import { beforeEach, describe, expect, it, test } from 'vitest';
import type { Credentials } from '../../../src/wire/sigv4/sign.ts';
import { account, arnPrefix, EcsRig } from '../../../test-support/ecs-rig.ts';
import { sdkClientOf } from '../../../test-support/sdk-client.ts';
import { longshoreCall } from '../longshore-call.ts';

let rig: EcsRig;
let admin: iam.IAMClient;
let ada: Credentials;
let ecs: ECSClient;
const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const cluster = (name: string) => `${arnPrefix}:cluster/${name}`;
const user = `arn:aws:iam::${account}:user/ada`;

beforeEach(async () => {
  rig = await EcsRig.open();
  admin = rig.clientOf(iam.IAMClient);
  await admin.send(new iam.CreateUserCommand({ UserName: 'ada' }));
  const { AccessKey } = await admin.send(new iam.CreateAccessKeyCommand({ UserName: 'ada' }));
  ada = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  ecs = sdkClientOf(ECSClient, rig.controlPlane.handle, ada, { clock: rig.clock });
  for (const clusterName of ['blue', 'green']) {
    await rig.ecs.send(new CreateClusterCommand({ clusterName }));
    await rig.instance({ cluster: clusterName });
  }
  await register('web');
  await register('other');
});

const register = (family: string, more: Partial<RegisterTaskDefinitionCommandInput> = {}, client = rig.ecs) =>
  client.send(
    new RegisterTaskDefinitionCommand({
      family,
      containerDefinitions: [{ name: 'app', image: 'busybox', memory: 64 }],
      ...more,
    }),
  );
const permit = (...Statement: readonly object[]) =>
  admin.send(
    new iam.PutUserPolicyCommand({
      UserName: 'ada',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  );
const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const denied = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message: `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
});
const run = (input: object = {}) =>
  ecs.send(new RunTaskCommand({ taskDefinition: 'web', cluster: 'blue', ...input }));
const tasksOf = async (name: string) =>
  (await rig.ecs.send(new ListTasksCommand({ cluster: name }))).taskArns!;

const onBlue = { ArnEquals: { 'ecs:cluster': cluster('blue') } };

describe('a user who may only run one task definition on one cluster', () => {
  beforeEach(() =>
    permit(
      allow('ecs:RunTask', `${arnPrefix}:task-definition/web:*`, onBlue),
      allow(['ecs:DescribeTasks', 'ecs:StopTask'], `${arnPrefix}:task/blue/*`),
    ),
  );

  it('can do that, however it is called', async () => {
    for (const taskDefinition of [
      'web',
      'web:1',
      `${arnPrefix}:task-definition/web:1`,
      `${arnPrefix}:task-definition/web`,
    ])
      for (const name of ['blue', cluster('blue')]) await run({ taskDefinition, cluster: name });
    const [task] = await tasksOf('blue');
    const id = task!.split('/').at(-1)!;
    const { tasks } = await ecs.send(new DescribeTasksCommand({ tasks: [id], cluster: 'blue' }));
    expect(tasks).toMatchObject([{ taskArn: task }]);
    await ecs.send(new StopTaskCommand({ task: id, cluster: 'blue' }));
  });

  it('can do nothing else', async () => {
    const web = `${arnPrefix}:task-definition/web:1`;
    await expect(run({ cluster: 'green' })).rejects.toMatchObject(denied('ecs:RunTask', web));
    await expect(run({ cluster: undefined })).rejects.toMatchObject(denied('ecs:RunTask', web));
    await expect(run({ taskDefinition: 'other' })).rejects.toMatchObject(
      denied('ecs:RunTask', `${arnPrefix}:task-definition/other:1`),
    );
    const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['ListTasks', () => ecs.send(new ListTasksCommand({ cluster: 'blue' }))],
      ['DeleteCluster', () => ecs.send(new DeleteClusterCommand({ cluster: 'blue' }))],
      [
        'CreateService',
        () =>
          ecs.send(new CreateServiceCommand({ serviceName: 's', cluster: 'blue', taskDefinition: 'web' })),
      ],
      ['RegisterTaskDefinition', () => register('web', {}, ecs)],
      [
        'StartTask',
        () =>
          ecs.send(
            new StartTaskCommand({ taskDefinition: 'web', cluster: 'blue', containerInstances: ['i'] }),
          ),
      ],
      ['StopTask', () => ecs.send(new StopTaskCommand({ task: 'x', cluster: 'green' }))],
    ];
    for (const [name, call] of calls)
      await expect(call(), name).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(
          `because no identity-based policy allows the ecs:${name} action`,
        ) as string,
      });
    expect([await tasksOf('blue'), await tasksOf('green')]).toEqual([[], []]);
  });

  it('cannot reach past a deny by another name for the same thing', async () => {
    await permit(allow('ecs:*'), {
      ...allow('*', [`${arnPrefix}:task-definition/web:*`, `${arnPrefix}:task/blue/*`]),
      Effect: 'Deny',
    });
    for (const taskDefinition of ['web', 'web:1', `${arnPrefix}:task-definition/web`])
      await expect(run({ taskDefinition })).rejects.toMatchObject({
        message: expect.stringContaining('with an explicit deny in an identity-based policy') as string,
      });
    const { tasks } = await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'other', cluster: 'blue' }));
    const id = tasks![0]!.taskArn!.split('/').at(-1)!;
    for (const task of [id, tasks![0]!.taskArn!, `${arnPrefix}:task/${id}`])
      await expect(ecs.send(new StopTaskCommand({ task, cluster: 'blue' }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
  });
});

describe('roles that a call passes', () => {
  const pass = (service: string) =>
    allow('iam:PassRole', role('task'), { StringEquals: { 'iam:PassedToService': service } });

  test('must be allowed to be passed to the service that gets them', async () => {
    await permit(allow('ecs:*'));
    const refused = denied('iam:PassRole', role('task'));
    await expect(register('web', { taskRoleArn: role('task') }, ecs)).rejects.toMatchObject(refused);
    await expect(run({ overrides: { executionRoleArn: role('task') } })).rejects.toMatchObject(refused);
    await permit(allow('ecs:*'), pass('ecs.amazonaws.com'));
    await expect(register('web', { taskRoleArn: role('task') }, ecs)).rejects.toMatchObject(refused);
    await permit(allow('ecs:*'), pass('ecs-tasks.amazonaws.com'));
    await register('web', { taskRoleArn: role('task') }, ecs);
    await register('web', { executionRoleArn: role('task') }, ecs);
    await run();
  });

  test('of the task definition count for whoever runs it', async () => {
    await register('web', { executionRoleArn: role('task') });
    await permit(allow('ecs:*'));
    await expect(run()).rejects.toMatchObject(denied('iam:PassRole', role('task')));
    expect(await tasksOf('blue')).toEqual([]);
  });
});

describe('tags', () => {
  const tags = [{ key: 'team', value: 'blue' }];

  test('of what a call creates must be allowed to be given', async () => {
    await permit(allow('ecs:RunTask'));
    await expect(run({ tags })).rejects.toMatchObject(denied('ecs:TagResource', `${arnPrefix}:task/blue/*`));
    await permit(
      allow('ecs:RunTask'),
      allow('ecs:TagResource', '*', { StringEquals: { 'ecs:CreateAction': 'RunTask' } }),
    );
    await run({ tags });
    await expect(
      ecs.send(new TagResourceCommand({ resourceArn: cluster('blue'), tags })),
    ).rejects.toMatchObject(denied('ecs:TagResource', cluster('blue')));
  });

  test('may be given by whoever creates where the account says so', async () => {
    await rig.ecs.send(
      new PutAccountSettingDefaultCommand({ name: 'tagResourceAuthorization', value: 'off' }),
    );
    await permit(allow('ecs:RunTask'));
    await run({ tags });
  });

  test('of the request and of the resource are conditions', async () => {
    await rig.ecs.send(new TagResourceCommand({ resourceArn: cluster('blue'), tags }));
    await permit(
      allow('ecs:DeleteCluster', '*', {
        StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' },
      }),
      allow('ecs:CreateCluster', '*', {
        StringEquals: { 'aws:RequestTag/team': 'red' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
      }),
      allow('ecs:TagResource'),
    );
    const remove = (name: string) => ecs.send(new DeleteClusterCommand({ cluster: name }));
    await expect(remove('blue')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await admin.send(new iam.TagUserCommand({ UserName: 'ada', Tags: [{ Key: 'Team', Value: 'blue' }] }));
    await expect(remove('green')).rejects.toMatchObject(denied('ecs:DeleteCluster', cluster('green')));
    await expect(remove('blue')).rejects.toMatchObject({
      name: 'ClusterContainsContainerInstancesException',
    });
    const create = (...keys: string[]) =>
      ecs.send(
        new CreateClusterCommand({ clusterName: 'red', tags: keys.map((key) => ({ key, value: 'red' })) }),
      );
    await expect(create()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(create('team', 'more')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await create('team');
  });
});

describe('condition keys of ECS', () => {
  const service = (input: object = {}) =>
    ecs.send(
      new CreateServiceCommand({
        serviceName: 's',
        cluster: 'blue',
        taskDefinition: 'web',
        desiredCount: 0,
        ...input,
      }),
    );
  test.each<[string, object, () => Promise<unknown>, () => Promise<unknown>]>([
    [
      'ecs:privileged',
      { Bool: { 'ecs:privileged': 'false' } },
      () => register('x', {}, ecs),
      () =>
        register(
          'x',
          { containerDefinitions: [{ name: 'a', image: 'b', memory: 64, privileged: true }] },
          ecs,
        ),
    ],
    [
      'ecs:task-cpu',
      { NumericLessThanEquals: { 'ecs:task-cpu': '512', 'ecs:task-memory': '1024' } },
      () => register('x', { cpu: '.5 vCPU'.replace('.5', '0.5'), memory: '1 GB' }, ecs),
      () => register('x', { cpu: '1024', memory: '1 GB' }, ecs),
    ],
    [
      'ecs:compute-compatibility',
      { 'ForAllValues:StringEquals': { 'ecs:compute-compatibility': ['EC2'] } },
      () => register('x', { requiresCompatibilities: ['EC2'] }, ecs),
      () => register('x', { requiresCompatibilities: ['FARGATE'] }, ecs),
    ],
    [
      'ecs:task-definition',
      { ArnLike: { 'ecs:task-definition': `${arnPrefix}:task-definition/web:*` } },
      () => service(),
      () => service({ taskDefinition: 'other' }),
    ],
    [
      'ecs:enable-execute-command',
      { Bool: { 'ecs:enable-execute-command': 'false' } },
      () => run(),
      () => run({ enableExecuteCommand: true }),
    ],
    [
      'ecs:container-instances',
      { 'ForAllValues:ArnLike': { 'ecs:container-instances': `${arnPrefix}:container-instance/blue/*` } },
      () => ecs.send(new RunTaskCommand({ taskDefinition: 'web', cluster: 'blue' })),
      () =>
        ecs.send(
          new StartTaskCommand({
            taskDefinition: 'web',
            cluster: 'blue',
            containerInstances: [`${arnPrefix}:container-instance/green/${'0'.repeat(32)}`],
          }),
        ),
    ],
    [
      'ecs:account-setting',
      { StringEquals: { 'ecs:account-setting': 'containerInsights' } },
      () => ecs.send(new PutAccountSettingDefaultCommand({ name: 'containerInsights', value: 'enabled' })),
      () => ecs.send(new PutAccountSettingDefaultCommand({ name: 'awsvpcTrunking', value: 'enabled' })),
    ],
  ])('%s', async (_key, condition, allowed, refused) => {
    await permit(allow('*', '*', condition));
    await allowed();
    await expect(refused()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('because no identity-based policy allows') as string,
    });
  });

  test('of what a change leaves out are not there', async () => {
    await permit(allow('*'));
    await service();
    await permit(allow('ecs:UpdateService', '*', { Null: { 'ecs:enable-execute-command': 'true' } }));
    const update = (input: object) =>
      ecs.send(new UpdateServiceCommand({ service: 's', cluster: 'blue', ...input }));
    await update({ desiredCount: 1 });
    await expect(update({ enableExecuteCommand: false })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});

describe('operations of Longshore’s own', () => {
  const call = (operation: string, input: object) => longshoreCall(rig, operation, input, ada);

  test('give no key of the root to whoever may not manage keys', async () => {
    await admin.send(
      new iam.AttachUserPolicyCommand({
        UserName: 'ada',
        PolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess',
      }),
    );
    await call('ExplainPlacement', { taskDefinition: 'web', cluster: 'blue' });
    for (const [operation, input] of [
      ['CreateAccessKey', {}],
      ['ListAccessKeys', {}],
      ['DeleteAccessKey', { accessKeyId: rig.controlPlane.administrator.accessKeyId }],
    ] as const)
      await expect(call(operation, input)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`iam:${operation}`) as string,
      });
  });

  test('do nothing that ECS’s own would be refused for', async () => {
    await permit(allow('*'), { ...allow('ecs:*', '*', onBlue), Effect: 'Deny' });
    for (const [operation, input, action] of [
      ['ReplaceTask', { task: 'x', cluster: 'blue' }, 'ecs:StopTask'],
      ['UpdateServiceImages', { service: 's', cluster: 'blue', images: [] }, 'ecs:UpdateService'],
    ] as const)
      await expect(call(operation, input)).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`perform: ${action} `) as string,
      });
  });
});

test('groups, AWS’s own policies and the time of day have their say', async () => {
  await admin.send(new iam.CreateGroupCommand({ GroupName: 'staff' }));
  await admin.send(new iam.AddUserToGroupCommand({ GroupName: 'staff', UserName: 'ada' }));
  await admin.send(
    new iam.AttachGroupPolicyCommand({
      GroupName: 'staff',
      PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    }),
  );
  const list = () => ecs.send(new ListTasksCommand({ cluster: 'blue' }));
  await list();
  await expect(run()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const late = { DateGreaterThan: { 'aws:CurrentTime': new Date(rig.clock.now() + 60_000).toISOString() } };
  await permit({ ...allow('*', '*', late), Effect: 'Deny' });
  await list();
  await rig.clock.advance(61_000);
  await expect(list()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
