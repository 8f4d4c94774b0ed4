// BLUE_GREEN, CANARY and LINEAR as the AWS SDK configures and sees them: configurations, hooks and what cannot be called.
import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  type DeploymentConfiguration,
  type DeploymentLifecycleHook,
  type ServiceDeployment,
} from '@aws-sdk/client-ecs';
import { beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { httpHookCaller } from '../../src/server/http-hook-caller.ts';
import { ServiceRig } from '../../test-support/service-rig.ts';

let rig: ServiceRig;
beforeEach(async () => {
  rig = await ServiceRig.open();
});

const show = async (arn: string): Promise<ServiceDeployment> => {
  const answer = await rig.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
  return answer.serviceDeployments![0]!;
};

test.each<[DeploymentConfiguration, DeploymentConfiguration]>([
  [
    { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 3 },
    { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 3 },
  ],
  [
    { strategy: 'CANARY' },
    {
      strategy: 'CANARY',
      bakeTimeInMinutes: 0,
      canaryConfiguration: { canaryPercent: 5, canaryBakeTimeInMinutes: 10 },
    },
  ],
  [
    { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 12.5 }, bakeTimeInMinutes: 1 },
    {
      strategy: 'CANARY',
      bakeTimeInMinutes: 1,
      canaryConfiguration: { canaryPercent: 12.5, canaryBakeTimeInMinutes: 10 },
    },
  ],
  [
    { strategy: 'LINEAR', linearConfiguration: { stepBakeTimeInMinutes: 0 } },
    {
      strategy: 'LINEAR',
      bakeTimeInMinutes: 0,
      linearConfiguration: { stepPercent: 10, stepBakeTimeInMinutes: 0 },
    },
  ],
])('%j is shown complete, by the service and by its deployment', async (input, expected) => {
  const service = await rig.create({ deploymentConfiguration: input });
  const complete = {
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    deploymentCircuitBreaker: { enable: false, rollback: false },
    alarms: { alarmNames: [], enable: false, rollback: false },
    ...expected,
  };
  expect(service.deploymentConfiguration).toEqual(complete);
  expect((await rig.describe()).deploymentConfiguration).toEqual(complete);
  expect((await show(service.currentServiceDeployment!)).deploymentConfiguration).toEqual(complete);
});

test('an update changes the strategy, and leaves behind what is another one’s', async () => {
  await rig.create({ deploymentConfiguration: { strategy: 'CANARY' } });
  const linear = await rig.update({ deploymentConfiguration: { strategy: 'LINEAR' } });
  expect(linear.deploymentConfiguration).toMatchObject({ strategy: 'LINEAR', linearConfiguration: {} });
  expect(linear.deploymentConfiguration).not.toHaveProperty('canaryConfiguration');
  const rolling = await rig.update({ deploymentConfiguration: { strategy: 'ROLLING' } });
  expect(rolling.deploymentConfiguration).not.toHaveProperty('linearConfiguration');
});

const lambda: DeploymentLifecycleHook = {
  hookTargetArn: 'arn:aws:lambda:us-east-1:000000000000:function:check',
  roleArn: 'arn:aws:iam::000000000000:role/hooks',
  lifecycleStages: ['POST_SCALE_UP', 'PRE_PRODUCTION_TRAFFIC_SHIFT'],
  hookDetails: { bucket: 'b', tries: [1, 2] },
};
const page: DeploymentLifecycleHook = {
  hookTargetArn: 'http://hooks.internal/ecs/check',
  lifecycleStages: ['PRE_SCALE_UP'],
};
const withHook = (hook: DeploymentLifecycleHook): { deploymentConfiguration: DeploymentConfiguration } => ({
  deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks: [hook] },
});

test.each([
  [lambda, '--lambda-endpoint'],
  [page, '--hook-targets'],
])(
  'a hook that the server cannot call is refused with the setting that lets it: %j',
  async (hook, setting) => {
    const clock = systemClock;
    rig = await ServiceRig.open({
      hookCaller: httpHookCaller({ hookTargets: ['http://hooks.other'], clock }),
    });
    const refusal = {
      name: 'UnsupportedFeatureException',
      message: expect.stringContaining(setting) as unknown,
    };
    await expect(rig.create(withHook(hook))).rejects.toMatchObject(refusal);
    await rig.create();
    await expect(rig.update(withHook(hook))).rejects.toMatchObject(refusal);
    expect((await rig.describe()).deploymentConfiguration?.strategy).toBe('ROLLING');
  },
);

test('a hook that can be called is shown as it was given, with its type and time limit', async () => {
  const hookCaller = httpHookCaller({
    lambdaEndpoint: 'http://127.0.0.1:9000',
    hookTargets: ['http://hooks.internal/ecs'],
    clock: systemClock,
  });
  rig = await ServiceRig.open({ hookCaller });
  const completed = {
    targetType: 'AWS_LAMBDA',
    timeoutConfiguration: { timeoutInMinutes: 1440, action: 'ROLLBACK' },
  };
  const service = await rig.create(withHook(lambda));
  expect(service.deploymentConfiguration?.lifecycleHooks).toEqual([{ ...lambda, ...completed }]);
  const updated = await rig.update(
    withHook({ ...page, timeoutConfiguration: { timeoutInMinutes: 7, action: 'CONTINUE' } }),
  );
  expect(updated.deploymentConfiguration?.lifecycleHooks).toEqual([
    { ...page, ...completed, timeoutConfiguration: { timeoutInMinutes: 7, action: 'CONTINUE' } },
  ]);
});

test('a PAUSE hook holds the deployment until it is continued', async () => {
  const service = await rig.create(withHook({ targetType: 'PAUSE', lifecycleStages: ['PRE_SCALE_UP'] }));
  const serviceDeploymentArn = service.currentServiceDeployment!;
  await rig.ecs.clock.advance(10);
  const waiting = await show(serviceDeploymentArn);
  expect(waiting).toMatchObject({ status: 'IN_PROGRESS', lifecycleStage: 'PRE_SCALE_UP' });
  const [hook] = waiting.lifecycleHookDetails!;
  expect(hook).toEqual({
    hookId: expect.any(String),
    targetType: 'PAUSE',
    status: 'AWAITING_ACTION',
    expiresAt: expect.any(Date),
    timeoutAction: 'ROLLBACK',
  });
  await rig.send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId: hook!.hookId }));
  await rig.ecs.clock.advance(10);
  expect(await show(serviceDeploymentArn)).toMatchObject({
    lifecycleStage: 'SCALE_UP',
    lifecycleHookDetails: [{ hookId: hook!.hookId, status: 'SUCCEEDED' }],
    targetServiceRevision: { requestedTestTrafficWeight: 0, requestedProductionTrafficWeight: 0 },
  });
});
