// Regular expressions that would hold up the whole control plane: refused wherever a query is given, harmless where stored.
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ListContainerInstancesCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { taskDefinitions } from '../../src/aws/ecs/state/task-definition/task-definitions.ts';
import { EcsRig } from '../../test-support/ecs-rig.ts';

// 1,777 characters, half a million steps once its repeats are written out.
const pattern = `((x{10}){10}){9}${'(x{30}){30}'.repeat(160)}x`;
const expression = `attribute:a =~ "${pattern}"`;
const placementConstraints = [{ type: 'memberOf' as const, expression }];
const containerDefinitions = [{ name: 'web', image: 'i', memory: 6 }];
const text = { message: expect.stringContaining('at most 128 steps') as string };

let rig: EcsRig;
let instance: string;
beforeEach(async () => {
  rig = await EcsRig.open();
  await rig.ecs.send(new CreateClusterCommand({}));
  await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }));
  instance = await rig.instance({ attributes: ['a'] });
});

describe('RegisterTaskDefinition', () => {
  test('refuses a pattern whose repeats multiply, and names the limit', async () => {
    const input = { family: 'bad', containerDefinitions, placementConstraints };
    await expect(rig.ecs.send(new RegisterTaskDefinitionCommand(input))).rejects.toMatchObject({
      name: 'ClientException',
      ...text,
    });
  });
});

describe('RunTask', () => {
  test('refuses a pattern whose repeats multiply', async () => {
    const input = { taskDefinition: 'web', placementConstraints };
    await expect(rig.ecs.send(new RunTaskCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      ...text,
    });
  });

  test('places nothing by a pattern that was stored before there was a limit, and all else as ever', async () => {
    // Versions before the limit have stored such; no operation does any more.
    rig.controlPlane.store.update((tx) => {
      const table = tx.table(taskDefinitions);
      const [stored] = table.all();
      table.put({ ...stored!, placementConstraints });
    });
    const refused = await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web' }));
    expect(refused.failures).toMatchObject([
      { arn: instance, reason: 'MemberOf placement constraint unsatisfied.' },
    ]);
    await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }));
    expect((await rig.ecs.send(new RunTaskCommand({ taskDefinition: 'web' }))).tasks).toHaveLength(1);
  });
});

describe('CreateService', () => {
  test('refuses a pattern whose repeats multiply', async () => {
    const input = { serviceName: 's', taskDefinition: 'web', desiredCount: 1, placementConstraints };
    await expect(rig.ecs.send(new CreateServiceCommand(input))).rejects.toMatchObject(text);
  });
});

describe('UpdateService', () => {
  test('refuses a pattern whose repeats multiply', async () => {
    await rig.ecs.send(
      new CreateServiceCommand({ serviceName: 's', taskDefinition: 'web', desiredCount: 0 }),
    );
    const input = { service: 's', placementConstraints };
    await expect(rig.ecs.send(new UpdateServiceCommand(input))).rejects.toMatchObject(text);
  });
});

describe('ListContainerInstances', () => {
  test('refuses a pattern whose repeats multiply', async () => {
    await expect(
      rig.ecs.send(new ListContainerInstancesCommand({ filter: expression })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException', ...text });
  });
});
