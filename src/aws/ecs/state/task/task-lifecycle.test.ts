import { describe, expect, it, test } from 'vitest';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { aContainer, aTask } from '../../../../../test-support/builders/a-task.ts';
import {
  applyTaskReport,
  askToStop,
  endTask,
  laterStatus,
  placeOn,
  type ContainerReport,
  type TaskReport,
} from './task-lifecycle.ts';
import { taskStatuses, type Container, type Task } from './task.ts';

const now = 5000;
const aReport = (fields: Partial<TaskReport> = {}): TaskReport => ({ containers: [], ...fields });
const app = (fields: Partial<ContainerReport> = {}): ContainerReport => ({ name: 'app', ...fields });
const report = (task: Task, fields: Partial<TaskReport>, at = now): Task =>
  applyTaskReport(task, aReport(fields), at);
/** The container `app` after the entries, in a task that is PENDING. */
const afterEntries = (...containers: ContainerReport[]): Container =>
  report(aTask(), { containers }).containers[0]!;

describe('a task’s status', () => {
  test.each(taskStatuses.flatMap((from) => taskStatuses.map((to) => [from, to] as const)))(
    'goes from %s to a reported %s only when that is later',
    (from, to) => {
      const after = report(aTask({ lastStatus: from }), { status: to });
      const later = taskStatuses.indexOf(to) > taskStatuses.indexOf(from);
      expect(after.lastStatus).toBe(later ? to : from);
      expect(laterStatus(from, to)).toBe(laterStatus(to, from));
    },
  );

  it('stays where a report names none', () => {
    expect(report(aTask({ lastStatus: 'PENDING' }), { pullStartedAt: 1 }).lastStatus).toBe('PENDING');
  });

  it('takes startedAt from when RUNNING was first heard of', () => {
    const running = report(aTask(), { status: 'RUNNING' }, 100);
    expect(running.startedAt).toBe(100);
    expect(report(running, { status: 'RUNNING', pullStartedAt: 1 }, 200).startedAt).toBe(100);
  });

  it('leaves startedAt out when the task never was RUNNING', () => {
    expect(report(aTask(), { status: 'STOPPED' })).not.toHaveProperty('startedAt', expect.any(Number));
    expect(report(aTask({ lastStatus: 'STOPPING' }), { status: 'RUNNING' }).startedAt).toBeUndefined();
  });

  it('keeps the first of each time that the agent tells', () => {
    const first = { pullStartedAt: 1, pullStoppedAt: 2, executionStoppedAt: 3 };
    const once = report(aTask(), first);
    expect(once).toMatchObject(first);
    const again = { pullStartedAt: 7, pullStoppedAt: 8, executionStoppedAt: 9 };
    expect(report(once, again)).toBe(once);
  });
});

describe('a task whose essential container ends', () => {
  const running = aTask({
    lastStatus: 'RUNNING',
    startedAt: 1000,
    containers: [aContainer({ lastStatus: 'RUNNING' }), aContainer({ name: 'side', essential: false })],
  });
  const main = { containers: [app({ status: 'STOPPED', exitCode: 7 })] };

  it('is to be STOPPED from then on, though it is RUNNING until the others have stopped', () => {
    const ending = report(running, main, 2000);
    expect(ending).toMatchObject({
      desiredStatus: 'STOPPED',
      lastStatus: 'RUNNING',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      stoppingAt: 2000,
    });
    expect(ending.stoppedAt).toBeUndefined();
    const ended = report(ending, { status: 'STOPPED', reason: 'TaskStateError: late' }, 9000);
    expect(ended).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      stoppingAt: 2000,
      stoppedAt: 9000,
    });
  });

  it('keeps the reason for which it was asked to stop before', () => {
    const asked = askToStop(running, 'UserInitiated', 'asked', 1500);
    expect(report(asked, main, 2000)).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'asked',
      stoppingAt: 1500,
    });
  });

  it('failed to start where it never ran', () => {
    const reason = 'CannotPullContainerError: no';
    const pending = report(aTask(), { containers: [app({ status: 'STOPPED', reason })] });
    expect(pending).toMatchObject({ desiredStatus: 'STOPPED', stopCode: 'TaskFailedToStart' });
  });

  it('runs on where the container need not be there', () => {
    const side = { containers: [{ name: 'side', status: 'STOPPED' as const, exitCode: 1 }] };
    expect(report(running, side)).toMatchObject({ desiredStatus: 'RUNNING', lastStatus: 'RUNNING' });
  });
});

describe('a container', () => {
  it('takes what a report says of it, and only that', () => {
    const bindings = [{ bindIP: '0.0.0.0', containerPort: 80, hostPort: 32768, protocol: 'tcp' as const }];
    const task = aTask({ containers: [aContainer(), aContainer({ name: 'sidecar' })] });
    const told = { runtimeId: 'abc', imageDigest: 'sha256:1', networkBindings: bindings };
    const after = report(task, { containers: [app({ status: 'RUNNING', ...told })] });
    expect(after.containers).toEqual([
      { ...aContainer(), lastStatus: 'RUNNING', ...told },
      task.containers[1],
    ]);
  });

  it('may come twice in one report: in order', () => {
    const container = afterEntries(
      app({ status: 'RUNNING', runtimeId: 'abc' }),
      app({ status: 'STOPPED', exitCode: 0 }),
    );
    expect(container).toMatchObject({ lastStatus: 'STOPPED', runtimeId: 'abc', exitCode: 0 });
  });

  it('does not go back, nor let an older entry overwrite what a newer one said', () => {
    const stopped = app({ status: 'STOPPED', exitCode: 1, reason: 'OutOfMemoryError: Container killed' });
    const running = app({ status: 'RUNNING', exitCode: 9, reason: 'a warning', runtimeId: 'abc' });
    expect(afterEntries(stopped, running)).toMatchObject({
      lastStatus: 'STOPPED',
      exitCode: 1,
      reason: 'OutOfMemoryError: Container killed',
      runtimeId: 'abc',
    });
  });

  it('keeps the reason of a pull that failed once it has ended, in whichever order it is told', () => {
    const reason = 'CannotPullContainerError: no registry';
    const warning = app({ status: 'RUNNING', reason });
    const end = app({ status: 'STOPPED', exitCode: 3 });
    for (const container of [afterEntries(warning, end), afterEntries(end, warning)])
      expect(container).toMatchObject({ exitCode: 3, reason });
    const killed = app({ status: 'STOPPED', exitCode: 137, reason: 'OutOfMemoryError: x' });
    expect(afterEntries(warning, killed).reason).toBe('OutOfMemoryError: x');
  });

  it('keeps the exit it first reported', () => {
    const container = afterEntries(
      app({ status: 'STOPPED', exitCode: 0 }),
      app({ status: 'STOPPED', exitCode: 137, reason: 'again' }),
    );
    expect(container).toMatchObject({ exitCode: 0, reason: 'again' });
  });

  it('keeps what empty texts and lists say nothing of', () => {
    const bindings = [{ containerPort: 80, hostPort: 1 }];
    const told = { runtimeId: 'abc', imageDigest: 'd', reason: 'r', networkBindings: bindings };
    const nothing = { runtimeId: '', imageDigest: '', reason: '', networkBindings: [] };
    const container = afterEntries(
      app({ status: 'RUNNING', ...told }),
      app({ status: 'RUNNING', ...nothing }),
    );
    expect(container).toMatchObject(told);
  });

  it('exit code 0 is an exit code', () => {
    expect(afterEntries(app({ status: 'STOPPED', exitCode: 0 }), app({ exitCode: 5 })).exitCode).toBe(0);
  });

  it('that nobody knows changes nothing', () => {
    const task = aTask();
    expect(report(task, { containers: [{ name: 'other', status: 'STOPPED', exitCode: 1 }] })).toBe(task);
  });
});

describe('a report that says nothing new gives the very same task back', () => {
  const running = report(aTask(), {
    status: 'RUNNING',
    containers: [app({ status: 'RUNNING', runtimeId: 'abc' })],
  });

  test.each<[string, Partial<TaskReport>]>([
    ['an empty one', {}],
    ['a doubled one', { status: 'RUNNING', containers: [app({ status: 'RUNNING', runtimeId: 'abc' })] }],
    ['a late one', { status: 'PENDING', containers: [app({ status: 'PENDING', runtimeId: 'abc' })] }],
    [
      'one that says a thing and takes it back',
      {
        containers: [
          app({ status: 'RUNNING', runtimeId: 'x' }),
          app({ status: 'RUNNING', runtimeId: 'abc' }),
        ],
      },
    ],
  ])('%s', (_name, fields) => {
    expect(report(running, fields, now + 1)).toBe(running);
  });

  it('anything about a STOPPED task', () => {
    const stopped = report(running, { status: 'STOPPED' });
    expect(
      report(stopped, {
        status: 'STOPPED',
        reason: 'late',
        executionStoppedAt: 1,
        containers: [app({ exitCode: 3 })],
      }),
    ).toBe(stopped);
  });
});

describe('a task that STOPPED', () => {
  it('is wanted STOPPED, holds only STOPPED containers and knows when', () => {
    const task = aTask({
      lastStatus: 'RUNNING',
      containers: [aContainer({ lastStatus: 'RUNNING' }), aContainer({ name: 'b' })],
    });
    const stopped = report(task, {
      status: 'STOPPED',
      containers: [app({ status: 'STOPPED', exitCode: 3 })],
    });
    expect(stopped).toMatchObject({ desiredStatus: 'STOPPED', stoppingAt: now, stoppedAt: now });
    expect(stopped.containers).toMatchObject([
      { lastStatus: 'STOPPED', exitCode: 3 },
      { lastStatus: 'STOPPED' },
    ]);
    expect(stopped.containers[1]!.exitCode).toBeUndefined();
  });

  it('keeps the cause, and the time, of having been asked to', () => {
    const asked = askToStop(aTask({ lastStatus: 'RUNNING', startedAt: 1 }), 'UserInitiated', 'enough', 100);
    const stopped = report(
      asked,
      { status: 'STOPPED', reason: 'agent', containers: [app({ exitCode: 137 })] },
      200,
    );
    expect(stopped).toMatchObject({
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      stoppingAt: 100,
      stoppedAt: 200,
    });
  });
});

describe('why a task stopped that nobody asked to', () => {
  const exited = {
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
  };
  const failed = { stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' };
  const two = (fields: Partial<Container> = {}): Task =>
    aTask({ containers: [aContainer(), aContainer({ name: 'b', ...fields })] });
  const b = (fields: Partial<ContainerReport>): ContainerReport => ({ name: 'b', ...fields });
  const pull = 'CannotPullContainerError: API error (404): repository x not found';

  test.each<[string, Task, Partial<TaskReport>, object]>([
    [
      'a container exits while the task runs',
      aTask({ lastStatus: 'RUNNING', startedAt: 1 }),
      { containers: [app({ exitCode: 0 })] },
      exited,
    ],
    [
      'a container vanishes while the task runs',
      aTask({ lastStatus: 'RUNNING', startedAt: 1 }),
      { containers: [app({ reason: 'ContainerVanishedError: x' })] },
      exited,
    ],
    [
      'the agent gives up on a task that ran',
      aTask({ lastStatus: 'RUNNING', startedAt: 1 }),
      { reason: 'TaskStateError: Agent could not progress' },
      { ...exited, stoppedReason: 'TaskStateError: Agent could not progress' },
    ],
    [
      'the agent cannot run it at all',
      aTask(),
      { reason: 'UnrecogniedTaskError: Error loading task - x' },
      { ...failed, stoppedReason: 'UnrecogniedTaskError: Error loading task - x' },
    ],
    [
      'a container is over before RUNNING was reported',
      aTask(),
      { containers: [app({ exitCode: 0 })] },
      exited,
    ],
    ['the image cannot be pulled', aTask(), { containers: [app({ reason: pull })] }, failed],
    [
      'an older image ran where the new one could not be pulled',
      aTask(),
      {
        containers: [
          app({ status: 'RUNNING', reason: pull }),
          app({ status: 'STOPPED', exitCode: 1, reason: pull }),
        ],
      },
      exited,
    ],
    [
      'the container cannot be started, whatever code Docker shows for it',
      aTask(),
      { containers: [app({ exitCode: 127, reason: 'CannotStartContainerError: no such file' })] },
      failed,
    ],
    [
      'one container cannot be started and the other is killed for it',
      two(),
      { containers: [app({ exitCode: 137 }), b({ reason: 'CannotCreateContainerError: x' })] },
      failed,
    ],
    [
      'a container that need not be there could not be started, and an essential one exits',
      two({ essential: false }),
      { containers: [app({ exitCode: 1 }), b({ reason: pull })] },
      exited,
    ],
    [
      'only a container that need not be there ran',
      two({ essential: false }),
      { containers: [b({ exitCode: 1 })] },
      failed,
    ],
    [
      'one exits and the other is therefore not started',
      two(),
      {
        containers: [
          app({ exitCode: 1 }),
          b({ reason: 'TaskStoppedBeforePullBeginError: Task stopped before image pull could begin' }),
        ],
      },
      exited,
    ],
    [
      'starting takes too long',
      aTask(),
      {
        containers: [app({ exitCode: 0, reason: 'DockerTimeoutError: Could not transition to started; …' })],
      },
      failed,
    ],
    [
      'one exits and the other takes too long to stop',
      two(),
      {
        containers: [
          app({ exitCode: 1 }),
          b({ exitCode: 137, reason: 'DockerTimeoutError: Could not transition to stopped; …' }),
        ],
      },
      exited,
    ],
    ['nothing is said', aTask(), {}, failed],
  ])('%s', (_name, task, fields, cause) => {
    expect(report(task, { status: 'STOPPED', ...fields })).toMatchObject(cause);
  });
});

describe('asking a task to stop', () => {
  it('moves what is wanted, not what is', () => {
    const task = aTask({ lastStatus: 'RUNNING' });
    expect(askToStop(task, 'UserInitiated', 'enough', now)).toEqual({
      ...task,
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      stoppingAt: now,
    });
  });

  it('again changes nothing: the first cause stays', () => {
    const asked = askToStop(aTask(), 'ServiceSchedulerInitiated', 'Scaling activity initiated by …', now);
    expect(askToStop(asked, 'UserInitiated', 'me too', now + 1)).toBe(asked);
  });
});

describe('a task that ends without its agent', () => {
  const end = (task: Task): Task => endTask(task, 'UserInitiated', 'forced', now);

  it('is STOPPED with its containers, for the cause given', () => {
    const ended = end(aTask({ lastStatus: 'RUNNING', containers: [aContainer({ lastStatus: 'RUNNING' })] }));
    expect(ended).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'forced',
      stoppingAt: now,
      stoppedAt: now,
      containers: [{ lastStatus: 'STOPPED' }],
    });
  });

  it('keeps the cause that it was stopping for', () => {
    const asked = askToStop(aTask(), 'ServiceSchedulerInitiated', 'scaling', 1);
    expect(end(asked)).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'scaling',
      stoppingAt: 1,
      stoppedAt: now,
    });
  });

  it('changes nothing of a task that is STOPPED', () => {
    const ended = end(aTask());
    expect(end(ended)).toBe(ended);
  });
});

describe('a task that waits for capacity', () => {
  const waits = aTask({
    containerInstanceArn: undefined,
    lastStatus: 'PROVISIONING',
    scheduling: {
      provisioningRequest: { requiresAttributes: [], constraints: [], strategies: [] },
      replaceAsked: true,
    },
  });

  it('is STOPPED as soon as it is asked to stop: there is no agent to do it', () => {
    const stopped = askToStop(waits, 'UserInitiated', 'enough', 100);
    expect(stopped).toMatchObject({
      desiredStatus: 'STOPPED',
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'enough',
      stoppingAt: 100,
      stoppedAt: 100,
    });
    expect(stopped.scheduling).toEqual({ replaceAsked: true });
  });

  it('is PENDING on the instance that it is placed on, and waits no more', () => {
    const instance = aContainerInstance({
      attributes: [
        { name: 'ecs.availability-zone', value: 'us-east-1a' },
        { name: 'ecs.cpu-architecture', value: 'arm64' },
      ],
    });
    const placed = placeOn(waits, instance);
    expect(placed).toEqual({
      ...waits,
      lastStatus: 'PENDING',
      containerInstanceArn: instance.arn,
      availabilityZone: 'us-east-1a',
      cpuArchitecture: 'arm64',
      scheduling: { replaceAsked: true },
    });
    expect(askToStop(placed, 'UserInitiated', 'enough', 100).lastStatus).toBe('PENDING');
  });
});
