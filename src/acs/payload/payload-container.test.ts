import { describe, expect, it } from 'vitest';
import { aContainer, aTask } from '../../../test-support/builders/a-task.ts';
import { aContainerDefinition } from '../../../test-support/builders/a-task-definition.ts';
import type { ContainerDefinition } from '../../aws/ecs/state/task-definition/task-definition.ts';
import type { Container, TaskOverride } from '../../aws/ecs/state/task/task.ts';
import { payloadContainer } from './payload-container.ts';

type ContainerOverride = NonNullable<TaskOverride['containerOverrides']>[number];

const build = (
  definition: Partial<ContainerDefinition>,
  container: Partial<Container> = {},
  override?: ContainerOverride,
) => {
  const overrides = override === undefined ? {} : { containerOverrides: [{ name: 'app', ...override }] };
  const built = payloadContainer(
    aTask({ overrides }),
    aContainer(container),
    aContainerDefinition(definition),
    'bridge',
  );
  return JSON.parse(JSON.stringify(built)) as Record<string, unknown>;
};

describe('payloadContainer', () => {
  const definitions: [string, Partial<ContainerDefinition>, object][] = [
    ['command', { command: ['sleep', '1'] }, { command: ['sleep', '1'] }],
    ['entryPoint', { entryPoint: ['sh', '-c'] }, { entryPoint: ['sh', '-c'] }],
    ['links', { links: ['db:database'] }, { links: ['db:database'] }],
    ['startTimeout', { startTimeout: 30 }, { startTimeout: 30 }],
    ['stopTimeout', { stopTimeout: 2 }, { stopTimeout: 2 }],
    [
      'mountPoints',
      {
        mountPoints: [
          { sourceVolume: 'v', containerPath: '/v' },
          { sourceVolume: 'w', containerPath: '/w', readOnly: true },
        ],
      },
      {
        mountPoints: [
          { sourceVolume: 'v', containerPath: '/v', readOnly: false },
          { sourceVolume: 'w', containerPath: '/w', readOnly: true },
        ],
      },
    ],
    [
      'volumesFrom',
      { volumesFrom: [{ sourceContainer: 'data', readOnly: true }] },
      { volumesFrom: [{ sourceContainer: 'data', readOnly: true }] },
    ],
    [
      'dependsOn',
      { dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] },
      { dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] },
    ],
    [
      'portMappings',
      { portMappings: [{ containerPort: 80 }] },
      { portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }] },
    ],
    ['healthCheckType', { healthCheck: { command: ['CMD', 'true'] } }, { healthCheckType: 'docker' }],
    [
      'restartPolicy, with the period that ECS documents',
      { restartPolicy: { enabled: true, ignoredExitCodes: [0] } },
      { restartPolicy: { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 300 } },
    ],
    [
      'a restart period of its own',
      { restartPolicy: { enabled: true, restartAttemptPeriod: 60 } },
      { restartPolicy: { enabled: true, restartAttemptPeriod: 60 } },
    ],
  ];

  it.each(definitions)('carries %s', (_, definition, expected) => {
    expect(build(definition)).toMatchObject(expected);
  });

  it('takes image, essential and limits from the task, as it was placed', () => {
    const placed = {
      image: 'busybox@sha256:1',
      essential: false,
      cpu: 64,
      memory: 96,
      memoryReservation: 32,
    };
    const built = build({ image: 'busybox', cpu: 1, memory: 1 }, placed);
    expect(built).toMatchObject({ image: 'busybox@sha256:1', essential: false, cpu: 64, memory: 96 });
    expect(built.dockerConfig).toEqual({
      hostConfig: JSON.stringify({ MemoryReservation: 32 * 1024 * 1024 }),
    });
  });

  it('has the agent log in to the Amazon ECR registry of the image, as itself', () => {
    const image = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1';
    expect(build({}, { image })).toMatchObject({
      image,
      registryAuthentication: {
        type: 'ecr',
        ecrAuthData: { registryId: '123456789012', region: 'eu-west-1', useExecutionRole: false },
      },
    });
    expect(build({}, { image: 'example.com/app:1' })).not.toHaveProperty('registryAuthentication');
  });

  it('carries a range of ports, and leaves its host ports to the agent', () => {
    const portMappings = [{ containerPortRange: '8000-8010', protocol: 'udp' as const }];
    expect(build({ portMappings })).toMatchObject({ portMappings });
  });

  it('lets an override replace the command and lie over the environment', () => {
    const definition = {
      command: ['serve'],
      environment: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
    };
    const override = {
      command: ['migrate'],
      environment: [
        { name: 'B', value: '3' },
        { name: 'C', value: '4' },
      ],
    };
    expect(build(definition, {}, override)).toMatchObject({
      command: ['migrate'],
      environment: { A: '1', B: '3', C: '4' },
    });
  });

  it('gives the agent no overrides to merge: it would refuse the task', () => {
    expect(build({}, {}, { environment: [{ name: 'A', value: '1' }] })).not.toHaveProperty('overrides');
  });

  it("does not take another container's override", () => {
    expect(build({ command: ['serve'] }, {}, { name: 'other', command: ['x'] })).toMatchObject({
      command: ['serve'],
    });
  });

  it.each([{ command: [] }, { memory: 3 }])('keeps the command under an override of %j', (override) => {
    expect(build({ command: ['serve'] }, {}, override)).toMatchObject({ command: ['serve'] });
  });
});
