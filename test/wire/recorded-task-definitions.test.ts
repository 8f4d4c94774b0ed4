// What AWS's recorded answers say of definitions like these: the capabilities that they need, and what they can run on.
import {
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { describe, expect, test } from 'vitest';
import { EcsRig } from '../../test-support/ecs-rig.ts';

type Input = Partial<RegisterTaskDefinitionCommandInput>;
interface Recorded extends Input {
  readonly of: string;
  readonly needs: readonly string[];
  readonly on: readonly string[];
}

const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1';
const role = 'arn:aws:iam::123456789012:role/r';
const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:user::';
const roles = { taskRoleArn: role, executionRoleArn: role } as const;
const log = (more: Record<string, string> = {}): ContainerDefinition => ({
  logConfiguration: {
    logDriver: 'awslogs',
    options: { 'awslogs-group': '/g', 'awslogs-region': 'r', 'awslogs-stream-prefix': 'p', ...more },
  },
});
const madeGroup = { 'awslogs-create-group': 'true' };
const consoleLog = log({ ...madeGroup, mode: 'non-blocking', 'max-buffer-size': '25m' });
const named: ContainerDefinition = {
  portMappings: [{ name: 'web', containerPort: 80, protocol: 'tcp', appProtocol: 'http' }],
};
const check = (startPeriod?: number): ContainerDefinition => ({
  healthCheck: {
    command: ['CMD-SHELL', 'exit 0'],
    interval: 30,
    ...(startPeriod !== undefined && { startPeriod }),
  },
});
const container = (...fields: ContainerDefinition[]): ContainerDefinition =>
  Object.assign({ name: 'app', image: 'nginx' }, ...fields) as ContainerDefinition;
const one = (...fields: ContainerDefinition[]): Input => ({ containerDefinitions: [container(...fields)] });
const efs = (more: object = {}): Input => ({
  volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs-1', rootDirectory: '/', ...more } }],
});
const ec2: Input = { requiresCompatibilities: ['EC2'], cpu: '256', memory: '512' };
const fargate: Input = {
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '512',
  memory: '1024',
};

/** Capabilities by the ends of their names. */
const needs = (names: string): string[] => {
  const long = /^(docker-remote-api|logging-driver|ecr-auth|task-iam-role|privileged-container)/;
  return names
    .split(' ')
    .filter(Boolean)
    .map((name) => (/^1\.\d+$/.test(name) ? `docker-remote-api.${name}` : name))
    .map((name) => (long.test(name) ? `com.amazonaws.ecs.capability.${name}` : `ecs.capability.${name}`))
    .sort();
};
const outside = ['EXTERNAL', 'EC2'];
const anywhere = ['EC2', 'FARGATE', 'MANAGED_INSTANCES'];
const awslogs = 'logging-driver.awslogs execution-role-awslogs 1.19';
const pulled = 'ecr-auth execution-role-ecr-pull';
const eni = '1.18 task-eni';

const recorded: readonly Recorded[] = [
  { of: 'a plain container', ...one({ memory: 10, cpu: 10 }), needs: [], on: outside },
  {
    of: 'an image of Amazon ECR, without a role',
    ...one({ image: ecr, memory: 300, portMappings: [{ containerPort: 80, hostPort: 8000 }] }),
    needs: needs('ecr-auth'),
    on: outside,
  },
  {
    of: 'a sized task for EC2 with a named port',
    ...one({ image: ecr }, named),
    ...ec2,
    ...roles,
    needs: needs(`${pulled} task-iam-role`),
    on: ['EC2'],
  },
  {
    of: 'one in bridge mode that makes its log group, with a named port',
    ...one({ image: ecr, memory: 512 }, named, log(madeGroup)),
    ...ec2,
    ...roles,
    networkMode: 'bridge',
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    needs: needs(`${awslogs} ${pulled} task-iam-role 1.29`),
    on: ['EC2'],
  },
  {
    of: 'the same without names and roles',
    ...one(
      { image: ecr, memory: 400, portMappings: [{ containerPort: 3000, hostPort: 3000 }] },
      log(madeGroup),
    ),
    ...ec2,
    needs: needs('logging-driver.awslogs 1.19 ecr-auth 1.29'),
    on: outside,
  },
  {
    of: 'an empty list of ulimits',
    ...one({ image: ecr, ulimits: [] }, named, log(madeGroup)),
    ...ec2,
    executionRoleArn: role,
    networkMode: 'bridge',
    needs: needs(`${awslogs} ${pulled} 1.18 1.29`),
    on: ['EC2'],
  },
  {
    of: 'a health check without a start period',
    ...one({ image: ecr, ulimits: [] }, named, check()),
    ...ec2,
    executionRoleArn: role,
    networkMode: 'bridge',
    needs: needs(`${pulled} 1.18 1.24 container-health-check`),
    on: ['EC2'],
  },
  {
    of: 'a host name, a link, and an order of starting',
    containerDefinitions: [
      container({ image: ecr, hostname: 'app' }, named, consoleLog, check()),
      container({
        name: 'proxy',
        image: ecr,
        essential: false,
        links: ['app:alias'],
        dependsOn: [{ containerName: 'app', condition: 'HEALTHY' }],
      }),
    ],
    ...ec2,
    ...roles,
    networkMode: 'bridge',
    needs: needs(
      `${awslogs} ${pulled} task-iam-role 1.17 1.24 1.28 1.29 container-health-check container-ordering`,
    ),
    on: ['EC2'],
  },
  {
    of: 'logs by FireLens, in bridge mode',
    containerDefinitions: [
      container({
        image: ecr,
        memory: 400,
        workingDirectory: '/srv',
        logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'opensearch' } },
      }),
      container(
        {
          name: 'router',
          image: ecr,
          memoryReservation: 50,
          user: '0',
          firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
        },
        log(madeGroup),
      ),
    ],
    ...ec2,
    ...roles,
    networkMode: 'bridge',
    volumes: [{ name: 'v', host: {} }],
    needs: needs(
      `${awslogs} ${pulled} task-iam-role 1.17 1.21 1.29 logging-driver.awsfirelens firelens.fluentbit`,
    ),
    on: outside,
  },
  {
    of: "an agent with the host's namespaces",
    ...one({
      memory: 2048,
      privileged: true,
      readonlyRootFilesystem: false,
      linuxParameters: { capabilities: { add: ['SYS_ADMIN'], drop: [] } },
    }),
    requiresCompatibilities: ['EC2'],
    networkMode: 'host',
    pidMode: 'host',
    ipcMode: 'host',
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    needs: needs('privileged-container pid-ipc-namespace-sharing 1.17 1.18'),
    on: outside,
  },
  {
    of: 'a working directory, and task memory alone',
    ...one({ image: ecr, memory: 512, workingDirectory: '/srv' }),
    ...roles,
    requiresCompatibilities: ['EC2'],
    memory: '512',
    needs: needs(`${pulled} task-iam-role 1.17`),
    on: outside,
  },
  { of: 'a soft limit of memory', ...one({ memoryReservation: 768 }), needs: needs('1.21'), on: outside },
  {
    of: 'a shared Docker volume',
    ...one({ memory: 64 }, log()),
    volumes: [
      { name: 'v', dockerVolumeConfiguration: { scope: 'shared', autoprovision: true, driver: 'local' } },
    ],
    needs: needs('logging-driver.awslogs 1.19 docker-plugin.local 1.25'),
    on: outside,
  },
  {
    of: 'a privileged container of a private registry',
    ...one(
      {
        privileged: true,
        memoryReservation: 64,
        repositoryCredentials: { credentialsParameter: secret },
        secrets: [{ name: 'S', valueFrom: 'parameter' }],
      },
      log(),
    ),
    ...roles,
    needs: needs(
      `${awslogs} privileged-container private-registry-authentication.secretsmanager 1.21 task-iam-role secrets.ssm.environment-variables`,
    ),
    on: outside,
  },
  { of: 'a plain container on Fargate', ...one(), ...fargate, needs: needs(eni), on: anywhere },
  {
    of: 'an image and roles on Fargate, without logs',
    ...one({ image: ecr, environmentFiles: [], ulimits: [] }),
    ...fargate,
    ...roles,
    needs: needs(`${pulled} task-iam-role ${eni}`),
    on: anywhere,
  },
  {
    of: 'the console with soft and hard limit, for no launch type',
    ...one({ image: ecr, memory: 1024, memoryReservation: 1024, ulimits: [] }, named, consoleLog),
    ...fargate,
    ...roles,
    requiresCompatibilities: [],
    needs: needs(`${awslogs} ${pulled} task-iam-role 1.21 1.28 1.29 ${eni}`),
    on: anywhere,
  },
  {
    of: 'files of EFS by an access point',
    ...one({ secrets: [{ name: 'S', valueFrom: secret }] }, named, consoleLog),
    ...fargate,
    ...efs({
      transitEncryption: 'ENABLED',
      authorizationConfig: { accessPointId: 'fsap-1', iam: 'DISABLED' },
    }),
    executionRoleArn: role,
    needs: needs(`${awslogs} efs efsAuth 1.25 1.28 1.29 secrets.asm.environment-variables ${eni}`),
    on: anywhere,
  },
  {
    of: 'files of EFS without authorization',
    ...one({ image: ecr, dockerLabels: {} }, named, log(), check()),
    ...fargate,
    ...efs(),
    ...roles,
    requiresCompatibilities: undefined,
    needs: needs(`${awslogs} ${pulled} task-iam-role efs efsAuth 1.24 1.25 container-health-check ${eni}`),
    on: anywhere,
  },
  {
    of: 'EFS, timeouts and secrets of both kinds on EC2 in awsvpc mode',
    ...one(
      {
        image: ecr,
        memory: 512,
        links: [],
        startTimeout: 40,
        stopTimeout: 15,
        secrets: [
          { name: 'A', valueFrom: secret },
          { name: 'B', valueFrom: 'arn:aws:ssm:eu-west-1:123456789012:parameter/b' },
        ],
      },
      log({ mode: 'non-blocking' }),
    ),
    ...efs({ transitEncryption: 'ENABLED' }),
    ...roles,
    requiresCompatibilities: ['EC2'],
    networkMode: 'awsvpc',
    cpu: '128',
    memory: '512',
    needs: needs(
      `${awslogs} ${pulled} task-iam-role efs efsAuth 1.17 1.25 1.28 container-ordering secrets.asm.environment-variables secrets.ssm.environment-variables ${eni}`,
    ),
    on: ['EC2', 'MANAGED_INSTANCES'],
  },
  {
    of: 'health checks with a start period that others wait for',
    containerDefinitions: [
      container(
        { image: ecr, memoryReservation: 500, secrets: [{ name: 'S', valueFrom: 'parameter' }] },
        log(),
        check(10),
      ),
      container(
        { name: 'proxy', image: ecr, dependsOn: [{ containerName: 'app', condition: 'HEALTHY' }] },
        log(),
        check(10),
      ),
    ],
    ...fargate,
    ...roles,
    needs: needs(
      `${awslogs} ${pulled} task-iam-role 1.21 1.29 container-health-check container-ordering secrets.ssm.environment-variables ${eni}`,
    ),
    on: anywhere,
  },
  {
    of: 'a start period on arm64',
    ...one(log(), check(120)),
    ...fargate,
    executionRoleArn: role,
    runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
    needs: needs(`${awslogs} 1.29 container-health-check ${eni}`),
    on: anywhere,
  },
  {
    of: 'an init process',
    ...one(named, { linuxParameters: { initProcessEnabled: true } }, log(), check(60)),
    ...fargate,
    ...roles,
    needs: needs(`${awslogs} task-iam-role 1.25 1.29 container-health-check ${eni}`),
    on: anywhere,
  },
  {
    of: 'a log router with a file of its own',
    containerDefinitions: [
      container(
        { image: ecr, dockerLabels: { env: 'dev' } },
        named,
        { logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'cloudwatch' } } },
        check(10),
      ),
      container(
        {
          name: 'router',
          image: ecr,
          memoryReservation: 50,
          user: '0',
          firelensConfiguration: {
            type: 'fluentbit',
            options: { 'config-file-type': 'file', 'config-file-value': '/x.conf' },
          },
        },
        log(madeGroup),
      ),
    ],
    ...fargate,
    ...roles,
    needs: needs(
      `${awslogs} ${pulled} task-iam-role 1.17 1.21 1.29 container-health-check logging-driver.awsfirelens firelens.fluentbit firelens.options.config.file ${eni}`,
    ),
    on: anywhere,
  },
  {
    of: 'every empty list that CloudFormation sends',
    ...one(
      {
        image: ecr,
        command: [],
        credentialSpecs: [],
        dnsSearchDomains: [],
        dnsServers: [],
        dockerLabels: {},
        dockerSecurityOptions: [],
        entryPoint: [],
        environmentFiles: [],
        extraHosts: [],
        links: [],
        secrets: [],
        systemControls: [],
        ulimits: [],
      },
      named,
      log(),
      check(),
    ),
    ...fargate,
    ...roles,
    needs: needs(`${awslogs} ${pulled} task-iam-role 1.17 1.24 container-health-check ${eni}`),
    on: anywhere,
  },
  {
    of: 'environment files, for EC2 in awsvpc mode',
    ...one(
      { image: ecr, environmentFiles: [{ value: 'arn:aws:s3:::b/a.env', type: 's3' }] },
      named,
      log(madeGroup),
    ),
    ...roles,
    requiresCompatibilities: ['EC2'],
    networkMode: 'awsvpc',
    cpu: '512',
    memory: '717',
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    needs: needs(`${awslogs} ${pulled} task-iam-role env-files.s3 1.29 ${eni}`),
    on: ['EC2', 'MANAGED_INSTANCES'],
  },
  {
    of: 'what is registered for Fargate most',
    ...one({ image: ecr }, named, log(madeGroup)),
    ...fargate,
    ...roles,
    needs: needs(`${awslogs} ${pulled} task-iam-role 1.29 ${eni}`),
    on: anywhere,
  },
  {
    of: 'Windows on Fargate',
    ...one({ image: ecr }, log(madeGroup)),
    ...fargate,
    cpu: '1024',
    memory: '2048',
    executionRoleArn: role,
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'WINDOWS_SERVER_2019_CORE' },
    needs: needs(`${awslogs} ${pulled} 1.29 ${eni}`),
    on: ['EC2', 'FARGATE'],
  },
];

describe('RegisterTaskDefinition', () => {
  test.each(recorded)('of $of tells what ECS tells', async ({ of: _of, needs: attributes, on, ...input }) => {
    const rig = await EcsRig.open();
    await rig.ecs.send(
      new RegisterTaskDefinitionCommand({ family: 'f', containerDefinitions: [], ...input }),
    );
    const { taskDefinition } = await rig.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'f' }));
    expect(taskDefinition?.requiresAttributes).toEqual(attributes.map((name) => ({ name })));
    expect(taskDefinition?.compatibilities).toEqual(on);
    for (const { systemControls } of taskDefinition?.containerDefinitions ?? [])
      expect(systemControls).toEqual([]);
  });
});
