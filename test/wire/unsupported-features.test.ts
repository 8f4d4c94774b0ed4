// What Longshore cannot do yet of a request and of its task definition comes in one answer, after the rules of ECS.
import {
  CreateTaskSetCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  UpdateServiceCommand,
  type CreateServiceCommandInput,
  type CreateTaskSetCommandInput,
  type RunTaskCommandInput,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { ServiceRig } from '../../test-support/service-rig.ts';
import { longshoreCall } from './longshore-call.ts';

let rig: ServiceRig;
let instance: string;
beforeEach(async () => {
  rig = await ServiceRig.open();
  instance = await rig.ecs.instance();
  await rig.send(
    new RegisterTaskDefinitionCommand({
      family: 'fargate',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: 'arn:aws:iam::000000000000:role/exec',
      containerDefinitions: [
        {
          name: 'app',
          image: 'busybox',
          memory: 64,
          portMappings: [{ containerPort: 80 }],
          secrets: [{ name: 'A', valueFrom: 'p' }],
        },
      ],
    }),
  );
});

const network = { awsvpcConfiguration: { subnets: ['subnet-1'] } };
const taskDefinition = 'fargate';
const balancer = { targetGroupArn: 'arn:x', containerName: 'app', containerPort: 80 };
const registry = { registryArn: 'arn:aws:servicediscovery:eu-west-1:000000000000:service/s' };
const alarms = { alarmNames: ['a'], enable: true, rollback: true };
const earlySuccessCriteria = {
  enable: true,
  healthyPercent: 100,
  sourceServiceRevisionCleanup: 'BLOCKING',
} as const;
const onFargate = [{ capacityProvider: 'FARGATE', weight: 1 }, { capacityProvider: 'FARGATE_SPOT' }];
const associateFargate = () =>
  rig.send(
    new PutClusterCapacityProvidersCommand({
      cluster: 'default',
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [],
    }),
  );

/** Holds a call to the one answer that names all of it, and nothing of it done. */
async function refusesAll(call: () => Promise<unknown>, features: string): Promise<void> {
  const before = rig.ecs.controlPlane.store.revision;
  await expect(call()).rejects.toMatchObject({
    name: 'UnsupportedFeatureException',
    message: `Longshore does not support ${features} yet.`,
  });
  expect(rig.ecs.controlPlane.store.revision).toBe(before);
}
const refused = (call: () => Promise<unknown>, message: string) =>
  expect(call()).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining(message),
  });

describe('RunTask', () => {
  test('names what the request asks for and what the definition does', async () => {
    const input = {
      taskDefinition,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      networkConfiguration: network,
      enableExecuteCommand: true,
      volumeConfigurations: [{ name: 'v' }],
      overrides: { taskRoleArn: 'arn:aws:iam::000000000000:role/app', ephemeralStorage: { sizeInGiB: 30 } },
    } satisfies RunTaskCommandInput;
    await refusesAll(
      () => rig.send(new RunTaskCommand(input)),
      "the FARGATE launch type, enableExecuteCommand (ECS Exec), volumeConfigurations, ephemeralStorage, networkMode 'awsvpc', taskRoleArn (task IAM roles) and secrets",
    );
  });

  test('names every capacity provider on Fargate', async () => {
    await associateFargate();
    const input = { taskDefinition, capacityProviderStrategy: onFargate, networkConfiguration: network };
    await refusesAll(
      () => rig.send(new RunTaskCommand({ ...input, platformVersion: '1.4.0' })),
      "the FARGATE capacity provider, the FARGATE_SPOT capacity provider, networkMode 'awsvpc' and secrets",
    );
  });

  test('names a feature once that request and definition ask for', async () => {
    const files = [{ type: 's3', value: 'arn:aws:s3:::bucket/a.env' }] as const;
    await rig.send(
      new RegisterTaskDefinitionCommand({
        family: 'files',
        containerDefinitions: [{ name: 'app', image: 'busybox', memory: 64, environmentFiles: [...files] }],
      }),
    );
    const overrides = { containerOverrides: [{ name: 'app', environmentFiles: [...files] }] };
    await refusesAll(
      () => rig.send(new RunTaskCommand({ taskDefinition: 'files', overrides })),
      'environmentFiles',
    );
  });

  test('a wrong call stays one, whatever it asks for', async () => {
    const asked = { taskDefinition, enableExecuteCommand: true, networkConfiguration: network };
    const run = (input: object) => rig.send(new RunTaskCommand({ ...asked, ...input }));
    await refused(
      () => run({ launchType: 'FARGATE', capacityProviderStrategy: onFargate }),
      'Specify either Launch Type or Capacity Provider Strategy, but not both.',
    );
    await refused(() => run({ capacityProviderStrategy: onFargate }), 'not associated with the cluster');
    await expect(run({ taskDefinition: 'nothing' })).rejects.toMatchObject({ name: 'ClientException' });
    await expect(run({ cluster: 'nowhere' })).rejects.toMatchObject({ name: 'ClusterNotFoundException' });
  });
});

describe('StartTask', () => {
  test('names what the request asks for and what the definition does', async () => {
    const input = {
      taskDefinition,
      containerInstances: [instance],
      networkConfiguration: network,
      enableExecuteCommand: true,
    };
    await refusesAll(
      () => rig.send(new StartTaskCommand(input)),
      "enableExecuteCommand (ECS Exec), networkMode 'awsvpc' and secrets",
    );
  });
});

describe('CreateService', () => {
  test('names all that no instance offers of a service as it is on Fargate', async () => {
    const input = {
      taskDefinition,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      networkConfiguration: network,
      enableExecuteCommand: true,
      loadBalancers: [balancer],
      serviceRegistries: [registry],
      serviceConnectConfiguration: { enabled: true },
      deploymentConfiguration: { alarms, earlySuccessCriteria },
    } satisfies Partial<CreateServiceCommandInput>;
    await refusesAll(
      () => rig.create(input),
      "the FARGATE launch type, enableExecuteCommand (ECS Exec), loadBalancers, serviceRegistries (service discovery), serviceConnectConfiguration (Service Connect), deployment alarms (CloudWatch), earlySuccessCriteria, networkMode 'awsvpc' and secrets",
    );
  });

  test('names CODE_DEPLOY with what comes with it', async () => {
    const input = {
      taskDefinition,
      deploymentController: { type: 'CODE_DEPLOY' },
      loadBalancers: [balancer],
      networkConfiguration: network,
    } satisfies Partial<CreateServiceCommandInput>;
    await refusesAll(
      () => rig.create(input),
      "the CODE_DEPLOY deployment controller, loadBalancers, networkMode 'awsvpc' and secrets",
    );
  });

  test('names every capacity provider on Fargate, not those that a launch type goes before', async () => {
    await associateFargate();
    const input = { taskDefinition, networkConfiguration: network };
    await refusesAll(
      () => rig.create({ ...input, capacityProviderStrategy: onFargate }),
      "the FARGATE capacity provider, the FARGATE_SPOT capacity provider, networkMode 'awsvpc' and secrets",
    );
    await rig.send(
      new PutClusterCapacityProvidersCommand({
        cluster: 'default',
        capacityProviders: ['FARGATE'],
        defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
      }),
    );
    await refusesAll(
      () => rig.create({ ...input, launchType: 'MANAGED_INSTANCES' }),
      "managed instances, networkMode 'awsvpc' and secrets",
    );
  });

  test('names hooks that the server cannot call', async () => {
    const hook = { hookTargetArn: 'http://hooks.example/a', lifecycleStages: ['POST_SCALE_UP' as const] };
    const input = {
      enableExecuteCommand: true,
      deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks: [hook] },
    } satisfies Partial<CreateServiceCommandInput>;
    await refusesAll(
      () => rig.create(input),
      'enableExecuteCommand (ECS Exec) and the lifecycle hook http://hooks.example/a (this server calls no lifecycle hooks)',
    );
  });

  test.each([
    [{ loadBalancers: [{ ...balancer, containerPort: 81 }] }, 'did not have a container port 81'],
    [{ serviceRegistries: [registry, registry] }, 'maximum of 1 items'],
    [{ deploymentConfiguration: { alarms: { ...alarms, alarmNames: [] } } }, 'alarmNames cannot be empty'],
    [{ deploymentConfiguration: { maximumPercent: 99 } }, 'maximumPercent should be'],
  ])('a wrong call stays one, whatever it asks for: %j', async (wrong, message) => {
    await refused(() => rig.create({ taskDefinition, launchType: 'FARGATE', ...wrong }), message);
  });
});

describe('UpdateService', () => {
  const update = (input: object) =>
    rig.send(new UpdateServiceCommand({ cluster: 'default', service: 'web', ...input }));

  test('names what the request asks for and what the definition does', async () => {
    await associateFargate();
    await rig.create();
    await refusesAll(
      () =>
        update({
          taskDefinition,
          networkConfiguration: network,
          capacityProviderStrategy: onFargate,
          forceNewDeployment: true,
          platformVersion: 'LATEST',
          deploymentController: { type: 'CODE_DEPLOY' },
          enableExecuteCommand: true,
          loadBalancers: [balancer],
          deploymentConfiguration: { alarms },
        }),
      "the FARGATE capacity provider, the FARGATE_SPOT capacity provider, changing the deploymentController, enableExecuteCommand (ECS Exec), loadBalancers, deployment alarms (CloudWatch), networkMode 'awsvpc' and secrets",
    );
  });

  test('a wrong call stays one, whatever it asks for', async () => {
    await rig.create();
    const loadBalancers = [{ ...balancer, containerName: 'other' }];
    await refused(() => update({ enableExecuteCommand: true, loadBalancers }), 'container other does not');
    await refused(() => update({ enableExecuteCommand: true, desiredCount: -1 }), 'desiredCount');
  });
});

describe('CreateTaskSet', () => {
  test('names what the request asks for and what the definition does', async () => {
    await rig.create({
      deploymentController: { type: 'EXTERNAL' },
      taskDefinition: undefined,
      desiredCount: 3,
    });
    const input = {
      cluster: 'default',
      service: 'web',
      taskDefinition,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      networkConfiguration: network,
      loadBalancers: [balancer],
      serviceRegistries: [registry],
    } satisfies CreateTaskSetCommandInput;
    await refusesAll(
      () => rig.send(new CreateTaskSetCommand(input)),
      "the FARGATE launch type, loadBalancers, serviceRegistries (service discovery), networkMode 'awsvpc' and secrets",
    );
  });
});

test('a plan of Longshore names them in one answer too', async () => {
  await associateFargate();
  const runs = [{ taskDefinition, capacityProviderStrategy: onFargate }];
  await expect(longshoreCall(rig.ecs, 'PlanPlacement', { runs })).rejects.toMatchObject({
    code: 'UnsupportedFeatureException',
    message:
      "Longshore does not support the FARGATE capacity provider, the FARGATE_SPOT capacity provider, networkMode 'awsvpc' and secrets yet.",
  });
});
