// Placement's accounting against the agent's. Where the agent counts more, a task that was placed waits forever and
// blocks all behind it; where it counts less, room is wasted. So both must count the same.
import fc from 'fast-check';
import { DescribeContainerInstancesCommand } from '@aws-sdk/client-ecs';
import { beforeAll, expect, test } from 'vitest';
import { payloadTask } from '../../src/acs/payload/payload-task.ts';
import { taskDemand } from '../../src/agent/task/task-demand.ts';
import { taskDefinitions } from '../../src/aws/ecs/state/task-definition/task-definitions.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';
import { rawCall } from './raw-call.ts';

let rig: EcsRig;
beforeAll(async () => {
  rig = await EcsRig.open();
  await rawCall(rig, 'CreateCluster', {});
});

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const memory = fc.constantFrom(0, 6, 64, 100, 512);
const amounts = {
  cpu: optional(fc.constantFrom(0, 1, 100, 512)),
  memory: optional(memory),
  memoryReservation: optional(memory),
};
const portMapping = fc.record({
  containerPort: fc.constantFrom(80, 443, 53),
  hostPort: optional(fc.constantFrom(0, 80, 443, 53, 8080)),
  protocol: optional(fc.constantFrom('tcp', 'udp')),
});
const gpus = optional(fc.constantFrom('1', '2').map((value) => [{ type: 'GPU' as const, value }]));
const container = fc.record({
  ...amounts,
  name: fc.constantFrom('a', 'b', 'c'),
  image: fc.constant('busybox'),
  portMappings: optional(fc.array(portMapping, { maxLength: 2 })),
  resourceRequirements: gpus,
});
const sizes = {
  cpu: optional(fc.constantFrom('', '128', '2 vCPU', '1 vcpu')),
  memory: optional(fc.constantFrom('', '700', '2 GB', '.5GB')),
};
const definition = fc.record({
  ...sizes,
  family: fc.constant('f'),
  networkMode: optional(fc.constantFrom('bridge', 'host')),
  containerDefinitions: fc.uniqueArray(container, {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => name,
  }),
});
const overrides = fc.record({
  ...sizes,
  containerOverrides: fc.uniqueArray(
    fc.record({ ...amounts, name: fc.constantFrom('a', 'b'), resourceRequirements: gpus }),
    { maxLength: 2, selector: ({ name }) => name },
  ),
});

test('a task is counted as the agent counts its payload', async () => {
  let placed = 0;
  await fc.assert(
    fc.asyncProperty(definition, optional(overrides), async (input, over) => {
      const instance = await rig.instance({
        cpu: 100_000,
        memory: 100_000,
        gpuIds: ['GPU-1', 'GPU-2', 'GPU-3', 'GPU-4'],
        attributes: [
          'ecs.capability.task-cpu-mem-limit',
          'com.amazonaws.ecs.capability.docker-remote-api.1.21',
        ],
      });
      await rawCall(rig, 'RegisterTaskDefinition', input);
      const request = { taskDefinition: 'f', containerInstances: [instance], overrides: over };
      const { body, status } = await rawCall(rig, 'StartTask', request);
      const [started] = status === 200 ? (body['tasks'] as { taskArn: string }[]) : [];
      if (started === undefined) return;
      placed++;
      const resources = rig.controlPlane.store.view((tx) => {
        const task = tx.table(tasks).get(started.taskArn)!;
        const [latest] = [...tx.table(taskDefinitions).all()].filter(
          ({ arn }) => arn === task.taskDefinitionArn,
        );
        const { gpus: asked = 0, ...held } = task.resources;
        expect(taskDemand(payloadTask(task, latest))).toEqual(held);
        expect(held.gpuIds ?? []).toHaveLength(asked);
        return held;
      });
      const { containerInstances } = await rig.ecs.send(
        new DescribeContainerInstancesCommand({ containerInstances: [instance] }),
      );
      const left = containerInstances![0]!.remainingResources!;
      expect(left.find(({ name }) => name === 'CPU')!.integerValue).toBe(100_000 - resources.cpu);
      expect(left.find(({ name }) => name === 'MEMORY')!.integerValue).toBe(100_000 - resources.memory);
      const gpusLeft = left.find(({ name }) => name === 'GPU')!.stringSetValue!;
      expect([...(resources.gpuIds ?? []), ...gpusLeft].toSorted()).toEqual([
        'GPU-1',
        'GPU-2',
        'GPU-3',
        'GPU-4',
      ]);
    }),
    { numRuns: 300 },
  );
  expect(placed).toBeGreaterThan(20);
});
