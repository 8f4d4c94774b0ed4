import { expect, test } from 'vitest';
import { aKnownTask } from '../../../test-support/builders/a-known-task.ts';
import { aPayloadContainer } from '../../../test-support/builders/a-payload-task.ts';
import type { PayloadContainer, PayloadTask } from '../../agent-protocol/messages.ts';
import { defaultAgentConfig, type AgentConfig } from '../config/config.ts';
import { containerSpec } from './container-spec.ts';
import type { KnownContainer } from '../task/known-task.ts';
import type { ContainerSpec } from '../engine/runtime.ts';

interface Input {
  readonly container?: Partial<PayloadContainer>;
  readonly task?: Partial<PayloadTask>;
  readonly known?: Partial<KnownContainer>;
  readonly config?: Partial<AgentConfig>;
  readonly imageVariables?: readonly string[];
}

function spec({ container = {}, task = {}, known = {}, config = {}, imageVariables }: Input): ContainerSpec {
  const main = aPayloadContainer(container);
  const containers = [main, aPayloadContainer({ name: 'other_one' })];
  const before = aKnownTask({ containers, ...task }, { main: known });
  return containerSpec(before, main, { ...defaultAgentConfig, ...config }, imageVariables);
}
const overlay = (config: object, hostConfig: object = {}): Partial<PayloadContainer> => ({
  dockerConfig: { config: JSON.stringify(config), hostConfig: JSON.stringify(hostConfig) },
});

test('GPUs are given by NVIDIA’s runtime to the container that has them, and only those, whatever it asks', () => {
  const task = {
    containers: [
      aPayloadContainer({
        environment: { NVIDIA_VISIBLE_DEVICES: 'all', A: 'b' },
        ...overlay({ Env: ['A=b', 'NVIDIA_VISIBLE_DEVICES=all'] }, { Runtime: 'runc' }),
      }),
      aPayloadContainer({ name: 'side' }),
    ],
    associations: ['GPU-1', 'GPU-2'].map((name) => ({ type: 'gpu', name, containers: ['main'] })),
  };
  const known = aKnownTask(task);
  const [main, side] = known.task.containers.map((container) =>
    containerSpec(known, container, { ...defaultAgentConfig, nvidiaRuntime: 'nvidia-legacy' }),
  );
  expect(main!.config['Env']).toEqual(['A=b', 'NVIDIA_VISIBLE_DEVICES=GPU-1,GPU-2']);
  expect(main!.hostConfig['Runtime']).toBe('nvidia-legacy');
  expect(JSON.stringify(side)).not.toMatch(/NVIDIA|Runtime/);
});

test('a range of ports is published port by port', () => {
  const known = aKnownTask(
    {},
    {
      main: { ports: [{ containerPort: 80, hostPort: 8000, count: 2, hostIp: '0.0.0.0', protocol: 'tcp' }] },
    },
  );
  const { config, hostConfig } = containerSpec(known, known.task.containers[0]!, defaultAgentConfig);
  expect(hostConfig['PortBindings']).toEqual({
    '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8000' }],
    '81/tcp': [{ HostIp: '0.0.0.0', HostPort: '8001' }],
  });
  expect(config['ExposedPorts']).toEqual({ '80/tcp': {}, '81/tcp': {} });
});

test('the name tells family, revision and container', () => {
  expect(spec({}).name).toMatch(/^ecs-web-3-main-[0-9a-f]{20}$/);
});

test('names keep only letters, digits and dashes of a container’s name', () => {
  const known = aKnownTask({ containers: [aPayloadContainer({ name: 'my_app.1-x' })] });
  expect(known.containers['my_app.1-x']?.runtimeName).toMatch(/^ecs-web-3-myapp1-x-[0-9a-f]{20}$/);
});

test('image, command, entry point; the override’s command wins', () => {
  const made = spec({
    container: { image: 'i', command: ['a'], entryPoint: ['e'], overrides: '{"command":["b","c"]}' },
  });
  expect(made).toMatchObject({ image: 'i', config: { Cmd: ['b', 'c'], Entrypoint: ['e'] } });
});

test.each([
  [{ cpu: 0, memory: 0 }, { CpuShares: 2 }],
  [
    { cpu: 512, memory: 1 },
    { CpuShares: 512, Memory: 4 * 2 ** 20 },
  ],
  [
    { cpu: 999_999, memory: 64 },
    { CpuShares: 262_144, Memory: 64 * 2 ** 20 },
  ],
])('resources %j become %j', (container, expected) => {
  const { hostConfig } = spec({ container });
  expect(hostConfig).toMatchObject(expected);
  expect('Memory' in hostConfig).toBe('Memory' in expected);
});

test('a task with limits of its own has its containers under its cgroup', () => {
  expect(spec({ task: { memory: 64 } }).hostConfig['CgroupParent']).toBe('/ecs/one');
  expect(spec({}).hostConfig).not.toHaveProperty('CgroupParent');
});

test('published ports are bound statically and exposed', () => {
  const ports = [
    { containerPort: 80, hostPort: 32_768, hostIp: '127.0.0.2', protocol: 'tcp' as const },
    { containerPort: 80, hostPort: 8080, hostIp: '127.0.0.2', protocol: 'tcp' as const },
  ];
  expect(spec({ known: { ports } })).toMatchObject({
    config: { ExposedPorts: { '80/tcp': {} } },
    hostConfig: {
      NetworkMode: 'bridge',
      PortBindings: {
        '80/tcp': [
          { HostIp: '127.0.0.2', HostPort: '32768' },
          { HostIp: '127.0.0.2', HostPort: '8080' },
        ],
      },
    },
  });
});

test('with the host’s network and namespaces nothing is published', () => {
  const { hostConfig } = spec({
    task: { networkMode: 'host', pidMode: 'host', ipcMode: 'none' },
    known: { ports: [{ containerPort: 80, hostPort: 80, hostIp: '0.0.0.0', protocol: 'tcp' }] },
  });
  expect(hostConfig).toMatchObject({ NetworkMode: 'host', PidMode: 'host', IpcMode: 'none' });
  expect(hostConfig).not.toHaveProperty('PortBindings');
});

test('links and volumesFrom name the other container as Docker knows it', () => {
  const { hostConfig } = spec({
    container: {
      links: ['other_one:db', 'other_one'],
      volumesFrom: [{ sourceContainer: 'other_one', readOnly: true }],
    },
  });
  expect(hostConfig['Links']).toEqual([
    expect.stringMatching(/^ecs-web-3-otherone-[0-9a-f]{20}:db$/),
    expect.stringMatching(/^ecs-web-3-otherone-[0-9a-f]{20}:other_one$/),
  ]);
  expect(hostConfig['VolumesFrom']).toEqual([expect.stringMatching(/^ecs-web-3-otherone-[0-9a-f]{20}:ro$/)]);
});

test('mount points become binds of a directory, a scratch volume or a shared volume', () => {
  const { hostConfig } = spec({
    container: {
      mountPoints: [
        { sourceVolume: 'dir', containerPath: '/dir', readOnly: true },
        { sourceVolume: 'scratch', containerPath: '/scratch' },
        { sourceVolume: 'shared', containerPath: '/shared' },
      ],
    },
    task: {
      volumes: [
        { name: 'dir', host: { sourcePath: '/srv' } },
        { name: 'scratch', host: {} },
        { name: 'shared', type: 'docker', dockerVolumeConfiguration: { scope: 'shared' } },
      ],
    },
  });
  expect(hostConfig['Binds']).toEqual([
    '/srv:/dir:ro',
    expect.stringMatching(/^ecs-web-3-scratch-[0-9a-f]{20}:\/scratch$/),
    'shared:/shared',
  ]);
});

test('a mount of a volume that the task does not have is an error of the host config', () => {
  const mountPoints = [{ sourceVolume: 'nope', containerPath: '/x' }];
  expect(() => spec({ container: { mountPoints } })).toThrow(
    expect.objectContaining({ reason: "HostConfigError: Unknown volume 'nope'" }),
  );
});

test('the region is added to the environment unless the task or its image names one', () => {
  expect(spec({ imageVariables: ['PATH'] }).config['Env']).toContain('AWS_REGION=us-east-1');
  expect(spec({ imageVariables: ['PATH', 'AWS_DEFAULT_REGION'] }).config['Env']).toEqual([]);
  expect(spec({ container: { environment: { A: '1' } } }).config['Env']).toEqual([
    'AWS_REGION=us-east-1',
    'AWS_DEFAULT_REGION=us-east-1',
    'A=1',
  ]);
  expect(spec({ container: { environment: { AWS_REGION: 'eu-west-1' } } }).config['Env']).toEqual([
    'AWS_REGION=eu-west-1',
  ]);
});

test('the control plane’s JSON wins over what the agent computed, except for the agent’s labels', () => {
  const { config, hostConfig } = spec({
    container: overlay(
      { User: 'nobody', Labels: { mine: 'x', 'com.amazonaws.ecs.container-name': 'forged' } },
      {
        CpuShares: 7,
        NetworkMode: 'none',
        LogConfig: { Type: 'json-file', Config: { mode: 'non-blocking' } },
      },
    ),
  });
  expect(config).toMatchObject({
    User: 'nobody',
    Labels: {
      mine: 'x',
      'com.amazonaws.ecs.container-name': 'main',
      'com.amazonaws.ecs.task-definition-family': 'web',
      'com.amazonaws.ecs.task-definition-version': '3',
      'com.amazonaws.ecs.cluster': 'default',
    },
  });
  expect(hostConfig).toMatchObject({
    CpuShares: 7,
    NetworkMode: 'none',
    LogConfig: { Type: 'json-file', Config: { mode: 'non-blocking', 'max-buffer-size': '10m' } },
  });
});

test('only a health check of the task definition counts', () => {
  const check = overlay({ Healthcheck: { Test: ['CMD', 'true'] } });
  expect(spec({ container: { healthCheckType: 'docker', ...check } }).config['Healthcheck']).toEqual({
    Test: ['CMD', 'true'],
  });
  expect(spec({}).config['Healthcheck']).toEqual({ Test: ['NONE'] });
});

test('a privileged container is refused where they are forbidden', () => {
  const container = overlay({}, { Privileged: true });
  expect(spec({ container }).hostConfig['Privileged']).toBe(true);
  expect(() => spec({ container, config: { privilegedDisabled: true } })).toThrow(
    /Privileged containers are disabled/,
  );
});

test('the label of the cluster is its name as the agent was configured with it, as the official agent has it', () => {
  const labels = (cluster: string) => spec({ config: { cluster } }).config['Labels'];
  expect(labels('prod')).toMatchObject({ 'com.amazonaws.ecs.cluster': 'prod' });
  expect(labels('')).toMatchObject({ 'com.amazonaws.ecs.cluster': 'default' });
});
