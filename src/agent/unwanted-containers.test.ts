// Containers that run though nobody ordered it: started by hand after their end, or left by an agent that lost its state.
import { describe, expect, it, test } from 'vitest';
import { AgentRig } from '../../test-support/agent-rig.ts';
import { aPayloadContainer, aPayloadTask } from '../../test-support/builders/a-payload-task.ts';
import type { ContainerState } from './engine/runtime.ts';

const agentId = 'a'.repeat(32);
const task = aPayloadTask();
const started = async (options: ConstructorParameters<typeof AgentRig>[0] = {}): Promise<AgentRig> => {
  const rig = new AgentRig({ ...options, config: { agentId, ...options.config } });
  await rig.start();
  return rig;
};
const running = async (
  wanted = task,
  options: ConstructorParameters<typeof AgentRig>[0] = {},
): Promise<AgentRig> => {
  const rig = await started(options);
  rig.plane.run(wanted);
  await rig.clock.advance(2000);
  return rig;
};
const main = (rig: AgentRig): ContainerState => rig.runtime.find('main')!.state;
const statusesOf = (rig: AgentRig): readonly string[] =>
  rig.plane.reportsOf(task.arn).map(({ status }) => status);

describe('a container that somebody starts after its end', () => {
  const stopped = async (options: ConstructorParameters<typeof AgentRig>[0] = {}): Promise<AgentRig> => {
    const rig = await running(task, options);
    rig.plane.stop(task);
    await rig.clock.advance(2000);
    expect(main(rig).status).toBe('exited');
    return rig;
  };

  it('is stopped again, however often, and nothing of it is reported', async () => {
    const rig = await stopped();
    const before = rig.plane.reports.length;
    for (let times = 0; times < 3; times += 1) {
      rig.runtime.startByHand(main(rig).id);
      await rig.clock.advance(2000);
      expect(main(rig).status).toBe('exited');
    }
    expect(rig.plane.reports).toHaveLength(before);
  });

  it('is found by the agent that was away when it happened', async () => {
    const rig = await stopped();
    await rig.kill();
    rig.runtime.startByHand(main(rig).id);
    await rig.start();
    await rig.clock.advance(2000);
    expect(main(rig).status).toBe('exited');
    expect(rig.plane.reportsOf(task.arn).at(-1)?.status).toBe('STOPPED');
  });

  it('is found though no event tells of it', async () => {
    const rig = await stopped();
    rig.runtime.setDown(true);
    rig.runtime.startByHand(main(rig).id);
    rig.runtime.setDown(false);
    await rig.clock.advance(2000);
    expect(main(rig).status).toBe('exited');
  });

  it('does not hold up the cleanup', async () => {
    const rig = await stopped({ config: { taskCleanupWaitDuration: 10_000 } });
    await rig.clock.advance(7000);
    rig.runtime.startByHand(main(rig).id);
    await rig.clock.advance(5000);
    expect([rig.runtime.containers, rig.state.tasks()]).toEqual([[], []]);
  });

  it('is removed by the cleanup even where nobody was told that it runs', async () => {
    const rig = await stopped({ config: { taskCleanupWaitDuration: 10_000 } });
    rig.runtime.setDown(true);
    rig.runtime.startByHand(main(rig).id);
    await rig.clock.advance(9000);
    rig.runtime.setDown(false);
    await rig.clock.advance(40_000);
    expect([rig.runtime.containers, rig.state.tasks()]).toEqual([[], []]);
  });

  it('may be one of a task that runs on', async () => {
    const wanted = aPayloadTask({
      containers: [
        aPayloadContainer(),
        aPayloadContainer({ name: 'init', essential: false, environment: { FAKE_EXIT_AFTER: '100' } }),
      ],
    });
    const rig = await running(wanted);
    const init = () => rig.runtime.find('init')!.state;
    expect(init().status).toBe('exited');
    rig.runtime.startByHand(init().id);
    // It would end by itself only later.
    await rig.clock.advance(50);
    expect([init().status, main(rig).status]).toEqual(['exited', 'running']);
  });
});

test('a container that is restarted has died, and its task with it', async () => {
  const rig = await running();
  rig.runtime.restartByHand(main(rig).id);
  await rig.clock.advance(2000);
  expect(main(rig).status).toBe('exited');
  const last = rig.plane.reportsOf(task.arn).at(-1);
  expect(last).toMatchObject({ status: 'STOPPED', containers: [{ status: 'STOPPED', exitCode: 137 }] });
});

describe('an agent that lost its state', () => {
  it('ends and reports what it left, and cleans it up', async () => {
    const rig = await running(task, { config: { taskCleanupWaitDuration: 60_000 } });
    await rig.kill();
    rig.loseState();
    await rig.start();
    await rig.clock.advance(2000);
    expect(main(rig).status).toBe('exited');
    expect(rig.plane.reportsOf(task.arn).at(-1)).toMatchObject({
      status: 'STOPPED',
      reason: expect.stringMatching(/its state was lost/) as unknown,
      containers: [{ containerName: 'main', status: 'STOPPED', exitCode: 143, runtimeId: main(rig).id }],
    });
    await rig.clock.advance(60_000);
    expect([rig.runtime.containers, rig.state.tasks()]).toEqual([[], []]);
  });

  it('reports what ended while nobody knew of it', async () => {
    const rig = await running(
      aPayloadTask({
        containers: [aPayloadContainer({ environment: { FAKE_EXIT_AFTER: '9000', FAKE_EXIT_CODE: '3' } })],
      }),
    );
    await rig.kill();
    rig.loseState();
    await rig.clock.advance(10_000);
    await rig.start();
    await rig.clock.advance(2000);
    expect(rig.plane.reportsOf(task.arn).at(-1)?.containers.at(-1)).toMatchObject({
      status: 'STOPPED',
      exitCode: 3,
    });
  });

  it('finds the rest when it dies in the middle of it', async () => {
    for (let diesAt = 1; diesAt < 25; diesAt += 1) {
      const rig = await running();
      await rig.kill();
      rig.loseState();
      await rig.start(diesAt);
      await rig.clock.advance(2000);
      await rig.kill();
      await rig.start();
      await rig.clock.advance(3000);
      expect(main(rig).status).toBe('exited');
      expect(statusesOf(rig).at(-1)).toBe('STOPPED');
    }
  });

  it.each([
    ['another agent', 'b'.repeat(32)],
    ['an agent that puts no mark on them', ''],
  ])('touches nothing that %s made', async (_who, other) => {
    const rig = await running(task, { config: { agentId: other } });
    await rig.kill();
    rig.loseState();
    rig.become({ agentId });
    await rig.start();
    await rig.clock.advance(20 * 60_000);
    expect(main(rig).status).toBe('running');
    expect(rig.plane.reportsOf(task.arn).at(-1)?.status).toBe('RUNNING');
  });
});

test('an agent whose state is older than a task ends it, and keeps those that it knows', async () => {
  const rig = await running(
    aPayloadTask({ arn: `${task.arn}-old`, containers: [aPayloadContainer({ name: 'old' })] }),
  );
  const backup = rig.backUp();
  rig.plane.run(task);
  await rig.clock.advance(2000);
  await rig.kill();
  rig.restore(backup);
  await rig.start();
  await rig.clock.advance(2000);
  expect(main(rig).status).toBe('exited');
  expect(rig.runtime.find('old')!.state.status).toBe('running');
  expect(statusesOf(rig).at(-1)).toBe('STOPPED');
});
