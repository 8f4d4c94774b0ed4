// When a task that waits for capacity is placed, on a whole control plane.
import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsRig } from '../../../../../test-support/ecs-rig.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { groupAttribute } from '../../state/instance/instance-group.ts';
import { tasks } from '../../state/task/tasks.ts';
import { provisioningTimeout } from './reconcile.ts';

let rig: EcsRig;
let journal: MemoryJournal;
beforeEach(async () => {
  journal = new MemoryJournal({ durability: 'immediate' });
  rig = await EcsRig.open({ journal });
  for (const name of ['p', 'q']) {
    const autoScalingGroupProvider = {
      autoScalingGroupArn: name,
      managedScaling: { status: 'ENABLED' },
    } as const;
    await rig.ecs.send(new CreateCapacityProviderCommand({ name, autoScalingGroupProvider }));
  }
  await rig.ecs.send(new CreateClusterCommand({ capacityProviders: ['p', 'q'] }));
  const containerDefinitions = [{ name: 'app', image: 'busybox', memory: 4096 }];
  await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }));
});
afterEach(() => rig.controlPlane.stop());

/** On an instance there is room for two such tasks. */
async function wait(capacityProvider = 'p'): Promise<string> {
  const capacityProviderStrategy = [{ capacityProvider, weight: 1 }];
  const launched = await rig.ecs.send(
    new RunTaskCommand({ taskDefinition: 'web', capacityProviderStrategy }),
  );
  return launched.tasks![0]!.taskArn!;
}
const instance = (group = 'p', connected = true): Promise<string> =>
  rig.instance({ memory: 8192, attributes: [`${groupAttribute}=${group}`], connected });
const task = async (arn: string): Promise<Task> =>
  (await rig.ecs.send(new DescribeTasksCommand({ tasks: [arn] }))).tasks![0]!;

describe('a waiting task', () => {
  it('is placed once an instance of its provider is there and connected', async () => {
    const arn = await wait();
    await instance('q');
    const instanceArn = await instance('p', false);
    await rig.clock.advance(1000);
    expect(await task(arn)).toMatchObject({ lastStatus: 'PROVISIONING', version: 1 });
    rig.connect(instanceArn);
    await rig.clock.advance(1000);
    expect(await task(arn)).toMatchObject({
      lastStatus: 'PENDING',
      containerInstanceArn: instanceArn,
      version: 2,
    });
    expect(rig.controlPlane.store.view((tx) => tx.table(tasks).get(arn)!.scheduling)).toBeUndefined();
  });

  it('is placed when another task makes room', async () => {
    const instanceArn = await instance();
    const [first, , third] = [await wait(), await wait(), await wait()];
    await rig.clock.advance(1000);
    expect((await task(third)).lastStatus).toBe('PROVISIONING');
    await rig.ecs.send(new StopTaskCommand({ task: first }));
    await rig.report(first, 'STOPPED', [{ containerName: 'app', status: 'STOPPED', exitCode: 0 }]);
    await rig.clock.advance(1000);
    expect(await task(third)).toMatchObject({ lastStatus: 'PENDING', containerInstanceArn: instanceArn });
  });

  it('is placed when its instance is no longer DRAINING', async () => {
    const instanceArn = await instance();
    const set = (status: 'ACTIVE' | 'DRAINING') =>
      rig.ecs.send(new UpdateContainerInstancesStateCommand({ containerInstances: [instanceArn], status }));
    await set('DRAINING');
    const arn = await wait();
    await rig.clock.advance(1000);
    expect((await task(arn)).lastStatus).toBe('PROVISIONING');
    await set('ACTIVE');
    await rig.clock.advance(1000);
    expect((await task(arn)).lastStatus).toBe('PENDING');
  });

  it('is stopped after fifteen minutes, with what was in its way', async () => {
    const arn = await wait();
    const stoppedAt = new Date(rig.clock.now() + provisioningTimeout);
    await rig.clock.advance(provisioningTimeout - 1000);
    expect((await task(arn)).lastStatus).toBe('PROVISIONING');
    await instance('p', false);
    await rig.clock.advance(1000);
    expect(await task(arn)).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'AGENT',
      stoppedAt,
    });
  });

  it('is found again by a new incarnation', async () => {
    const arn = await wait();
    const instanceArn = await instance('p', false);
    await rig.controlPlane.stop();
    rig = await EcsRig.open({ journal: journal.crash() }, rig.clock);
    rig.connect(instanceArn);
    await rig.clock.advance(1000);
    expect((await task(arn)).lastStatus).toBe('PENDING');
  });

  it('whose provider has no instance says so at its end', async () => {
    const arn = await wait();
    await instance('q');
    await rig.clock.advance(provisioningTimeout);
    expect((await task(arn)).stoppedReason).toBe('EMPTY CAPACITY PROVIDER');
  });
});
