// What a capacity source is asked for, on a whole control plane: by what was asked for, and by what agents report.
import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  StopTaskCommand,
  UpdateCapacityProviderCommand,
  type AutoScalingGroupProviderUpdate,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsRig } from '../../../../../test-support/ecs-rig.ts';
import { MemoryJournal } from '../../../../store/journal/memory-journal.ts';
import { capacityExpectations, capacityReservations } from '../../state/capacity/capacity-scaling-table.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { groupAttribute, hostAttribute } from '../../state/instance/instance-group.ts';
import type { CapacitySource } from './capacity-source.ts';

const minute = 60_000;

let rig: EcsRig;
/** What the source was asked for, and what it says of it. */
let asked: string[];
let answer: () => Promise<void>;

const source: CapacitySource = {
  serves: (group) => group === 'p',
  start: (group, count) => {
    asked.push(`start ${count} of ${group.group} for ${group.cluster}`);
    return answer();
  },
  stop: (_group, instances) => {
    asked.push(`stop ${instances.map(({ hostId }) => hostId).join()}`);
    return answer();
  },
};

beforeEach(async () => {
  asked = [];
  answer = () => Promise.resolve();
  rig = await EcsRig.open({ capacitySource: source });
});
afterEach(() => rig.controlPlane.stop());

type Provider = Partial<AutoScalingGroupProviderUpdate>;

/** A cluster whose tasks wait for the hosts of provider `p`, two for each. */
async function prepare(provider: Provider = {}, group = 'p'): Promise<void> {
  const managedScaling = { status: 'ENABLED' } as const;
  const autoScalingGroupProvider = { autoScalingGroupArn: group, managedScaling, ...provider };
  await rig.ecs.send(new CreateCapacityProviderCommand({ name: 'p', autoScalingGroupProvider }));
  await rig.ecs.send(new CreateClusterCommand({ capacityProviders: ['p'] }));
  const containerDefinitions = [{ name: 'app', image: 'busybox', memory: 4096 }];
  await rig.ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions }));
}
const change = (autoScalingGroupProvider: Provider) =>
  rig.ecs.send(new UpdateCapacityProviderCommand({ name: 'p', autoScalingGroupProvider }));
const launch = async (count: number): Promise<readonly string[]> => {
  const capacityProviderStrategy = [{ capacityProvider: 'p', weight: 1 }];
  const { tasks } = await rig.ecs.send(
    new RunTaskCommand({ taskDefinition: 'web', count, capacityProviderStrategy }),
  );
  return tasks!.map(({ taskArn }) => taskArn!);
};
/** An instance of the group on a host of its own. */
const register = (id: string): Promise<string> =>
  rig.instance({ memory: 8192, attributes: [`${groupAttribute}=p`, `${hostAttribute}=host-${id}`] });
/** A task of nobody's provider runs on the instance; answers its ARN. */
async function runOn(instance: string): Promise<string> {
  const { tasks } = await rig.ecs.send(
    new StartTaskCommand({ taskDefinition: 'web', containerInstances: [instance] }),
  );
  await rig.report(tasks![0]!.taskArn!, 'RUNNING', [{ containerName: 'app', status: 'RUNNING' }]);
  return tasks![0]!.taskArn!;
}
/** The instance is to go, but its host could not be stopped at once; answers a task that came to it then. */
async function lateTask(arn: string): Promise<string> {
  answer = () => Promise.reject(new Error('busy'));
  while (asked.length === 0) await rig.clock.advance(1000);
  answer = () => Promise.resolve();
  expect(instance(arn)).toMatchObject({ status: 'DRAINING' });
  // StartTask goes where it is told, to a DRAINING instance too.
  return runOn(arn);
}
const instance = (arn: string): ContainerInstance =>
  rig.controlPlane.store.view((tx) => tx.table(containerInstances).get(arn)!);
const reservation = () => rig.controlPlane.store.view((tx) => [...tx.table(capacityReservations).all()][0]);

describe('the capacity source', () => {
  it('is asked for what waits, once, and for more when it is seen that one was too few', async () => {
    await prepare();
    await launch(5);
    await rig.clock.advance(minute);
    expect(asked).toEqual(['start 1 of p for default']);
    expect(reservation()).toMatchObject({ reservation: 100, instances: 1, capacityProviderName: 'p' });
    await register('i1');
    await rig.clock.advance(minute);
    // Two of the five have a place by now.
    expect(asked.slice(1)).toEqual(['start 2 of p for default']);
  });

  it('is not asked again while it is at it', async () => {
    await prepare();
    const { promise, resolve } = Promise.withResolvers<void>();
    answer = () => promise;
    await register('i1');
    await launch(4);
    await rig.clock.advance(10);
    await launch(4);
    await rig.clock.advance(10);
    expect(asked).toEqual(['start 1 of p for default']);
    resolve();
    await rig.clock.advance(10);
    expect(asked.slice(1)).toEqual(['start 2 of p for default']);
  });

  it('is asked again a minute after it failed', async () => {
    await prepare();
    answer = () => Promise.reject(new Error('no more hosts'));
    await launch(1);
    await rig.clock.advance(minute - 1);
    expect(asked).toHaveLength(1);
    answer = () => Promise.resolve();
    await rig.clock.advance(minute);
    expect(asked).toHaveLength(2);
    await rig.clock.advance(minute);
    expect(asked).toHaveLength(2);
  });

  it('is not asked again by the next process for what the last one asked for', async () => {
    const journal = new MemoryJournal({ durability: 'immediate' });
    rig = await EcsRig.open({ capacitySource: source, journal });
    await prepare();
    await launch(1);
    await rig.clock.advance(minute);
    await rig.controlPlane.stop();
    rig = await EcsRig.open({ capacitySource: source, journal: journal.crash() }, rig.clock);
    await rig.clock.advance(minute);
    expect(asked).toHaveLength(1);
  });

  it('is left alone once there is no managed scaling', async () => {
    await prepare();
    await launch(1);
    await rig.clock.advance(minute);
    expect(asked).toHaveLength(1);
    await change({ managedScaling: { status: 'DISABLED' } });
    await rig.clock.advance(10 * minute);
    expect([asked.length, reservation()]).toEqual([1, undefined]);
    await change({ managedScaling: { status: 'ENABLED' } });
    await rig.clock.advance(minute);
    expect(asked).toHaveLength(2);
  });

  it('is not asked for hosts of a group that it does not serve, though it is told how many are needed', async () => {
    await prepare({}, 'other');
    await launch(1);
    await rig.clock.advance(minute);
    expect(asked).toEqual([]);
    expect(reservation()?.reservation).toBe(200);
  });

  it('stops an instance that was not needed for a quarter of an hour, which then is INACTIVE', async () => {
    await prepare();
    const [kept, idle] = [await register('i1'), await register('i2')];
    await runOn(kept);
    await rig.clock.advance(14 * minute - 1);
    expect(instance(idle).status).toBe('ACTIVE');
    const { promise, resolve } = Promise.withResolvers<void>();
    answer = () => promise;
    await rig.clock.advance(2 * minute);
    expect(asked).toEqual(['stop host-i2']);
    expect(instance(idle)).toMatchObject({ status: 'DRAINING' });
    resolve();
    await rig.clock.advance(minute);
    expect(instance(idle)).toMatchObject({ status: 'INACTIVE' });
    expect(instance(idle).terminatingSince).toBeUndefined();
    await rig.clock.advance(30 * minute);
    expect(asked).toHaveLength(1);
    expect(instance(kept).status).toBe('ACTIVE');
  });

  it('is asked to stop again what it could not stop', async () => {
    await prepare();
    await register('i1');
    answer = () => Promise.reject(new Error('busy'));
    await rig.clock.advance(17 * minute);
    const failed = asked.length;
    expect(failed).toBeGreaterThan(1);
    answer = () => Promise.resolve();
    await rig.clock.advance(3 * minute);
    expect(new Set(asked)).toEqual(new Set(['stop host-i1']));
    expect(asked).toHaveLength(failed + 1);
  });

  it('does not wait for daemons, which end with their host', async () => {
    await prepare();
    await register('i1');
    await rig.ecs.send(
      new CreateServiceCommand({ serviceName: 'd', taskDefinition: 'web', schedulingStrategy: 'DAEMON' }),
    );
    await rig.clock.advance(1000);
    const { taskArns } = await rig.ecs.send(new ListTasksCommand({ serviceName: 'd' }));
    await rig.report(taskArns![0]!, 'RUNNING', [{ containerName: 'app', status: 'RUNNING' }]);
    await rig.clock.advance(20 * minute);
    expect(asked).toEqual(['stop host-i1']);
    const { tasks } = await rig.ecs.send(new DescribeTasksCommand({ tasks: taskArns! }));
    // Its service told it to stop as soon as the host was to go; nobody waited until it had.
    expect(tasks).toMatchObject([{ lastStatus: 'STOPPED', stopCode: 'ServiceSchedulerInitiated' }]);
  });

  it('stops a host with what came to it meanwhile where nothing is to be drained', async () => {
    await prepare({ managedDraining: 'DISABLED' });
    const late = await lateTask(await register('i1'));
    await rig.clock.advance(2 * minute);
    const { tasks } = await rig.ecs.send(new DescribeTasksCommand({ tasks: [late] }));
    expect(tasks).toMatchObject([
      {
        lastStatus: 'STOPPED',
        stopCode: 'TerminationNotice',
        stoppedReason: 'Host EC2 (instance host-i1) terminated.',
      },
    ]);
  });

  it('is not asked to stop what a task came to meanwhile, until that is gone', async () => {
    await prepare({ managedDraining: 'ENABLED' });
    const late = await lateTask(await register('i1'));
    await rig.clock.advance(10 * minute);
    expect(asked).toEqual(['stop host-i1']);
    await rig.report(late, 'STOPPED', [{ containerName: 'app', status: 'STOPPED', exitCode: 0 }]);
    await rig.clock.advance(2 * minute);
    expect(asked).toEqual(['stop host-i1', 'stop host-i1']);
  });
});

it('forgets a provider that left its cluster', async () => {
  await prepare();
  const [task] = await launch(1);
  await rig.clock.advance(minute);
  expect(reservation()).toBeDefined();
  // It may leave once nothing waits for it any more.
  await rig.ecs.send(new StopTaskCommand({ task }));
  await rig.ecs.send(
    new PutClusterCapacityProvidersCommand({
      cluster: 'default',
      capacityProviders: [],
      defaultCapacityProviderStrategy: [],
    }),
  );
  await rig.clock.advance(minute);
  expect(reservation()).toBeUndefined();
  expect(rig.controlPlane.store.view((tx) => tx.table(capacityExpectations).size)).toBe(0);
});
