// Every parameter of RegisterTaskDefinition comes back as it was given, with what ECS adds.
import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
});

/** The members that the model knows of a structure. */
function membersOf(name: string): string[] {
  const shape = ecsModel.shapes[name];
  return typeof shape === 'object' && shape.kind === 'structure' ? Object.keys(shape.members) : [];
}

const role = 'arn:aws:iam::000000000000:role/r';
const secret = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:db-AbCdEf';
const register = (input: Partial<RegisterTaskDefinitionCommandInput>) =>
  rig.ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      containerDefinitions: [{ name: 'app', image: 'busybox', memory: 64 }],
      ...input,
    }),
  );

const everything: ContainerDefinition = {
  name: 'app',
  image: 'busybox',
  repositoryCredentials: { credentialsParameter: secret },
  cpu: 10,
  memory: 256,
  memoryReservation: 128,
  links: ['side:other'],
  portMappings: [
    { containerPort: 80, hostPort: 8080, protocol: 'tcp', name: 'web', appProtocol: 'http' },
    { containerPortRange: '9000-9010', protocol: 'udp' },
  ],
  essential: true,
  restartPolicy: { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 60 },
  entryPoint: ['sh'],
  command: ['-c', 'true'],
  environment: [{ name: 'A', value: '1' }],
  environmentFiles: [{ value: 'arn:aws:s3:::bucket/dir/app.env', type: 's3' }],
  mountPoints: [{ sourceVolume: 'data', containerPath: '/data', readOnly: true }],
  volumesFrom: [{ sourceContainer: 'side', readOnly: true }],
  linuxParameters: {
    capabilities: { add: ['NET_ADMIN'], drop: ['ALL'] },
    devices: [{ hostPath: '/dev/null', containerPath: '/dev/nothing', permissions: ['read'] }],
    initProcessEnabled: true,
    sharedMemorySize: 64,
    tmpfs: [{ containerPath: '/tmp', size: 8, mountOptions: ['noexec', 'mode=1777'] }],
    maxSwap: 32,
    swappiness: 10,
  },
  secrets: [{ name: 'B', valueFrom: 'parameter' }],
  dependsOn: [{ containerName: 'side', condition: 'START' }],
  startTimeout: 10,
  stopTimeout: 20,
  versionConsistency: 'disabled',
  hostname: 'host',
  user: '1000:1000',
  workingDirectory: '/work',
  disableNetworking: false,
  privileged: true,
  readonlyRootFilesystem: true,
  dnsServers: ['10.0.0.2'],
  dnsSearchDomains: ['a.test'],
  extraHosts: [{ hostname: 'db', ipAddress: '10.0.0.3' }],
  dockerSecurityOptions: ['no-new-privileges'],
  interactive: true,
  pseudoTerminal: true,
  dockerLabels: { team: 'a' },
  ulimits: [{ name: 'nofile', softLimit: 1024, hardLimit: 4096 }],
  logConfiguration: {
    logDriver: 'awslogs',
    options: { 'awslogs-group': 'g', 'awslogs-region': 'us-east-1', mode: 'non-blocking' },
    secretOptions: [{ name: 'x', valueFrom: secret }],
  },
  healthCheck: { command: ['CMD', 'true'], interval: 5, timeout: 2, retries: 1, startPeriod: 0 },
  systemControls: [{ namespace: 'net.core.somaxconn', value: '1024' }],
  resourceRequirements: [{ type: 'GPU', value: '1' }],
  firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
  credentialSpecs: ['credentialspec:arn:aws:ssm:us-east-1:000000000000:parameter/spec'],
};
const side: ContainerDefinition = {
  name: 'side',
  image: 'busybox',
  memory: 64,
  essential: false,
  logConfiguration: { logDriver: 'awsfirelens' },
};

describe('RegisterTaskDefinition', () => {
  test('keeps every parameter of a container', async () => {
    expect(Object.keys(everything).toSorted()).toEqual(membersOf('ContainerDefinition').toSorted());
    const { taskDefinition } = await register({
      containerDefinitions: [everything, side],
      executionRoleArn: role,
      volumes: [{ name: 'data', host: { sourcePath: '/srv' } }],
    });
    const described = await rig.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web:1' }));
    expect(taskDefinition).toEqual(described.taskDefinition);
    expect(taskDefinition?.containerDefinitions?.[0]).toEqual(everything);
  });

  const taskLevel: Partial<RegisterTaskDefinitionCommandInput>[] = [
    {
      taskRoleArn: role,
      executionRoleArn: role,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE', 'EC2'],
      cpu: '256',
      memory: '512',
      pidMode: 'task',
      ephemeralStorage: { sizeInGiB: 21 },
      runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
      enableFaultInjection: true,
      proxyConfiguration: {
        type: 'APPMESH',
        containerName: 'app',
        properties: [
          { name: 'IgnoredUID', value: '1337' },
          { name: 'ProxyIngressPort', value: '15000' },
          { name: 'ProxyEgressPort', value: '15001' },
          { name: 'AppPorts', value: '80' },
        ],
      },
    },
    {
      networkMode: 'bridge',
      pidMode: 'host',
      ipcMode: 'none',
      inferenceAccelerators: [{ deviceName: 'd', deviceType: 'eia2.medium' }],
      placementConstraints: [
        { type: 'memberOf', expression: 'attribute:ecs.instance-type =~ t3.* and not task:group == db' },
      ],
      requiresCompatibilities: ['EC2'],
      enableFaultInjection: false,
    },
    { networkMode: 'host', requiresCompatibilities: ['MANAGED_INSTANCES'] },
    { networkMode: 'none', requiresCompatibilities: ['EXTERNAL'] },
  ];
  test.each(taskLevel)('keeps every parameter of a task: %j', async (input) => {
    expect((await register(input)).taskDefinition).toMatchObject(input);
  });

  test('covers every parameter that there is', () => {
    const elsewhere = ['family', 'containerDefinitions', 'volumes', 'tags'];
    const covered = [...elsewhere, ...taskLevel.flatMap((input) => Object.keys(input))];
    const all = membersOf('RegisterTaskDefinitionRequest');
    expect(all.filter((member) => !covered.includes(member))).toEqual([]);
  });

  const efs = { fileSystemId: 'fs-1', rootDirectory: '/' } as const;
  type Volumes = NonNullable<RegisterTaskDefinitionCommandInput['volumes']>;
  test.each<[Volumes[number], Volumes[number]]>([
    [
      { name: 'v', host: {} },
      { name: 'v', host: {} },
    ],
    [{ name: 'v' }, { name: 'v', host: {} }],
    [
      { name: 'v', dockerVolumeConfiguration: { driver: 'local' } },
      { name: 'v', dockerVolumeConfiguration: { driver: 'local', scope: 'task' } },
    ],
    [
      { name: 'v', dockerVolumeConfiguration: { scope: 'shared', autoprovision: true, labels: { a: 'b' } } },
      { name: 'v', dockerVolumeConfiguration: { scope: 'shared', autoprovision: true, labels: { a: 'b' } } },
    ],
    [
      { name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs-1' } },
      { name: 'v', efsVolumeConfiguration: efs },
    ],
    [
      {
        name: 'v',
        efsVolumeConfiguration: {
          ...efs,
          transitEncryption: 'ENABLED',
          transitEncryptionPort: 2049,
          authorizationConfig: { accessPointId: 'fsap-1', iam: 'ENABLED' },
        },
      },
      {
        name: 'v',
        efsVolumeConfiguration: {
          ...efs,
          transitEncryption: 'ENABLED',
          transitEncryptionPort: 2049,
          authorizationConfig: { accessPointId: 'fsap-1', iam: 'ENABLED' },
        },
      },
    ],
    [
      { name: 'v', s3filesVolumeConfiguration: { fileSystemArn: 'arn:aws:s3files:us-east-1:1:fs/x' } },
      { name: 'v', s3filesVolumeConfiguration: { fileSystemArn: 'arn:aws:s3files:us-east-1:1:fs/x' } },
    ],
    [
      {
        name: 'v',
        fsxWindowsFileServerVolumeConfiguration: {
          fileSystemId: 'fs-1',
          rootDirectory: 'share',
          authorizationConfig: { credentialsParameter: secret, domain: 'a.test' },
        },
      },
      {
        name: 'v',
        fsxWindowsFileServerVolumeConfiguration: {
          fileSystemId: 'fs-1',
          rootDirectory: 'share',
          authorizationConfig: { credentialsParameter: secret, domain: 'a.test' },
        },
      },
    ],
    [
      { name: 'v', configuredAtLaunch: true },
      { name: 'v', configuredAtLaunch: true },
    ],
  ])('keeps the volume %j', async (volume, expected) => {
    const mountPoints = [{ sourceVolume: 'v', containerPath: '/v' }];
    const { taskDefinition } = await register({
      taskRoleArn: role,
      volumes: [volume],
      containerDefinitions: [{ name: 'app', image: 'busybox', memory: 64, mountPoints }],
    });
    expect(taskDefinition?.volumes).toEqual([expected]);
  });

  test('gives a container its own ports where it shares the network, and leaves ranges to the agent', async () => {
    const portMappings = [{ containerPort: 80 }, { containerPortRange: '90-91' }];
    const ports = async (networkMode: 'awsvpc' | 'bridge') => {
      const { taskDefinition } = await register({
        networkMode,
        containerDefinitions: [{ name: 'app', image: 'busybox', memory: 64, portMappings }],
      });
      return taskDefinition?.containerDefinitions?.[0]?.portMappings;
    };
    const range = { containerPortRange: '90-91', protocol: 'tcp' };
    expect(await ports('awsvpc')).toEqual([{ containerPort: 80, hostPort: 80, protocol: 'tcp' }, range]);
    expect(await ports('bridge')).toEqual([{ containerPort: 80, hostPort: 0, protocol: 'tcp' }, range]);
  });

  const fargate = { networkMode: 'awsvpc', cpu: '256', memory: '512' } as const;
  test.each<[Partial<RegisterTaskDefinitionCommandInput>, string[]]>([
    [{}, ['EXTERNAL', 'EC2']],
    [{ networkMode: 'host' }, ['EXTERNAL', 'EC2', 'MANAGED_INSTANCES']],
    [{ networkMode: 'host', ipcMode: 'host' }, ['EXTERNAL', 'EC2']],
    [{ networkMode: 'awsvpc' }, ['EC2', 'MANAGED_INSTANCES']],
    [fargate, ['EC2', 'FARGATE', 'MANAGED_INSTANCES']],
    [{ ...fargate, requiresCompatibilities: ['FARGATE'] }, ['EC2', 'FARGATE', 'MANAGED_INSTANCES']],
    [{ ...fargate, memory: '3072' }, ['EC2', 'MANAGED_INSTANCES']],
    [{ ...fargate, ipcMode: 'task' }, ['EC2']],
    [{ requiresCompatibilities: ['EC2'] }, ['EXTERNAL', 'EC2']],
    [
      { networkMode: 'host', requiresCompatibilities: ['MANAGED_INSTANCES'] },
      ['EXTERNAL', 'EC2', 'MANAGED_INSTANCES'],
    ],
    [{ volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }] }, ['EC2']],
  ])('tells what %j is compatible with', async (input, expected) => {
    expect((await register(input)).taskDefinition?.compatibilities).toEqual(expected);
  });

  test('gives tags beside the definition', async () => {
    const tags = [{ key: 'team', value: 'a' }];
    const registered = await register({ tags });
    expect(registered.tags).toEqual(tags);
    expect(registered.taskDefinition).not.toHaveProperty('tags');
  });
});
