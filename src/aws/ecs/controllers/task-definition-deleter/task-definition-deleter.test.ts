import {
  CreateTaskSetCommand,
  DeleteTaskDefinitionsCommand,
  DeleteTaskSetCommand,
  DeregisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, expect, it } from 'vitest';
import { ServiceRig, taskDefinition } from '../../../../../test-support/service-rig.ts';
import { taskDefinitions } from '../../state/task-definition/task-definitions.ts';

const hour = 3_600_000;

let rig: ServiceRig;
beforeEach(async () => {
  rig = await ServiceRig.open();
  await rig.ecs.instance();
});

const deregister = (revision: number) =>
  rig.send(new DeregisterTaskDefinitionCommand({ taskDefinition: `web:${revision}` }));
async function deleteRevision(revision: number): Promise<void> {
  await deregister(revision);
  const input = { taskDefinitions: [`web:${revision}`] };
  const { failures, taskDefinitions: deleted } = await rig.send(new DeleteTaskDefinitionsCommand(input));
  expect([failures, deleted!.map(({ status }) => status)]).toEqual([[], ['DELETE_IN_PROGRESS']]);
}
const left = (): number[] =>
  rig.ecs.controlPlane.store.view((tx) =>
    Array.from(tx.table(taskDefinitions).all(), ({ revision }) => revision),
  );
async function run(revision: number): Promise<string> {
  const { tasks } = await rig.send(new RunTaskCommand({ taskDefinition: `web:${revision}` }));
  const arn = tasks![0]!.taskArn!;
  await rig.ecs.report(arn, 'RUNNING', [{ containerName: 'app', status: 'RUNNING' }]);
  return arn;
}
async function stop(task: string): Promise<void> {
  await rig.send(new StopTaskCommand({ task }));
  await rig.ecs.report(task, 'STOPPED');
}

it('takes away what is to go and nobody refers to, and nothing else', async () => {
  await deregister(2);
  await deleteRevision(1);
  await rig.settle(0);
  expect(left()).toEqual([2]);
  await rig.settle(24 * hour);
  expect(left()).toEqual([2]);
});

it('waits for the last task', async () => {
  const [one, other] = [await run(1), await run(1)];
  await run(2);
  await deleteRevision(1);
  await rig.settle(hour);
  expect(left()).toEqual([1, 2]);
  await stop(one);
  await rig.settle(0);
  expect(left()).toEqual([1, 2]);
  await stop(other);
  await rig.settle(0);
  expect(left()).toEqual([2]);
});

it('waits for task sets', async () => {
  const controller = { deploymentController: { type: 'EXTERNAL' }, taskDefinition: undefined } as const;
  await rig.create(controller);
  const of = { cluster: 'default', service: 'web' };
  const made = await rig.send(new CreateTaskSetCommand({ ...of, taskDefinition: 'web:1' }));
  await deleteRevision(1);
  await rig.settle();
  expect(left()).toEqual([1, 2]);
  await rig.send(new DeleteTaskSetCommand({ ...of, taskSet: made.taskSet!.id!, force: true }));
  await rig.settle();
  expect(left()).toEqual([2]);
});

it('waits for the deployments of services', async () => {
  await rig.create({ desiredCount: 0 });
  await rig.settle();
  await deleteRevision(1);
  await rig.settle(hour);
  expect(left()).toEqual([1, 2]);
  await rig.update({ taskDefinition: taskDefinition(2) });
  await rig.settle(hour);
  expect(left()).toEqual([2]);
});

it('writes nothing while tasks come and go of what stays', async () => {
  let commits = 0;
  rig.ecs.controlPlane.store.watch(taskDefinitions, () => commits++);
  await stop(await run(1));
  await rig.settle(hour);
  expect(commits).toBe(0);
});
