// Container engines that go away and come back: nothing fails by that, and nothing is placed where nothing can be started.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { containerLike } from './behaviours.ts';
import { containersIn, ServiceClient } from './service-client.ts';
import { SimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedHost } from './simulated-host.ts';

const second = 1000;
const minute = 60 * second;

interface Run {
  readonly tasks: readonly { readonly taskArn: string }[];
  readonly failures: readonly { readonly reason: string; readonly detail?: string }[];
}

describe('a cluster whose container engines go away', () => {
  let cluster: SimulatedCluster;
  let web: ServiceClient;

  const openWith = async (hosts: number): Promise<void> => {
    cluster = await SimulatedCluster.open({ seed: 11, hosts });
    web = new ServiceClient(cluster);
    await web.register();
    await cluster.ask('RegisterTaskDefinition', {
      family: 'lone',
      containerDefinitions: [containerLike('server')],
    });
  };
  const setDown = (down: boolean, hosts: readonly SimulatedHost[] = cluster.hosts): void => {
    for (const { engine } of hosts) engine.fake.setDown(down);
  };
  /** The engine ends with all that runs on it, as one does that keeps no containers alive. */
  const die = (host: SimulatedHost): void => {
    setDown(true, [host]);
    host.engine.fake.endAll(137);
  };
  const run = (): Promise<Run> => cluster.ask<Run>('RunTask', { taskDefinition: 'lone' });
  const runs = (arn: string): Promise<void> =>
    cluster.until(`${arn} runs`, () => cluster.task(arn)?.lastStatus === 'RUNNING');
  const breaker = { deploymentCircuitBreaker: { enable: true, rollback: true } };

  beforeEach(() => openWith(2));
  afterEach(() => {
    cluster.invariants.checkConverged();
    expect(cluster.invariants.violations).toEqual([]);
  });

  it.each([2, 20, 90])('goes on with a rollout that it cut short for %i s', async (seconds) => {
    await web.create(6, { deploymentConfiguration: breaker });
    await web.stable();
    await web.register('server', { memory: 256 });
    await web.update({ taskDefinition: 'web:2' });
    await cluster.clock.advance(700);
    setDown(true);
    await cluster.clock.advance(seconds * second);
    setDown(false);
    await web.stable();
    const [newest] = await web.history();
    expect(newest).toMatchObject({ status: 'SUCCESSFUL', deploymentCircuitBreaker: { failureCount: 0 } });
    expect([web.wantedOf(2).length, containersIn(cluster)]).toEqual([6, 6]);
    expect(cluster.tasks.filter(({ stopCode }) => stopCode === 'TaskFailedToStart')).toEqual([]);
  });

  it('counts no task that an engine took with it as a failure, and replaces it', async () => {
    await web.create(6, { deploymentConfiguration: breaker });
    await cluster.until(
      'some run',
      () => web.wanted().filter(({ lastStatus }) => lastStatus === 'RUNNING').length > 3,
    );
    die(cluster.hosts[0]!);
    await cluster.clock.advance(4 * second);
    setDown(false);
    const now = await web.stable();
    expect([now.runningCount, containersIn(cluster)]).toEqual([6, 6]);
    expect((await web.history())[0]).toMatchObject({
      status: 'SUCCESSFUL',
      deploymentCircuitBreaker: { failureCount: 0 },
    });
    const ended = cluster.tasks.filter(({ lastStatus }) => lastStatus === 'STOPPED');
    expect(ended.length).toBeGreaterThan(0);
    expect(ended.map(({ endedByHost }) => endedByHost)).toEqual(ended.map(() => true));
  });

  it('has a task wait that is run in the first seconds', async () => {
    setDown(true);
    await cluster.clock.advance(2 * second);
    const { tasks, failures } = await run();
    expect(failures).toEqual([]);
    await cluster.clock.advance(60 * second);
    expect(cluster.task(tasks[0]!.taskArn)?.lastStatus).toBe('PENDING');
    setDown(false);
    await runs(tasks[0]!.taskArn);
  });

  it('places nothing where the engine stays away, and says why', async () => {
    const [first, other] = cluster.hosts;
    setDown(true, [first!]);
    await cluster.clock.advance(8 * second);
    for (let times = 0; times < 4; times += 1) {
      const { tasks } = await run();
      expect(cluster.task(tasks[0]!.taskArn)?.containerInstanceArn).toBe(other!.instanceArn);
    }
    setDown(true, [other!]);
    await cluster.clock.advance(8 * second);
    const { tasks, failures } = await run();
    expect(tasks).toEqual([]);
    expect(failures.map(({ reason, detail }) => `${reason}: ${detail}`)).toEqual(
      ['AGENT', 'AGENT'].map((reason) => `${reason}: ${noEngine}`),
    );
    setDown(false);
    await cluster.clock.advance(5 * second);
    expect((await run()).failures).toEqual([]);
    await cluster.clock.advance(20 * second);
  });

  it('starts what a service lacks as soon as an engine is back', async () => {
    setDown(true);
    await cluster.clock.advance(10 * second);
    await web.create(3);
    await cluster.clock.advance(2 * minute);
    expect(web.wanted()).toEqual([]);
    setDown(false);
    await cluster.until('they run', () => containersIn(cluster) === 3, 15 * second);
    await web.stable();
  });
});

const noEngine = 'the container engine of the instance does not answer its agent';
