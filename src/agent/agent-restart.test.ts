// An agent that dies, at any moment, and another that takes up what it left.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AgentRig } from '../../test-support/agent-rig.ts';
import {
  aPayloadContainer,
  aPayloadTask,
  payloadTaskArn,
} from '../../test-support/builders/a-payload-task.ts';
import type { PayloadTask } from '../agent-protocol/messages.ts';

/** Three containers in an order, a scratch volume, a dynamic port: a bit of everything that is done for a task. */
const wholeTask = (overrides: Partial<PayloadTask> = {}): PayloadTask =>
  aPayloadTask({
    containers: [
      aPayloadContainer({
        name: 'web',
        dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }],
        links: ['cache'],
        portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }],
        mountPoints: [{ sourceVolume: 'scratch', containerPath: '/s' }],
      }),
      aPayloadContainer({ name: 'init', essential: false, environment: { FAKE_EXIT_AFTER: '700' } }),
      aPayloadContainer({ name: 'cache', essential: false, environment: { FAKE_STOP_AFTER: '300' } }),
    ],
    volumes: [{ name: 'scratch', host: {} }],
    ...overrides,
  });

const latency = { pull: 20, create: 50, start: 80, inspect: 5 };
const statuses = (rig: AgentRig): Record<string, string> =>
  Object.fromEntries(
    rig.runtime.containers.map(({ labels, status }) => [labels['com.amazonaws.ecs.container-name'], status]),
  );

/** Restarts the agent if it died, and has the control plane say again what it wants. */
async function revive(rig: AgentRig, task: PayloadTask, desiredStatus: 'RUNNING' | 'STOPPED'): Promise<void> {
  if (rig.dead) {
    await rig.kill();
    await rig.start();
    await rig.clock.advance(1000);
  }
  if (desiredStatus === 'RUNNING') rig.plane.run(task);
  else rig.plane.stop(task);
  await rig.clock.advance(30_000);
}

/** Runs a task, lets it run and stops it, with an agent that dies at its `diesAt`-th call; answers whether it died. */
async function scenarioOfATask(diesAt: number, seed: number): Promise<boolean> {
  const rig = new AgentRig({ runtime: { latency }, seed, config: { taskCleanupWaitDuration: 3_600_000 } });
  const task = wholeTask();
  await rig.start(diesAt);
  await rig.clock.advance(1000);
  rig.plane.run(task);
  await rig.clock.advance(10_000);
  const diedEarly = rig.dead;
  await revive(rig, task, 'RUNNING');
  expect(statuses(rig)).toEqual({ web: 'running', init: 'exited', cache: 'running' });
  expect(rig.plane.reportsOf(task.arn).map(({ status }) => status)).toContain('RUNNING');
  const told = rig.plane.reportsOf(task.arn).flatMap(({ containers }) => containers);
  const bindings = told.findLast(({ networkBindings }) => networkBindings !== undefined)?.networkBindings;
  expect(bindings?.[0]?.hostPort).toBe(rig.runtime.find('web')?.state.ports[0]?.hostPort);
  rig.plane.stop(task);
  await rig.clock.advance(10_000);
  const died = rig.dead;
  await revive(rig, task, 'STOPPED');
  expect(statuses(rig)).toEqual({ web: 'exited', init: 'exited', cache: 'exited' });
  expect(rig.runtime.containers).toHaveLength(3);
  expect(rig.runtime.violations).toEqual([]);
  expect(rig.plane.reportsOf(task.arn).at(-1)).toMatchObject({ status: 'STOPPED' });
  await rig.clock.advance(3_600_000);
  const diedLate = rig.dead;
  await revive(rig, task, 'STOPPED');
  expect([rig.runtime.containers, rig.runtime.volumes, rig.state.tasks()]).toEqual([[], [], []]);
  return diedEarly || died || diedLate;
}

test('whatever call it dies at, the next agent adopts what runs, starts nothing twice, and ends it all', async () => {
  let diesAt = 1;
  while (await scenarioOfATask(diesAt, diesAt)) diesAt += 1;
  // The task's life takes some dozens of calls; the loop must have gone through them.
  expect(diesAt).toBeGreaterThan(50);
});

test('tasks that begin and end while agents come and go are each reported to their end', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ lives: fc.integer({ min: 0, max: 20_000 }), code: fc.integer({ min: 0, max: 3 }) }),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
      fc.array(fc.integer({ min: 3, max: 120 }), { maxLength: 4 }),
      fc.integer(),
      async (plans, deaths, seed) => {
        const rig = new AgentRig({ runtime: { latency }, seed });
        const tasks = plans.map(({ lives, code }, at) =>
          aPayloadTask({
            arn: payloadTaskArn(`t${at}`),
            containers: [
              aPayloadContainer({
                name: `c${at}`,
                environment: { FAKE_EXIT_AFTER: String(lives), FAKE_EXIT_CODE: String(code) },
              }),
            ],
          }),
        );
        for (const diesAt of deaths) {
          await rig.start(diesAt);
          rig.plane.run(...tasks);
          await rig.clock.advance(4000);
          await rig.kill();
        }
        await rig.start();
        rig.plane.run(...tasks);
        await rig.clock.advance(60_000);
        for (const [at, { code }] of plans.entries()) {
          const last = rig.plane.reportsOf(payloadTaskArn(`t${at}`)).at(-1);
          expect([last?.status, last?.containers.at(-1)?.exitCode]).toEqual(['STOPPED', code]);
        }
        expect(rig.runtime.containers).toHaveLength(plans.length);
        expect(rig.runtime.violations).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

test('a restart keeps what was reported and tells nothing twice', async () => {
  const rig = new AgentRig();
  await rig.start();
  rig.plane.run(aPayloadTask());
  await rig.clock.advance(1000);
  await rig.kill();
  await rig.start();
  await rig.clock.advance(60_000);
  expect(rig.plane.reports).toHaveLength(1);
  const registrations = rig.plane.calls.filter(({ operation }) => operation === 'RegisterContainerInstance');
  expect(registrations[1]?.input).toMatchObject({ containerInstanceArn: expect.any(String) as string });
});

test('a container that vanished between two agents is reported so', async () => {
  const rig = new AgentRig();
  await rig.start();
  rig.plane.run(aPayloadTask());
  await rig.clock.advance(1000);
  await rig.kill();
  rig.runtime.vanish(rig.runtime.find('main')!.state.id);
  await rig.start();
  await rig.clock.advance(1000);
  expect(rig.plane.reports.at(-1)).toMatchObject({
    status: 'STOPPED',
    containers: [{ reason: 'ContainerVanishedError: No container matching saved ID found' }],
  });
});

test('a container that ran and vanished is never made again, even if nobody was told that it ran', async () => {
  const rig = new AgentRig();
  await rig.start();
  rig.plane.reachable = false;
  rig.plane.run(aPayloadTask());
  await rig.clock.advance(1000);
  await rig.kill();
  rig.runtime.vanish(rig.runtime.find('main')!.state.id);
  rig.plane.reachable = true;
  await rig.start();
  await rig.clock.advance(60_000);
  expect(rig.runtime.containers).toEqual([]);
  expect(rig.plane.reports.at(-1)).toMatchObject({ status: 'STOPPED' });
});

test('saved tasks of another cluster end the agent with exit code 5', async () => {
  const rig = new AgentRig({ config: { cluster: 'mine' } });
  rig.state.saveFacts({ cluster: 'other', containerInstanceArn: 'arn' });
  await rig.start();
  expect(rig.startError).toMatchObject({ exitCode: 5 });
});

test('an engine that is away at the start is waited for before anything is decided', async () => {
  const rig = new AgentRig();
  await rig.start();
  rig.plane.run(aPayloadTask());
  await rig.clock.advance(1000);
  await rig.kill();
  rig.runtime.setDown(true);
  await rig.start();
  await rig.clock.advance(60_000);
  expect(rig.plane.reports).toHaveLength(1);
  rig.runtime.setDown(false);
  await rig.clock.advance(60_000);
  expect(rig.plane.link()?.open).toBe(true);
  expect(rig.plane.reports).toHaveLength(1);
});
