import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeTasksCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  type DeploymentConfiguration,
  type DeploymentLifecycleHook,
  type ListServiceDeploymentsCommandInput,
  type ServiceDeployment as Shown,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { HookCaller } from '../../src/aws/ecs/controllers/service/hooks/hook-caller.ts';
import { serviceDeployments } from '../../src/aws/ecs/state/service/deployment/service-deployments.ts';
import { ServiceRig, taskDefinition } from '../../test-support/service-rig.ts';
import { arnPrefix } from '../../test-support/ecs-rig.ts';

const slowHook = 'http://slow/';
const quickHook = 'http://quick/';
/** What is behind the hooks: one says each time that it is not through, the other is at once. */
const hookCaller: HookCaller = {
  refusal: () => undefined,
  invoke: (target) => Promise.resolve({ hookStatus: target === slowHook ? 'IN_PROGRESS' : 'SUCCEEDED' }),
};

let rig: ServiceRig;
beforeEach(async () => {
  rig = await ServiceRig.open({ hookCaller });
});

const unknown = `${arnPrefix}:service-deployment/default/web/000000000000000000000`;

async function show(arn: string): Promise<Shown> {
  const answer = await rig.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
  return answer.serviceDeployments![0]!;
}
const currentOf = async (input: Parameters<ServiceRig['create']>[0] = {}): Promise<string> =>
  (await rig.create(input)).currentServiceDeployment!;

const minute = 60_000;

/** One task of `web:1` serves; answers its deployment, which is SUCCESSFUL. */
async function served(input: Parameters<ServiceRig['create']>[0] = {}): Promise<string> {
  await rig.ecs.instance();
  const arn = await currentOf({ desiredCount: 1, ...input });
  await rig.settle();
  await rig.run(...(await rig.tasks()));
  await rig.settle(minute);
  return arn;
}
/** Goes over to `web:2`; answers the deployment, which has begun. */
async function begun(deploymentConfiguration?: DeploymentConfiguration): Promise<string> {
  const { currentServiceDeployment } = await rig.update({ taskDefinition: 'web:2', deploymentConfiguration });
  await rig.settle(10);
  return currentServiceDeployment!;
}
/** The tasks of that revision that are to run. */
async function tasksOf(revision: number): Promise<string[]> {
  const tasks = await rig.tasks();
  if (tasks.length === 0) return [];
  const described = await rig.send(new DescribeTasksCommand({ tasks }));
  return described
    .tasks!.filter(({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition(revision))
    .map(({ taskArn }) => taskArn!);
}
/** None of the tasks of that revision can be started, for as long as the deployment is at `status`. */
async function failAll(arn: string, status: string, revision: number): Promise<void> {
  for (let round = 0; round < 100 && (await show(arn)).status === status; round++) {
    for (const task of await tasksOf(revision))
      await rig.ecs.report(task, 'STOPPED', [], 'CannotPullContainerError');
    await rig.settle(10);
    // The next one may wait for its launch backoff.
    if ((await tasksOf(revision)).length === 0) await rig.settle(minute);
  }
}
/** Its tasks come to serve, and those of the revision before end as they are told to. */
async function goThrough(): Promise<void> {
  await rig.settle();
  await rig.run(...(await tasksOf(2)));
  await rig.settle(minute);
  await rig.endStopping();
  await rig.settle(minute);
}
const pause: DeploymentLifecycleHook = {
  targetType: 'PAUSE',
  lifecycleStages: ['PRE_SCALE_UP'],
  timeoutConfiguration: { timeoutInMinutes: 5, action: 'ROLLBACK' },
};
const calling = (hookTargetArn: string): DeploymentLifecycleHook => ({
  hookTargetArn,
  lifecycleStages: ['PRE_SCALE_UP'],
});
/** Goes over to `web:2` once these hooks let it; answers the deployment and the ids of those that it waits for by now. */
async function held(...lifecycleHooks: DeploymentLifecycleHook[]): Promise<{ arn: string; hooks: string[] }> {
  const arn = await begun({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks });
  return { arn, hooks: ((await show(arn)).lifecycleHookDetails ?? []).map(({ hookId }) => hookId!) };
}
const stop = (serviceDeploymentArn: string, stopType?: 'ABORT' | 'ROLLBACK') =>
  rig.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, ...(stopType && { stopType }) }));

describe('DescribeServiceDeployments', () => {
  test('shows a first deployment as ECS does', async () => {
    const service = await rig.create({ desiredCount: 1 });
    const now = new Date(rig.ecs.clock.now());
    expect(await show(service.currentServiceDeployment!)).toEqual({
      serviceDeploymentArn: service.currentServiceDeployment,
      serviceArn: service.serviceArn,
      clusterArn: service.clusterArn,
      createdAt: now,
      updatedAt: now,
      sourceServiceRevisions: [],
      targetServiceRevision: service.currentServiceRevisions![0],
      status: 'PENDING',
      deploymentConfiguration: service.deploymentConfiguration,
      deploymentCircuitBreaker: { status: 'DISABLED', failureCount: 0, threshold: 3 },
      alarms: { status: 'DISABLED' },
    });
  });

  test('shows that a circuit breaker watches it, which failures of half the tasks set off', async () => {
    const deploymentCircuitBreaker = { enable: true, rollback: true };
    await rig.create({ desiredCount: 25, deploymentConfiguration: { deploymentCircuitBreaker } });
    const { currentServiceDeployment } = await rig.update({ taskDefinition: 'web:2' });
    expect((await show(currentServiceDeployment!)).deploymentCircuitBreaker).toEqual({
      status: 'MONITORING',
      failureCount: 0,
      threshold: 13,
    });
  });

  test('shows that its circuit breaker sends it back, and why', async () => {
    const deploymentCircuitBreaker = { enable: true, rollback: true };
    const first = await served({ deploymentConfiguration: { deploymentCircuitBreaker } });
    const { arn: revision } = (await show(first)).targetServiceRevision!;
    const arn = await begun();
    const begunAt = rig.ecs.clock.now();
    await failAll(arn, 'IN_PROGRESS', 2);
    // The third failure in a row comes after two rounds.
    const failedAt = new Date(begunAt + 20);
    const reason = 'ECS deployment circuit breaker: tasks failed to start.';
    expect(await show(arn)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: reason,
      sourceServiceRevisions: [{ arn: revision }],
      rollback: { reason, startedAt: failedAt, serviceRevisionArn: revision },
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
      startedAt: new Date(begunAt - 10),
      finishedAt: failedAt,
    });
  });

  test('shows a hook that nobody answered in time', async () => {
    await served();
    const { arn, hooks } = await held(pause);
    const expiresAt = new Date(rig.ecs.clock.now() - 10 + 5 * minute);
    await rig.settle(5 * minute);
    const reason = `Service deployment rolled back because the lifecycle PAUSE hook ${hooks[0]!} timed out at PRE_SCALE_UP.`;
    expect(await show(arn)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: reason,
      lifecycleStage: 'PRE_SCALE_UP',
      lifecycleHookDetails: [
        { hookId: hooks[0], targetType: 'PAUSE', status: 'TIMED_OUT', expiresAt, timeoutAction: 'ROLLBACK' },
      ],
      rollback: { reason, startedAt: expiresAt },
      finishedAt: expiresAt,
    });
  });

  test('shows the hooks that a deployment waits for, as long as it goes forward', async () => {
    await served();
    const { arn, hooks } = await held(pause, calling(slowHook), calling(quickHook));
    const began = rig.ecs.clock.now() - 10;
    const [fiveMinutes, aDay] = [new Date(began + 5 * minute), new Date(began + 24 * 60 * minute)];
    const called = { targetType: 'AWS_LAMBDA', expiresAt: aDay, timeoutAction: 'ROLLBACK' } as const;
    const through = { ...called, hookId: hooks[2], targetArn: quickHook, status: 'SUCCEEDED' };
    expect((await show(arn)).lifecycleHookDetails).toEqual([
      {
        hookId: hooks[0],
        targetType: 'PAUSE',
        status: 'AWAITING_ACTION',
        expiresAt: fiveMinutes,
        timeoutAction: 'ROLLBACK',
      },
      { ...called, hookId: hooks[1], targetArn: slowHook, status: 'IN_PROGRESS' },
      through,
    ]);
    await stop(arn);
    await rig.settle(10);
    expect(await show(arn)).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL', lifecycleHookDetails: [through] });
  });

  test('shows where the traffic is to go', async () => {
    await served();
    const arn = await begun({
      strategy: 'CANARY',
      canaryConfiguration: { canaryPercent: 12.5, canaryBakeTimeInMinutes: 10 },
      bakeTimeInMinutes: 0,
    });
    await goThrough();
    expect(await show(arn)).toMatchObject({
      lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT',
      sourceServiceRevisions: [{ requestedTestTrafficWeight: 0, requestedProductionTrafficWeight: 87.5 }],
      targetServiceRevision: { requestedTestTrafficWeight: 0, requestedProductionTrafficWeight: 12.5 },
    });
  });

  test('keeps the configuration that the deployment began with', async () => {
    const arn = await currentOf();
    await rig.update({ deploymentConfiguration: { maximumPercent: 120 } });
    expect((await show(arn)).deploymentConfiguration?.maximumPercent).toBe(200);
  });

  test('unknown ones are MISSING, those of another region too', async () => {
    const arn = await currentOf();
    const answer = await rig.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn, arn, unknown] }),
    );
    expect(answer.serviceDeployments).toHaveLength(1);
    expect(answer.failures).toEqual([{ arn: unknown, reason: 'MISSING' }]);
    const abroad = await rig.ecs
      .client('eu-west-1')
      .send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
    expect(abroad.failures).toEqual([{ arn, reason: 'MISSING' }]);
  });

  test.each([
    [[], 'serviceDeploymentArns cannot be empty.'],
    [Array.from({ length: 21 }, () => unknown), 'maximum of 20'],
    [['web'], 'Invalid identifier'],
    [[`${arnPrefix}:service/default/web`], 'Invalid identifier'],
  ])('refuses %j', async (serviceDeploymentArns, message) => {
    const call = rig.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }));
    await expect(call).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });
});

describe('DescribeServiceRevisions', () => {
  test('shows what tasks were made of, whatever came after', async () => {
    const { currentServiceRevisions, serviceArn, clusterArn, createdAt } = await rig.create();
    const { arn } = currentServiceRevisions![0]!;
    await rig.update({ taskDefinition: 'web:2' });
    await rig.delete({ force: true });
    const answer = await rig.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn!] }));
    expect(answer.serviceRevisions).toEqual([
      {
        serviceRevisionArn: arn,
        serviceArn,
        clusterArn,
        taskDefinition: taskDefinition(1),
        launchType: 'EC2',
        loadBalancers: [],
        serviceRegistries: [],
        containerImages: [{ containerName: 'app', image: 'busybox:1' }],
        guardDutyEnabled: false,
        createdAt,
      },
    ]);
  });

  test('unknown ones are MISSING', async () => {
    const arn = `${arnPrefix}:service-revision/default/web/1`;
    const answer = await rig.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [arn] }));
    expect(answer).toMatchObject({ serviceRevisions: [], failures: [{ arn, reason: 'MISSING' }] });
  });

  test.each([
    [[], 'serviceRevisionArns cannot be empty.'],
    [
      Array.from({ length: 21 }, (_, at) => `${arnPrefix}:service-revision/default/web/${at}`),
      'maximum of 20',
    ],
    [[unknown], 'Invalid identifier'],
  ])('refuses %j', async (serviceRevisionArns, message) => {
    const call = rig.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }));
    await expect(call).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });
});

describe('ListServiceDeployments', () => {
  const list = (input: Partial<ListServiceDeploymentsCommandInput> = {}) =>
    rig.send(new ListServiceDeploymentsCommand({ service: 'web', ...input }));

  /** 22 deployments, one a second from second 0 on, answered newest first. */
  async function many(): Promise<string[]> {
    const arns = [await currentOf()];
    for (let at = 1; at < 22; at++) {
      await rig.ecs.clock.advance(1000);
      const { currentServiceDeployment } = await rig.update({ forceNewDeployment: true });
      arns.unshift(currentServiceDeployment!);
    }
    return arns;
  }
  const arnsOf = async (input: Partial<ListServiceDeploymentsCommandInput>) =>
    (await list(input)).serviceDeployments!.map((one) => one.serviceDeploymentArn);

  test('lists them in brief, newest first, twenty a page', async () => {
    const arns = await many();
    const first = await list();
    expect(first.serviceDeployments!.map((one) => one.serviceDeploymentArn)).toEqual(arns.slice(0, 20));
    expect(first.serviceDeployments![1]).toEqual({
      serviceDeploymentArn: arns[1],
      serviceArn: `${arnPrefix}:service/default/web`,
      clusterArn: `${arnPrefix}:cluster/default`,
      createdAt: new Date(rig.ecs.clock.now() - 1000),
      startedAt: new Date(rig.ecs.clock.now() - 1000),
      finishedAt: new Date(rig.ecs.clock.now()),
      targetServiceRevisionArn: expect.stringContaining(':service-revision/default/web/'),
      status: 'STOPPED',
      statusReason: 'A newer service deployment was started.',
    });
    const second = await list({ nextToken: first.nextToken });
    expect(second.serviceDeployments!.map((one) => one.serviceDeploymentArn)).toEqual(arns.slice(20));
    expect(second.nextToken).toBeUndefined();
  });

  test('filters by status and by time of creation', async () => {
    const arns = await many();
    const at = (seconds: number) => new Date(rig.ecs.clock.now() - seconds * 1000);
    expect(await arnsOf({ status: ['PENDING'] })).toEqual([arns[0]]);
    expect(await arnsOf({ status: ['SUCCESSFUL'] })).toEqual([]);
    expect(await arnsOf({ status: ['PENDING', 'STOPPED'], maxResults: 3 })).toEqual(arns.slice(0, 3));
    expect(await arnsOf({ createdAt: { after: at(2) } })).toEqual(arns.slice(0, 3));
    expect(await arnsOf({ createdAt: { before: at(20) } })).toEqual(arns.slice(20));
    expect(await arnsOf({ createdAt: { after: at(4), before: at(3) } })).toEqual(arns.slice(3, 5));
  });

  test('remembers those of a service that was deleted and made again', async () => {
    const old = await currentOf({ desiredCount: 0 });
    await rig.delete();
    expect(await arnsOf({})).toEqual([old]);
    const now = await currentOf();
    expect(await arnsOf({})).toEqual([now, old]);
  });

  test.each([0, 101])('refuses maxResults %i', async (maxResults) => {
    await rig.create();
    await expect(list({ maxResults })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('refuses a cluster or service that is not there', async () => {
    await expect(list({ cluster: 'x' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
    await expect(list()).rejects.toMatchObject({ name: 'ServiceNotFoundException' });
  });
});

describe('StopServiceDeployment', () => {
  test('asks one that is PENDING or IN_PROGRESS to go back', async () => {
    const pending = await currentOf();
    expect((await show(pending)).status).toBe('PENDING');
    expect((await stop(pending, 'ROLLBACK')).serviceDeploymentArn).toBe(pending);
    expect((await show(pending)).status).toBe('ROLLBACK_REQUESTED');
    const ongoing = await begun();
    expect((await show(ongoing)).status).toBe('IN_PROGRESS');
    await stop(ongoing);
    expect((await show(ongoing)).status).toBe('ROLLBACK_REQUESTED');
  });

  test('leaves one that goes back already on its way', async () => {
    await served();
    const arn = await begun();
    await stop(arn);
    await stop(arn);
    expect((await show(arn)).status).toBe('ROLLBACK_REQUESTED');
    await rig.settle(10);
    expect((await show(arn)).status).toBe('ROLLBACK_IN_PROGRESS');
    await stop(arn);
    expect((await show(arn)).status).toBe('ROLLBACK_IN_PROGRESS');
  });

  test.each([
    ['SUCCESSFUL', () => served()],
    [
      'STOPPED',
      async () => {
        const arn = await currentOf();
        await begun();
        return arn;
      },
    ],
    [
      'ROLLBACK_SUCCESSFUL',
      async () => {
        await served();
        const arn = await begun();
        await stop(arn);
        await rig.settle(10);
        await rig.endStopping();
        await rig.settle(minute);
        return arn;
      },
    ],
    [
      'ROLLBACK_FAILED',
      async () => {
        const deploymentConfiguration = {
          deploymentCircuitBreaker: { enable: true, rollback: true },
          minimumHealthyPercent: 0,
          maximumPercent: 100,
        };
        await served({ deploymentConfiguration });
        const arn = await begun();
        await rig.endStopping();
        await rig.settle(10);
        await failAll(arn, 'IN_PROGRESS', 2);
        await failAll(arn, 'ROLLBACK_IN_PROGRESS', 1);
        return arn;
      },
    ],
  ] as const)('refuses one that is %s', async (status, reach) => {
    const arn = await reach();
    expect((await show(arn)).status).toBe(status);
    await expect(stop(arn)).rejects.toMatchObject({ name: 'ConflictException', resourceIds: [arn] });
  });

  test('refuses what is not there, and says that it cannot abort', async () => {
    await expect(stop(unknown)).rejects.toMatchObject({ name: 'ServiceDeploymentNotFoundException' });
    await expect(stop('x')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(stop(unknown, 'ABORT')).rejects.toMatchObject({ name: 'UnsupportedFeatureException' });
  });
});

describe('ContinueServiceDeployment', () => {
  const go = (serviceDeploymentArn: string, hookId: string, action?: 'CONTINUE' | 'ROLLBACK') =>
    rig.send(
      new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, ...(action && { action }) }),
    );
  const actions = (arn: string) =>
    rig.ecs.controlPlane.store.view((tx) => {
      const [row] = tx.table(serviceDeployments).by('arn', { arn });
      return row!.lifecycleHooks.map(({ id, action }) => [id, action]);
    });

  test.each([
    [undefined, 'CONTINUE'],
    ['CONTINUE', 'CONTINUE'],
    ['ROLLBACK', 'ROLLBACK'],
  ] as const)('told %s, notes %s for the one hook', async (input, action) => {
    await served();
    const { arn, hooks } = await held(pause, pause);
    expect((await go(arn, hooks[0]!, input)).serviceDeploymentArn).toBe(arn);
    expect(actions(arn)).toEqual([
      [hooks[0], action],
      [hooks[1], undefined],
    ]);
  });

  test('refuses a hook that is not there, not waiting, or was told already', async () => {
    await served();
    const { arn, hooks } = await held(pause, calling(quickHook), pause);
    await go(arn, hooks[0]!);
    for (const hookId of ['x', hooks[1]!, hooks[0]!])
      await expect(go(arn, hookId)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test.each([
    [
      'ROLLBACK_IN_PROGRESS',
      async () => {
        const { arn } = await held({ ...pause, lifecycleStages: ['POST_SCALE_UP'] });
        await goThrough();
        const [hook] = (await show(arn)).lifecycleHookDetails!;
        expect(hook!.status).toBe('AWAITING_ACTION');
        await stop(arn);
        await rig.settle(10);
        return { arn, hook: hook!.hookId! };
      },
    ],
    [
      'STOPPED',
      async () => {
        const { arn, hooks } = await held(pause);
        await rig.update({ forceNewDeployment: true });
        await rig.settle(10);
        return { arn, hook: hooks[0]! };
      },
    ],
    [
      'SUCCESSFUL',
      async () => {
        const { arn, hooks } = await held(pause);
        await go(arn, hooks[0]!);
        await goThrough();
        return { arn, hook: hooks[0]! };
      },
    ],
  ] as const)('refuses one that is %s: it waits for nothing any more', async (status, reach) => {
    await served();
    const { arn, hook } = await reach();
    expect((await show(arn)).status).toBe(status);
    await expect(go(arn, hook)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('refuses a deployment that is not there', async () => {
    await expect(go(unknown, 'h')).rejects.toMatchObject({ name: 'ServiceDeploymentNotFoundException' });
  });
});
