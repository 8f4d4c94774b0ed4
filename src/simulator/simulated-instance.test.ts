// What the control plane sees of a simulated instance.
import { describe, expect, it } from 'vitest';
import { AgentCallError } from '../agent-protocol/transport.ts';
import type { PayloadTask } from '../agent-protocol/messages.ts';
import {
  aPayloadContainer,
  aPayloadTask,
  payloadTaskArn,
} from '../../test-support/builders/a-payload-task.ts';
import { aHost, FleetRig } from '../../test-support/simulated-fleet.ts';
import type { FleetOptions } from './fleet.ts';

async function connectedRig(options: Partial<FleetOptions> = {}): Promise<FleetRig> {
  const rig = new FleetRig(options);
  await rig.start();
  return rig;
}

const behaviour = { startDelay: 1_000, stopDelay: 500, failureRate: 0, exitRate: 0 };
const statuses = (rig: FleetRig, { arn }: PayloadTask): readonly string[] =>
  rig.plane.reportsOf(arn).map(({ status }) => status);
/** Longer than any start or stop of `behaviour` takes, ms. */
const settled = 3_000;

describe('a task', () => {
  it('is acknowledged, starts after its delay, and is reported as an agent reports', async () => {
    const rig = await connectedRig();
    const task = aPayloadTask({
      containers: [aPayloadContainer({ portMappings: [{ containerPort: 80, hostPort: 0 }] })],
    });
    const message = rig.plane.run(task);
    const sent = rig.clock.now() / 1000;
    await rig.clock.advance(790);
    expect(rig.plane.acknowledged(message)).toBe(true);
    expect(statuses(rig, task)).toEqual([]);
    expect(rig.fleet.tally.status().tasks).toEqual({ pending: 1, running: 0, stopped: 0 });
    await rig.clock.advance(420);
    const [report, ...others] = rig.plane.reportsOf(task.arn);
    expect(others).toEqual([]);
    expect(report).toMatchObject({ cluster: 'default', status: 'RUNNING', reason: '', pullStartedAt: sent });
    expect(report!.pullStoppedAt).toBeGreaterThan(sent);
    const [container] = report!.containers;
    expect(container).toMatchObject({
      containerName: 'main',
      status: 'RUNNING',
      runtimeId: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      imageDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    });
    const [binding] = container!.networkBindings!;
    expect(binding).toMatchObject({ containerPort: 80, protocol: 'tcp', bindIP: '0.0.0.0' });
    expect(binding!.hostPort).toBeGreaterThanOrEqual(49_153);
    expect(rig.fleet.tally.status().tasks).toEqual({ pending: 0, running: 1, stopped: 0 });
  });

  it('of an image that is named by its digest has that digest', async () => {
    const rig = await connectedRig();
    const digest = `sha256:${'7'.repeat(64)}`;
    const task = aPayloadTask({ containers: [aPayloadContainer({ image: `busybox@${digest}` })] });
    rig.plane.run(task);
    await rig.clock.advance(settled);
    expect(rig.plane.reportsOf(task.arn)[0]!.containers).toMatchObject([{ imageDigest: digest }]);
  });

  it('stops when told to', async () => {
    const rig = await connectedRig();
    const task = aPayloadTask();
    rig.plane.run(task);
    await rig.clock.advance(settled);
    rig.plane.stop(task);
    await rig.clock.advance(settled);
    expect(statuses(rig, task)).toEqual(['RUNNING', 'STOPPED']);
    const last = rig.plane.reportsOf(task.arn).at(-1)!;
    expect(last.executionStoppedAt).toBeDefined();
    expect(last.containers).toEqual([expect.objectContaining({ status: 'STOPPED', exitCode: 143 })]);
    expect(rig.fleet.tally.status().tasks).toEqual({ pending: 0, running: 0, stopped: 1 });
  });

  it('has host ports that no other task of its instance has', async () => {
    const rig = await connectedRig({ host: { ...aHost, cpu: 100_000, memory: 100_000 } });
    const containers = [aPayloadContainer({ portMappings: [{ containerPort: 80, hostPort: 0 }] })];
    const tasks = Array.from({ length: 600 }, (_, number) =>
      aPayloadTask({ arn: payloadTaskArn(String(number)), containers }),
    );
    rig.plane.run(...tasks);
    await rig.clock.advance(settled);
    const ports = rig.plane.reports.flatMap((report) =>
      report.containers.flatMap(({ networkBindings = [] }) =>
        networkBindings.map(({ hostPort }) => hostPort),
      ),
    );
    expect(ports).toHaveLength(600);
    expect(new Set(ports).size).toBe(600);
  });

  it('that is stopped before it started never runs', async () => {
    const rig = await connectedRig();
    const task = aPayloadTask();
    rig.plane.run(task);
    await rig.clock.advance(100);
    rig.plane.stop(task);
    await rig.clock.advance(settled);
    expect(statuses(rig, task)).toEqual(['STOPPED']);
    expect(rig.plane.reportsOf(task.arn)[0]!.containers[0]).not.toHaveProperty('exitCode', 143);
  });

  it('fails to start at the rate asked for, for a reason that ECS knows', async () => {
    const rig = await connectedRig({ behaviour: { ...behaviour, failureRate: 1 } });
    const task = aPayloadTask();
    rig.plane.run(task);
    await rig.clock.advance(settled);
    expect(statuses(rig, task)).toEqual(['STOPPED']);
    expect(rig.plane.reportsOf(task.arn)[0]!.containers[0]!.reason).toMatch(
      /^Cannot(Pull|Create|Start)ContainerError: /,
    );
    expect(rig.fleet.tally.status()).toMatchObject({ failedToStart: 1, tasks: { running: 0, stopped: 1 } });
  });

  it('exits by itself with code 1, and its other containers are stopped', async () => {
    const rig = await connectedRig({ behaviour: { ...behaviour, exitRate: 3_600 } });
    const task = aPayloadTask({
      containers: [aPayloadContainer(), aPayloadContainer({ name: 'side', essential: false })],
    });
    rig.plane.run(task);
    await rig.clock.advance(60_000);
    expect(statuses(rig, task).at(-1)).toBe('STOPPED');
    const codes = rig.plane
      .reportsOf(task.arn)
      .flatMap(({ containers }) => containers)
      .filter(({ status }) => status === 'STOPPED')
      .map(({ containerName, exitCode }) => [containerName, exitCode]);
    expect(Object.fromEntries(codes)).toEqual({ main: 1, side: 143 });
    expect(rig.fleet.tally.status()).toMatchObject({ exited: 1 });
  });

  it('whose container waits for another to complete runs, with the other one ended', async () => {
    const rig = await connectedRig();
    const main = aPayloadContainer({ dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] });
    const task = aPayloadTask({ containers: [main, aPayloadContainer({ name: 'init', essential: false })] });
    rig.plane.run(task);
    await rig.clock.advance(settled);
    expect(statuses(rig, task)).toEqual(['RUNNING']);
    expect(rig.plane.reportsOf(task.arn)[0]!.containers).toContainEqual(
      expect.objectContaining({ containerName: 'init', status: 'STOPPED', exitCode: 0 }),
    );
  });

  it('of unknown ARN that is to stop is reported as stopped', async () => {
    const rig = await connectedRig();
    const task = aPayloadTask();
    rig.plane.stop(task);
    await rig.clock.advance(0);
    expect(statuses(rig, task)).toEqual(['STOPPED']);
  });

  it('that cannot be read is refused', async () => {
    const rig = await connectedRig();
    const task = aPayloadTask({ networkMode: 'awsvpc' });
    rig.plane.run(task);
    await rig.clock.advance(0);
    expect(statuses(rig, task)).toEqual(['STOPPED']);
    expect(rig.fleet.tally.status()).toMatchObject({ refused: 1, tasks: { pending: 0 } });
  });

  it('is begun once, however often it is ordered, also after its end', async () => {
    const rig = await connectedRig();
    const task = aPayloadTask();
    rig.plane.run(task);
    rig.plane.run(task);
    await rig.clock.advance(settled);
    rig.plane.stop(task);
    await rig.clock.advance(settled);
    rig.plane.run(task);
    await rig.clock.advance(settled);
    expect(statuses(rig, task)).toEqual(['RUNNING', 'STOPPED']);
  });
});

describe('reports', () => {
  it('are repeated until they are accepted, and reach a control plane that was away', async () => {
    const rig = await connectedRig();
    const task = aPayloadTask();
    rig.plane.refusals.set('SubmitTaskStateChange', [
      new AgentCallError('ServerException', 'busy', 500),
      new AgentCallError('ServerException', 'busy', 500),
    ]);
    rig.plane.run(task);
    await rig.clock.advance(500);
    rig.plane.reachable = false;
    await rig.clock.advance(10_000);
    rig.plane.reachable = true;
    await rig.clock.advance(120_000);
    expect(statuses(rig, task)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
  });
});

describe('a manifest', () => {
  it('is answered with the tasks that it does not list, which stop only when the control plane confirms', async () => {
    const rig = await connectedRig();
    const [one, other] = [aPayloadTask(), aPayloadTask({ arn: payloadTaskArn('two') })];
    rig.plane.run(one, other);
    await rig.clock.advance(settled);
    const messageId = rig.plane.manifest(one);
    await rig.clock.advance(settled);
    expect(rig.plane.acknowledged(messageId)).toBe(true);
    const [asked] = rig.plane.received<{ stopCandidates: { taskArn: string }[] }>(
      'TaskStopVerificationMessage',
    );
    expect(asked!.stopCandidates.map(({ taskArn }) => taskArn)).toEqual([other.arn]);
    expect(statuses(rig, other)).toEqual(['RUNNING']);
    const stopTasks = [{ taskArn: other.arn, taskClusterArn: '', desiredStatus: 'STOPPED' as const }];
    rig.plane.push('TaskStopVerificationAck', { messageId, stopTasks });
    await rig.clock.advance(settled);
    expect([statuses(rig, one), statuses(rig, other)]).toEqual([['RUNNING'], ['RUNNING', 'STOPPED']]);
  });

  it('of the past is not heeded', async () => {
    const rig = await connectedRig();
    rig.plane.manifest();
    await rig.clock.advance(0);
    const late = rig.plane.push('TaskManifestMessage', { timeline: 0, tasks: [] });
    await rig.clock.advance(0);
    expect(rig.plane.acknowledged(late)).toBe(false);
  });
});

describe('an instance without room', () => {
  it('starts what it is given all the same, and counts it', async () => {
    const rig = await connectedRig({ host: { ...aHost, memory: 100 } });
    const tasks = ['one', 'two', 'three', 'four'].map((name) => aPayloadTask({ arn: payloadTaskArn(name) }));
    rig.plane.run(...tasks);
    await rig.clock.advance(settled);
    expect(rig.fleet.tally.status()).toMatchObject({ overcommitted: 1, tasks: { running: 4 } });
    expect(rig.fleet.tally.violations).toEqual([
      { instance: 'sim-1', taskArn: payloadTaskArn('four'), problem: 'asks for 32 MiB where 4 are free' },
    ]);
  });

  it('has room again after a task ended', async () => {
    const rig = await connectedRig({ host: { ...aHost, memory: 32 } });
    const fixed = { portMappings: [{ containerPort: 80, hostPort: 8080 }] };
    for (const name of ['one', 'two', 'three']) {
      const task = aPayloadTask({ arn: payloadTaskArn(name), containers: [aPayloadContainer(fixed)] });
      rig.plane.run(task);
      await rig.clock.advance(settled);
      rig.plane.stop(task);
      await rig.clock.advance(settled);
    }
    expect(rig.fleet.tally.status()).toMatchObject({ overcommitted: 0, tasks: { stopped: 3 } });
  });
});

describe('telemetry', () => {
  it('tells of the health of containers that have a check', async () => {
    const rig = await connectedRig({ telemetry: true });
    const checked = aPayloadContainer({
      healthCheckType: 'docker',
      dockerConfig: { config: '{"Healthcheck":{"Test":["CMD","true"]}}' },
    });
    rig.plane.run(aPayloadTask({ containers: [checked] }));
    await rig.clock.advance(25_000);
    const [health] = rig.plane.received<{ tasks: { containers: unknown[] }[] }>('PublishHealthRequest');
    expect(health!.tasks[0]!.containers).toEqual([
      expect.objectContaining({ containerName: 'main', healthStatus: 'HEALTHY' }),
    ]);
  });
});
