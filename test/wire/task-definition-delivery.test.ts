// What a definition asks for reaches the agent, is refused when it is run, or is none of the agent's business: nothing is lost.
import {
  CreateClusterCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { payloadTask } from '../../src/acs/payload/payload-task.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { refuseUndeliverable } from '../../src/aws/ecs/operations/task-definition/undeliverable.ts';
import type { TaskDefinition } from '../../src/aws/ecs/state/task-definition/task-definition.ts';
import { aContainerDefinition, aTaskDefinition } from '../../test-support/builders/a-task-definition.ts';
import { aContainer, aTask } from '../../test-support/builders/a-task.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';

const role = 'arn:aws:iam::000000000000:role/r';
const secret = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:x';
const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/app';
const app: ContainerDefinition = { name: 'app', image: 'busybox', memory: 64 };
const mounted: ContainerDefinition = {
  ...app,
  mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }],
};

let rig: EcsRig;
let instance: string;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  instance = await rig.instance({ attributes: ['com.amazonaws.ecs.capability.docker-remote-api.1.18'] });
});

type Input = Partial<RegisterTaskDefinitionCommandInput>;
const register = (input: Input) =>
  rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions: [app], ...input }));
const container = (fields: ContainerDefinition, input: Input = {}): Input => ({
  ...input,
  containerDefinitions: [{ ...app, ...fields }],
});
const volume = (fields: object): Input => ({
  volumes: [{ name: 'v', ...fields }],
  containerDefinitions: [mounted],
});
const awslogs: ContainerDefinition = {
  logConfiguration: {
    logDriver: 'awslogs',
    options: { 'awslogs-group': 'g', 'awslogs-region': 'us-east-1' },
  },
};

const mps = { nvidiaMps: { memory: 1024 } };

/** What can be registered and not be run, with the name that the refusal gives it. */
const undeliverable: readonly (readonly [feature: string, input: Input])[] = [
  ['taskRoleArn', { taskRoleArn: role }],
  ['inferenceAccelerators', { inferenceAccelerators: [{ deviceName: 'd', deviceType: 't' }] }],
  ['ephemeralStorage', { ephemeralStorage: { sizeInGiB: 21 } }],
  ['enableFaultInjection', { enableFaultInjection: true }],
  ['Windows', { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } }],
  ['efsVolumeConfiguration', volume({ efsVolumeConfiguration: { fileSystemId: 'fs-1' } })],
  [
    'fsxWindowsFileServerVolumeConfiguration',
    volume({
      fsxWindowsFileServerVolumeConfiguration: {
        fileSystemId: 'f',
        rootDirectory: 'r',
        authorizationConfig: { credentialsParameter: secret, domain: 'd' },
      },
    }),
  ],
  ['configuredAtLaunch', volume({ configuredAtLaunch: true })],
  ['secrets', container({ secrets: [{ name: 'A', valueFrom: 'p' }] }, { executionRoleArn: role })],
  ['environmentFiles', container({ environmentFiles: [{ value: 'arn:aws:s3:::b/a.env', type: 's3' }] })],
  ['repositoryCredentials', container({ repositoryCredentials: { credentialsParameter: secret } })],
  [
    'secretOptions',
    container({
      logConfiguration: { logDriver: 'syslog', secretOptions: [{ name: 'a', valueFrom: 'p' }] },
    }),
  ],
  ['sharingStrategy', container({ resourceRequirements: [{ type: 'GPU', sharingStrategy: mps }] })],
  ["the value 'ALL'", container({ resourceRequirements: [{ type: 'GPU', value: 'ALL' }] })],
  ['type NeuronDevice', container({ resourceRequirements: [{ type: 'NeuronDevice', value: 'ALL' }] })],
  ['credentialSpecs', container({ credentialSpecs: ['credentialspec:arn:aws:s3:::b/spec'] })],
  ['credentialspec', container({ dockerSecurityOptions: ['credentialspec:file://x'] })],
  ['executionRoleArn', container({ image: ecr }, { executionRoleArn: role })],
  ['executionRoleArn', container(awslogs, { executionRoleArn: role })],
];

describe.each(['RunTask', 'StartTask'] as const)('%s', (operation) => {
  const run = () =>
    operation === 'RunTask'
      ? rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web' }))
      : rig.ecs.send(new StartTaskCommand({ taskDefinition: 'web', containerInstances: [instance] }));

  test.each(undeliverable)('refuses %s by name: %j', async (feature, input) => {
    await register(input);
    const before = rig.controlPlane.store.revision;
    await expect(run()).rejects.toMatchObject({
      name: 'UnsupportedFeatureException',
      message: expect.stringContaining(feature),
    });
    expect(rig.controlPlane.store.revision).toBe(before);
  });

  test("refuses networkMode 'awsvpc', with a network", async () => {
    await register({ networkMode: 'awsvpc' });
    const input = {
      taskDefinition: 'web',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    };
    const running =
      operation === 'RunTask'
        ? rig.ecs.send(new RunTaskCommand(input))
        : rig.ecs.send(new StartTaskCommand({ ...input, containerInstances: [instance] }));
    await expect(running).rejects.toMatchObject({
      name: 'UnsupportedFeatureException',
      message: expect.stringContaining("networkMode 'awsvpc'"),
    });
  });

  test.each<[string, Input]>([
    ['ecs.capability.container-restart-policy', container({ restartPolicy: { enabled: true } })],
    [
      'ecs.capability.network.container-port-range',
      container({ portMappings: [{ containerPortRange: '8000-8001' }] }),
    ],
    ['ecs.capability.pid-ipc-namespace-sharing', { pidMode: 'task' }],
    ['ecs.capability.pid-ipc-namespace-sharing', { ipcMode: 'task' }],
    ['com.amazonaws.ecs.capability.ecr-auth', container({ image: ecr })],
  ])('asks an instance for %s', async (capability, input) => {
    await register(input);
    const { failures } = await run();
    expect(failures).toMatchObject([
      { arn: instance, reason: 'ATTRIBUTE', detail: expect.stringContaining(capability) },
    ]);
  });

  test('runs what asks for nothing of the kind', async () => {
    await register(
      container(
        { versionConsistency: 'enabled', restartPolicy: { enabled: false } },
        { executionRoleArn: role },
      ),
    );
    expect(await run()).toMatchObject({ failures: [], tasks: [{ lastStatus: 'PENDING' }] });
  });
});

describe('each parameter of a container', () => {
  /** What differs in a payload, or makes that there is none. */
  const input: Readonly<Record<string, Partial<TaskDefinition['containerDefinitions'][number]>>> = {
    links: { links: ['a'] },
    portMappings: { portMappings: [{ containerPort: 80 }] },
    restartPolicy: { restartPolicy: { enabled: true } },
    entryPoint: { entryPoint: ['a'] },
    command: { command: ['a'] },
    environment: { environment: [{ name: 'a', value: 'b' }] },
    environmentFiles: { environmentFiles: [{ value: 'a', type: 's3' }] },
    mountPoints: { mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }] },
    volumesFrom: { volumesFrom: [{ sourceContainer: 'a' }] },
    linuxParameters: { linuxParameters: { initProcessEnabled: true } },
    secrets: { secrets: [{ name: 'a', valueFrom: 'b' }] },
    dependsOn: { dependsOn: [{ containerName: 'a', condition: 'START' }] },
    startTimeout: { startTimeout: 1 },
    stopTimeout: { stopTimeout: 1 },
    hostname: { hostname: 'a' },
    user: { user: 'a' },
    workingDirectory: { workingDirectory: '/a' },
    disableNetworking: { disableNetworking: true },
    privileged: { privileged: true },
    readonlyRootFilesystem: { readonlyRootFilesystem: true },
    dnsServers: { dnsServers: ['a'] },
    dnsSearchDomains: { dnsSearchDomains: ['a'] },
    extraHosts: { extraHosts: [{ hostname: 'a', ipAddress: 'b' }] },
    dockerSecurityOptions: { dockerSecurityOptions: ['no-new-privileges'] },
    interactive: { interactive: true },
    pseudoTerminal: { pseudoTerminal: true },
    dockerLabels: { dockerLabels: { a: 'b' } },
    ulimits: { ulimits: [{ name: 'cpu', softLimit: 1, hardLimit: 1 }] },
    logConfiguration: { logConfiguration: { logDriver: 'syslog' } },
    healthCheck: { healthCheck: { command: ['CMD', 'a'] } },
    systemControls: { systemControls: [{ namespace: 'net.a', value: '1' }] },
    firelensConfiguration: { firelensConfiguration: { type: 'fluentd' } },
    credentialSpecs: { credentialSpecs: ['a'] },
    repositoryCredentials: { repositoryCredentials: { credentialsParameter: 'a' } },
  };
  /** Taken from the task as it was placed, and what is for services only. */
  const fromTask = [
    'name',
    'image',
    'cpu',
    'memory',
    'memoryReservation',
    'essential',
    'resourceRequirements',
  ];
  const forServices = ['versionConsistency'];

  test('is accounted for', () => {
    const shape = ecsModel.shapes['ContainerDefinition'];
    const members = typeof shape === 'object' && shape.kind === 'structure' ? Object.keys(shape.members) : [];
    expect([...Object.keys(input), ...fromTask, ...forServices].toSorted()).toEqual(members.toSorted());
  });

  test.each(Object.keys(input))('reaches the agent or is refused: %s', (member) => {
    const plain = aTaskDefinition();
    const asking = aTaskDefinition({ containerDefinitions: [aContainerDefinition(input[member])] });
    const task = aTask({ containers: [aContainer()] });
    const isRefused = ((): boolean => {
      try {
        refuseUndeliverable(asking);
        return false;
      } catch {
        return true;
      }
    })();
    const isDelivered =
      JSON.stringify(payloadTask(task, asking)) !== JSON.stringify(payloadTask(task, plain));
    expect(isRefused || isDelivered).toBe(true);
  });
});
