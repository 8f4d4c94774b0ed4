// An engine that is away for a while: nothing of what it could not be asked is a failure.
import { describe, expect, it, test } from 'vitest';
import { AgentRig } from '../../test-support/agent-rig.ts';
import { aPayloadContainer, aPayloadTask } from '../../test-support/builders/a-payload-task.ts';
import type { PublishInstanceStatusRequest } from '../agent-protocol/messages.ts';
import { silentLog, type Log } from '../lib/log.ts';
import { RuntimeError } from './engine/runtime.ts';

const second = 1000;
const task = aPayloadTask({
  containers: [aPayloadContainer({ mountPoints: [{ sourceVolume: 'scratch', containerPath: '/s' }] })],
  volumes: [{ name: 'scratch', host: {} }],
});
const started = async (options: ConstructorParameters<typeof AgentRig>[0] = {}): Promise<AgentRig> => {
  const rig = new AgentRig(options);
  await rig.start();
  await rig.clock.advance(second);
  return rig;
};
const running = async (wanted = task): Promise<AgentRig> => {
  const rig = await started();
  rig.plane.run(wanted);
  await rig.clock.advance(2 * second);
  expect(rig.runtime.find('main')?.state.status).toBe('running');
  return rig;
};
const away = async (rig: AgentRig, time: number): Promise<void> => {
  rig.runtime.setDown(true);
  await rig.clock.advance(time);
  rig.runtime.setDown(false);
};
const statuses = (rig: AgentRig): readonly string[] =>
  rig.plane
    .received<PublishInstanceStatusRequest>('PublishInstanceStatusRequest')
    .map(({ statuses: [first] }) => first!.status);

/** As slow as that, a start takes more than a second; the engine goes away at each moment of it. */
const latency = { pull: 300, create: 300, start: 300, inspect: 20 };
const moments = Array.from({ length: 26 }, (_, at) => at * 50);

it.each(moments)(
  'a task that is being started for %i ms waits for it, and is started once',
  async (moment) => {
    const rig = await started({ runtime: { latency } });
    rig.plane.run(task);
    await rig.clock.advance(moment);
    await away(rig, 20 * second);
    await rig.clock.advance(5 * second);
    expect(rig.plane.reportsOf(task.arn).at(-1)).toMatchObject({ status: 'RUNNING' });
    expect(rig.runtime.find('main')?.state.status).toBe('running');
    expect(rig.runtime.violations).toEqual([]);
  },
);

test.each(['default', 'always', 'once', 'prefer-cached'] as const)(
  'no image is taken for missing, with %s',
  async (imagePullBehavior) => {
    const rig = await started({ config: { imagePullBehavior } });
    rig.runtime.setDown(true);
    rig.plane.run(task);
    await rig.clock.advance(5 * 60 * second);
    expect(rig.plane.reports).toEqual([]);
    rig.runtime.setDown(false);
    await rig.clock.advance(3 * second);
    expect(rig.plane.reportsOf(task.arn).at(-1)?.status).toBe('RUNNING');
    expect(
      rig.plane.reports.flatMap(({ containers }) => containers.map(({ reason }) => reason)),
    ).not.toContain(expect.stringContaining('Error'));
  },
);

it('goes on with its stops once it is back', async () => {
  const rig = await running();
  rig.runtime.setDown(true);
  rig.plane.stop(task);
  await rig.clock.advance(60 * second);
  rig.runtime.setDown(false);
  await rig.clock.advance(3 * second);
  expect(rig.plane.reportsOf(task.arn).at(-1)?.status).toBe('STOPPED');
});

it('fails a task whose call got no answer though the engine is there', async () => {
  const rig = await started();
  rig.runtime.create = () => Promise.reject(new RuntimeError('socket hang up', 0));
  rig.plane.run(task);
  await rig.clock.advance(2 * second);
  expect(rig.plane.reportsOf(task.arn).at(-1)?.containers[0]?.reason).toBe(
    'CannotCreateContainerError: socket hang up',
  );
});

it('looks at a container whose start got no answer before it says anything of it', async () => {
  const rig = await started();
  const start = rig.runtime.start.bind(rig.runtime);
  rig.runtime.start = async (id) => {
    await start(id);
    throw new RuntimeError('socket hang up', 0);
  };
  rig.plane.run(task);
  await rig.clock.advance(2 * second);
  expect(rig.plane.reportsOf(task.arn).at(-1)).toMatchObject({ status: 'RUNNING' });
});

describe('a container that ends', () => {
  const exiting = aPayloadTask({
    containers: [aPayloadContainer({ environment: { FAKE_EXIT_AFTER: '30000', FAKE_EXIT_CODE: '3' } })],
  });

  it('while the engine is away is no fault of its task', async () => {
    const rig = await running(exiting);
    await rig.clock.advance(20 * second);
    await away(rig, 20 * second);
    await rig.clock.advance(5 * second);
    expect(rig.plane.reportsOf(task.arn).at(-1)).toMatchObject({
      status: 'STOPPED',
      longshoreEndedByHost: true,
      containers: [{ exitCode: 3 }],
    });
  });

  it('long after the engine was away has ended by itself', async () => {
    const rig = await running(exiting);
    await away(rig, 8 * second);
    await rig.clock.advance(30 * second);
    const last = rig.plane.reportsOf(task.arn).at(-1);
    expect(last).toMatchObject({ status: 'STOPPED', containers: [{ exitCode: 3 }] });
    expect(last).not.toHaveProperty('longshoreEndedByHost');
  });

  it('by being removed is no fault of its task either', async () => {
    const rig = await running();
    rig.runtime.vanish(rig.runtime.find('main')!.state.id);
    await rig.clock.advance(6 * 60 * second);
    expect(rig.plane.reportsOf(task.arn).at(-1)).toMatchObject({
      status: 'STOPPED',
      longshoreEndedByHost: true,
    });
  });
});

describe('the control plane is told', () => {
  it('that the engine answers, at each connection', async () => {
    const rig = await started();
    expect(statuses(rig)).toEqual(['OK']);
  });

  it('nothing of an absence of seconds', async () => {
    const rig = await started();
    await away(rig, 3 * second);
    await rig.clock.advance(60 * second);
    expect(statuses(rig)).toEqual(['OK']);
  });

  it('of a longer one, though nobody asks anything of the engine, and of its end', async () => {
    const rig = await started();
    rig.runtime.setDown(true);
    await rig.clock.advance(6 * second);
    expect(statuses(rig)).toEqual(['OK', 'IMPAIRED']);
    rig.runtime.setDown(false);
    await rig.clock.advance(3 * second);
    expect(statuses(rig)).toEqual(['OK', 'IMPAIRED', 'OK']);
  });
});

it('is told of when it goes, once a minute, and when it is back, whatever is asked of it meanwhile', async () => {
  const warnings: string[] = [];
  const log: Log = { ...silentLog, warn: (_, message) => warnings.push(message), child: () => log };
  const told = [
    'The container engine does not answer; waiting for it',
    'The container engine still does not answer',
    'The container engine still does not answer',
    'The container engine answers again',
  ];
  const rig = await started({ log });
  const tasks = ['a', 'b', 'c'].map((name) => aPayloadTask({ arn: `${task.arn}-${name}` }));
  for (const wanted of tasks) rig.plane.run(wanted);
  await rig.clock.advance(2 * second);
  await away(rig, 150 * second);
  await rig.clock.advance(5 * second);
  expect(warnings).toEqual(told);

  warnings.length = 0;
  await rig.kill();
  rig.runtime.setDown(true);
  await rig.start();
  await away(rig, 150 * second);
  await rig.clock.advance(15 * second);
  expect(warnings).toEqual(told);
});
