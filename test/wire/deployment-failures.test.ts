// What is kept of tasks that failed, by agents' reports as they are on the wire, and how it is read again.
import { RegisterTaskDefinitionCommand, RunTaskCommand, StopTaskCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  DescribeDeploymentFailuresInput,
  DescribeDeploymentFailuresOutput,
  DescribeTaskFailuresOutput,
} from '../../src/longshore/contract.ts';
import { taskFailures } from '../../src/aws/ecs/state/task/task-failures.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { ServiceRig } from '../../test-support/service-rig.ts';
import { longshoreCall } from './longshore-call.ts';
import { rawCall } from './raw-call.ts';

let rig: ServiceRig;
let deploymentId: string;

let instance: string;

beforeEach(async () => {
  rig = await ServiceRig.open();
  instance = await rig.ecs.instance();
  deploymentId = (await rig.create()).deployments![0]!.id!;
});
afterEach(() => rig.ecs.controlPlane.stop());

const failures = (
  input: Partial<DescribeDeploymentFailuresInput> = {},
): Promise<DescribeDeploymentFailuresOutput> =>
  longshoreCall(rig.ecs, 'DescribeDeploymentFailures', { service: 'web', ...input });
/** A task of the service, once its controller has started one. */
async function started(serviceName = 'web'): Promise<string> {
  for (let minutes = 0; minutes < 60; minutes++) {
    const [task] = await rig.tasks(serviceName);
    if (task !== undefined) return task;
    await rig.settle(60_000);
  }
  throw new Error('The service has not started a task within an hour.');
}
/** Reports the end of a new task of the service as an agent does. */
async function die(container: object, more: object = {}): Promise<string> {
  const arn = await started();
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
    const containerDefinitions = [
      { name: 'app', image: 'busybox', memory: 64 },
      { name: 'side', image: 'busybox', memory: 64, essential: false },
    ];
    await rig.send(new RegisterTaskDefinitionCommand({ family: 'pair', containerDefinitions }));
    await rig.create({ serviceName: 'pair', taskDefinition: 'pair', desiredCount: 1 });
    const arn = await started('pair');
    await rig.ecs.report(arn, 'RUNNING', [
      { containerName: 'app', status: 'RUNNING' },
      { containerName: 'side', status: 'RUNNING' },
    ]);
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
    expect(await failures({ service: 'pair' })).toMatchObject({
      total: 1,
      failures: [{ cause: 'exit', containers: [app, {}] }],
    });
    await tell('STOPPED', { containerName: 'side', exitCode: 137 });
    expect(await failures({ service: 'pair' })).toMatchObject({
      total: 1,
      failures: [{ cause: 'exit', containers: [app, { name: 'side', exitCode: 137 }] }],
    });
  });

  test('is none where its host ended it', async () => {
    const arn = await die({ exitCode: 137 }, { longshoreEndedByHost: true, reason: 'the engine was away' });
    expect(await failures()).toMatchObject({ total: 0, failures: [] });
    expect(rig.ecs.controlPlane.store.view((tx) => tx.table(tasks).get(arn))).toMatchObject({
      lastStatus: 'STOPPED',
      stoppedReason: 'the engine was away',
    });
  });

  test('is kept without lines where the agent is the official one', async () => {
    await die({ exitCode: 1 });
    const { failures: found } = await failures();
    expect(found).toMatchObject([{ cause: 'exit', stopCode: 'EssentialContainerExited' }]);
    expect(found[0]!.containers[0]).not.toHaveProperty('lastLogLines');
  });

  test('is told once, however often its end is reported', async () => {
    const task = await die({ exitCode: 1 });
    await rig.ecs.report(task, 'STOPPED');
    expect((await failures()).total).toBe(1);
  });

  test('is no failure when it was asked to stop', async () => {
    const arn = await started();
    await rig.run(arn);
    await rig.send(new StopTaskCommand({ task: arn }));
    await rig.ecs.report(arn, 'STOPPED', [{ containerName: 'app', status: 'STOPPED', exitCode: 137 }]);
    expect((await failures()).total).toBe(0);
  });

  test('is a failure when its service stopped it for its health', async () => {
    const healthCheck = { command: ['CMD', 'true'] };
    const app = { name: 'app', image: 'busybox', memory: 64, healthCheck };
    await rig.send(new RegisterTaskDefinitionCommand({ family: 'checked', containerDefinitions: [app] }));
    const attributes = [
      'ecs.capability.container-health-check',
      'com.amazonaws.ecs.capability.docker-remote-api.1.24',
    ];
    const checks = await rig.ecs.instance({ attributes });
    await rig.create({ serviceName: 'checked', taskDefinition: 'checked', desiredCount: 1 });
    const arn = await started('checked');
    await rig.run(arn);
    await rig.ecs.reportHealth(checks, arn, 'UNHEALTHY');
    await rig.settle();
    const others = (await rig.tasks('checked')).filter((task) => task !== arn);
    expect(others).toHaveLength(1);
    await rig.run(...others);
    await rig.ecs.reportHealth(checks, others[0]!, 'HEALTHY');
    await rig.settle();
    await rig.end(arn);
    expect((await failures({ service: 'checked' })).failures).toMatchObject([
      { cause: 'health', taskArn: arn },
    ]);
  });

  test('is among the fifty newest of its deployment, newest first', async () => {
    for (let at = 0; at < 60; at++) await die({ exitCode: at });
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
    await die({ exitCode: 1 });
    const { serviceDeploymentArn } = (await failures()).failures[0]!;
    expect((await failures({ deployment: serviceDeploymentArn! })).total).toBe(1);
    expect((await failures({ deployment: 'ecs-svc/1' })).total).toBe(0);
    const other = serviceDeploymentArn!.replace(/.$/, '?');
    await expect(failures({ deployment: other })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('is on record longer than the task, until its service is forgotten', async () => {
    const arn = await die({ exitCode: 1 });
    const hour = 3_600_000;
    const { store } = rig.ecs.controlPlane;
    await rig.ecs.clock.advance(5 * hour);
    expect(store.view((tx) => tx.table(tasks).get(arn))).toBeUndefined();
    expect((await failures()).total).toBe(1);
    const left = await rig.tasks();
    await rig.delete({ force: true });
    await rig.settle();
    await rig.end(...left);
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
  const end = async (exitCode: number): Promise<string> => {
    const { tasks } = await rig.send(new RunTaskCommand({ taskDefinition: 'web' }));
    const task = tasks![0]!.taskArn!;
    await rig.run(task);
    const evidence = { containerName: 'app', lastLogLines: ['no database'] };
    await rawCall(rig.ecs, 'SubmitTaskStateChange', {
      cluster: 'default',
      task,
      status: 'STOPPED',
      reason: '',
      containers: [{ containerName: 'app', status: 'STOPPED', exitCode }],
      ...(exitCode !== 0 && { longshoreFailure: { containers: [evidence] } }),
    });
    return task;
  };

  test('answers those of tasks that no service ran and that did not end well, the newest first', async () => {
    await end(0);
    const [first, second] = [await end(1), await end(3)];
    await die({ exitCode: 1 });
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
    const task = await end(1);
    expect(await longshoreCall(rig.ecs, 'ExplainPlacement', { task })).toMatchObject({
      task: {
        lastStatus: 'STOPPED',
        stopCode: 'EssentialContainerExited',
        containers: [{ name: 'app', exitCode: 1, lastLogLines: ['no database'] }],
      },
    });
  });
});
