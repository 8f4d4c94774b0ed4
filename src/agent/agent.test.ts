import { expect, test } from 'vitest';
import { AgentRig } from '../../test-support/agent-rig.ts';
import {
  aPayloadContainer,
  aPayloadTask,
  payloadTaskArn,
} from '../../test-support/builders/a-payload-task.ts';
import { instanceArn } from '../../test-support/scripted-control-plane.ts';

const started = async (options: ConstructorParameters<typeof AgentRig>[0] = {}): Promise<AgentRig> => {
  const rig = new AgentRig(options);
  await rig.start();
  return rig;
};

test('registers, connects both links and says so', async () => {
  const rig = await started();
  expect(rig.plane.calls.map(({ operation }) => operation)).toEqual([
    'RegisterContainerInstance',
    'DiscoverPollEndpoint',
  ]);
  expect(rig.agent.metadata()).toMatchObject({ cluster: 'default', containerInstanceArn: instanceArn });
  expect(rig.plane.link()?.url.searchParams.get('sendCredentials')).toBe('true');
  expect(rig.plane.link('tcs')?.url.searchParams.get('cluster')).toBe('default');
});

test('a task that starts is acknowledged and reported RUNNING once', async () => {
  const rig = await started();
  const task = aPayloadTask({
    containers: [
      aPayloadContainer({ portMappings: [{ containerPort: 80, hostPort: 8080, protocol: 'tcp' }] }),
    ],
  });
  const message = rig.plane.run(task);
  await rig.clock.advance(0);
  expect(rig.plane.acknowledged(message)).toBe(true);
  expect(rig.plane.reports).toEqual([
    {
      cluster: 'default',
      task: task.arn,
      status: 'RUNNING',
      reason: '',
      pullStartedAt: expect.any(Number) as number,
      pullStoppedAt: expect.any(Number) as number,
      containers: [
        {
          containerName: 'main',
          status: 'RUNNING',
          runtimeId: rig.runtime.find('main')?.state.id,
          networkBindings: [{ bindIP: '0.0.0.0', containerPort: 80, hostPort: 8080, protocol: 'tcp' }],
        },
      ],
    },
  ]);
  await rig.clock.advance(60_000);
  expect(rig.plane.reports).toHaveLength(1);
});

test('an essential exit stops the task and reports its code', async () => {
  const rig = await started();
  const task = aPayloadTask({
    containers: [
      aPayloadContainer({ environment: { FAKE_EXIT_AFTER: '5000', FAKE_EXIT_CODE: '3' } }),
      aPayloadContainer({ name: 'sidecar', essential: false }),
    ],
  });
  rig.plane.run(task);
  await rig.clock.advance(6000);
  const last = rig.plane.reports.at(-1);
  expect(last).toMatchObject({ status: 'STOPPED', task: task.arn });
  expect(last?.containers).toEqual([
    expect.objectContaining({ containerName: 'main', status: 'STOPPED', exitCode: 3 }),
    expect.objectContaining({ containerName: 'sidecar', status: 'STOPPED', exitCode: 143 }),
  ]);
  expect(last?.executionStoppedAt).toBe(rig.runtime.find('main')!.state.finishedAt! / 1000);
});

test('stops what the control plane asks to stop', async () => {
  const rig = await started();
  rig.plane.run(aPayloadTask());
  await rig.clock.advance(1000);
  rig.plane.stop(aPayloadTask());
  await rig.clock.advance(1000);
  expect(rig.plane.reports.at(-1)).toMatchObject({
    task: payloadTaskArn('one'),
    status: 'STOPPED',
    containers: [{ containerName: 'main', status: 'STOPPED', exitCode: 143 }],
  });
  expect(rig.runtime.containers.map(({ status }) => status)).toEqual(['exited']);
});
