import { describe, expect, test } from 'vitest';
import {
  aContainerDefinition,
  aTaskDefinition,
} from '../../../../../test-support/builders/a-task-definition.ts';
import type { ContainerDefinition, TaskDefinition } from '../task-definition/task-definition.ts';
import { taskResources } from './task-resources.ts';
import type { TaskOverride } from './task.ts';

const define = (containers: readonly Partial<ContainerDefinition>[], fields: Partial<TaskDefinition> = {}) =>
  aTaskDefinition({
    containerDefinitions: containers.map((one, at) => aContainerDefinition({ name: `c${at}`, ...one })),
    ...fields,
  });
const onC0 = (override: object): TaskOverride => ({ containerOverrides: [{ name: 'c0', ...override }] });

describe('what a task takes of its instance', () => {
  test.each<[string, TaskDefinition, TaskOverride, object]>([
    [
      'the sums over its containers',
      define([
        { cpu: 10, memory: 100 },
        { cpu: 5, memory: 50 },
      ]),
      {},
      { cpu: 15, memory: 150 },
    ],
    [
      'the soft limit of memory in place of the hard one',
      define([{ memory: 100, memoryReservation: 64 }, { memory: 50 }]),
      {},
      { memory: 114 },
    ],
    [
      'the hard limit where the soft one is 0, which is none',
      define([{ memory: 100, memoryReservation: 0 }]),
      {},
      { memory: 100 },
    ],
    [
      'the task’s own amounts in place of the sums',
      define([{ cpu: 10, memory: 100 }], { cpu: '256', memory: '512' }),
      {},
      { cpu: 256, memory: 512 },
    ],
    [
      'overrides of a container',
      define([{ cpu: 10, memory: 100 }, {}]),
      onC0({ cpu: 0, memory: 200 }),
      { cpu: 0, memory: 328 },
    ],
    [
      'an overridden hard limit only where no soft one counts',
      define([{ memory: 100, memoryReservation: 64 }]),
      onC0({ memory: 300 }),
      { memory: 64 },
    ],
    ['an overridden soft limit', define([{ memory: 100 }]), onC0({ memoryReservation: 32 }), { memory: 32 }],
    [
      'overrides of the task in place of everything',
      define([{ cpu: 10, memory: 100 }], { cpu: '256', memory: '512' }),
      { ...onC0({ cpu: 1 }), cpu: '128', memory: '64' },
      { cpu: 128, memory: 64 },
    ],
    [
      'GPUs of all containers, an override in place of what the container asks',
      define([
        { resourceRequirements: [{ type: 'GPU', value: '2' }] },
        { resourceRequirements: [{ type: 'GPU', value: '1' }] },
        {},
      ]),
      onC0({ resourceRequirements: [{ type: 'GPU', value: '4' }] }),
      { gpus: 5 },
    ],
    [
      'as many as the definition says, where the override lists nothing',
      define([{ resourceRequirements: [{ type: 'GPU', value: '2' }] }]),
      onC0({ resourceRequirements: [] }),
      { gpus: 2 },
    ],
    [
      'static host ports of all containers by protocol, no dynamic ones',
      define([
        {
          portMappings: [
            { containerPort: 80, hostPort: 8080, protocol: 'tcp' },
            { containerPort: 81, hostPort: 0, protocol: 'tcp' },
            { containerPort: 82 },
            { containerPortRange: '8000-8100' },
            { containerPort: 53, hostPort: 53, protocol: 'udp' },
          ],
        },
        { portMappings: [{ containerPort: 443, hostPort: 443 }] },
      ]),
      {},
      { ports: [8080, 443], portsUdp: [53] },
    ],
  ])('%s', (_name, definition, overrides, taken) => {
    expect(taskResources(definition, overrides)).toMatchObject(taken);
  });

  test('no GPUs are no number at all', () => {
    expect(taskResources(define([{}]), {})).not.toHaveProperty('gpus');
  });
});
