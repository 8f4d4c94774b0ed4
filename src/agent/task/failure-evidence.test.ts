// What the report of a failed task carries beyond ECS's members, and what it never waits for.
import { describe, expect, test } from 'vitest';
import { aKnownTask } from '../../../test-support/builders/a-known-task.ts';
import { AgentRig } from '../../../test-support/agent-rig.ts';
import { aPayloadContainer, aPayloadTask } from '../../../test-support/builders/a-payload-task.ts';
import { AgentCallError } from '../../agent-protocol/transport.ts';
import type { PayloadContainer } from '../../agent-protocol/messages.ts';
import { hasFailed } from './failure-evidence.ts';
import type { KnownContainer, KnownTask } from './known-task.ts';
import type { TaskStateChange } from './report.ts';

describe('hasFailed', () => {
  const essential = aPayloadContainer();
  const side = aPayloadContainer({ name: 'side', essential: false });
  const known = (
    main: Partial<KnownContainer>,
    other: Partial<KnownContainer> = {},
    fields: Partial<KnownTask> = {},
  ): KnownTask => {
    const ended = { stage: 'STOPPED', startedAt: 0 } as const;
    const containers = { main: { ...ended, ...main }, side: { ...ended, ...other } };
    return aKnownTask({ containers: [essential, side], serviceName: 'web' }, containers, {
      executionStoppedAt: main.finishedAt,
      ...fields,
    });
  };

  test.each([
    [
      'an essential container that ended, whatever its code',
      { exitCode: 0, finishedAt: 5 },
      { finishedAt: 9 },
      'main',
    ],
    ['one that crashed before', { exitCode: 1, finishedAt: 5 }, { exitCode: 9, finishedAt: 3 }, 'main side'],
    [
      'not one that had done its work',
      { exitCode: 1, finishedAt: 5 },
      { exitCode: 0, finishedAt: 3 },
      'main',
    ],
    [
      'not one that was stopped after it',
      { exitCode: 1, finishedAt: 5 },
      { exitCode: 137, finishedAt: 9 },
      'main',
    ],
    ['not one that never ran', { startedAt: undefined, finishedAt: 5 }, { exitCode: 0, finishedAt: 9 }, ''],
  ])('%s', (_what, main, other, names) => {
    const task = known(main, other);
    expect(['main', 'side'].filter((name) => hasFailed(task, name)).join(' ')).toBe(names);
  });

  test('of a task that was asked to stop only those that were unhealthy', () => {
    const asked = { desiredStatus: 'STOPPED' } as const;
    expect(hasFailed(known({ exitCode: 137, finishedAt: 5 }, {}, asked), 'main')).toBe(false);
    const health = { status: 'UNHEALTHY', since: 1 } as const;
    expect(hasFailed(known({ exitCode: 137, finishedAt: 5, health }, {}, asked), 'main')).toBe(true);
  });
});

describe('the report of a failed task', () => {
  const run = async (
    environment: Record<string, string>,
    {
      config = {},
      serviceName = 'web',
      ...container
    }: Partial<PayloadContainer> & {
      config?: { failureLogLines?: number };
      serviceName?: string | undefined;
    } = {},
  ): Promise<{ rig: AgentRig; end: () => TaskStateChange | undefined }> => {
    const rig = new AgentRig({ config });
    await rig.start();
    const containers = [
      aPayloadContainer({ environment: { FAKE_EXIT_AFTER: '500', ...environment }, ...container }),
    ];
    rig.plane.run(aPayloadTask({ serviceName, containers }));
    await rig.clock.advance(1000);
    return { rig, end: () => rig.plane.reports.find(({ status }) => status === 'STOPPED') };
  };
  const lines = Array.from({ length: 80 }, (_, at) => `line ${at}`);

  test('has the last fifty lines of what failed', async () => {
    const { end } = await run({ FAKE_LOG: lines.join('\n') });
    expect(end()?.longshoreFailure).toEqual({
      containers: [{ containerName: 'main', lastLogLines: lines.slice(30) }],
    });
  });

  test('has as many as the agent is set to, and says so where that is none', async () => {
    const some = await run({ FAKE_LOG: lines.join('\n') }, { config: { failureLogLines: 2 } });
    expect(some.end()?.longshoreFailure?.containers[0]?.lastLogLines).toEqual(['line 78', 'line 79']);
    const none = await run({ FAKE_LOG: 'secret' }, { config: { failureLogLines: 0 } });
    expect(JSON.stringify(none.end())).not.toContain('secret');
    expect(none.end()?.longshoreFailure?.containers).toEqual([
      { containerName: 'main', logProblem: 'This agent is configured to send no log lines.' },
    ]);
  });

  test('tells of an essential container that ended while another still stops, once and with its lines', async () => {
    const rig = new AgentRig();
    await rig.start();
    const crashes = { FAKE_EXIT_AFTER: '500', FAKE_EXIT_CODE: '7', FAKE_LOG: 'no database' };
    const task = aPayloadTask({
      serviceName: 'web',
      containers: [
        aPayloadContainer({ environment: crashes }),
        aPayloadContainer({ name: 'side', essential: false, environment: { FAKE_IGNORE_TERM: '1' } }),
      ],
    });
    rig.plane.run(task);
    await rig.clock.advance(700);
    expect(rig.plane.reports.at(-1)).toMatchObject({
      status: 'RUNNING',
      containers: [{ containerName: 'main', status: 'STOPPED', exitCode: 7 }],
      longshoreFailure: { containers: [{ containerName: 'main', lastLogLines: ['no database'] }] },
    });
    // The control plane answers by wanting the task STOPPED, as ECS does: that is not why it ended.
    rig.plane.stop(task);
    await rig.clock.advance(40_000);
    const last = rig.plane.reports.at(-1);
    expect(last).toMatchObject({ status: 'STOPPED', containers: [{ containerName: 'side', exitCode: 137 }] });
    expect(last?.longshoreFailure).toBeUndefined();
  });

  test('has what failed though the control plane wanted it STOPPED before it heard all', async () => {
    const rig = new AgentRig();
    await rig.start();
    const away = new AgentCallError('ServerException', 'busy', 500);
    const environment = { FAKE_EXIT_AFTER: '500', FAKE_LOG: 'no database' };
    const task = aPayloadTask({ serviceName: 'web', containers: [aPayloadContainer({ environment })] });
    rig.plane.run(task);
    await rig.clock.advance(400);
    rig.plane.refusals.set('SubmitTaskStateChange', [away]);
    await rig.clock.advance(200);
    rig.plane.stop(task);
    await rig.clock.advance(5000);
    expect(rig.plane.reports.at(-1)?.longshoreFailure?.containers).toEqual([
      { containerName: 'main', lastLogLines: ['no database'] },
    ]);
  });

  test('says why there are no lines', async () => {
    const { end } = await run({ FAKE_LOG_UNREADABLE: '1' });
    expect(end()?.longshoreFailure?.containers).toEqual([
      {
        containerName: 'main',
        logProblem: 'The log cannot be read: configured logging driver does not support reading',
      },
    ]);
  });

  test('does not wait for a log that is slow to read', async () => {
    const { rig, end } = await run({ FAKE_LOG: 'a', FAKE_LOG_TAKES: '60000' });
    await rig.clock.advance(400);
    expect(end()).toBeUndefined();
    await rig.clock.advance(1200);
    expect(end()?.longshoreFailure?.containers).toEqual([
      { containerName: 'main', logProblem: 'The log could not be read within 2 s.' },
    ]);
  });

  test('has it again when it has to be told again', async () => {
    const rig = new AgentRig();
    await rig.start();
    const away = new AgentCallError('ServerException', 'busy', 500);
    rig.plane.refusals.set('SubmitTaskStateChange', [away, away]);
    const environment = { FAKE_EXIT_AFTER: '0', FAKE_LOG: 'no database' };
    rig.plane.run(aPayloadTask({ serviceName: 'web', containers: [aPayloadContainer({ environment })] }));
    await rig.clock.advance(20_000);
    const ends = rig.plane.reports.filter(({ status }) => status === 'STOPPED');
    expect(ends.length).toBeGreaterThan(1);
    for (const { longshoreFailure } of ends)
      expect(longshoreFailure?.containers[0]?.lastLogLines).toEqual(['no database']);
  });

  test('has reasons in full that ECS’s members cut', async () => {
    const words = 'x'.repeat(5000);
    const { end } = await run({ FAKE_FAIL_START: words });
    expect(end()?.containers[0]?.reason).toHaveLength(1024);
    expect(end()?.longshoreFailure?.containers).toEqual([
      { containerName: 'main', reason: `CannotStartContainerError: ${words}` },
    ]);
  });

  test('has the same of a task of no service, unless it ended well', async () => {
    const died = await run({ FAKE_LOG: 'a', FAKE_EXIT_CODE: '1' }, { serviceName: '' });
    expect(died.end()?.longshoreFailure?.containers).toEqual([
      { containerName: 'main', lastLogLines: ['a'] },
    ]);
    const done = await run({ FAKE_LOG: 'a', FAKE_EXIT_CODE: '0' }, { serviceName: '' });
    expect(done.end()?.longshoreFailure).toBeUndefined();
  });
});
