// What is kept of tasks that failed, by agents' reports as they are on the wire, and how it is read again.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  DescribeDeploymentFailuresInput,
  DescribeDeploymentFailuresOutput,
  DescribeTaskFailuresOutput,
} from '../../src/longshore/contract.ts';
import { taskFailures } from '../../src/aws/ecs/state/task/task-failures.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { aContainer } from '../../test-support/builders/a-task.ts';
import { ServiceRig } from '../../test-support/service-rig.ts';
import { longshoreCall } from './longshore-call.ts';
import { rawCall } from './raw-call.ts';

let rig: ServiceRig;
let deploymentId: string;

beforeEach(async () => {
  rig = await ServiceRig.open();
  deploymentId = (await rig.create()).deployments![0]!.id!;
});
afterEach(() => rig.ecs.controlPlane.stop());

const instance = 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/i1';
const failures = (
  input: Partial<DescribeDeploymentFailuresInput> = {},
): Promise<DescribeDeploymentFailuresOutput> =>
  longshoreCall(rig.ecs, 'DescribeDeploymentFailures', { service: 'web', ...input });
const taskId = (name: string): string => name.padStart(32, '0');
/** Reports the end of a new task of the service as an agent does. */
async function die(id: string, container: object, more: object = {}): Promise<string> {
  const { arn } = rig.task(taskId(id), deploymentId, {
    lastStatus: 'PENDING',
    containerInstanceArn: instance,
  });
  const containers = [{ containerName: 'app', status: 'STOPPED', ...container }];
  const answer = await rawCall(rig.ecs, 'SubmitTaskStateChange', {
    cluster: 'default',
    task: arn,
    status: 'STOPPED',
    reason: '',
    containers,
    ...more,
  });
  expect(answer.body).toEqual({ acknowledgment: 'ACK' });
  return arn;
}

describe('a failed task', () => {
  test('is kept with what Longshore’s agent sends along', async () => {
    const start = 'CannotStartContainerError: ';
    const reason = start + 'x'.repeat(3000);
    const evidence = { containerName: 'app', reason, lastLogLines: ['starting', 'no database'] };
    const taskArn = await die(
      'a',
      { exitCode: 3, reason: reason.slice(0, 1024) },
      { longshoreFailure: { containers: [evidence] } },
    );
    expect(await failures()).toMatchObject({
      total: 1,
      failures: [
        {
          deploymentId,
          serviceDeploymentArn: expect.stringContaining(':service-deployment/default/web/') as string,
          cause: 'start',
          taskArn,
          containerInstanceArn: instance,
          stopCode: 'TaskFailedToStart',
          stoppedReason: 'Task failed to start',
          containers: [
            { name: 'app', exitCode: 3, reason, lastLogLines: ['starting', 'no database'], essential: true },
          ],
        },
      ],
    });
  });

  test('is known when its essential container ends, and completed when it has STOPPED', async () => {
    const { arn } = rig.task(taskId('a'), deploymentId, {
      lastStatus: 'RUNNING',
      startedAt: 1,
      containerInstanceArn: instance,
      containers: [aContainer(), aContainer({ name: 'side', essential: false })],
    });
    const tell = (status: string, container: object, more: object = {}): Promise<unknown> =>
      rawCall(rig.ecs, 'SubmitTaskStateChange', {
        cluster: 'default',
        task: arn,
        status,
        reason: '',
        containers: [{ status: 'STOPPED', ...container }],
        ...more,
      });
    const evidence = { containerName: 'app', lastLogLines: ['no database'] };
    await tell(
      'RUNNING',
      { containerName: 'app', exitCode: 3 },
      { longshoreFailure: { containers: [evidence] } },
    );
    const app = { name: 'app', exitCode: 3, lastLogLines: ['no database'] };
    expect(await failures()).toMatchObject({
      total: 1,
      failures: [{ cause: 'exit', containers: [app, {}] }],
    });
    await tell('STOPPED', { containerName: 'side', exitCode: 137 });
    expect(await failures()).toMatchObject({
      total: 1,
      failures: [{ cause: 'exit', containers: [app, { name: 'side', exitCode: 137 }] }],
    });
  });

  test('is none where its host ended it', async () => {
    const arn = await die(
      'a',
      { exitCode: 137 },
      { longshoreEndedByHost: true, reason: 'the engine was away' },
    );
    expect(await failures()).toMatchObject({ total: 0, failures: [] });
    expect(rig.ecs.controlPlane.store.view((tx) => tx.table(tasks).get(arn))).toMatchObject({
      lastStatus: 'STOPPED',
      stoppedReason: 'the engine was away',
    });
  });

  test('is kept without lines where the agent is the official one', async () => {
    await die('a', { exitCode: 1 });
    const { failures: found } = await failures();
    expect(found).toMatchObject([{ cause: 'exit', stopCode: 'EssentialContainerExited' }]);
    expect(found[0]!.containers[0]).not.toHaveProperty('lastLogLines');
  });

  test('is told once, however often its end is reported', async () => {
    const task = await die('a', { exitCode: 1 });
    await rig.ecs.report(task, 'STOPPED');
    expect((await failures()).total).toBe(1);
  });

  test('is no failure when it was asked to stop', async () => {
    const { arn } = rig.task(taskId('a'), deploymentId, {
      lastStatus: 'RUNNING',
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      containerInstanceArn: instance,
    });
    await rig.ecs.report(arn, 'STOPPED', [{ containerName: 'app', status: 'STOPPED', exitCode: 137 }]);
    expect((await failures()).total).toBe(0);
  });

  test('is a failure when its service stopped it for its health', async () => {
    const { arn } = rig.task(taskId('a'), deploymentId, {
      lastStatus: 'RUNNING',
      desiredStatus: 'STOPPED',
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
      containerInstanceArn: instance,
    });
    await rig.ecs.report(arn, 'STOPPED', [{ containerName: 'app', status: 'STOPPED', exitCode: 143 }]);
    expect((await failures()).failures).toMatchObject([{ cause: 'health', taskArn: arn }]);
  });

  test('is among the fifty newest of its deployment, newest first', async () => {
    for (let at = 0; at < 60; at++) await die(`t${at}`, { exitCode: at });
    const shown = await failures({ deployment: deploymentId, maxResults: 50 });
    expect(shown.total).toBe(50);
    expect(shown.failures.map(({ containers }) => containers[0]!.exitCode)).toEqual(
      Array.from({ length: 50 }, (_, at) => 59 - at),
    );
    expect((await failures()).failures).toHaveLength(10);
    const { store } = rig.ecs.controlPlane;
    expect(store.view((tx) => tx.table(taskFailures).size)).toBe(50);
  });

  test('is found by the deployment or the service deployment', async () => {
    await die('a', { exitCode: 1 });
    const { serviceDeploymentArn } = (await failures()).failures[0]!;
    expect((await failures({ deployment: serviceDeploymentArn! })).total).toBe(1);
    expect((await failures({ deployment: 'ecs-svc/1' })).total).toBe(0);
    const other = serviceDeploymentArn!.replace(/.$/, '?');
    await expect(failures({ deployment: other })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('is on record longer than the task, until its service is forgotten', async () => {
    const arn = await die('a', { exitCode: 1 });
    const hour = 3_600_000;
    const { store } = rig.ecs.controlPlane;
    await rig.ecs.clock.advance(5 * hour);
    expect(store.view((tx) => tx.table(tasks).get(arn))).toBeUndefined();
    expect((await failures()).total).toBe(1);
    await rig.delete({ force: true });
    await rig.ecs.clock.advance(20 * hour);
    expect((await failures()).total).toBe(1);
    await rig.ecs.clock.advance(20 * hour);
    await expect(failures()).rejects.toMatchObject({ code: 'ServiceNotFoundException' });
    expect(store.view((tx) => tx.table(taskFailures).size)).toBe(0);
  });
});

test.each([
  [{ service: 'none' }, 'ServiceNotFoundException'],
  [{ service: 'web', cluster: 'none' }, 'ClusterNotFoundException'],
  [{ service: 'web', maxResults: 51 }, 'InvalidParameterException'],
  [{ service: 'web', maxResults: 0 }, 'InvalidParameterException'],
  [{ service: undefined }, 'InvalidParameterException'],
])('%j is refused with %s', async (input, code) => {
  await expect(failures(input as DescribeDeploymentFailuresInput)).rejects.toMatchObject({ code });
});

describe('DescribeTaskFailures', () => {
  const lone = (input: object = {}): Promise<DescribeTaskFailuresOutput> =>
    longshoreCall(rig.ecs, 'DescribeTaskFailures', input);
  /** Reports the end of a new task that no service runs. */
  const end = async (id: string, exitCode: number): Promise<string> => {
    const none = {
      serviceArn: undefined,
      deploymentId: undefined,
      startedBy: undefined,
      group: 'family:web',
    };
    const runs = { lastStatus: 'RUNNING', startedAt: 1, containerInstanceArn: instance } as const;
    const task = rig.task(taskId(id), '', { ...none, ...runs });
    const evidence = { containerName: 'app', lastLogLines: ['no database'] };
    await rawCall(rig.ecs, 'SubmitTaskStateChange', {
      cluster: 'default',
      task: task.arn,
      status: 'STOPPED',
      reason: '',
      containers: [{ containerName: 'app', status: 'STOPPED', exitCode }],
      ...(exitCode !== 0 && { longshoreFailure: { containers: [evidence] } }),
    });
    return task.arn;
  };

  test('answers those of tasks that no service ran and that did not end well, the newest first', async () => {
    await end('a', 0);
    const [first, second] = [await end('b', 1), await end('c', 3)];
    await die('d', { exitCode: 1 });
    const told = await lone();
    expect(told).toMatchObject({
      total: 2,
      failures: [
        { taskArn: second, cause: 'exit', containers: [{ exitCode: 3, lastLogLines: ['no database'] }] },
        { taskArn: first },
      ],
    });
    expect(told.failures[0]).not.toHaveProperty('deploymentId');
    expect((await failures()).total).toBe(1);
    expect((await lone({ maxResults: 1 })).failures).toHaveLength(1);
    await expect(lone({ maxResults: 0 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('is told of the task itself by ExplainPlacement, with its end', async () => {
    const task = await end('b', 1);
    expect(await longshoreCall(rig.ecs, 'ExplainPlacement', { task })).toMatchObject({
      task: {
        lastStatus: 'STOPPED',
        stopCode: 'EssentialContainerExited',
        containers: [{ name: 'app', exitCode: 1, lastLogLines: ['no database'] }],
      },
    });
  });
});
