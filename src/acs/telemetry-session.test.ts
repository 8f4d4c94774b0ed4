import { beforeEach, describe, expect, it } from 'vitest';
import { instanceHealth } from '../aws/ecs/state/instance/instance-health-table.ts';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import { aContainer, aTask } from '../../test-support/builders/a-task.ts';
import { LinkRig } from '../../test-support/link-rig.ts';
import type { RecordingAgent } from '../../test-support/recording-agent.ts';

const elsewhere = 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/i2';
const signed = (frame: object) =>
  `Authorization: AWS4-HMAC-SHA256 x\r\nHost: h:1\r\nX-Amz-Date: d\r\n\r\n${JSON.stringify(frame)}`;

const healthFrame = (tasks: Record<string, Record<string, string>>) => ({
  type: 'PublishHealthRequest',
  message: {
    metadata: { cluster: 'default', containerInstance: 'i1', messageId: 'm1', fin: true },
    timestamp: 1,
    tasks: Object.entries(tasks).map(([taskArn, containers]) => ({
      taskArn,
      taskDefinitionFamily: 'web',
      taskDefinitionVersion: '1',
      containers: Object.entries(containers).map(([containerName, healthStatus]) => ({
        containerName,
        healthStatus,
        statusSince: 1,
      })),
    })),
  },
});

describe('telemetry', () => {
  let rig: LinkRig;
  let agent: RecordingAgent;
  const { arn } = aTask();
  const running = aTask({
    lastStatus: 'RUNNING',
    containers: [aContainer(), aContainer({ name: 'sidecar' })],
  });
  const health = (of = arn) => rig.task(of)?.containers.map((c) => c.healthStatus);

  beforeEach(async () => {
    rig = await LinkRig.open();
    rig.putTasks(running);
    agent = await rig.connectTelemetry();
  });

  const report = async (tasks: Record<string, Record<string, string>>) => {
    agent.sendText(signed(healthFrame(tasks)));
    await flushPromises();
  };

  it.each([
    ['PublishMetricsRequest', 'AckPublishMetric'],
    ['PublishHealthRequest', 'AckPublishHealth'],
    ['PublishInstanceStatusRequest', 'AckPublishInstanceStatus'],
  ])('acknowledges %s with %s', async (type, acknowledgement) => {
    agent.sendText(signed({ type, message: { metadata: {}, timestamp: 1 } }));
    await flushPromises();
    expect(agent.newTypes()).toEqual([acknowledgement]);
  });

  it('acknowledges a frame without signed header lines too', async () => {
    agent.sendText(JSON.stringify({ type: 'PublishMetricsRequest', message: {} }));
    await flushPromises();
    expect(agent.newTypes()).toEqual(['AckPublishMetric']);
  });

  it('keeps the health of the containers named', async () => {
    await report({ [arn]: { app: 'HEALTHY' } });
    expect(health()).toEqual(['HEALTHY', 'UNKNOWN']);
    await report({ [arn]: { app: 'UNHEALTHY', sidecar: 'HEALTHY' } });
    expect(health()).toEqual(['UNHEALTHY', 'HEALTHY']);
  });

  it('writes nothing when nothing changed', async () => {
    await report({ [arn]: { app: 'HEALTHY' } });
    const { revision } = rig.store;
    await report({ [arn]: { app: 'HEALTHY' } });
    expect(rig.store.revision).toBe(revision);
  });

  it('writes what one report changes in one commit', async () => {
    const other = aTask({ id: 't2', lastStatus: 'RUNNING' });
    rig.putTasks(other);
    const { revision } = rig.store;
    await report({ [arn]: { app: 'HEALTHY' }, [other.arn]: { app: 'UNHEALTHY' } });
    expect(rig.store.revision).toBe(revision + 1);
    expect(health(other.arn)).toEqual(['UNHEALTHY']);
  });

  it('leaves alone tasks that are elsewhere, stopped or unknown, and containers that are not theirs', async () => {
    const foreign = aTask({ id: 't2', lastStatus: 'RUNNING', containerInstanceArn: elsewhere });
    const stopped = aTask({ id: 't3', lastStatus: 'STOPPED', desiredStatus: 'STOPPED' });
    rig.putTasks(foreign, stopped);
    const { revision } = rig.store;
    await report({
      [foreign.arn]: { app: 'UNHEALTHY' },
      [stopped.arn]: { app: 'UNHEALTHY' },
      'arn:nobody': { app: 'UNHEALTHY' },
      [arn]: { stranger: 'UNHEALTHY' },
    });
    expect(rig.store.revision).toBe(revision);
    expect(agent.newTypes()).toEqual(['AckPublishHealth']);
  });

  it.each([
    ['nonsense', 'x'],
    ['header lines alone', 'A: b\r\n\r\n'],
    ['an unknown type', signed({ type: 'toString', message: {} })],
    [
      'tasks that are none',
      signed({ type: 'PublishHealthRequest', message: { tasks: [null, 3, { taskArn: 4 }] } }),
    ],
    [
      'a health that is none',
      signed({
        type: 'PublishHealthRequest',
        message: {
          tasks: [{ taskArn: arn, containers: [null, { containerName: 'app', healthStatus: 'GREAT' }] }],
        },
      }),
    ],
  ])('outlives %s', async (_, text) => {
    agent.sendText(text);
    await report({ [arn]: { app: 'HEALTHY' } });
    expect(agent.closed).toBeUndefined();
    expect(new Set(agent.newTypes())).toEqual(new Set(['AckPublishHealth']));
    expect(health()).toEqual(['HEALTHY', 'UNKNOWN']);
  });

  it('keeps the latest health of the host, until the process ends', async () => {
    const hostHealth = () =>
      rig.store.view((tx) => tx.table(instanceHealth).get(rig.instance()!.arn))?.checks.map((c) => c.status);
    const status = async (...statuses: object[]) => {
      agent.sendText(signed({ type: 'PublishInstanceStatusRequest', message: { statuses } }));
      await flushPromises();
    };
    expect(hostHealth()).toBeUndefined();
    const { revision } = rig.store;
    await status({ type: 'ContainerRuntime', status: 'OK' }, { type: 'Daemon', status: 'OK' });
    expect(hostHealth()).toEqual(['OK', 'OK']);
    await status({ type: 'ContainerRuntime', status: 'IMPAIRED' });
    expect(hostHealth()).toEqual(['IMPAIRED']);
    await status({ type: 'ContainerRuntime', status: 'GREAT' });
    expect(hostHealth()).toEqual(['IMPAIRED']);
    expect(agent.newTypes()).toEqual(Array(3).fill('AckPublishInstanceStatus'));
    expect(rig.store.revision).toBe(revision);
  });

  it('beats for an agent that has no metrics to send', async () => {
    await rig.clock.advance(60_000);
    expect(agent.all('HeartbeatMessage')).toEqual([{ healthy: true }, { healthy: true }]);
  });

  it('does not make the instance connected', () => {
    expect(rig.isConnected()).toBe(false);
  });

  it('lets a second link replace the first', async () => {
    const second = await rig.connectTelemetry();
    expect(agent.closed?.code).toBe(1008);
    second.sendText(signed(healthFrame({ [arn]: { app: 'HEALTHY' } })));
    await flushPromises();
    expect(health()).toEqual(['HEALTHY', 'UNKNOWN']);
  });
});
