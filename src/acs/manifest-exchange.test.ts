import { beforeEach, describe, expect, it } from 'vitest';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import { aTask } from '../../test-support/builders/a-task.ts';
import { LinkRig } from '../../test-support/link-rig.ts';
import type { RecordingAgent } from '../../test-support/recording-agent.ts';

const elsewhere = 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/i2';

describe('manifest', () => {
  let rig: LinkRig;
  let agent: RecordingAgent;
  const manifests = () => agent.all('TaskManifestMessage');

  beforeEach(async () => {
    rig = await LinkRig.open();
    rig.putTasks(
      aTask({ id: 't1', lastStatus: 'RUNNING' }),
      aTask({ id: 't2', lastStatus: 'RUNNING', desiredStatus: 'STOPPED' }),
      aTask({ id: 't3', lastStatus: 'STOPPED', desiredStatus: 'STOPPED' }),
      aTask({ id: 't4', lastStatus: 'RUNNING', containerInstanceArn: elsewhere }),
    );
    agent = await rig.connect();
  });

  it('lists what lives on the instance, with its desired status', () => {
    expect(manifests()).toHaveLength(1);
    expect(manifests()[0]?.tasks.map((t) => `${t.taskArn.slice(-2)} ${t.desiredStatus}`)).toEqual([
      't1 RUNNING',
      't2 STOPPED',
    ]);
  });

  it('says what the control plane was told of each task and its containers', () => {
    expect(manifests()[0]?.tasks[0]?.longshoreTold).toEqual({
      status: 'RUNNING',
      containers: { app: 'PENDING' },
    });
  });

  it('counts up from connection to connection, even within one instant', async () => {
    const timelines = [manifests()[0]!.timeline];
    for (let round = 0; round < 3; round++) {
      agent = await rig.connect();
      timelines.push(manifests()[0]!.timeline);
    }
    expect(timelines).toEqual([...new Set(timelines)].toSorted((a, b) => a - b));
  });

  it('goes out again under a greater number until it is acknowledged', async () => {
    await rig.clock.advance(20_000);
    expect(manifests()).toHaveLength(2);
    expect(manifests()[1]!.timeline).toBeGreaterThan(manifests()[0]!.timeline);
    agent.acknowledge(manifests()[1]!);
    await rig.clock.advance(50_000);
    expect(manifests()).toHaveLength(2);
  });

  it('is not sent before its number is durable', async () => {
    const slow = await LinkRig.open('manual');
    const waiting = await slow.connect();
    expect(waiting.newTypes()).toEqual([]);
    slow.journal.flush();
    await flushPromises();
    expect(waiting.newTypes()).toEqual(['TaskManifestMessage']);
  });

  describe('stop verification', () => {
    const ask = async (messageId: string, ...arns: string[]) => {
      const stopCandidates = arns.map((taskArn) => ({
        taskArn,
        taskClusterArn: 'default',
        desiredStatus: 'STOPPED',
      }));
      agent.send('TaskStopVerificationMessage', { messageId, stopCandidates });
      await flushPromises();
      return agent.all('TaskStopVerificationAck');
    };

    it('confirms the stop of all that should not run here, and of nothing else', async () => {
      const ids = ['t1', 't2', 't3', 't4', 'unknown'];
      const acks = await ask(manifests()[0]!.messageId, ...ids.map((id) => aTask({ id }).arn));
      expect(acks).toHaveLength(1);
      expect(acks[0]?.messageId).toBe(manifests()[0]!.messageId);
      expect(acks[0]?.stopTasks.map(({ taskArn }) => taskArn)).toEqual(
        ['t2', 't3', 't4', 'unknown'].map((id) => aTask({ id }).arn),
      );
    });

    it('goes by what is wanted now, not by what the manifest said', async () => {
      rig.putTasks(aTask({ id: 't5' }), aTask({ id: 't1', lastStatus: 'RUNNING', desiredStatus: 'STOPPED' }));
      const acks = await ask(manifests()[0]!.messageId, aTask({ id: 't5' }).arn, aTask({ id: 't1' }).arn);
      expect(acks[0]?.stopTasks.map(({ taskArn }) => taskArn)).toEqual([aTask({ id: 't1' }).arn]);
    });

    it('does not answer to a manifest that it did not send', async () => {
      expect(await ask('made-up', aTask({ id: 't2' }).arn)).toEqual([]);
    });

    it('reads past candidates that are none', async () => {
      const stopCandidates = [null, 7, {}, { taskArn: 7 }, { taskArn: aTask({ id: 't2' }).arn }];
      agent.send('TaskStopVerificationMessage', { messageId: manifests()[0]!.messageId, stopCandidates });
      await flushPromises();
      expect(agent.all('TaskStopVerificationAck')[0]?.stopTasks).toHaveLength(1);
    });

    it('does not change the tasks of another instance', async () => {
      const before = rig.task(aTask({ id: 't4' }).arn);
      await ask(manifests()[0]!.messageId, aTask({ id: 't4' }).arn);
      expect(rig.task(aTask({ id: 't4' }).arn)).toBe(before);
    });
  });
});

describe('sequence', () => {
  it('passes what an agent may remember from before a backup was restored', async () => {
    const rig = await LinkRig.open();
    const old = await rig.connect();
    await rig.clock.advance(3_600_000);
    const restored = await LinkRig.open();
    await restored.clock.advance(3_600_000);
    const agent = await restored.connect();
    const timeline = (from: RecordingAgent) => from.all('TaskManifestMessage').at(-1)!.timeline;
    expect(timeline(agent)).toBeGreaterThan(timeline(old));
  });
});
