// Names, ids and ARNs, wherever ECS takes them: every form that it takes, and how it refuses the others.
import { beforeEach, describe, expect, test } from 'vitest';
import { aContainerInstance } from '../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../test-support/builders/a-task.ts';
import { builtOperations } from '../../src/aws/ecs/api.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { arnPrefix, EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall, type RawReply } from './raw-call.ts';

const id = '1'.repeat(32);
const oldId = '22222222-2222-2222-2222-222222222222';
const unknown = '9'.repeat(32);
const elsewhere = ['arn:aws:ecs:eu-west-1:000000000000', 'arn:aws:ecs:us-east-1:111111111111'] as const;

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
  for (const clusterName of ['default', 'other']) await rawCall(rig, 'CreateCluster', { clusterName });
  await rawCall(rig, 'RegisterTaskDefinition', {
    family: 'web',
    containerDefinitions: [{ name: 'app', image: 'i', memory: 6 }],
  });
  // Of both forms that ids have had in ECS: no operation makes one of the old form, nor one that is known before.
  rig.controlPlane.store.update((tx) => {
    for (const one of [id, oldId]) {
      const arn = `${arnPrefix}:container-instance/default/${one}`;
      tx.table(containerInstances).put(aContainerInstance({ id: one, arn }));
      tx.table(tasks).put(
        aTask({ id: one, arn: `${arnPrefix}:task/default/${one}`, containerInstanceArn: arn }),
      );
    }
  });
  rig.connect(`${arnPrefix}:container-instance/default/${id}`);
  rig.connect(`${arnPrefix}:container-instance/default/${oldId}`);
});

const invalid = (message: RegExp) => ({
  status: 400,
  code: 'InvalidParameterException',
  message: expect.stringMatching(message),
});

/** The operations with a `cluster`, and the rest of an input that leaves the cluster to be what is wrong. */
const inCluster: Readonly<Record<string, object>> = {
  CreateService: { serviceName: 's', taskDefinition: 'web', desiredCount: 1 },
  CreateTaskSet: { service: 's', taskDefinition: 'web' },
  DeleteAttributes: { attributes: [{ name: 'a', targetType: 'container-instance', targetId: id }] },
  DeleteCluster: {},
  DeleteService: { service: 's' },
  DeleteTaskSet: { service: 's', taskSet: 'ecs-svc/1' },
  DeregisterContainerInstance: { containerInstance: id },
  DescribeContainerInstances: { containerInstances: [id] },
  DescribeServices: { services: ['s'] },
  DescribeTaskSets: { service: 's' },
  DescribeTasks: { tasks: [id] },
  ExecuteCommand: { command: 'sh', interactive: true, task: id },
  GetTaskProtection: { tasks: [id] },
  ListAttributes: { targetType: 'container-instance' },
  ListContainerInstances: {},
  ListServiceDeployments: { service: 's' },
  ListServices: {},
  ListTasks: {},
  PutAttributes: { attributes: [{ name: 'a', targetType: 'container-instance', targetId: id }] },
  PutClusterCapacityProviders: { capacityProviders: [], defaultCapacityProviderStrategy: [] },
  RegisterContainerInstance: {},
  RunTask: { taskDefinition: 'web' },
  StartTask: { taskDefinition: 'web', containerInstances: [id] },
  StopTask: { task: id },
  SubmitAttachmentStateChanges: { attachments: [] },
  SubmitContainerStateChange: { task: id },
  SubmitTaskStateChange: { task: id },
  UpdateCluster: { settings: [] },
  UpdateClusterSettings: { settings: [] },
  UpdateContainerAgent: { containerInstance: id },
  UpdateContainerInstancesState: { containerInstances: [id], status: 'DRAINING' },
  UpdateService: { service: 's' },
  UpdateServicePrimaryTaskSet: { service: 's', primaryTaskSet: 'ecs-svc/1' },
  UpdateTaskProtection: { tasks: [id], protectionEnabled: true },
  UpdateTaskSet: { service: 's', taskSet: 'ecs-svc/1', scale: { value: 0, unit: 'PERCENT' } },
};
/** Their cluster is not where they look, or decides nothing. */
const withoutCluster = new Set([
  'CreateCapacityProvider',
  'DeleteCapacityProvider',
  'DescribeCapacityProviders',
  'DiscoverPollEndpoint',
  'UpdateCapacityProvider',
]);

test('every operation that takes a cluster is in the table', () => {
  const taking = builtOperations.filter((operation) => {
    const shape = ecsModel.shapes[ecsModel.operations[operation]!.input];
    return typeof shape === 'object' && shape.kind === 'structure' && 'cluster' in shape.members;
  });
  expect(taking.filter((one) => !(one in inCluster) && !withoutCluster.has(one))).toEqual([]);
});

describe.each(Object.entries(inCluster).filter(([operation]) => builtOperations.includes(operation)))(
  'the cluster of %s',
  (operation, input) => {
    const call = (cluster: string) => rawCall(rig, operation, { ...input, cluster });

    test.each(['other', `${arnPrefix}:cluster/other`])('may be %s', async (cluster) => {
      const { code, message = '' } = await call(cluster);
      expect(code).not.toBe('ClusterNotFoundException');
      expect(message).not.toMatch(/^Invalid identifier/);
    });

    test('is not found under another name, account or region', async () => {
      for (const cluster of ['nope', ...elsewhere.map((place) => `${place}:cluster/default`)]) {
        expect(await call(cluster)).toMatchObject({
          status: 400,
          code: 'ClusterNotFoundException',
          message: 'Cluster not found.',
        });
      }
    });

    test('is refused when it is neither', async () => {
      for (const cluster of [
        'a b',
        'a/b',
        'x'.repeat(256),
        'arn:aws:s3:::default',
        `${arnPrefix}:cluster/a/b`,
        `${arnPrefix}:cluster/`,
        `${arnPrefix}:task/default`,
      ]) {
        expect(await call(cluster)).toMatchObject(invalid(/^Invalid identifier/));
      }
    });
  },
);

test('the clusters of DescribeClusters that are not there are MISSING', async () => {
  const clusters = ['nope', ...elsewhere.map((place) => `${place}:cluster/default`)];
  const { body } = await rawCall(rig, 'DescribeClusters', { clusters: ['default', ...clusters] });
  expect(body['clusters']).toHaveLength(1);
  expect(body['failures']).toEqual([
    { arn: `${arnPrefix}:cluster/nope`, reason: 'MISSING' },
    ...clusters.slice(1).map((arn) => ({ arn, reason: 'MISSING' })),
  ]);
});

interface Member {
  readonly type: 'task' | 'container-instance';
  /** The input around the reference. */
  readonly input: (reference: string) => object;
  /** Whether the reply says that it was found. */
  readonly found: (reply: RawReply) => boolean;
  /** What is answered for a good reference to nothing. */
  readonly missing: object;
}

const succeeded = ({ status }: RawReply): boolean => status === 200;
const withoutFailures = ({ status, body }: RawReply): boolean =>
  status === 200 && (body['failures'] as unknown[]).length === 0;
const failureOf = (type: string) => ({
  status: 200,
  body: { failures: [{ arn: `${arnPrefix}:${type}/default/${unknown}`, reason: 'MISSING' }] },
});

const members: Readonly<Record<string, Member>> = {
  DescribeTasks: {
    type: 'task',
    input: (task) => ({ tasks: [task] }),
    found: withoutFailures,
    missing: failureOf('task'),
  },
  GetTaskProtection: {
    type: 'task',
    input: (task) => ({ cluster: 'default', tasks: [task] }),
    found: withoutFailures,
    missing: failureOf('task'),
  },
  UpdateTaskProtection: {
    type: 'task',
    input: (task) => ({ cluster: 'default', tasks: [task], protectionEnabled: true }),
    found: ({ body }) => JSON.stringify(body).includes('TASK_NOT_VALID'),
    missing: failureOf('task'),
  },
  StopTask: {
    type: 'task',
    input: (task) => ({ task }),
    found: succeeded,
    missing: invalid(/^The referenced task was not found\.$/),
  },
  SubmitTaskStateChange: {
    type: 'task',
    input: (task) => ({ task, status: 'RUNNING' }),
    found: succeeded,
    missing: invalid(/^The referenced task was not found\.$/),
  },
  SubmitContainerStateChange: {
    type: 'task',
    input: (task) => ({ task, containerName: 'app', status: 'RUNNING' }),
    found: succeeded,
    missing: invalid(/^The referenced task was not found\.$/),
  },
  DescribeContainerInstances: {
    type: 'container-instance',
    input: (instance) => ({ containerInstances: [instance] }),
    found: withoutFailures,
    missing: failureOf('container-instance'),
  },
  StartTask: {
    type: 'container-instance',
    input: (instance) => ({ taskDefinition: 'web', containerInstances: [instance] }),
    found: withoutFailures,
    missing: failureOf('container-instance'),
  },
  UpdateContainerInstancesState: {
    type: 'container-instance',
    input: (instance) => ({ containerInstances: [instance], status: 'DRAINING' }),
    found: withoutFailures,
    missing: failureOf('container-instance'),
  },
  DeregisterContainerInstance: {
    type: 'container-instance',
    input: (containerInstance) => ({ containerInstance, force: true }),
    found: succeeded,
    missing: { status: 400, code: 'ClientException' },
  },
  ListTasks: {
    type: 'container-instance',
    input: (containerInstance) => ({ containerInstance }),
    found: ({ body }) => (body['taskArns'] as unknown[]).length === 1,
    missing: invalid(/^The referenced container instance was not found\.$/),
  },
  RegisterContainerInstance: {
    type: 'container-instance',
    input: (containerInstanceArn) => ({ containerInstanceArn }),
    found: succeeded,
    missing: { status: 400, code: 'ClientException' },
  },
};

describe.each(Object.entries(members))('the member that %s names', (operation, member) => {
  const { type } = member;
  const other = type === 'task' ? 'container-instance' : 'task';
  const call = (reference: string) => rawCall(rig, operation, member.input(reference));

  test.each([
    ['its id', id],
    ['its ARN', `${arnPrefix}:${type}/default/${id}`],
    ['its ARN of the old form', `${arnPrefix}:${type}/${id}`],
    ['an id of the old form', oldId],
    ['the ARN of an id of the old form', `${arnPrefix}:${type}/default/${oldId}`],
    ['an id and an ARN of the old form', `${arnPrefix}:${type}/${oldId}`],
  ])('may be %s', async (_form, reference) => {
    const reply = await call(reference);
    expect(reply, JSON.stringify(reply.body)).toSatisfy(member.found);
  });

  test.each([unknown, `${arnPrefix}:${type}/default/${unknown}`, `${arnPrefix}:${type}/${unknown}`])(
    'is not there: %s',
    async (reference) => {
      expect(await call(reference)).toMatchObject(member.missing);
    },
  );

  test.each([
    [
      'of another cluster',
      `${arnPrefix}:${type}/other/${id}`,
      /^Invalid identifier: Identifier is for cluster other\. Your cluster is default$/,
    ],
    [
      'of another region',
      `${elsewhere[0]}:${type}/default/${id}`,
      /^Invalid identifier: .* Your region is us-east-1$/,
    ],
    [
      'of another account',
      `${elsewhere[1]}:${type}/default/${id}`,
      /^Invalid identifier: .* Your accountId is 0{12}$/,
    ],
    ['of another type', `${arnPrefix}:${other}/default/${id}`, /^Invalid identifier: Identifier is for /],
    ['of another service', `arn:aws:s3:::${id}`, /^Invalid identifier: /],
    [
      'of another partition',
      `${arnPrefix.replace('aws', 'aws-cn')}:${type}/default/${id}`,
      /^Invalid identifier: /,
    ],
    [
      'with too many parts',
      `${arnPrefix}:${type}/default/x/${id}`,
      /^Invalid identifier: Unexpected number of separators$/,
    ],
    [
      'with an id that is too short',
      `${arnPrefix}:${type}/default/${id.slice(1)}`,
      /length should be one of \[32,36\]$/,
    ],
    [
      'that is an id that is too long',
      `${id}0`,
      /^(taskId|containerInstanceId) length should be one of \[32,36\]$/,
    ],
    ['that is a name', 'web', /^(taskId|containerInstanceId) length should be one of \[32,36\]$/],
  ])('is refused %s', async (_why, reference, message) => {
    expect(await call(reference)).toMatchObject(invalid(message));
  });
});

describe.each([
  ['RunTask', {}],
  ['StartTask', { containerInstances: [id] }],
  ['DescribeTaskDefinition', {}],
  ['DeregisterTaskDefinition', {}],
])('the task definition of %s', (operation, input) => {
  const call = (taskDefinition: string) => rawCall(rig, operation, { ...input, taskDefinition });
  const needsRevision = operation === 'DeregisterTaskDefinition';

  test.each(['web:1', `${arnPrefix}:task-definition/web:1`, ...(needsRevision ? [] : ['web'])])(
    'may be %s',
    async (reference) => {
      expect(await call(reference)).toMatchObject({ status: 200 });
    },
  );

  test.each([
    'web:2',
    `${arnPrefix}:task-definition/nope:1`,
    'a b',
    'a:1:2',
    `${arnPrefix}:cluster/default`,
    ...elsewhere.map((place) => `${place}:task-definition/web:1`),
  ])('is refused: %s', async (reference) => {
    expect(await call(reference)).toMatchObject({ status: 400, code: 'ClientException' });
  });

  test('has a revision that is a number', async () => {
    expect(await call('web:x')).toMatchObject(invalid(/^Invalid revision number\. Number: x$/));
  });
});
