// The two links of an agent: what it answers, when it comes back, and when it stays away.
import { expect, test } from 'vitest';
import { AgentCallError } from '../agent-protocol/transport.ts';
import { AgentRig } from '../../test-support/agent-rig.ts';
import {
  aPayloadContainer,
  aPayloadTask,
  payloadTaskArn,
} from '../../test-support/builders/a-payload-task.ts';
import { instanceArn } from '../../test-support/scripted-control-plane.ts';
import { AgentTerminated } from './agent-terminated.ts';

const started = async (options: ConstructorParameters<typeof AgentRig>[0] = {}): Promise<AgentRig> => {
  const rig = new AgentRig(options);
  await rig.start();
  return rig;
};
const acsDials = (rig: AgentRig): number =>
  rig.plane.dials.filter(({ url }) => url.hostname === 'acs.test').length;
const minute = 60_000;

test('a heartbeat is answered', async () => {
  const rig = await started();
  const messageId = rig.plane.push('HeartbeatMessage', { healthy: true });
  await rig.clock.advance(0);
  expect(rig.plane.received('HeartbeatAckRequest')).toEqual([{ messageId }]);
});

test('a link without messages is closed after one to two minutes, one with heartbeats is not', async () => {
  const rig = await started();
  for (let beat = 0; beat < 10; beat += 1) {
    rig.plane.push('HeartbeatMessage', { healthy: true });
    await rig.clock.advance(30_000);
  }
  expect(acsDials(rig)).toBe(1);
  await rig.clock.advance(29_000);
  expect(acsDials(rig)).toBe(1);
  await rig.clock.advance(61_000);
  expect(acsDials(rig)).toBe(2);
  expect(rig.plane.link()?.url.searchParams.get('sendCredentials')).toBe('false');
});

test('a connection is renewed after 30 to 35 minutes', async () => {
  const rig = await started();
  for (let beat = 0; beat < 59; beat += 1) {
    rig.plane.push('HeartbeatMessage', { healthy: true });
    await rig.clock.advance(30_000);
  }
  expect(acsDials(rig)).toBe(1);
  for (let beat = 0; beat < 12; beat += 1) {
    rig.plane.push('HeartbeatMessage', { healthy: true });
    await rig.clock.advance(30_000);
  }
  expect(acsDials(rig)).toBe(2);
});

test('a dropped link is made again at once, but a server that drops every one is not hammered', async () => {
  const rig = await started();
  rig.plane.link()?.connection.close(1006, '');
  await rig.clock.advance(0);
  expect(acsDials(rig)).toBe(2);
  for (let drop = 0; drop < 50; drop += 1) {
    rig.plane.link()?.connection.close(1006, '');
    await rig.clock.advance(100);
  }
  expect(acsDials(rig)).toBeLessThan(15);
  await rig.clock.advance(2 * minute);
  expect(rig.plane.link()?.open).toBe(true);
});

test('an inactive instance waits an hour, and drops its telemetry', async () => {
  const rig = await started();
  rig.plane.refuseConnections = new AgentCallError('InactiveInstanceException', 'gone', 400);
  rig.plane.link()?.connection.close(1000, '');
  await rig.clock.advance(minute);
  expect(rig.plane.link('tcs')?.open).toBe(false);
  rig.plane.refuseConnections = undefined;
  await rig.clock.advance(58 * minute);
  expect(acsDials(rig)).toBe(1);
  await rig.clock.advance(2 * minute);
  expect(acsDials(rig)).toBe(2);
  expect(rig.plane.link('tcs')?.open).toBe(true);
});

test('while the control plane is away tasks run on, and what happened is told when it is back', async () => {
  const rig = await started();
  const task = aPayloadTask({
    containers: [aPayloadContainer({ environment: { FAKE_EXIT_AFTER: '60000' } })],
  });
  rig.plane.run(task);
  await rig.clock.advance(1000);
  rig.plane.reachable = false;
  rig.plane.link()?.connection.close(1006, '');
  await rig.clock.advance(10 * minute);
  expect(rig.runtime.containers.map(({ status }) => status)).toEqual(['exited']);
  rig.plane.reachable = true;
  await rig.clock.advance(3 * minute);
  expect(rig.plane.link()?.open).toBe(true);
  expect(rig.plane.reports.at(-1)).toMatchObject({ task: task.arn, status: 'STOPPED' });
});

test('a state change is sent again until it is accepted, and dropped when it is refused for good', async () => {
  const rig = await started();
  const busy = new AgentCallError('ServerException', 'busy', 500);
  rig.plane.refusals.set('SubmitTaskStateChange', [busy, busy, busy]);
  rig.plane.run(aPayloadTask());
  await rig.clock.advance(60_000);
  expect(rig.plane.reports.map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING', 'RUNNING', 'RUNNING']);
  const never = new AgentCallError('InvalidParameterException', 'no such task', 400);
  rig.plane.refusals.set('SubmitTaskStateChange', [never]);
  const other = aPayloadTask({ arn: payloadTaskArn('other') });
  rig.plane.run(other);
  await rig.clock.advance(60_000);
  expect(rig.plane.reportsOf(other.arn)).toHaveLength(1);
});

test('a task that the manifest lacks is stopped only once the control plane confirms it', async () => {
  const rig = await started();
  const [kept, surplus] = [aPayloadTask(), aPayloadTask({ arn: payloadTaskArn('surplus') })];
  rig.plane.run(kept, surplus);
  await rig.clock.advance(1000);
  const messageId = rig.plane.manifest(kept);
  await rig.clock.advance(1000);
  expect(rig.plane.acknowledged(messageId)).toBe(true);
  const candidate = {
    taskArn: surplus.arn,
    taskClusterArn: surplus.taskClusterArn,
    desiredStatus: 'STOPPED',
  };
  expect(rig.plane.received('TaskStopVerificationMessage')).toEqual([
    { messageId, stopCandidates: [candidate] },
  ]);
  const stopTasks = [
    { taskArn: surplus.arn, taskClusterArn: surplus.taskClusterArn!, desiredStatus: 'STOPPED' as const },
  ];
  rig.plane.push('TaskStopVerificationAck', { messageId: 'another', stopTasks });
  await rig.clock.advance(1000);
  expect(rig.plane.reportsOf(surplus.arn)).toMatchObject([{ status: 'RUNNING' }]);
  rig.plane.push('TaskStopVerificationAck', { messageId, stopTasks });
  await rig.clock.advance(1000);
  expect(rig.plane.reportsOf(surplus.arn).at(-1)).toMatchObject({ status: 'STOPPED' });
  expect(rig.plane.reportsOf(kept.arn)).toHaveLength(1);
});

test('a manifest no newer than what was seen is discarded, also after a restart', async () => {
  const rig = await started();
  rig.plane.run(aPayloadTask());
  await rig.clock.advance(1000);
  await rig.kill();
  await rig.start();
  const stale = rig.plane.push('TaskManifestMessage', { timeline: 1, tasks: [] });
  await rig.clock.advance(1000);
  expect(rig.plane.acknowledged(stale)).toBe(false);
  const fresh = rig.plane.push('TaskManifestMessage', { timeline: 2, tasks: [] });
  await rig.clock.advance(1000);
  expect(rig.plane.acknowledged(fresh)).toBe(true);
});

test('updates are declined with the reason, and unknown messages change nothing', async () => {
  const rig = await started();
  const message = { messageId: 'update', clusterArn: 'c', containerInstanceArn: 'i' };
  rig.plane.link()?.connection.send(JSON.stringify({ type: 'StageUpdateMessage', message }));
  const perform = { ...message, messageId: 'perform' };
  rig.plane.link()?.connection.send(JSON.stringify({ type: 'PerformUpdateMessage', message: perform }));
  rig.plane.link()?.connection.send(JSON.stringify({ type: 'Whatever', message }));
  rig.plane.link()?.connection.send('not a frame');
  await rig.clock.advance(0);
  const reason = 'This agent does not update itself: install its new version and start it again';
  expect(rig.plane.received('NackRequest')).toEqual([
    { cluster: 'c', containerInstance: 'i', messageId: 'update', reason },
    { cluster: 'c', containerInstance: 'i', messageId: 'perform', reason },
  ]);
  expect(acsDials(rig)).toBe(1);
});

test('telemetry is idle without tasks, names those that run, and tells a change of health at once', async () => {
  const rig = await started();
  await rig.clock.advance(0);
  expect(rig.plane.received('PublishMetricsRequest')).toMatchObject([
    { metadata: { idle: true, fin: true } },
  ]);
  const config = JSON.stringify({ Healthcheck: { Test: ['CMD-SHELL', 'true'] } });
  rig.plane.run(
    aPayloadTask({
      containers: [
        aPayloadContainer({
          healthCheckType: 'docker',
          dockerConfig: { config },
          environment: { FAKE_HEALTHY_AFTER: '3000' },
        }),
      ],
    }),
  );
  const startedAt = rig.clock.now();
  await rig.clock.advance(3000);
  expect(rig.plane.received('PublishHealthRequest').at(-1)).toMatchObject({
    metadata: { containerInstance: instanceArn },
    tasks: [
      {
        taskArn: payloadTaskArn('one'),
        containers: [
          { containerName: 'main', healthStatus: 'HEALTHY', statusSince: (startedAt + 3000) / 1000 },
        ],
      },
    ],
  });
  await rig.clock.advance(18_000);
  expect(rig.plane.received('PublishMetricsRequest').at(-1)).toMatchObject({
    metadata: { idle: false, fin: true },
    taskMetrics: [{ taskArn: payloadTaskArn('one'), containerMetrics: [{ containerName: 'main' }] }],
  });
});

test.each(['InvalidParameterException', 'ClientException'])('%s at registration is final', async (code) => {
  const rig = new AgentRig();
  rig.plane.refusals.set('RegisterContainerInstance', [new AgentCallError(code, 'no', 400)]);
  await rig.start();
  expect(rig.startError).toBeInstanceOf(AgentTerminated);
  expect(rig.startError).toMatchObject({ exitCode: 5 });
});

test('other refusals of the registration are waited out', async () => {
  const rig = new AgentRig();
  rig.plane.refusals.set('RegisterContainerInstance', [
    new AgentCallError('ThrottlingException', 'slow down', 400),
    new AgentCallError('ServerException', 'oops', 500),
  ]);
  rig.plane.reachable = false;
  await rig.start();
  await rig.clock.advance(10_000);
  rig.plane.reachable = true;
  await rig.clock.advance(5 * minute);
  expect(rig.startError).toBeUndefined();
  expect(acsDials(rig)).toBeGreaterThan(0);
});

test('without a configured cluster the default one is created where it is missing', async () => {
  const missing = new AgentCallError('ClusterNotFoundException', 'Cluster not found.', 400);
  const rig = new AgentRig();
  rig.plane.refusals.set('RegisterContainerInstance', [missing]);
  await rig.start();
  expect(rig.plane.calls.slice(0, 3).map(({ operation }) => operation)).toEqual([
    'RegisterContainerInstance',
    'CreateCluster',
    'RegisterContainerInstance',
  ]);
  expect(rig.plane.calls[1]?.input).toEqual({ clusterName: 'default' });
});

test('a configured cluster is never created', async () => {
  const missing = new AgentCallError('ClusterNotFoundException', 'Cluster not found.', 400);
  const rig = new AgentRig({ config: { cluster: 'mine' } });
  rig.plane.refusals.set('RegisterContainerInstance', [missing]);
  await rig.start();
  await rig.clock.advance(minute);
  expect(rig.plane.calls.map(({ operation }) => operation)).not.toContain('CreateCluster');
  expect(acsDials(rig)).toBe(1);
});

test('stopping during the start ends it with exit code 0', async () => {
  const rig = new AgentRig();
  rig.plane.reachable = false;
  await rig.start();
  rig.agent.stop();
  await rig.clock.advance(0);
  expect(rig.startError).toMatchObject({ exitCode: 0 });
});

test('a stopped agent closes its links and leaves the containers running', async () => {
  const rig = await started();
  rig.plane.run(aPayloadTask());
  await rig.clock.advance(1000);
  rig.agent.stop();
  await rig.clock.advance(10 * minute);
  expect(rig.plane.dials.map(({ open }) => open)).toEqual([false, false]);
  expect(rig.runtime.containers.map(({ status }) => status)).toEqual(['running']);
  expect(rig.clock.nextAt()).toBeUndefined();
});
