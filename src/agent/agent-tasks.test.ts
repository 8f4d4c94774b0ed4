// What an agent does with tasks, seen from both ends: the engine's containers and the control plane's reports.
import { expect, test } from 'vitest';
import { AgentRig } from '../../test-support/agent-rig.ts';
import {
  aPayloadContainer,
  aPayloadTask,
  payloadTaskArn,
} from '../../test-support/builders/a-payload-task.ts';
import type { ContainerStateChange } from './task/report.ts';
import { RuntimeError } from './engine/runtime.ts';

const started = async (options: ConstructorParameters<typeof AgentRig>[0] = {}): Promise<AgentRig> => {
  const rig = new AgentRig(options);
  await rig.start();
  return rig;
};

const short = ({ containerName, status, exitCode }: ContainerStateChange): string =>
  `${containerName} ${status}${exitCode === undefined ? '' : ` ${exitCode}`}`;
const told = (rig: AgentRig): string[] =>
  rig.plane.reports.map(({ status, containers }) => `${status}: ${containers.map(short).join(', ')}`);
const statusOf = (rig: AgentRig, name: string): string | undefined => rig.runtime.find(name)?.state.status;

test('a dependant waits for its init container to succeed, and the wait is reported', async () => {
  const rig = await started();
  rig.plane.run(
    aPayloadTask({
      containers: [
        aPayloadContainer({ dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] }),
        aPayloadContainer({ name: 'init', essential: false, environment: { FAKE_EXIT_AFTER: '3000' } }),
      ],
    }),
  );
  await rig.clock.advance(2000);
  expect(rig.runtime.find('main')).toBeUndefined();
  expect(told(rig)).toEqual(['PENDING: init RUNNING']);
  await rig.clock.advance(2000);
  expect(statusOf(rig, 'main')).toBe('running');
  expect(told(rig)).toEqual(['PENDING: init RUNNING', 'RUNNING: main RUNNING, init STOPPED 0']);
});

test('an init container that fails ends the task before the dependant was ever created', async () => {
  const rig = await started();
  rig.plane.run(
    aPayloadTask({
      containers: [
        aPayloadContainer({ dependsOn: [{ containerName: 'init', condition: 'SUCCESS' }] }),
        aPayloadContainer({
          name: 'init',
          essential: false,
          environment: { FAKE_EXIT_AFTER: '500', FAKE_EXIT_CODE: '2' },
        }),
      ],
    }),
  );
  await rig.clock.advance(1000);
  expect(told(rig)).toEqual(['STOPPED: main STOPPED 143, init RUNNING, init STOPPED 2']);
  expect(rig.plane.reports[0]?.containers[0]?.reason).toMatch(
    /^CannotStartContainerError: dependency graph: .*\[init\].*\[main\].*did not exit successfully/,
  );
});

test('HEALTHY opens the gate when the check passes, and startTimeout closes it for good', async () => {
  const rig = await started();
  const health = {
    healthCheckType: 'docker' as const,
    dockerConfig: { config: JSON.stringify({ Healthcheck: { Test: ['CMD-SHELL', 'true'] } }) },
  };
  const task = (arn: string, startTimeout: number) =>
    aPayloadTask({
      arn: payloadTaskArn(arn),
      containers: [
        aPayloadContainer({ name: `app-${arn}`, dependsOn: [{ containerName: 'db', condition: 'HEALTHY' }] }),
        aPayloadContainer({
          name: 'db',
          ...health,
          startTimeout,
          environment: { FAKE_HEALTHY_AFTER: '8000' },
        }),
      ],
    });
  rig.plane.run(task('patient', 10), task('hasty', 5));
  await rig.clock.advance(9000);
  expect(statusOf(rig, 'app-patient')).toBe('running');
  expect(rig.runtime.find('app-hasty')).toBeUndefined();
  expect(rig.plane.reportsOf(payloadTaskArn('hasty')).at(-1)).toMatchObject({ status: 'STOPPED' });
});

test('containers stop in the reverse of the order they started in', async () => {
  const rig = await started();
  const slow = { FAKE_STOP_AFTER: '2000' };
  const task = aPayloadTask({
    containers: [
      aPayloadContainer({ name: 'db', environment: slow }),
      aPayloadContainer({
        name: 'app',
        environment: slow,
        dependsOn: [{ containerName: 'db', condition: 'START' }],
      }),
      aPayloadContainer({ name: 'proxy', environment: slow, links: ['app:backend'] }),
    ],
  });
  rig.plane.run(task);
  await rig.clock.advance(1000);
  rig.plane.stop(task);
  await rig.clock.advance(10_000);
  const finished = ['proxy', 'app', 'db'].map((name) => rig.runtime.find(name)?.state.finishedAt ?? 0);
  expect(finished).toEqual([finished[0], finished[0]! + 2000, finished[0]! + 4000]);
  expect(told(rig).slice(1)).toEqual([
    'RUNNING: proxy STOPPED 143',
    'RUNNING: app STOPPED 143',
    'STOPPED: db STOPPED 143',
  ]);
});

test('a container that ignores SIGTERM is killed after its stopTimeout', async () => {
  const rig = await started();
  const task = aPayloadTask({
    containers: [aPayloadContainer({ stopTimeout: 7, environment: { FAKE_IGNORE_TERM: '1' } })],
  });
  rig.plane.run(task);
  await rig.clock.advance(1000);
  rig.plane.stop(task);
  await rig.clock.advance(6900);
  expect(statusOf(rig, 'main')).toBe('running');
  await rig.clock.advance(200);
  expect(told(rig).at(-1)).toBe('STOPPED: main STOPPED 137');
});

test('a killed-for-memory container says so', async () => {
  const rig = await started();
  rig.plane.run(
    aPayloadTask({
      containers: [aPayloadContainer({ environment: { FAKE_EXIT_AFTER: '100', FAKE_OOM: '1' } })],
    }),
  );
  await rig.clock.advance(1000);
  expect(rig.plane.reports.at(-1)?.containers).toEqual([
    expect.objectContaining({
      exitCode: 137,
      reason: 'OutOfMemoryError: Container killed due to memory usage',
    }),
  ]);
});

test.each([
  ['FAKE_FAIL_CREATE', 'CannotCreateContainerError: no such thing'],
  ['FAKE_FAIL_START', 'CannotStartContainerError: no such thing'],
])('a refusal of the engine is reported by name (%s)', async (variable, reason) => {
  const rig = await started();
  rig.plane.run(
    aPayloadTask({ containers: [aPayloadContainer({ environment: { [variable]: 'no such thing' } })] }),
  );
  await rig.clock.advance(1000);
  expect(rig.plane.reports).toHaveLength(1);
  expect(rig.plane.reports[0]).toMatchObject({ status: 'STOPPED', containers: [{ reason }] });
  expect(rig.plane.reports[0]?.containers[0]).not.toHaveProperty('exitCode', expect.anything());
});

test('a missing image fails the task with the engine’s words', async () => {
  const rig = await started();
  rig.runtime.image('nowhere', { failPull: new RuntimeError('manifest for nowhere not found', 404) });
  rig.plane.run(aPayloadTask({ containers: [aPayloadContainer({ image: 'nowhere' })] }));
  await rig.clock.advance(100);
  expect(rig.plane.reports[0]).toMatchObject({
    status: 'STOPPED',
    containers: [{ reason: 'CannotPullContainerError: manifest for nowhere not found' }],
  });
});

test('a change that does not move the task is told within about a second', async () => {
  const rig = await started();
  rig.plane.run(
    aPayloadTask({
      containers: [
        aPayloadContainer(),
        aPayloadContainer({
          name: 'job',
          essential: false,
          environment: { FAKE_EXIT_AFTER: '5000', FAKE_EXIT_CODE: '4' },
        }),
      ],
    }),
  );
  await rig.clock.advance(6100);
  expect(told(rig)).toEqual(['RUNNING: main RUNNING, job RUNNING', 'RUNNING: job STOPPED 4']);
});

test('a task that does not fit waits, and holds up those behind it until it is stopped', async () => {
  const rig = await started({ runtime: { cpus: 1 } });
  const sized = (name: string, cpu: number) =>
    aPayloadTask({ arn: payloadTaskArn(name), containers: [aPayloadContainer({ name, cpu })] });
  rig.plane.run(sized('first', 600));
  rig.plane.run(sized('big', 600), sized('small', 100));
  await rig.clock.advance(1000);
  expect(rig.runtime.containers.map(({ status }) => status)).toEqual(['running']);
  rig.plane.stop(sized('big', 600));
  await rig.clock.advance(1000);
  expect(statusOf(rig, 'small')).toBe('running');
  expect(rig.plane.reportsOf(payloadTaskArn('big'))).toMatchObject([{ status: 'STOPPED' }]);
  rig.plane.run(sized('next', 700));
  await rig.clock.advance(1000);
  expect(rig.runtime.find('next')).toBeUndefined();
  rig.plane.stop(sized('first', 600));
  await rig.clock.advance(1000);
  expect(statusOf(rig, 'next')).toBe('running');
});

test('a dynamic host port is chosen once more when somebody else has it', async () => {
  const range = { from: 40_000, to: 40_002 };
  const rig = await started({
    config: { dynamicHostPortRange: range },
    runtime: { foreignPorts: [40_000, 40_002] },
  });
  rig.plane.run(
    aPayloadTask({
      containers: [
        aPayloadContainer({ portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }] }),
      ],
    }),
  );
  await rig.clock.advance(1000);
  expect(rig.plane.reports[0]).toMatchObject({
    status: 'RUNNING',
    containers: [{ networkBindings: [{ containerPort: 80, hostPort: 40_001 }] }],
  });
  expect(rig.runtime.containers).toHaveLength(1);
});

test('a range of host ports finds its place beside ports that somebody else has', async () => {
  const rig = await started({
    config: { dynamicHostPortRange: { from: 40_000, to: 40_007 } },
    runtime: { foreignPorts: [40_002, 40_006] },
  });
  rig.plane.run(
    aPayloadTask({
      containers: [aPayloadContainer({ portMappings: [{ containerPortRange: '80-82', protocol: 'tcp' }] })],
    }),
  );
  await rig.clock.advance(2000);
  expect(rig.plane.reports[0]).toMatchObject({ status: 'RUNNING' });
  expect(rig.plane.reports[0]?.containers[0]?.networkBindings).toEqual([
    { bindIP: '0.0.0.0', containerPortRange: '80-82', hostPortRange: '40003-40005', protocol: 'tcp' },
  ]);
  expect(rig.runtime.containers).toMatchObject([
    { ports: [80, 81, 82].map((containerPort) => ({ containerPort, hostPort: containerPort + 39_923 })) },
  ]);
});

const withGpu = (name: string, ...gpuIds: string[]) =>
  aPayloadTask({
    arn: payloadTaskArn(name),
    containers: [aPayloadContainer({ name })],
    associations: gpuIds.map((id) => ({ type: 'gpu', name: id, containers: [name] })),
  });

test('a task waits for the GPU that another still has', async () => {
  const rig = await started({ config: { gpus: { ids: ['GPU-a', 'GPU-b'] } } });
  rig.plane.run(withGpu('first', 'GPU-a'), withGpu('second', 'GPU-b'));
  await rig.clock.advance(1000);
  expect([statusOf(rig, 'first'), statusOf(rig, 'second')]).toEqual(['running', 'running']);
  expect(rig.runtime.find('first')?.spec).toMatchObject({
    config: { Env: expect.arrayContaining(['NVIDIA_VISIBLE_DEVICES=GPU-a']) as string[] },
    hostConfig: { Runtime: 'nvidia' },
  });
  rig.plane.run(withGpu('third', 'GPU-a'));
  await rig.clock.advance(1000);
  expect(rig.runtime.find('third')).toBeUndefined();
  rig.plane.stop(withGpu('first', 'GPU-a'));
  await rig.clock.advance(1000);
  expect(statusOf(rig, 'third')).toBe('running');
  expect(rig.runtime.violations).toEqual([]);
});

test('a task for a GPU that is not there fails, and holds up nobody', async () => {
  const rig = await started({ config: { gpus: { ids: ['GPU-b'] } } });
  rig.plane.run(withGpu('lost', 'GPU-b', 'GPU-a'), withGpu('other', 'GPU-b'));
  await rig.clock.advance(1000);
  expect(rig.plane.reportsOf(payloadTaskArn('lost'))).toMatchObject([
    { status: 'STOPPED', reason: 'The instance has no GPU GPU-a' },
  ]);
  expect(rig.runtime.find('lost')).toBeUndefined();
  expect(statusOf(rig, 'other')).toBe('running');
});

test('a static host port that somebody else has fails the task', async () => {
  const rig = await started({ runtime: { foreignPorts: [8080] } });
  rig.plane.run(
    aPayloadTask({
      containers: [
        aPayloadContainer({ portMappings: [{ containerPort: 80, hostPort: 8080, protocol: 'tcp' }] }),
      ],
    }),
  );
  await rig.clock.advance(1000);
  expect(rig.plane.reports[0]).toMatchObject({
    status: 'STOPPED',
    containers: [
      { reason: expect.stringMatching(/^CannotStartContainerError: .*already allocated/) as string },
    ],
  });
});

test('a task that cannot be read is reported and leaves the payload unacknowledged; the others run', async () => {
  const rig = await started();
  const bad = aPayloadTask({
    arn: payloadTaskArn('bad'),
    containers: [aPayloadContainer({ overrides: '{"environment":[]}' })],
  });
  const message = rig.plane.run(bad, aPayloadTask());
  await rig.clock.advance(1000);
  expect(rig.plane.acknowledged(message)).toBe(false);
  expect(rig.plane.reportsOf(bad.arn)).toEqual([
    {
      cluster: 'default',
      task: bad.arn,
      status: 'STOPPED',
      reason: 'UnrecogniedTaskError: Error loading task - Unrecognized key: environment',
      containers: [],
    },
  ]);
  expect(statusOf(rig, 'main')).toBe('running');
});

test('containers that depend on each other are never started', async () => {
  const rig = await started();
  rig.plane.run(
    aPayloadTask({
      containers: [
        aPayloadContainer({ name: 'a', dependsOn: [{ containerName: 'b', condition: 'START' }] }),
        aPayloadContainer({ name: 'b', dependsOn: [{ containerName: 'a', condition: 'START' }] }),
      ],
    }),
  );
  await rig.clock.advance(1000);
  expect(rig.runtime.containers).toEqual([]);
  expect(rig.plane.reports).toMatchObject([
    {
      status: 'STOPPED',
      reason: `Task dependencies cannot be resolved, taskArn: ${payloadTaskArn('one')}`,
    },
  ]);
});

test('a task told twice runs once, and stays stopped when told again after its end', async () => {
  const rig = await started();
  const task = aPayloadTask({
    containers: [aPayloadContainer({ environment: { FAKE_EXIT_AFTER: '5000' } })],
  });
  rig.plane.run(task);
  rig.plane.run(task);
  await rig.clock.advance(1000);
  rig.plane.run(task);
  await rig.clock.advance(10_000);
  const again = rig.plane.run(task);
  await rig.clock.advance(1000);
  expect(rig.plane.acknowledged(again)).toBe(true);
  expect(rig.runtime.containers).toHaveLength(1);
  expect(told(rig)).toEqual(['RUNNING: main RUNNING', 'STOPPED: main STOPPED 0']);
});

test('a stopped task is cleaned up in time, with its volumes, and still never runs again', async () => {
  const rig = await started({ config: { taskCleanupWaitDuration: 60_000 } });
  const task = aPayloadTask({
    containers: [
      aPayloadContainer({
        environment: { FAKE_EXIT_AFTER: '1000' },
        mountPoints: [{ sourceVolume: 'scratch', containerPath: '/s' }],
      }),
    ],
    volumes: [{ name: 'scratch', host: {} }],
  });
  rig.plane.run(task);
  await rig.clock.advance(30_000);
  expect(rig.runtime.volumes.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^ecs-web-3-scratch-[0-9a-f]{20}$/),
  ]);
  expect(rig.agent.tasks()).toHaveLength(1);
  await rig.clock.advance(32_000);
  expect([rig.runtime.containers, rig.runtime.volumes, rig.agent.tasks(), rig.state.tasks()]).toEqual([
    [],
    [],
    [],
    [],
  ]);
  rig.plane.run(task);
  await rig.clock.advance(1000);
  expect(rig.runtime.containers).toEqual([]);
});

test('a task with limits of its own has a cgroup from before its containers until after them', async () => {
  const seen: string[] = [];
  const rig = new AgentRig({
    config: { taskCleanupWaitDuration: 1000 },
    cgroups: {
      create: (id, { cpu, memory }) =>
        seen.push(`create ${id} ${cpu} ${memory} before ${rig.runtime.containers.length}`),
      remove: (id) => seen.push(`remove ${id} after ${rig.runtime.containers.length}`),
    },
  });
  await rig.start();
  const task = aPayloadTask({ cpu: 0.5, memory: 64 });
  rig.plane.run(task);
  await rig.clock.advance(1000);
  expect(rig.runtime.containers).toHaveLength(1);
  rig.plane.stop(task);
  await rig.clock.advance(5000);
  expect(seen).toEqual(['create one 0.5 64 before 0', 'remove one after 0']);
});

test('without cgroups a task with limits of its own is not run unlimited', async () => {
  const rig = await started();
  rig.plane.run(aPayloadTask({ cpu: 0.5 }));
  await rig.clock.advance(1000);
  expect(rig.runtime.containers).toEqual([]);
  expect(rig.plane.reports[0]).toMatchObject({
    status: 'STOPPED',
    reason: expect.stringMatching(/^resource cannot be initialized for task .*cannot limit a task/) as string,
  });
});

test('a container that is taken away behind the agent’s back is noticed', async () => {
  const rig = await started();
  rig.plane.run(aPayloadTask());
  await rig.clock.advance(1000);
  rig.runtime.vanish(rig.runtime.find('main')!.state.id);
  await rig.clock.advance(5 * 60_000);
  expect(rig.plane.reports.at(-1)).toMatchObject({
    status: 'STOPPED',
    containers: [{ reason: 'ContainerVanishedError: No container matching saved ID found' }],
  });
});

test('an exit that happened while the engine could not say so is found afterwards', async () => {
  const rig = await started();
  rig.plane.run(
    aPayloadTask({ containers: [aPayloadContainer({ environment: { FAKE_EXIT_AFTER: '5000' } })] }),
  );
  await rig.clock.advance(1000);
  rig.runtime.setDown(true);
  await rig.clock.advance(10_000);
  expect(told(rig)).toEqual(['RUNNING: main RUNNING']);
  rig.runtime.setDown(false);
  await rig.clock.advance(1000);
  expect(told(rig).at(-1)).toBe('STOPPED: main STOPPED 0');
});
