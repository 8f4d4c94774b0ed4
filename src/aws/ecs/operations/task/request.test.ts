import { describe, expect, it, test } from 'vitest';
import { aCluster } from '../../../../../test-support/builders/a-cluster.ts';
import {
  aContainerDefinition,
  aTaskDefinition,
} from '../../../../../test-support/builders/a-task-definition.ts';
import type { TaskOverride } from '../../state/task/task.ts';
import { taskRequest } from './request.ts';

const cluster = aCluster();
const definition = aTaskDefinition({
  containerDefinitions: [
    aContainerDefinition({ cpu: 100, memory: 300, memoryReservation: 100 }),
    aContainerDefinition({ name: 'sidecar', cpu: 50, memory: 100 }),
  ],
  tags: [
    { key: 'team', value: 'definition' },
    { key: 'tier', value: 'web' },
  ],
});
type TaskInput = Parameters<typeof taskRequest>[0];
const request = (fields: Partial<TaskInput> = {}, of = definition) =>
  taskRequest({ taskDefinition: 'web', ...fields } as TaskInput, of, cluster);
const overridden = (overrides: TaskOverride, of = definition) => request({ overrides }, of).overrides;

describe('overrides', () => {
  it('come out as they went in, sizes in units', () => {
    const containerOverrides = [{ name: 'app', cpu: 0, memory: 200, command: ['x'] }];
    expect(overridden({ containerOverrides, cpu: '1 vCPU', memory: '.5 GB', executionRoleArn: 'r' })).toEqual(
      {
        containerOverrides,
        cpu: '1024',
        memory: '512',
        executionRoleArn: 'r',
      },
    );
  });

  it('leave the definition’s sizes alone where theirs are empty', () => {
    expect(overridden({ cpu: '', memory: '' })).toEqual({});
  });

  test.each<[string, TaskOverride, string]>([
    ['another container', { containerOverrides: [{ name: 'x' }] }, 'Override for container named x is not'],
    ['a container without a name', { containerOverrides: [{}] }, 'Override for container named  is not'],
    ['a container twice', { containerOverrides: [{ name: 'app' }, { name: 'app' }] }, 'only once'],
    ['cpu to less than none', { containerOverrides: [{ name: 'app', cpu: -1 }] }, 'must not be negative'],
    ['memory to less than none', { containerOverrides: [{ name: 'app', memory: -1 }] }, 'at least 6 MiB'],
    [
      'the soft limit to less than none',
      { containerOverrides: [{ name: 'app', memoryReservation: -1 }] },
      'must not be negative',
    ],
    [
      'the soft limit past the hard one',
      { containerOverrides: [{ name: 'app', memoryReservation: 301 }] },
      "not be less than 'memoryReservation'",
    ],
    [
      'the hard limit under the soft one',
      { containerOverrides: [{ name: 'app', memory: 50 }] },
      "not be less than 'memoryReservation'",
    ],
    ['away all memory', { containerOverrides: [{ name: 'sidecar', memory: 0 }] }, "At least one of 'memory'"],
    [
      'the task to less cpu than its containers ask for',
      { cpu: '128' },
      "The sum of all container 'cpu' values",
    ],
    [
      'containers to more memory than their task has',
      { memory: '512', containerOverrides: [{ name: 'sidecar', memory: 300 }] },
      "The sum of all container 'memory' values",
    ],
    ['the task to a size that there is not', { cpu: '1' }, "Invalid 'cpu' setting"],
    [
      'more than 8192 characters',
      { containerOverrides: [{ name: 'app', command: ['x'.repeat(8192)] }] },
      'maximum of 8192',
    ],
  ])('that set %s are refused', (_name, overrides, message) => {
    expect(() => overridden(overrides)).toThrow(message);
  });

  it('may take away a container’s memory where the task has its own', () => {
    const of = aTaskDefinition({ memory: '512' });
    expect(() => overridden({ containerOverrides: [{ name: 'app', memory: 0 }] }, of)).not.toThrow();
  });
});

describe('tags', () => {
  it('are the caller’s own unless propagation is asked for', () => {
    expect(request({ tags: [{ key: 'a', value: 'b' }] }).tags).toEqual([{ key: 'a', value: 'b' }]);
  });

  it('propagate from the definition behind the caller’s own, which win, and before ECS’s', () => {
    const input = { propagateTags: 'TASK_DEFINITION', tags: [{ key: 'team', value: 'mine' }] } as const;
    expect(request({ ...input, enableECSManagedTags: true }).tags).toEqual([
      { key: 'team', value: 'mine' },
      { key: 'tier', value: 'web' },
      { key: 'aws:ecs:clusterName', value: 'default' },
    ]);
  });

  it('do not propagate from a service that there is not', () => {
    expect(() => request({ propagateTags: 'SERVICE' })).toThrow('only for tasks of a service');
  });
});

describe('group and startedBy', () => {
  it('are the family’s group and nobody by default', () => {
    expect(request()).toMatchObject({ group: 'family:web', startedBy: undefined, launchType: 'EC2' });
    expect(request({ group: '' }).group).toBe('family:web');
  });

  test.each<Partial<TaskInput>>([
    { group: 'service:web' },
    { group: 'x'.repeat(256) },
    { startedBy: 'x'.repeat(129) },
  ])('are refused: %j', (input) => {
    expect(() => request(input)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }));
  });
});

test('a client token comes with a digest of all that was asked, in whatever order', () => {
  const one = request({ clientToken: 't', count: 2, group: 'g' });
  const other = request({ group: 'g', count: 2, clientToken: 't' });
  expect(one).toMatchObject({ clientToken: 't', requestDigest: expect.any(String) });
  expect(other.requestDigest).toBe(one.requestDigest);
  expect(request({ clientToken: 't', count: 3, group: 'g' }).requestDigest).not.toBe(one.requestDigest);
  expect(request()).not.toHaveProperty('clientToken');
});

describe('a referenceId', () => {
  it('is kept, up to 1024 characters', () => {
    expect(request({ referenceId: 'r'.repeat(1024) }).referenceId).toBe('r'.repeat(1024));
    expect(() => request({ referenceId: 'r'.repeat(1025) })).toThrow('maximum of 1024');
  });
});

describe('roles', () => {
  const withImage = (image: string) =>
    aTaskDefinition({ containerDefinitions: [aContainerDefinition({ image })] });
  const executionRoleArn = 'arn:aws:iam::000000000000:role/r';

  it('in overrides count as those of the definition do', () => {
    expect(() => request({ overrides: { taskRoleArn: 'r' } })).toThrow('taskRoleArn');
    const ecr = withImage('000000000000.dkr.ecr.us-east-1.amazonaws.com/app');
    expect(request({ overrides: {} }, ecr).overrides).toEqual({});
    expect(() => request({ overrides: { executionRoleArn } }, ecr)).toThrow('executionRoleArn');
    expect(request({ overrides: { executionRoleArn } }).overrides).toEqual({ executionRoleArn });
  });
});

describe('a network configuration', () => {
  const awsvpc = aTaskDefinition({ networkMode: 'awsvpc' });
  const network = (subnets: number, securityGroups = 0) => ({
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: Array.from({ length: subnets }, (_, at) => `subnet-${at}`),
        securityGroups: Array.from({ length: securityGroups }, (_, at) => `sg-${at}`),
      },
    },
  });

  test.each<[string, ReturnType<typeof network> | undefined, typeof awsvpc, string]>([
    ['without need', network(1), definition, 'Network Configuration is not valid for the given networkMode'],
    ['missing', undefined, awsvpc, "Network Configuration must be provided when networkMode 'awsvpc'"],
    ['without subnets', network(0), awsvpc, 'subnets can not be empty.'],
    ['with 17 subnets', network(17), awsvpc, 'subnets can have a maximum of 16'],
    ['with 6 security groups', network(1, 6), awsvpc, 'securityGroups can have a maximum of 5'],
    ['that is right', network(16, 5), awsvpc, "does not support networkMode 'awsvpc'"],
  ])('%s is refused', (_name, input, of, message) => {
    expect(() => request(input, of)).toThrow(message);
  });
});

describe('tags', () => {
  const tags = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, at) => ({ key: `${prefix}${at}`, value: '' }));

  it('may be 50, those of the definition included and those of ECS not', () => {
    const of = aTaskDefinition({ tags: tags(30, 'd') });
    const all = { propagateTags: 'TASK_DEFINITION', enableECSManagedTags: true } as const;
    expect(request({ ...all, tags: tags(20, 'o') }, of).tags).toHaveLength(51);
    expect(request({ ...all, tags: [...tags(20, 'o'), ...tags(10, 'd')] }, of).tags).toHaveLength(51);
    expect(() => request({ ...all, tags: tags(21, 'o') }, of)).toThrow('maximum of 50 tags');
  });
});
