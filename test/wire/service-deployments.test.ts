import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  StopServiceDeploymentCommand,
  type ListServiceDeploymentsCommandInput,
  type ServiceDeployment as Shown,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ServiceDeployment } from '../../src/aws/ecs/state/service/deployment/service-deployment.ts';
import { serviceDeployments } from '../../src/aws/ecs/state/service/deployment/service-deployments.ts';
import { ServiceRig, taskDefinition } from '../../test-support/service-rig.ts';
import { arnPrefix } from '../../test-support/ecs-rig.ts';

let rig: ServiceRig;
beforeEach(async () => {
  rig = await ServiceRig.open();
});

const unknown = `${arnPrefix}:service-deployment/default/web/000000000000000000000`;

/** Changes a service deployment's row, as the service's controller would. */
function change(arn: string, fields: Partial<ServiceDeployment>): void {
  rig.ecs.controlPlane.store.update((tx) => {
    const table = tx.table(serviceDeployments);
    const [row] = table.by('arn', { arn });
    table.put({ ...row!, ...fields });
  });
}
async function show(arn: string): Promise<Shown> {
  const answer = await rig.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
  return answer.serviceDeployments![0]!;
}
const currentOf = async (input: Parameters<ServiceRig['create']>[0] = {}): Promise<string> =>
  (await rig.create(input)).currentServiceDeployment!;

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

  test('shows what the deployment has come to', async () => {
    const first = await rig.create({
      desiredCount: 25,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
    const second = await rig.update({ taskDefinition: 'web:2' });
    const arn = second.currentServiceDeployment!;
    expect((await show(arn)).deploymentCircuitBreaker).toEqual({
      status: 'MONITORING',
      failureCount: 0,
      threshold: 13,
    });
    change(arn, {
      status: 'ROLLBACK_IN_PROGRESS',
      statusReason: 'Why',
      lifecycleStage: 'SCALE_UP',
      lifecycleHooks: [
        {
          id: 'h',
          targetType: 'PAUSE',
          stage: 'POST_SCALE_UP',
          status: 'TIMED_OUT',
          expiresAt: 5000,
          timeoutAction: 'ROLLBACK',
        },
      ],
      rollback: { reason: 'Why', startedAt: 3000, revisionArn: first.currentServiceRevisions![0]!.arn! },
      circuitBreaker: { status: 'TRIGGERED', failureCount: 13, threshold: 13 },
      startedAt: 1000,
      finishedAt: 4000,
    });
    expect(await show(arn)).toMatchObject({
      status: 'ROLLBACK_IN_PROGRESS',
      statusReason: 'Why',
      lifecycleStage: 'SCALE_UP',
      lifecycleHookDetails: [
        {
          hookId: 'h',
          targetType: 'PAUSE',
          status: 'TIMED_OUT',
          expiresAt: new Date(5000),
          timeoutAction: 'ROLLBACK',
        },
      ],
      rollback: {
        reason: 'Why',
        startedAt: new Date(3000),
        serviceRevisionArn: first.currentServiceRevisions![0]!.arn,
      },
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 13, threshold: 13 },
      startedAt: new Date(1000),
      finishedAt: new Date(4000),
    });
  });

  test('shows the hooks that a deployment waits for, as long as it goes forward', async () => {
    const arn = await currentOf();
    const of = { stage: 'POST_SCALE_UP', timeoutAction: 'ROLLBACK' } as const;
    change(arn, {
      status: 'IN_PROGRESS',
      lifecycleHooks: [
        { ...of, id: 'p', targetType: 'PAUSE', status: 'AWAITING_ACTION' },
        { ...of, id: 'c', targetType: 'AWS_LAMBDA', targetArn: 'http://x/', status: 'IN_PROGRESS' },
        { ...of, id: 'd', targetType: 'AWS_LAMBDA', targetArn: 'http://y/', status: 'SUCCEEDED' },
      ],
    });
    expect((await show(arn)).lifecycleHookDetails).toEqual([
      { hookId: 'p', targetType: 'PAUSE', status: 'AWAITING_ACTION', timeoutAction: 'ROLLBACK' },
      {
        hookId: 'c',
        targetType: 'AWS_LAMBDA',
        targetArn: 'http://x/',
        status: 'IN_PROGRESS',
        timeoutAction: 'ROLLBACK',
      },
      expect.objectContaining({ hookId: 'd', status: 'SUCCEEDED' }),
    ]);
    change(arn, { status: 'ROLLBACK_SUCCESSFUL' });
    expect((await show(arn)).lifecycleHookDetails).toEqual([expect.objectContaining({ hookId: 'd' })]);
  });

  test('shows where the traffic is to go', async () => {
    const first = await rig.create();
    const second = await rig.update({ taskDefinition: 'web:2' });
    const arn = second.currentServiceDeployment!;
    const sourceDeploymentId = first.deployments![0]!.id!;
    const progress = { reconciles: false, step: 1, since: 0, testWeight: 100, productionWeight: 12.5 };
    change(arn, { staged: { ...progress, sourceDeploymentId } });
    expect(await show(arn)).toMatchObject({
      sourceServiceRevisions: [{ requestedTestTrafficWeight: 0, requestedProductionTrafficWeight: 87.5 }],
      targetServiceRevision: { requestedTestTrafficWeight: 100, requestedProductionTrafficWeight: 12.5 },
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
  const stop = (serviceDeploymentArn: string, stopType?: 'ABORT' | 'ROLLBACK') =>
    rig.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, ...(stopType && { stopType }) }));

  test.each(['PENDING', 'IN_PROGRESS'] as const)('asks one that is %s to go back', async (status) => {
    const arn = await currentOf();
    change(arn, { status });
    expect((await stop(arn, 'ROLLBACK')).serviceDeploymentArn).toBe(arn);
    expect((await show(arn)).status).toBe('ROLLBACK_REQUESTED');
  });

  test.each(['STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'] as const)(
    'leaves one that is %s on its way',
    async (status) => {
      const arn = await currentOf();
      change(arn, { status });
      await stop(arn);
      expect((await show(arn)).status).toBe(status);
    },
  );

  test.each(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'] as const)(
    'refuses one that is %s',
    async (status) => {
      const arn = await currentOf();
      change(arn, { status });
      await expect(stop(arn)).rejects.toMatchObject({ name: 'ConflictException', resourceIds: [arn] });
    },
  );

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
  const waiting = {
    id: 'h',
    targetType: 'PAUSE',
    stage: 'POST_SCALE_UP',
    status: 'AWAITING_ACTION',
    timeoutAction: 'ROLLBACK',
  } as const;
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
    const arn = await currentOf();
    change(arn, { lifecycleHooks: [waiting, { ...waiting, id: 'other' }] });
    expect((await go(arn, 'h', input)).serviceDeploymentArn).toBe(arn);
    expect(actions(arn)).toEqual([
      ['h', action],
      ['other', undefined],
    ]);
  });

  test('refuses a hook that is not there, not waiting, or was told already', async () => {
    const arn = await currentOf();
    change(arn, { lifecycleHooks: [waiting, { ...waiting, id: 'done', status: 'SUCCEEDED' }] });
    await go(arn, 'h');
    for (const hookId of ['x', 'done', 'h'])
      await expect(go(arn, hookId)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test.each(['ROLLBACK_IN_PROGRESS', 'STOPPED', 'SUCCESSFUL'] as const)(
    'refuses one that is %s: it waits for nothing any more',
    async (status) => {
      const arn = await currentOf();
      change(arn, { status, lifecycleHooks: [waiting] });
      await expect(go(arn, 'h')).rejects.toMatchObject({ name: 'InvalidParameterException' });
    },
  );

  test('refuses a deployment that is not there', async () => {
    await expect(go(unknown, 'h')).rejects.toMatchObject({ name: 'ServiceDeploymentNotFoundException' });
  });
});
