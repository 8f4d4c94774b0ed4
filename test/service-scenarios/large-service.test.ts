import { expect, test } from 'vitest';
import { services } from '../../src/aws/ecs/state/service/services.ts';
import { serviceEvents } from '../../src/aws/ecs/state/service/service-events.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { containerOf } from './images.ts';
import { ServiceHarness } from './service-harness.ts';

const minute = 60_000;
const count = 120;

/** Two hosts with room for all, and a service of no task on them; its commits are told since the last `scale`. */
async function aHarness(zones: number, more: object = {}) {
  const harness = await ServiceHarness.open({ seed: 1, hosts: 2, zones });
  const container = { ...containerOf('server'), cpu: 1, memory: 8 };
  harness.ask('RegisterTaskDefinition', { family: 'web', containerDefinitions: [container] });
  harness.ask('CreateService', { serviceName: 'web', taskDefinition: 'web', desiredCount: 0, ...more });
  /** How many tasks each commit changed, by what was asked of them. */
  const commits: { readonly wanted: number; readonly stopped: number }[] = [];
  harness.store.watch(tasks, (changes) => {
    const started = changes.filter(({ before, after }) => !before && after);
    const stopped = changes.filter(
      ({ before, after }) => before?.desiredStatus === 'RUNNING' && after?.desiredStatus === 'STOPPED',
    );
    if (started.length + stopped.length > 0)
      commits.push({ wanted: started.length, stopped: stopped.length });
  });
  const scale = async (desiredCount: number): Promise<void> => {
    commits.length = 0;
    harness.ask('UpdateService', { service: 'web', desiredCount });
    await harness.clock.advance(2 * minute);
  };
  return { harness, commits, scale };
}

const wanted = (harness: ServiceHarness) => harness.tasks.filter((task) => task.desiredStatus === 'RUNNING');

/** How many tasks the service's events of that kind name, oldest first. */
function named(harness: ServiceHarness, kind: RegExp): readonly number[] {
  const events = harness.store.view((tx) => {
    const [service] = tx.table(services).all();
    return [...tx.table(serviceEvents).by('service', { serviceArn: service!.arn })];
  });
  return events
    .filter(({ message }) => kind.test(message))
    .map(({ message }) => message.match(/\(task \w+\)/g)!.length)
    .reverse();
}

test('a large service starts and stops its tasks a share a step, without a pause between', async () => {
  const { harness, commits, scale } = await aHarness(1);
  await scale(count);
  expect(wanted(harness)).toHaveLength(count);
  expect(commits.map((commit) => commit.wanted)).toEqual([50, 50, 20]);
  const asked = harness.clock.now();
  await scale(0);
  expect(commits.map(({ stopped }) => stopped)).toEqual([50, 50, 20]);
  expect(Math.max(...harness.tasks.map(({ stoppingAt = 0 }) => stoppingAt)) - asked).toBeLessThan(10);
  expect(harness.violations).toEqual([]);
});

test('an event names no more than 20 tasks, and the events together every one', async () => {
  const { harness, scale } = await aHarness(1);
  await scale(45);
  expect(named(harness, /has started/)).toEqual([20, 20, 5]);
  await scale(0);
  expect(named(harness, /has stopped/)).toEqual([20, 20, 5]);
});

test('a large service gets even over zones a share a step too', async () => {
  const { harness, commits, scale } = await aHarness(2);
  const second = harness.hosts[1]!;
  second.cutOff();
  await scale(count);
  const on = (zone: string) => wanted(harness).filter((task) => task.availabilityZone === zone).length;
  expect([on('zone-0'), on('zone-1')]).toEqual([count, 0]);
  commits.length = 0;
  second.connect();
  await harness.clock.advance(5 * minute);
  expect([on('zone-0'), on('zone-1')]).toEqual([60, 60]);
  expect(commits).toEqual([
    { wanted: 50, stopped: 0 },
    { wanted: 10, stopped: 0 },
    { wanted: 0, stopped: 50 },
    { wanted: 0, stopped: 10 },
  ]);
  expect(harness.violations).toEqual([]);
});

test('many tasks that end together are noted a share a step, and each is replaced once', async () => {
  const { harness, commits, scale } = await aHarness(1);
  await scale(count);
  commits.length = 0;
  const first = harness.hosts[0]!;
  const lost = wanted(harness).filter((task) => task.containerInstanceArn === first.arn);
  first.cutOff();
  for (const task of lost) first.kill(task.arn);
  await harness.clock.advance(1000);
  first.connect();
  await harness.clock.advance(2 * minute);
  expect(wanted(harness).filter((task) => task.lastStatus === 'RUNNING')).toHaveLength(count);
  expect(commits.reduce((sum, commit) => sum + commit.wanted, 0)).toBe(lost.length);
  expect(Math.max(...commits.map((commit) => commit.wanted))).toBeLessThanOrEqual(50);
  expect(harness.violations).toEqual([]);
});
