import { describe, expect, it } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import {
  aContainerDefinition,
  aTaskDefinition,
} from '../../../../../test-support/builders/a-task-definition.ts';
import { seededRandom } from '../../../../lib/random.ts';
import type { ContainerDefinition, TaskDefinition } from '../task-definition/task-definition.ts';
import type { ContainerInstance } from '../instance/container-instance.ts';
import type { TaskOverride } from './task.ts';
import { newTask, type NewTaskRequest } from './new-task.ts';
import type { PlacedInstance } from './placed-instance.ts';
import { placeOn } from './task-lifecycle.ts';

const define = (containers: readonly Partial<ContainerDefinition>[], fields: Partial<TaskDefinition> = {}) =>
  aTaskDefinition({
    containerDefinitions: containers.map((one, at) => aContainerDefinition({ name: `c${at}`, ...one })),
    ...fields,
  });
const aRequest = (fields: Partial<NewTaskRequest> = {}): NewTaskRequest => ({
  launchType: 'EC2',
  group: 'family:web',
  overrides: {},
  tags: [],
  ...fields,
});
const placed = (
  definition: TaskDefinition,
  instance: ContainerInstance & PlacedInstance,
  request: NewTaskRequest,
) => placeOn(newTask(seededRandom(1), { definition, home: instance, request, now: 1000 }), instance);
const onC0 = (override: object): TaskOverride => ({ containerOverrides: [{ name: 'c0', ...override }] });

describe('a new task', () => {
  const instance = aContainerInstance({
    attributes: [
      { name: 'ecs.availability-zone', value: 'us-east-1b' },
      { name: 'ecs.cpu-architecture', value: 'arm64' },
    ],
  });
  const made = (definition = define([{}]), request = aRequest()) => placed(definition, instance, request);

  it('is PENDING and wanted RUNNING on its instance, with nothing known of its future', () => {
    const task = made();
    expect(task).toMatchObject({
      containerInstanceArn: instance.arn,
      clusterArn: instance.clusterArn,
      availabilityZone: 'us-east-1b',
      cpuArchitecture: 'arm64',
      desiredStatus: 'RUNNING',
      lastStatus: 'PENDING',
      createdAt: 1000,
      group: 'family:web',
      containers: [{ name: 'c0', lastStatus: 'PENDING', healthStatus: 'UNKNOWN', networkBindings: [] }],
    });
    for (const later of ['startedAt', 'stoppingAt', 'stoppedAt', 'stopCode', 'stoppedReason'] as const)
      expect(task[later]).toBeUndefined();
  });

  it('deals the GPUs of its placed instance out to the containers that ask for some, in order', () => {
    const gpus = (value: string) => ({ resourceRequirements: [{ type: 'GPU' as const, value }] });
    const definition = define([gpus('2'), {}, gpus('1')]);
    const seat = { ...instance, grantedGpuIds: ['a', 'b', 'c'] };
    const task = placed(definition, seat, aRequest());
    expect(task.resources).toMatchObject({ gpus: 3, gpuIds: ['a', 'b', 'c'] });
    expect(task.containers.map(({ gpuIds }) => gpuIds)).toEqual([['a', 'b'], undefined, ['c']]);
    expect(made(definition).containers.map(({ gpus: asked }) => asked)).toEqual([2, undefined, 1]);
  });

  it('has an id of 32 hex digits in its ARN and in those of its containers', () => {
    const task = made();
    expect(task.id).toMatch(/^[0-9a-f]{32}$/);
    expect(task.arn).toBe(`arn:aws:ecs:us-east-1:000000000000:task/default/${task.id}`);
    expect(task.containers[0]!.arn).toContain(`:container/default/${task.id}/`);
  });

  it('never has the id of another', () => {
    const random = seededRandom(2);
    const tasks = Array.from({ length: 500 }, () =>
      newTask(random, { definition: define([{}, {}]), home: instance, request: aRequest(), now: 0 }),
    );
    expect(new Set(tasks.map((task) => task.arn)).size).toBe(500);
    expect(new Set(tasks.flatMap((task) => task.containers.map(({ arn }) => arn))).size).toBe(1000);
  });

  it('lists every container in its overrides, those that were overridden and those that were not', () => {
    const overrides = { ...onC0({ command: ['x'] }), cpu: '256' };
    const task = made(define([{}, {}]), aRequest({ overrides }));
    expect(task.overrides).toEqual({
      cpu: '256',
      containerOverrides: [{ name: 'c0', command: ['x'] }, { name: 'c1' }],
      inferenceAcceleratorOverrides: [],
    });
    expect(task).toMatchObject({ cpuLimit: 256, resources: { cpu: 256 } });
  });

  it('keeps amounts of containers as they are after overrides', () => {
    const definition = define([{ cpu: 1, memory: 100, memoryReservation: 50 }, { essential: false }]);
    const task = made(definition, aRequest({ overrides: onC0({ cpu: 0, memory: 90 }) }));
    expect(task.containers).toMatchObject([
      { cpu: 0, memory: 90, memoryReservation: 50, essential: true },
      { cpu: 0, memory: 128, essential: false },
    ]);
    expect(task.cpuLimit).toBeUndefined();
    expect(task.memoryLimit).toBeUndefined();
  });
});
