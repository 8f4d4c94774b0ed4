import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { DefinitionInput, ContainerInput } from './input.ts';
import { requiresAttributes } from './requires-attributes.ts';
import type { Attribute } from '../../../../agent-protocol/attribute.ts';

const docker = (version: string): string => `com.amazonaws.ecs.capability.docker-remote-api.${version}`;
const driver = (name: string): string => `com.amazonaws.ecs.capability.logging-driver.${name}`;
const plain: ContainerInput = { name: 'app', image: 'busybox', memory: 128 };
const secret = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:x';
const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1';
const sharing = [docker('1.18'), 'ecs.capability.pid-ipc-namespace-sharing'];
const attributesOf = (input: Partial<DefinitionInput>): Attribute[] =>
  requiresAttributes({ family: 'web', containerDefinitions: [plain], ...input });
const names = (input: Partial<DefinitionInput>): string[] => attributesOf(input).map(({ name }) => name);
const ofContainer = (container: ContainerInput, more: Partial<DefinitionInput> = {}): string[] =>
  names({ containerDefinitions: [{ ...plain, ...container }], ...more });

test('a plain definition requires nothing', () => {
  expect(ofContainer({})).toEqual([]);
  expect(ofContainer({ privileged: false, dependsOn: [], linuxParameters: {} })).toEqual([]);
});

test.each<[string, ContainerInput, string[]]>([
  ['a log driver', { logConfiguration: { logDriver: 'syslog' } }, [docker('1.18'), driver('syslog')]],
  ['awslogs', { logConfiguration: { logDriver: 'awslogs' } }, [docker('1.19'), driver('awslogs')]],
  ['an ECR image', { image: ecr }, ['com.amazonaws.ecs.capability.ecr-auth']],
  ['privileged', { privileged: true }, ['com.amazonaws.ecs.capability.privileged-container']],
  [
    'a health check',
    { healthCheck: { command: ['CMD', 'true'] } },
    [docker('1.24'), 'ecs.capability.container-health-check'],
  ],
  [
    'dependsOn',
    { dependsOn: [{ containerName: 'b', condition: 'START' }] },
    ['ecs.capability.container-ordering'],
  ],
  ['a start timeout, 0 too', { startTimeout: 0 }, ['ecs.capability.container-ordering']],
  ['a stop timeout', { stopTimeout: 5 }, ['ecs.capability.container-ordering']],
  ['an init process', { linuxParameters: { initProcessEnabled: true } }, [docker('1.25')]],
  ['shared memory', { linuxParameters: { sharedMemorySize: 64 } }, [docker('1.22')]],
  ['a tmpfs', { linuxParameters: { tmpfs: [{ containerPath: '/t', size: 1 }] } }, [docker('1.22')]],
  [
    'SELinux labels',
    { dockerSecurityOptions: ['label:type:x'] },
    [docker('1.17'), 'com.amazonaws.ecs.capability.selinux'],
  ],
  [
    'an AppArmor profile',
    { dockerSecurityOptions: ['apparmor:x'] },
    ['com.amazonaws.ecs.capability.apparmor', docker('1.17')],
  ],
  ['a security option of Docker’s own', { dockerSecurityOptions: ['no-new-privileges'] }, [docker('1.17')]],
  [
    'a log router with a file',
    { firelensConfiguration: { type: 'fluentd', options: { 'config-file-type': 's3' } } },
    ['ecs.capability.firelens.fluentd', 'ecs.capability.firelens.options.config.s3'],
  ],
  [
    'a routed log with a limit',
    { logConfiguration: { logDriver: 'awsfirelens', options: { 'log-driver-buffer-limit': '1' } } },
    [
      docker('1.19'),
      driver('awsfirelens'),
      'ecs.capability.logging-driver.awsfirelens.log-driver-buffer-limit',
    ],
  ],
  [
    'secrets of both kinds',
    {
      secrets: [
        { name: 'A', valueFrom: 'p' },
        { name: 'B', valueFrom: secret },
      ],
    },
    ['ecs.capability.secrets.asm.environment-variables', 'ecs.capability.secrets.ssm.environment-variables'],
  ],
  [
    'secrets of a log driver',
    {
      logConfiguration: {
        logDriver: 'splunk',
        secretOptions: [
          { name: 'a', valueFrom: secret },
          { name: 'b', valueFrom: 'p' },
        ],
      },
    },
    [
      docker('1.18'),
      driver('splunk'),
      'ecs.capability.secrets.asm.bootstrap.log-driver',
      'ecs.capability.secrets.ssm.bootstrap.log-driver',
    ],
  ],
  [
    'environment files',
    { environmentFiles: [{ value: 'arn:aws:s3:::b/a.env', type: 's3' }] },
    ['ecs.capability.env-files.s3'],
  ],
  [
    'a private registry',
    { repositoryCredentials: { credentialsParameter: secret } },
    ['ecs.capability.private-registry-authentication.secretsmanager'],
  ],
  ['restarts', { restartPolicy: { enabled: true } }, ['ecs.capability.container-restart-policy']],
  ['restarts turned off', { restartPolicy: { enabled: false } }, []],
  [
    'a range of ports',
    { portMappings: [{ containerPortRange: '1-2' }] },
    ['ecs.capability.network.container-port-range'],
  ],
  ['gMSA', { credentialSpecs: ['credentialspec:arn:aws:ssm:r:1:x'] }, ['ecs.capability.gmsa']],
  [
    'gMSA without a domain',
    { credentialSpecs: ['credentialspecdomainless:arn:aws:ssm:r:1:x'] },
    ['ecs.capability.gmsa-domainless'],
  ],
  ['a soft memory limit', { memoryReservation: 64 }, [docker('1.21')]],
  ['no soft memory limit', { memoryReservation: 0 }, []],
])('%s requires its capability', (_name, container, expected) => {
  expect(ofContainer(container)).toEqual(expected);
});

test.each<[string, Partial<DefinitionInput>, string[]]>([
  ['task cpu', { cpu: '256' }, []],
  ['task memory', { memory: '1 GB' }, []],
  ['ten vCPU', { cpu: '10 vCPU' }, []],
  ['more than ten vCPU', { cpu: '10241' }, ['ecs.capability.increased-task-cpu-limit']],
  ['a pid namespace of the task', { pidMode: 'task' }, sharing],
  ['an ipc namespace of the task', { ipcMode: 'task' }, sharing],
  ['a pid namespace of the host', { pidMode: 'host' }, sharing],
  ['no ipc namespace', { ipcMode: 'none' }, sharing],
  [
    'a Docker volume',
    { volumes: [{ name: 'v', dockerVolumeConfiguration: { scope: 'task' } }] },
    [docker('1.25'), 'ecs.capability.docker-plugin.local'],
  ],
  [
    'a volume of a plugin',
    { volumes: [{ name: 'v', dockerVolumeConfiguration: { driver: 'rexray' } }] },
    [docker('1.25'), 'ecs.capability.docker-plugin.rexray'],
  ],
  ['awsvpc', { networkMode: 'awsvpc' }, [docker('1.18'), 'ecs.capability.task-eni']],
  ['a task role', { taskRoleArn: 'r' }, ['com.amazonaws.ecs.capability.task-iam-role']],
  [
    'a task role on the host network',
    { taskRoleArn: 'r', networkMode: 'host' },
    ['com.amazonaws.ecs.capability.task-iam-role-network-host'],
  ],
  ['fault injection', { enableFaultInjection: true }, ['ecs.capability.fault-injection']],
  ['a proxy', { proxyConfiguration: { containerName: 'app' } }, ['ecs.capability.aws-appmesh']],
  [
    'EFS',
    { volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'f' } }] },
    [docker('1.25'), 'ecs.capability.efs', 'ecs.capability.efsAuth'],
  ],
  [
    'EFS with authorization',
    { volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'f', authorizationConfig: {} } }] },
    [docker('1.25'), 'ecs.capability.efs', 'ecs.capability.efsAuth'],
  ],
  [
    'S3 files',
    { volumes: [{ name: 'v', s3filesVolumeConfiguration: { fileSystemArn: 'a' } }] },
    ['ecs.capability.storage.s3-files'],
  ],
  [
    'a volume configured at launch',
    { volumes: [{ name: 'v', configuredAtLaunch: true }] },
    ['ecs.capability.storage.ebs-task-volume-attach'],
  ],
  [
    'a size of Fargate',
    { cpu: '256', memory: '512', requiresCompatibilities: ['FARGATE'], networkMode: 'awsvpc' },
    [docker('1.18'), 'ecs.capability.task-eni'],
  ],
  ['a host volume', { volumes: [{ name: 'v', host: { sourcePath: '/x' } }] }, []],
  ['an execution role that nothing uses', { executionRoleArn: 'arn:aws:iam::1:role/x' }, []],
])('%s requires its capability of the whole task', (_name, input, expected) => {
  expect(names(input)).toEqual(expected);
});

describe('the execution role', () => {
  const role: Partial<DefinitionInput> = { executionRoleArn: 'arn:aws:iam::123456789012:role/x' };

  it('is required of the agent for ECR images and awslogs', () => {
    expect(ofContainer({ image: ecr }, role)).toContain('ecs.capability.execution-role-ecr-pull');
    expect(ofContainer({ logConfiguration: { logDriver: 'awslogs' } }, role)).toContain(
      'ecs.capability.execution-role-awslogs',
    );
  });

  it('is not for images and logs that need none', () => {
    expect(ofContainer({ logConfiguration: { logDriver: 'json-file' } }, role)).toEqual([
      docker('1.18'),
      driver('json-file'),
    ]);
    expect(ofContainer({ image: 'example.com/123456789012.dkr.ecr.x.amazonaws.com/y' }, role)).toEqual([]);
  });
});

test('platforms are not told', () => {
  expect(names({ runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } })).toEqual([]);
  expect(names({ runtimePlatform: { cpuArchitecture: 'ARM64' } })).toEqual([]);
});

test('what containers require comes together, sorted and each once', () => {
  const some: readonly ContainerInput[] = [
    { privileged: true },
    { stopTimeout: 1 },
    { memoryReservation: 6 },
    { image: ecr },
    { logConfiguration: { logDriver: 'gelf' } },
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...some), { maxLength: 8 }), (chosen) => {
      const all = names({
        containerDefinitions: chosen.map((one) => ({ ...plain, ...one })),
        pidMode: 'host',
      });
      const each = chosen.flatMap((one) => ofContainer(one));
      expect(all).toEqual([...new Set([...each, ...sharing])].toSorted());
    }),
  );
});
