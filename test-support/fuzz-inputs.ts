// Inputs to throw at ECS's operations: any that the model allows, nearly right ones, and broken ones.
import fc from 'fast-check';
import { ecsModel } from '../src/aws/ecs/shapes.generated.ts';
import { capacityProviderArn, clusterArn, serviceArn, taskDefinitionArn } from '../src/aws/ecs/state/arn.ts';
import { aScope } from './builders/a-scope.ts';
import { damage } from './break-json.ts';
import { modelInput } from './model-input.ts';

const anyText = fc.oneof(
  fc.constantFrom('', 'x', 'default', '-1', '0', 'a b', 'é', 'x'.repeat(300)),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
/** A text that stands for a row of that table, by its place there: `task#2` is the ARN of the third task. */
export const placeholder = /^(task|taskId|instance|instanceId|taskSet|deployment|revision)#(\d)$/;
const taskTexts = ['task#0', 'task#1', 'task#2', 'task#3', 'task#4', 'taskId#1', 'taskId#0'];
const instanceTexts = ['instance#0', 'instance#1', 'instance#2', 'instanceId#0', '9'.repeat(36)];
const clusterTexts = [
  'default',
  'default',
  'other',
  'gone',
  'nope',
  '',
  clusterArn(aScope, 'default'),
  clusterArn({ ...aScope, accountId: '999999999999' }, 'default'),
];
const providerTexts = ['FARGATE', 'FARGATE_SPOT', 'p', 'q', 'nope', capacityProviderArn(aScope, 'p')];
const serviceTexts = ['svc', 'svc', 'ext', 'new', 'nope', serviceArn(aScope, 'default', 'svc')];
const taskSetTexts = ['taskSet#0', 'taskSet#0', 'taskSet#1', 'nope'];
const deploymentTexts = ['deployment#0', 'deployment#1', 'nope', 'arn:aws:ecs:us-east-1:0:x'];
const revisionTexts = ['revision#0', 'revision#1', 'nope'];
/** Texts that mean something, by the member that they stand in. */
const texts: Readonly<Record<string, readonly string[]>> = {
  cluster: clusterTexts,
  clusters: clusterTexts,
  clusterName: ['default', 'new', 'gone', 'default/x'],
  capacityProvider: providerTexts,
  capacityProviders: providerTexts,
  autoScalingGroupArn: ['p', 'q', 'group', ''],
  namespace: ['n', '', 'a/b'],
  service: serviceTexts,
  services: serviceTexts,
  serviceName: ['svc', 'new', 'new', 'ext', 'a b'],
  taskSet: taskSetTexts,
  taskSets: taskSetTexts,
  primaryTaskSet: taskSetTexts,
  serviceDeploymentArn: deploymentTexts,
  serviceDeploymentArns: deploymentTexts,
  serviceRevisionArns: revisionTexts,
  task: taskTexts,
  tasks: taskTexts,
  containerInstance: instanceTexts,
  containerInstances: instanceTexts,
  containerInstanceArn: instanceTexts,
  taskDefinition: [
    'web',
    'web',
    'port',
    'web:1',
    'web:2',
    'new',
    taskDefinitionArn(aScope, 'port', 1),
    ':1',
    'web:0',
  ],
  family: ['web', 'new', 'no family'],
  familyPrefix: ['web', 'w', ''],
  name: [
    'p',
    'q',
    'containerInsights',
    'app',
    'b',
    'data',
    'CPU',
    'MEMORY',
    'PORTS',
    'PORTS_UDP',
    'ecs.availability-zone',
  ],
  containerName: ['app', 'b', 'nope'],
  sourceContainer: ['app', 'b'],
  links: ['app', 'b:alias', ':'],
  sourceVolume: ['data', 'nope'],
  containerPath: ['/data', ''],
  image: ['busybox', 'busybox:1@sha256:0', 'no image'],
  cpu: ['256', '.5 vCPU', '', '1e3', '99999999999999999999999'],
  memory: ['512', '1 GB', '', '-1', '3'],
  status: ['PENDING', 'RUNNING', 'STOPPED', 'ACTIVE', 'DRAINING', 'GONE'],
  type: ['INTEGER', 'STRINGSET'],
  stringSetValue: ['22', '80', '0', 'x', '65536'],
  clientToken: ['token-1', 'token-2', 'é'],
  startedBy: ['me', 'ecs-svc/1', 'a b'],
  group: ['family:web', 'g', 'service:x'],
  key: ['team', 'aws:x', ''],
  tagKeys: ['team', 'aws:x', ''],
  resourceArn: [
    clusterArn(aScope, 'default'),
    clusterArn(aScope, 'gone'),
    taskDefinitionArn(aScope, 'web', 1),
    ...taskTexts,
  ],
  principalArn: ['arn:aws:iam::000000000000:root', 'arn:aws:iam::000000000000:user/mary', 'mary'],
  value: ['a', '', 'enabled', '7'],
  command: ['CMD', 'CMD-SHELL', 'true'],
};
const options = {
  text: (member: string): fc.Arbitrary<string> => {
    const known = texts[member];
    return known === undefined
      ? anyText
      : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: anyText });
  },
  integer: fc.constantFrom(0, 1, 2, 5, 10, 80, 100, 512, 8080, 65_536, -1, -100, 2 ** 31 - 1, -(2 ** 31)),
};

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const size = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(100, 512, 1500) },
  { weight: 1, arbitrary: fc.constantFrom(6, 5, 0, -1, -5000, 2 ** 31 - 1) },
);
const softSize = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(50, 64, 0) },
  { weight: 1, arbitrary: size },
);
const portMapping = fc.record(
  {
    containerPort: fc.constantFrom(80, 80, 53, 53, 0, 65_536),
    hostPort: fc.constantFrom(0, 0, 80, 53, 8080, 22, -1),
    protocol: fc.constantFrom('tcp', 'udp'),
  },
  { requiredKeys: ['containerPort'] },
);
const container = fc.record({
  name: fc.constantFrom('app', 'b', 'c'),
  image: fc.constant('busybox'),
  memory: size,
  memoryReservation: sometimes(softSize),
  cpu: sometimes(size),
  essential: sometimes(fc.boolean()),
  portMappings: sometimes(fc.array(portMapping, { maxLength: 2 })),
  links: sometimes(fc.array(options.text('links'), { maxLength: 2 })),
  dependsOn: sometimes(
    fc.array(
      fc.record({
        containerName: fc.constantFrom('app', 'b', 'c'),
        condition: fc.constantFrom('START', 'HEALTHY'),
      }),
      { maxLength: 2 },
    ),
  ),
});
const containerOverride = fc.record(
  { name: fc.constantFrom('app', 'b'), cpu: size, memory: size, memoryReservation: softSize },
  { requiredKeys: ['name'] },
);
const count = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 1, arbitrary: options.integer },
);
const scale = fc.record({
  unit: sometimes(fc.constant('PERCENT' as const)),
  value: fc.constantFrom(0, 10, 100, 33.3, -1, 101),
});
const definition = fc.constantFrom('web', 'web', 'port', 'web:1', 'new');
const deploymentConfiguration = fc.record({
  maximumPercent: maybe(fc.constantFrom(100, 150, 200, 99, -1)),
  minimumHealthyPercent: maybe(fc.constantFrom(0, 50, 100, 101)),
  deploymentCircuitBreaker: sometimes(fc.record({ enable: fc.boolean(), rollback: fc.boolean() })),
});
const ofExternal = {
  cluster: fc.constant('default'),
  service: fc.constantFrom('ext', 'ext', 'ext', 'svc', 'nope'),
};
/** Inputs that are nearly right, for the operations whose inputs by the model alone are nearly always wrong. */
const nearlyRight: Readonly<Record<string, fc.Arbitrary<object>>> = {
  RegisterTaskDefinition: fc.record({
    family: fc.constantFrom('web', 'new'),
    containerDefinitions: fc.oneof(
      {
        weight: 4,
        arbitrary: fc.uniqueArray(container, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
      },
      { weight: 1, arbitrary: fc.array(container, { maxLength: 3 }) },
    ),
    networkMode: maybe(fc.constantFrom('bridge', 'host', 'none')),
    cpu: sometimes(options.text('cpu')),
    memory: sometimes(options.text('memory')),
  }),
  CreateService: fc.record({
    serviceName: fc.constantFrom('svc', 'new', 'n2', 'n3'),
    taskDefinition: definition,
    desiredCount: count,
    schedulingStrategy: sometimes(fc.constantFrom('DAEMON', 'REPLICA')),
    deploymentController: sometimes(fc.record({ type: fc.constantFrom('ECS', 'EXTERNAL') })),
    deploymentConfiguration: sometimes(deploymentConfiguration),
    clientToken: sometimes(fc.constantFrom('token-1', 'token-2')),
  }),
  UpdateService: fc.record({
    service: fc.constantFrom('svc', 'svc', 'ext', 'new', 'nope'),
    taskDefinition: sometimes(definition),
    desiredCount: sometimes(count),
    forceNewDeployment: sometimes(fc.boolean()),
    deploymentConfiguration: sometimes(deploymentConfiguration),
  }),
  DeleteService: fc.record({ service: options.text('service'), force: maybe(fc.boolean()) }),
  CreateTaskSet: fc.record({
    ...ofExternal,
    taskDefinition: definition,
    scale: maybe(scale),
    clientToken: sometimes(fc.constantFrom('token-1', 'token-2')),
    externalId: sometimes(options.text('externalId')),
  }),
  UpdateTaskSet: fc.record({ ...ofExternal, taskSet: options.text('taskSet'), scale }),
  DeleteTaskSet: fc.record({ ...ofExternal, taskSet: options.text('taskSet'), force: maybe(fc.boolean()) }),
  UpdateServicePrimaryTaskSet: fc.record({ ...ofExternal, primaryTaskSet: options.text('primaryTaskSet') }),
  DescribeTaskSets: fc.record({
    ...ofExternal,
    taskSets: sometimes(fc.array(options.text('taskSets'), { maxLength: 2 })),
  }),
  UpdateCapacityProvider: fc.record({
    name: fc.constantFrom('p', 'q'),
    autoScalingGroupProvider: fc.record({
      managedScaling: maybe(fc.record({ status: fc.constantFrom('ENABLED', 'DISABLED') })),
    }),
  }),
  PutAttributes: fc.record({
    attributes: fc.array(
      fc.record({
        name: fc.constantFrom('a', 'b', 'ecs.x'),
        value: maybe(fc.constantFrom('1', '2', '')),
        targetId: fc.constantFrom('instance#0', 'instance#1', 'nope'),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  SubmitContainerStateChange: fc.record({
    task: fc.constantFrom(...taskTexts),
    containerName: fc.constantFrom('app', 'b'),
    status: fc.constantFrom('PENDING', 'RUNNING', 'STOPPED'),
    exitCode: sometimes(options.integer),
  }),
  RunTask: fc.record({
    taskDefinition: fc.constantFrom('web', 'web', 'port', 'port:1', 'new'),
    count: fc.integer({ min: 1, max: 10 }),
    clientToken: sometimes(fc.constantFrom('token-1', 'token-2')),
    overrides: maybe(
      fc.record({
        containerOverrides: fc.array(containerOverride, { maxLength: 2 }),
        cpu: sometimes(options.text('cpu')),
        memory: sometimes(options.text('memory')),
      }),
    ),
  }),
  CreateCapacityProvider: fc.record({
    name: fc.constantFrom('p', 'q'),
    autoScalingGroupProvider: fc.record({
      autoScalingGroupArn: fc.constantFrom('p', 'q'),
      managedScaling: maybe(fc.record({ status: fc.constantFrom('ENABLED', 'DISABLED') })),
    }),
  }),
  PutClusterCapacityProviders: fc.record({
    cluster: fc.constantFrom('default', 'other'),
    capacityProviders: fc.array(fc.constantFrom(...providerTexts.slice(0, 4)), { maxLength: 3 }),
    defaultCapacityProviderStrategy: fc.array(
      fc.record({ capacityProvider: fc.constantFrom(...providerTexts), weight: sometimes(options.integer) }),
      { maxLength: 2 },
    ),
  }),
  StartTask: fc.record({
    taskDefinition: fc.constantFrom('web', 'port', 'new'),
    containerInstances: fc.array(fc.constantFrom('instance#0', 'instance#0', ...instanceTexts), {
      minLength: 1,
      maxLength: 3,
    }),
    overrides: maybe(fc.record({ containerOverrides: fc.array(containerOverride, { maxLength: 2 }) })),
  }),
  SubmitTaskStateChange: fc.record({
    task: fc.constantFrom(...taskTexts),
    status: fc.constantFrom('PENDING', 'RUNNING', 'STOPPED'),
    reason: fc.constantFrom('', 'x'),
    containers: fc.array(
      fc.record({
        containerName: fc.constantFrom('app', 'b'),
        status: fc.constantFrom('RUNNING', 'STOPPED'),
        exitCode: options.integer,
      }),
      { maxLength: 3 },
    ),
  }),
};

/** What the operation must be given, and little more. */
const sparse = (operation: string): fc.Arbitrary<object> =>
  modelInput(ecsModel, operation, { ...options, scarcity: 5 });

/** Any input that the model of `operation` allows, nearly right as often as not. */
export const wholeInput = (operation: string): fc.Arbitrary<object> =>
  fc.oneof(modelInput(ecsModel, operation, options), nearlyRight[operation] ?? sparse(operation));

/** Any input that the model of `operation` allows, or such a one with damage. */
export function inputOf(operation: string): fc.Arbitrary<unknown> {
  const whole = wholeInput(operation);
  const broken = fc
    .tuple(whole, fc.array(damage, { minLength: 1, maxLength: 2 }))
    .map(([input, damages]) => damages.reduce<unknown>((value, break_) => break_(value), input));
  return fc.oneof({ weight: 2, arbitrary: whole }, { weight: 1, arbitrary: broken });
}
