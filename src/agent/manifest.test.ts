// What an agent tells anew when a manifest shows that the control plane does not know it.
import { expect, it } from 'vitest';
import { AgentRig } from '../../test-support/agent-rig.ts';
import {
  aPayloadContainer,
  aPayloadTask,
  payloadTaskArn,
} from '../../test-support/builders/a-payload-task.ts';
import type { LastKnownStatuses } from '../agent-protocol/messages.ts';
import type { TaskStateChange } from './task/report.ts';

const task = aPayloadTask({
  containers: [aPayloadContainer(), aPayloadContainer({ name: 'side', essential: false })],
});
const told = (status: LastKnownStatuses['status'], main = status, side = status): LastKnownStatuses => ({
  status,
  containers: { main, side },
});
const running = async (): Promise<AgentRig> => {
  const rig = new AgentRig({ config: { taskCleanupWaitDuration: 60_000 } });
  await rig.start();
  rig.plane.run(task);
  await rig.clock.advance(2000);
  return rig;
};
/** The reports that a manifest with `longshoreTold` brings about. */
const after = async (
  rig: AgentRig,
  longshoreTold: LastKnownStatuses | undefined,
  arn = task.arn,
): Promise<readonly TaskStateChange[]> => {
  const before = rig.plane.reports.length;
  const listed = { taskArn: arn, taskClusterArn: '', desiredStatus: 'RUNNING' as const, longshoreTold };
  rig.plane.push('TaskManifestMessage', { timeline: rig.clock.now(), tasks: [listed] });
  await rig.clock.advance(3000);
  return rig.plane.reports.slice(before);
};

it('says nothing where the control plane knows all', async () => {
  const rig = await running();
  expect(await after(rig, told('RUNNING'))).toEqual([]);
  expect(await after(rig, undefined)).toEqual([]);
});

it('says again that a task runs, and which of its containers', async () => {
  const rig = await running();
  expect(await after(rig, told('PENDING'))).toMatchObject([
    { status: 'RUNNING', containers: [{ containerName: 'main' }, { containerName: 'side' }] },
  ]);
  expect(await after(rig, told('RUNNING', 'RUNNING', 'PENDING'))).toMatchObject([
    { status: 'RUNNING', containers: [{ containerName: 'side', status: 'RUNNING' }] },
  ]);
  expect(await after(rig, told('RUNNING'))).toEqual([]);
});

it('says again how a task has ended', async () => {
  const rig = await running();
  rig.plane.stop(task);
  await rig.clock.advance(2000);
  const [report, ...more] = await after(rig, told('RUNNING'));
  expect(more).toEqual([]);
  expect(report).toMatchObject({ status: 'STOPPED', reason: '' });
  expect(report!.containers.map(({ status, exitCode }) => [status, exitCode])).toEqual([
    ['STOPPED', 143],
    ['STOPPED', 143],
  ]);
  expect(report).not.toHaveProperty('longshoreEndedByHost');
});

it.each([
  ['PENDING', told('PENDING')],
  ['RUNNING', told('RUNNING')],
  ['living, by an official control plane,', undefined],
])(
  'says of a task that was cleaned up and is taken for %s that it has ended',
  async (_what, longshoreTold) => {
    const rig = await running();
    rig.plane.stop(task);
    await rig.clock.advance(70_000);
    expect(rig.state.hasEnded(task.arn)).toBe(true);
    expect(await after(rig, longshoreTold)).toMatchObject([
      {
        task: task.arn,
        status: 'STOPPED',
        reason: expect.stringMatching(/had ended before/) as unknown,
        containers: [],
        longshoreEndedByHost: true,
      },
    ]);
  },
);

it('says of a task that it never heard of that it has ended, unless it may yet hear of it', async () => {
  const rig = await running();
  const unknown = payloadTaskArn('unknown');
  expect(await after(rig, told('PENDING'), unknown)).toEqual([]);
  expect(await after(rig, undefined, unknown)).toEqual([]);
  expect(await after(rig, told('RUNNING'), unknown)).toMatchObject([
    { task: unknown, status: 'STOPPED', reason: expect.stringMatching(/does not know/) as unknown },
  ]);
});

it('says so once, however many manifests come while nobody takes it', async () => {
  const rig = await running();
  const unknown = payloadTaskArn('unknown');
  rig.plane.reachable = false;
  await after(rig, told('RUNNING'), unknown);
  await after(rig, told('RUNNING'), unknown);
  rig.plane.reachable = true;
  await rig.clock.advance(60_000);
  expect(rig.plane.reportsOf(unknown)).toHaveLength(1);
});
