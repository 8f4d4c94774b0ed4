// The rules of RegisterTaskDefinition, one line each: what breaks it, and what ECS answers.
import {
  ListTaskDefinitionsCommand,
  RegisterTaskDefinitionCommand,
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { EcsRig } from '../../test-support/ecs-rig.ts';

type Input = Partial<RegisterTaskDefinitionCommandInput>;
type Volume = NonNullable<RegisterTaskDefinitionCommandInput['volumes']>[number];
/** What is given, and the text of the refusal, or undefined where it is accepted. */
type Case = readonly [name: string, input: Input, text?: string];

let rig: EcsRig;
beforeEach(async () => {
  rig = await EcsRig.open();
});

const app: ContainerDefinition = { name: 'app', image: 'busybox', memory: 64 };
const role = 'arn:aws:iam::000000000000:role/r';
const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1';
const container = (fields: ContainerDefinition, input: Input = {}): Input => ({
  ...input,
  containerDefinitions: [{ ...app, ...fields }],
});
const containers = (...all: ContainerDefinition[]): Input => ({
  containerDefinitions: all.map((fields, at) => ({ ...app, name: `c${at}`, ...fields })),
});

async function check(input: Input, text: string | undefined): Promise<void> {
  const registering = rig.ecs.send(
    new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions: [app], ...input }),
  );
  if (text === undefined) {
    expect((await registering).taskDefinition?.revision).toBe(1);
    return;
  }
  await expect(registering).rejects.toMatchObject({
    name: 'ClientException',
    message: expect.stringContaining(text),
  });
  expect((await rig.ecs.send(new ListTaskDefinitionsCommand({}))).taskDefinitionArns).toEqual([]);
}

const rules = (cases: readonly Case[]): void => {
  const named = cases.map(([name, input, text]) => ({ name, input, text }));
  test.each(named)('$name', ({ input, text }) => check(input, text));
};

describe('RegisterTaskDefinition', () => {
  describe('as a whole', () => {
    const long = (length: number): Input => {
      const input = container({ environment: [{ name: 'A', value: '' }] }, { family: 'web' });
      const value = 'x'.repeat(length - JSON.stringify({ family: 'web', ...input }).length);
      return container({ environment: [{ name: 'A', value }] }, { family: 'web' });
    };
    rules([
      ['family of 255', { family: 'f'.repeat(255) }],
      ['family of 256', { family: 'f'.repeat(256) }, 'Family should have'],
      ['64 KiB', long(65_536)],
      ['64 KiB and 1', long(65_537), "Actual length: '65537'. Max allowed length is '65536' bytes."],
      ['ten containers', containers(...Array.from({ length: 10 }, () => ({})))],
      ['eleven', containers(...Array.from({ length: 11 }, () => ({}))), 'Too many containers.'],
      ['20 GiB', { ephemeralStorage: { sizeInGiB: 20 } }, 'EphemeralStorage size should be at least 21'],
      ['21 GiB', { ephemeralStorage: { sizeInGiB: 21 } }],
      ['200 GiB', { ephemeralStorage: { sizeInGiB: 200 } }],
      ['201 GiB', { ephemeralStorage: { sizeInGiB: 201 } }, 'EphemeralStorage size should be at most 200'],
      [
        'a device twice',
        { inferenceAccelerators: [1, 2].map(() => ({ deviceName: 'd', deviceType: 't' })) },
        "device name 'd' is used twice",
      ],
    ]);
  });

  describe('images', () => {
    const digest = 'a'.repeat(64);
    rules([
      ['255 characters', container({ image: 'i'.repeat(255) })],
      ['256 characters', container({ image: 'i'.repeat(256) }), 'Container.image'],
      ['255 and a digest', container({ image: `${'i'.repeat(255)}@sha256:${digest}` })],
      ['a short digest', container({ image: `i@sha256:${digest.slice(1)}` }), 'invalid digest'],
      ['a space', container({ image: 'a b' }), 'invalid characters'],
    ]);
  });

  describe('memory', () => {
    rules([
      ['the soft limit as high as the hard one', container({ memory: 64, memoryReservation: 64 })],
      ['the soft limit under the hard one', container({ memory: 64, memoryReservation: 63 })],
      [
        'the soft limit over the hard one',
        container({ memory: 64, memoryReservation: 65 }),
        "'memory' must not be less than 'memoryReservation'",
      ],
    ]);
  });

  describe('health checks', () => {
    const check = (...command: string[]): Input => container({ healthCheck: { command } });
    const none = 'A health check needs a command';
    rules([
      ['a shell command', check('CMD-SHELL', 'true')],
      ['a command', check('CMD', 'wget', '-q', 'http://localhost/')],
      ['a command that names no kind', check('curl -f http://localhost/ || exit 1')],
      ['words that name no kind', check('curl', '-f', 'http://localhost/')],
      ['no command at all', check(), none],
      ['CMD alone', check('CMD'), none],
      ['CMD-SHELL alone', check('CMD-SHELL'), none],
    ]);
  });

  describe('in awsvpc mode', () => {
    const awsvpc = (fields: ContainerDefinition): Input => container(fields, { networkMode: 'awsvpc' });
    const text = (what: string): string => `${what} not supported on container when networkMode=awsvpc.`;
    rules([
      [
        'another host port',
        awsvpc({ portMappings: [{ containerPort: 80, hostPort: 81 }] }),
        'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
      ],
      ['the same', awsvpc({ portMappings: [{ containerPort: 80, hostPort: 80 }] })],
      ['links', awsvpc({ links: ['x'] }), 'Links are not supported when networkMode=awsvpc.'],
      ['hostname', awsvpc({ hostname: 'h' }), text('hostname is')],
      ['extraHosts', awsvpc({ extraHosts: [{ hostname: 'h', ipAddress: '1' }] }), text('Extra hosts are')],
      ['dnsServers', awsvpc({ dnsServers: ['1'] }), text('DNS servers are')],
      ['dnsSearchDomains', awsvpc({ dnsSearchDomains: ['a'] }), text('DNS search domains are')],
      ['disableNetworking', awsvpc({ disableNetworking: true }), text('Disable Networking is')],
      ['empty lists', awsvpc({ links: [], extraHosts: [], dnsServers: [], disableNetworking: false })],
    ]);
  });

  describe('ports', () => {
    const range = (containerPortRange: string, more = {}): ContainerDefinition => ({
      portMappings: [{ containerPortRange, ...more }],
    });
    const named = (...names: string[]): ContainerDefinition => ({
      portMappings: names.map((name, at) => ({ containerPort: 80 + at, name })),
    });
    const used = 'container port is used multiple times in task';
    rules([
      ['the widest range', container(range('1-65535'))],
      ['a range of one', container(range('80-80')), "Invalid 'containerPortRange' setting"],
      ['a reversed range', container(range('81-80')), "Invalid 'containerPortRange' setting"],
      ['from 0', container(range('0-80')), "Invalid 'containerPortRange' setting"],
      ['to 65536', container(range('80-65536')), "Invalid 'containerPortRange' setting"],
      ['no range', container(range('80')), "Invalid 'containerPortRange' setting"],
      [
        'a range with a port',
        container(range('80-90', { containerPort: 80 })),
        'cannot specify both single port and port range',
      ],
      [
        'a range with a host port',
        container(range('80-90', { hostPort: 80 })),
        'cannot specify both single port and port range',
      ],
      ['a range in host mode', container(range('80-90'), { networkMode: 'host' }), 'networkMode=host'],
      [
        'ranges that overlap',
        container({ portMappings: [{ containerPortRange: '80-90' }, { containerPortRange: '90-99' }] }),
        used,
      ],
      [
        'ranges of two protocols',
        container({
          portMappings: [{ containerPortRange: '80-90' }, { containerPortRange: '80-90', protocol: 'udp' }],
        }),
      ],
      [
        'a port in a range',
        container({ portMappings: [{ containerPort: 85 }, { containerPortRange: '80-90' }] }),
        used,
      ],
      ['ranges of two containers in bridge mode', containers(range('80-90'), range('80-90'))],
      [
        'ranges of two containers in awsvpc mode',
        { ...containers(range('80-90'), range('90-91')), networkMode: 'awsvpc' },
        used,
      ],
      [
        'a hundred ranges',
        container({
          portMappings: Array.from({ length: 100 }, (_, at) => ({
            containerPortRange: `${at * 2 + 1}-${at * 2 + 2}`,
          })),
        }),
      ],
      [
        'a hundred and one',
        container({
          portMappings: Array.from({ length: 101 }, (_, at) => ({
            containerPortRange: `${at * 2 + 1}-${at * 2 + 2}`,
          })),
        }),
        'maximum of 100',
      ],
      ['names', container(named('a-b_1', 'x'.repeat(64)))],
      ['a name twice', container(named('a', 'a')), 'port mapping name is already used'],
      ['a name twice in the task', containers(named('a'), named('a')), 'port mapping name is already used'],
      ['a long name', container(named('x'.repeat(65))), 'Invalid port mapping name'],
      ['a capital', container(named('A')), 'Invalid port mapping name'],
      ['a hyphen first', container(named('-a')), 'Invalid port mapping name'],
    ]);
  });

  describe('environment', () => {
    const secrets = (valueFrom: string, input: Input = { executionRoleArn: role }): Input =>
      container({ secrets: [{ name: 'S', valueFrom }] }, input);
    const asm = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:db-AbCdEf';
    const files = (count: number, value = 'arn:aws:s3:::bucket/a.env'): Input =>
      container({ environmentFiles: Array.from({ length: count }, () => ({ value, type: 's3' as const })) });
    const shared =
      "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'S'.";
    rules([
      ['a parameter by name', secrets('db/password')],
      ['a parameter by ARN', secrets('arn:aws:ssm:us-east-1:000000000000:parameter/db/password')],
      ['a secret', secrets(asm)],
      ['a key of a secret', secrets(`${asm}:username::`)],
      ['a stage of a secret', secrets(`${asm}::AWSPREVIOUS:`)],
      ['a version of a secret', secrets(`${asm}:::9d4cb84b-ad69-40c0-a0ab-cead36b967e8`)],
      ['key and stage', secrets(`${asm}:username:AWSPREVIOUS:`)],
      ['stage and version', secrets(`${asm}::AWSPREVIOUS:v`), 'but not both'],
      ['too few colons', secrets(`${asm}:username`), 'Invalid arn syntax.'],
      ['an ARN of another service', secrets('arn:aws:s3:::bucket/key'), 'Invalid arn syntax.'],
      ['no name', secrets('a b'), "Invalid valueFrom 'a b'"],
      [
        'no execution role',
        secrets('p', {}),
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
      ],
      [
        'a variable of the name',
        container({ secrets: [{ name: 'S', valueFrom: 'p' }], environment: [{ name: 'S', value: 'x' }] }),
        shared,
      ],
      ['a secret twice', container({ secrets: [1, 2].map(() => ({ name: 'S', valueFrom: 'p' })) }), shared],
      ['ten files', files(10)],
      [
        'eleven files',
        files(11),
        'The maximum number of environment files was exceeded. Specify ten or less and try again.',
      ],
      ['a file without ARN', files(1, 's3://bucket/a.env'), 'Invalid arn syntax.'],
      ['a file of another kind', files(1, 'arn:aws:s3:::bucket/a.txt'), 'ends in .env'],
    ]);
  });

  describe('logging and FireLens', () => {
    const awslogs = { 'awslogs-group': 'g', 'awslogs-region': 'us-east-1' };
    const log = (options: Record<string, string>): Input =>
      container({ logConfiguration: { logDriver: 'awslogs', options } });
    const router = (options?: Record<string, string>): ContainerDefinition => ({
      firelensConfiguration: { type: 'fluentbit', ...(options && { options }) },
    });
    const user: ContainerDefinition = { logConfiguration: { logDriver: 'awsfirelens' } };
    const routed = (options: Record<string, string>): Input => containers(router(options), user);
    rules([
      ['awslogs', log(awslogs)],
      ['awslogs alone', log({}), 'Log driver awslogs requires options: awslogs-group, awslogs-region'],
      ['a group alone', log({ 'awslogs-group': 'g' }), 'Log driver awslogs requires options: awslogs-region'],
      ['a mode', log({ ...awslogs, mode: 'blocking' })],
      ['another mode', log({ ...awslogs, mode: 'x' }), '[blocking, non-blocking]'],
      ['create-group', log({ ...awslogs, 'awslogs-create-group': 'yes' }), '[true, false]'],
      [
        'two patterns',
        log({ ...awslogs, 'awslogs-datetime-format': '%Y', 'awslogs-multiline-pattern': '^x' }),
        'but not both',
      ],
      [
        'splunk by a secret token',
        container({
          logConfiguration: {
            logDriver: 'splunk',
            options: { 'splunk-url': 'u' },
            secretOptions: [{ name: 'splunk-token', valueFrom: 'p' }],
          },
        }),
      ],
      ['a router and its user', containers(router(), user)],
      [
        'a user alone',
        containers(user),
        'When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.',
      ],
      [
        'a router alone',
        containers(router()),
        'When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.',
      ],
      ['two routers', containers(router(), router(), user), 'for only one container'],
      ['a router of itself', containers({ ...router(), ...user }), 'cannot use the awsfirelens log driver'],
      ['a config file', routed({ 'config-file-type': 'file', 'config-file-value': '/a.conf' })],
      ['a config in S3', routed({ 'config-file-type': 's3', 'config-file-value': 'arn:aws:s3:::b/a' })],
      [
        'a config in S3 by URL',
        routed({ 'config-file-type': 's3', 'config-file-value': 's3://b/a' }),
        'Invalid arn syntax.',
      ],
      ['a type without a value', routed({ 'config-file-type': 'file' }), 'must be specified together'],
      ['another option', routed({ x: 'y' }), "Invalid firelens option 'x'"],
      ['metadata', routed({ 'enable-ecs-log-metadata': 'no' }), '[true, false]'],
    ]);
  });

  describe('Linux', () => {
    const linux = (linuxParameters: ContainerDefinition['linuxParameters']): Input =>
      container({ linuxParameters });
    const tmpfs = (size: number, option = 'ro'): Input =>
      linux({ tmpfs: [{ containerPath: '/t', size, mountOptions: [option] }] });
    const limit = (softLimit: number, hardLimit: number) => ({
      name: 'nofile' as const,
      softLimit,
      hardLimit,
    });
    const control = (namespace: string, input: Input = {}): Input =>
      container({ systemControls: [{ namespace, value: '1' }] }, input);
    rules([
      ['a capability', linux({ capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] } })],
      ['another', linux({ capabilities: { add: ['CAP_SYS_ADMIN'] } }), "Invalid capability 'CAP_SYS_ADMIN'"],
      ['swappiness 100', linux({ swappiness: 100, maxSwap: 0 })],
      ['swappiness 101', linux({ swappiness: 101 }), 'between 0 and 100'],
      ['swap below 0', linux({ maxSwap: -1 }), "'linuxParameters.maxSwap'"],
      ['a tmpfs', tmpfs(1, 'mode=1777')],
      ['an empty tmpfs', tmpfs(0), "'linuxParameters.tmpfs.size'"],
      ['a tmpfs option', tmpfs(1, 'size'), "Invalid tmpfs mount option 'size'"],
      ['a limit', container({ ulimits: [limit(1, 1)] })],
      ['no limit', container({ ulimits: [limit(-1, -1)] })],
      ['soft over hard', container({ ulimits: [limit(2, 1)] }), 'must not exceed its hardLimit'],
      ['soft without end', container({ ulimits: [limit(-1, 1)] }), 'must not exceed its hardLimit'],
      ['a limit twice', container({ ulimits: [limit(1, 1), limit(1, 1)] }), "ulimit 'nofile' twice"],
      ['a network control', control('net.core.somaxconn')],
      ['an IPC control', control('kernel.msgmax')],
      ['a message queue control', control('fs.mqueue.msg_max')],
      ['another control', control('vm.swappiness'), "namespace 'vm.swappiness'"],
      ['network control of the host', control('net.a', { networkMode: 'host' }), 'when networkMode=host'],
      ['IPC control of the host', control('kernel.sem', { ipcMode: 'host' }), 'when ipcMode=host'],
      ['IPC control beside host network', control('kernel.sem', { networkMode: 'host' })],
    ]);
  });

  describe('restarts, security and devices', () => {
    const restart = (restartAttemptPeriod: number, codes = 0): Input =>
      container({
        restartPolicy: {
          enabled: true,
          restartAttemptPeriod,
          ignoredExitCodes: Array.from({ length: codes }, (_, at) => at),
        },
      });
    const period = "the 'restartAttemptPeriod' setting for container 'app' must be between 60 and 1800";
    const spec = 'credentialspec:arn:aws:s3:::bucket/spec';
    const gpu = (value?: string, more = {}): Input =>
      container({ resourceRequirements: [{ type: 'GPU', ...(value && { value }), ...more }] });
    const shared = { sharingStrategy: { nvidiaMps: { memory: 1024 } } };
    rules([
      ['a period of 59', restart(59), period],
      ['a period of 60', restart(60, 50)],
      ['a period of 1800', restart(1800)],
      ['a period of 1801', restart(1801), period],
      ['fifty-one codes', restart(60, 51), 'between 0 and 50'],
      ['a profile', container({ dockerSecurityOptions: ['apparmor:x', 'label:type:x'] })],
      ['another option', container({ dockerSecurityOptions: ['x'] }), "Invalid dockerSecurityOptions 'x'"],
      ['a spec', container({ credentialSpecs: [spec] })],
      ['two specs', container({ credentialSpecs: [spec, spec] }), 'maximum of 1'],
      ['another spec', container({ credentialSpecs: ['file://x'] }), "Invalid credentialSpecs 'file://x'"],
      ['users', containers({ user: 'me' }, { user: 'me:us' }, { user: '0:10' })],
      ['a negative user', container({ user: '-1' }), "Invalid user '-1'"],
      ['two groups', container({ user: 'a:b:c' }), "Invalid user 'a:b:c'"],
      ['a GPU', gpu('1')],
      ['all GPUs', gpu('ALL')],
      ['a shared GPU', gpu(undefined, shared)],
      ['no GPUs', gpu('0'), 'is a number of GPUs or ALL'],
      ['whole and shared', gpu('1', shared), 'but not both'],
      [
        'an accelerator',
        container(
          { resourceRequirements: [{ type: 'InferenceAccelerator', value: 'd' }] },
          { inferenceAccelerators: [{ deviceName: 'd', deviceType: 't' }] },
        ),
      ],
      [
        'an unknown accelerator',
        container({ resourceRequirements: [{ type: 'InferenceAccelerator', value: 'd' }] }),
        'not one of inferenceAccelerators',
      ],
    ]);
  });

  describe('volumes', () => {
    const volume = (fields: Volume, input: Input = {}): Input => ({
      ...input,
      volumes: [{ name: 'v', ...fields }],
    });
    const efs = (fields: Partial<Volume['efsVolumeConfiguration']>): Input =>
      volume({ efsVolumeConfiguration: { fileSystemId: 'fs-1', ...fields } });
    const encrypted = { transitEncryption: 'ENABLED' } as const;
    const point = { authorizationConfig: { accessPointId: 'fsap-1' } };
    const root =
      'When using an EFS access point, the root directory must either be set to "/" or be omitted.';
    rules([
      ['a name of 255', volume({ name: 'v'.repeat(255) })],
      ['a name of 256', volume({ name: 'v'.repeat(256) }), 'Invalid volume name'],
      ['a name twice', { volumes: [{ name: 'v' }, { name: 'v' }] }, 'Volume names must be unique'],
      [
        'two kinds',
        volume({ host: { sourcePath: '/x' }, efsVolumeConfiguration: { fileSystemId: 'fs-1' } }),
        'When the volume parameter is specified, only one volume configuration type should be used.',
      ],
      ['an empty host beside', volume({ host: {}, dockerVolumeConfiguration: {} })],
      ['autoprovision', volume({ dockerVolumeConfiguration: { scope: 'task', autoprovision: true } })],
      [
        'autoprovision of a volume without scope',
        volume({ dockerVolumeConfiguration: { autoprovision: true } }),
      ],
      [
        'no autoprovision of a shared volume',
        volume({ dockerVolumeConfiguration: { scope: 'shared', autoprovision: false } }),
      ],
      [
        'no autoprovision',
        volume({ dockerVolumeConfiguration: { autoprovision: false } }),
        "'autoprovision' false is only for volumes of scope 'shared'",
      ],
      ['an access point', efs({ ...encrypted, ...point, rootDirectory: '/' })],
      ['an access point in a directory', efs({ ...encrypted, ...point, rootDirectory: '/x' }), root],
      ['an access point in the clear', efs(point), 'require TransitEncryption'],
      [
        'IAM in the clear',
        efs({ authorizationConfig: { iam: 'ENABLED' } }),
        'EFS IAM authorization requires TransitEncryption to be enabled.',
      ],
      [
        'a port in the clear',
        efs({ transitEncryptionPort: 1 }),
        'TransitEncryptionPort requires that TransitEncryption is enabled.',
      ],
      ['port 65535', efs({ ...encrypted, transitEncryptionPort: 65_535 })],
      ['port 65536', efs({ ...encrypted, transitEncryptionPort: 65_536 }), 'between 0 and 65535'],
      [
        'S3 files without a role',
        volume({ s3filesVolumeConfiguration: { fileSystemArn: 'arn:aws:s3files:us-east-1:1:x' } }),
        "'taskRoleArn'",
      ],
      [
        'FSx without a domain',
        volume({
          fsxWindowsFileServerVolumeConfiguration: {
            fileSystemId: 'f',
            rootDirectory: 'r',
            authorizationConfig: { credentialsParameter: 'p', domain: '' },
          },
        }),
        'authorizationConfig.domain',
      ],
      [
        'at launch, not mounted',
        volume({ configuredAtLaunch: true }),
        'Volumes [v] are not referenced by any of the containers.',
      ],
      [
        'two at launch',
        { volumes: ['v', 'w'].map((name) => ({ name, configuredAtLaunch: true })) },
        'only one volume',
      ],
    ]);
  });

  describe('proxyConfiguration', () => {
    const full = { IgnoredUID: '1', ProxyIngressPort: '2', ProxyEgressPort: '3', AppPorts: '80' };
    const proxy = (properties: Record<string, string>, input: Input = { networkMode: 'awsvpc' }): Input => ({
      ...input,
      proxyConfiguration: {
        containerName: 'app',
        properties: Object.entries(properties).map(([name, value]) => ({ name, value })),
      },
    });
    const without = (name: keyof typeof full): Input => {
      const { [name]: _left, ...rest } = full;
      return proxy(rest);
    };
    rules([
      ['a full one', proxy(full)],
      ['by group', proxy({ ...full, IgnoredUID: '', IgnoredGID: '1' })],
      ['no ingress', without('ProxyIngressPort'), 'Ingress port not found'],
      ['no egress', without('ProxyEgressPort'), 'Egress port not found'],
      ['no ports', without('AppPorts'), 'App ports not found'],
      ['nobody ignored', without('IgnoredUID'), 'IgnoredUID or IgnoredGID'],
      [
        'in bridge mode',
        proxy(full, {}),
        'APPMESH proxy configuration is only supported in networkMode=awsvpc.',
      ],
      [
        'another container',
        { networkMode: 'awsvpc', proxyConfiguration: { containerName: 'x', properties: [] } },
        'Proxy container [x] does not exist.',
      ],
    ]);
  });

  describe('placementConstraints', () => {
    const constraints = (...expressions: (string | undefined)[]): Input => ({
      placementConstraints: expressions.map((expression) => ({
        type: 'memberOf',
        ...(expression !== undefined && { expression }),
      })),
    });
    const good = 'attribute:ecs.os-type == linux';
    rules([
      ['ten', constraints(...Array.from({ length: 10 }, () => good))],
      ['eleven', constraints(...Array.from({ length: 11 }, () => good)), 'maximum of 10'],
      ['no expression', constraints(undefined), 'require an expression'],
      ['2,000 characters', constraints(good.padEnd(2000))],
      ['2,001 characters', constraints(good.padEnd(2001)), 'position 2001'],
      ['a broken one', constraints('attribute:a == b and'), 'Invalid expression at position 21'],
      ['a literal of no number', constraints('runningTasksCount > x'), 'Invalid expression at position'],
    ]);
  });

  describe('Windows', () => {
    const windows = (fields: ContainerDefinition, input: Input = {}): Input =>
      container(fields, {
        runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE', cpuArchitecture: 'X86_64' },
        ...input,
      });
    const text = (parameter: string): string => `Windows containers do not support '${parameter}'.`;
    rules([
      ['a plain one', windows({ privileged: false, linuxParameters: {}, links: [] })],
      ['pidMode', windows({}, { pidMode: 'host' }), text('pidMode')],
      ['ipcMode', windows({}, { ipcMode: 'host' }), text('ipcMode')],
      ['privileged', windows({ privileged: true }), text('privileged')],
      ['user', windows({ user: 'u' }), text('user')],
      ['readonly', windows({ readonlyRootFilesystem: true }), text('readonlyRootFilesystem')],
      ['ulimits', windows({ ulimits: [{ name: 'cpu', softLimit: 1, hardLimit: 1 }] }), text('ulimits')],
      ['Linux', windows({ linuxParameters: { initProcessEnabled: true } }), text('linuxParameters')],
      [
        'ARM64',
        { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE', cpuArchitecture: 'ARM64' } },
        'X86_64',
      ],
      [
        'another driver',
        windows({}, { volumes: [{ name: 'v', dockerVolumeConfiguration: { driver: 'rexray' } }] }),
        "volume driver 'local'",
      ],
    ]);
  });

  describe('Fargate', () => {
    const base: Input = {
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '1 vCPU',
      memory: '2 GB',
    };
    const fargate = (fields: ContainerDefinition, input: Input = {}): Input =>
      container(fields, { ...base, ...input });
    const { networkMode: _mode, ...noMode } = base;
    const { cpu: _cpu, ...noCpu } = base;
    const { memory: _memory, ...noMemory } = base;
    const text = (parameter: string): string =>
      `Fargate compatible task definitions do not support ${parameter}.`;
    const logs = (more: Record<string, string> = {}): ContainerDefinition => ({
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': 'g', 'awslogs-region': 'r', ...more },
      },
    });
    const prefixed = logs({ 'awslogs-stream-prefix': 'p' });
    const files = (hardLimit: number): ContainerDefinition => ({
      ulimits: [{ name: 'nofile', softLimit: 1, hardLimit }],
    });
    const windows = (
      operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' | 'WINDOWS_SERVER_2016_FULL',
    ): Input => ({
      ...base,
      runtimePlatform: { operatingSystemFamily },
    });
    const linux = (linuxParameters: ContainerDefinition['linuxParameters']): Input =>
      fargate({ linuxParameters });
    rules([
      ['a plain one', base],
      ['beside EC2', { ...base, requiresCompatibilities: ['EC2', 'FARGATE'] }],
      ['no network mode', noMode, 'Fargate only supports network mode ‘awsvpc’.'],
      ['bridge', { ...base, networkMode: 'bridge' }, 'Fargate only supports network mode ‘awsvpc’.'],
      ['no cpu', noCpu, "Fargate requires that 'cpu' be defined at the task level."],
      ['no memory', noMemory, "Fargate requires that 'memory' be defined at the task level."],
      [
        'no such size',
        { ...base, cpu: '256', memory: '4096' },
        'No Fargate configuration exists for given values: 256 CPU, 4096 memory.',
      ],
      [
        'no such size, though EC2 has it',
        { ...base, requiresCompatibilities: ['EC2', 'FARGATE'], cpu: '512', memory: '512' },
        'No Fargate configuration exists for given values',
      ],
      ['32 vCPU', { ...base, cpu: '32 vCPU', memory: '60 GB' }, 'No Fargate configuration exists'],
      ['no number', { ...base, cpu: 'x' }, "Invalid 'cpu' setting for task."],
      [
        'the host pid mode',
        { ...base, pidMode: 'host' },
        "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
      ],
      ['the task pid mode', { ...base, pidMode: 'task' }],
      [
        'ipcMode',
        { ...base, ipcMode: 'none' },
        'Tasks using the Fargate launch type do not support ipcMode.',
      ],
      [
        'constraints',
        { ...base, placementConstraints: [{ type: 'memberOf', expression: 'attribute:a == b' }] },
        text('constraints'),
      ],
      ['ECR, no role', fargate({ image: ecr }), 'execution role ARN to support ECR images.'],
      ['ECR', fargate({ image: ecr }, { executionRoleArn: role })],
      ['awslogs, no role', fargate(prefixed), 'execution role ARN to support log driver awslogs.'],
      ['awslogs', fargate(prefixed, { executionRoleArn: role })],
      ['awslogs, no prefix', fargate(logs(), { executionRoleArn: role }), 'awslogs-stream-prefix'],
      [
        'json-file',
        fargate({ logConfiguration: { logDriver: 'json-file' } }),
        'json-file is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens].',
      ],
      [
        'privileged',
        fargate({ privileged: true }),
        "Fargate requires that the 'privileged' setting be 'false'.",
      ],
      ['security', fargate({ dockerSecurityOptions: ['label:x'] }), text('dockerSecurityOptions')],
      [
        'GPU',
        fargate({ resourceRequirements: [{ type: 'GPU', value: '1' }] }),
        'Tasks using the Fargate launch type do not support GPU resource requirements.',
      ],
      ['ptrace', linux({ capabilities: { add: ['SYS_PTRACE'], drop: ['ALL'] } })],
      ['admin', linux({ capabilities: { add: ['SYS_ADMIN'] } }), 'SYS_ADMIN is not allowed on Fargate.'],
      ['devices', linux({ devices: [{ hostPath: '/dev/null' }] }), text('devices')],
      ['shared memory', linux({ sharedMemorySize: 1 }), text('sharedMemorySize')],
      ['swap', linux({ maxSwap: 1 }), text('maxSwap')],
      ['swappiness', linux({ swappiness: 1 }), text('swappiness')],
      ['tmpfs', linux({ tmpfs: [{ containerPath: '/t', size: 1 }] })],
      ['a host path', { ...base, volumes: [{ name: 'v', host: { sourcePath: '/' } }] }, text('sourcePath')],
      [
        'a Docker volume',
        { ...base, volumes: [{ name: 'v', dockerVolumeConfiguration: {} }] },
        text('dockerVolumeConfiguration'),
      ],
      ['2 s to stop', fargate({ stopTimeout: 2, startTimeout: 120 })],
      ['1 s to stop', fargate({ stopTimeout: 1 }), "'stopTimeout' must be between 2 and 120 on Fargate."],
      ['121 s to start', fargate({ startTimeout: 121 }), "'startTimeout' must be between 2 and 120"],
      ['1048576 files', fargate(files(1_048_576))],
      ['1048577 files', fargate(files(1_048_577)), 'at most 1048576'],
      ['Windows', windows('WINDOWS_SERVER_2022_CORE')],
      ['an old Windows', windows('WINDOWS_SERVER_2016_FULL'), 'WINDOWS_SERVER_2016_FULL'],
      [
        'Windows under 1 vCPU',
        { ...windows('WINDOWS_SERVER_2022_CORE'), cpu: '512', memory: '1024' },
        'No Fargate configuration exists for given values',
      ],
      [
        'a reserved port',
        container({ portMappings: [{ containerPort: 3150 }] }, windows('WINDOWS_SERVER_2022_CORE')),
        '3150',
      ],
    ]);
  });

  describe('other launch types', () => {
    rules([
      [
        'awsvpc outside of AWS',
        { requiresCompatibilities: ['EXTERNAL'], networkMode: 'awsvpc' },
        "EXTERNAL compatible task definitions do not support networkMode 'awsvpc'.",
      ],
      [
        'bridge on managed instances',
        { requiresCompatibilities: ['MANAGED_INSTANCES'] },
        "MANAGED_INSTANCES compatible task definitions do not support networkMode 'bridge'.",
      ],
      ['host on managed instances', { requiresCompatibilities: ['MANAGED_INSTANCES'], networkMode: 'host' }],
    ]);
  });
});
