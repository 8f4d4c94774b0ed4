import { beforeEach, describe, expect, it } from 'vitest';
import type { PayloadMessage } from '../agent-protocol/messages.ts';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import { tasks as tasksTable } from '../aws/ecs/state/task/tasks.ts';
import { aContainer, aTask } from '../../test-support/builders/a-task.ts';
import { LinkRig } from '../../test-support/link-rig.ts';
import type { RecordingAgent } from '../../test-support/recording-agent.ts';

const told = (payload: PayloadMessage | undefined) =>
  payload?.tasks.map(({ arn, desiredStatus }) => `${arn.slice(-2)} ${desiredStatus}`);

describe('delivery', () => {
  let rig: LinkRig;
  let agent: RecordingAgent;
  const payloads = () => agent.all('PayloadMessage');

  beforeEach(async () => {
    rig = await LinkRig.open();
    agent = await rig.connect();
  });

  it('sends a new task without any time passing', async () => {
    rig.putTasks(aTask());
    await flushPromises();
    expect(payloads().map(told)).toEqual([['t1 RUNNING']]);
    expect(payloads()[0]).toMatchObject({
      clusterArn: 'arn:aws:ecs:us-east-1:000000000000:cluster/default',
      containerInstanceArn: 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/i1',
      generatedAt: rig.clock.now(),
    });
  });

  it('sends what one commit asks for in one payload, stops first', async () => {
    rig.putTasks(
      aTask({ id: 't1', createdAt: 3 }),
      aTask({ id: 't2', createdAt: 1 }),
      aTask({ id: 't3', createdAt: 2, lastStatus: 'RUNNING', desiredStatus: 'STOPPED' }),
    );
    await flushPromises();
    expect(payloads().map(told)).toEqual([['t3 STOPPED', 't2 RUNNING', 't1 RUNNING']]);
  });

  it('splits what is too much for one payload', async () => {
    rig.putTasks(...Array.from({ length: 120 }, (_, i) => aTask({ id: `t${i}` })));
    await flushPromises();
    expect(payloads().map(({ tasks }) => tasks.length)).toEqual([50, 50, 20]);
  });

  it('leaves the tasks of other instances alone', async () => {
    rig.putTasks(
      aTask({ containerInstanceArn: 'arn:aws:ecs:us-east-1:000000000000:container-instance/default/i2' }),
    );
    await flushPromises();
    expect(payloads()).toEqual([]);
  });

  it('sends again what was not acknowledged, later each time', async () => {
    rig.putTasks(aTask());
    await flushPromises();
    await rig.clock.advance(19_999);
    expect(payloads()).toHaveLength(1);
    await rig.clock.advance(1);
    expect(payloads().map(told)).toEqual([['t1 RUNNING'], ['t1 RUNNING']]);
    expect(payloads()[0]?.messageId).not.toBe(payloads()[1]?.messageId);
    await rig.clock.advance(39_999);
    expect(payloads()).toHaveLength(2);
    await rig.clock.advance(1);
    expect(payloads()).toHaveLength(3);
  });

  it('does not send again what was acknowledged', async () => {
    rig.putTasks(aTask());
    await flushPromises();
    agent.acknowledge(payloads()[0]!);
    await rig.clock.advance(60_000);
    rig.putTasks(aTask({ pullStartedAt: 1 }));
    await flushPromises();
    expect(payloads()).toHaveLength(1);
  });

  it('does not take an acknowledgement of another message for its own', async () => {
    rig.putTasks(aTask());
    await flushPromises();
    agent.acknowledge({ messageId: 'made-up' });
    await rig.clock.advance(20_000);
    expect(payloads()).toHaveLength(2);
  });

  it('never sends a task again that was reported stopped, though its payload is never acknowledged', async () => {
    rig.putTasks(aTask());
    await flushPromises();
    rig.putTasks(aTask({ desiredStatus: 'STOPPED', lastStatus: 'STOPPED' }));
    await rig.clock.advance(600_000);
    expect(payloads()).toHaveLength(1);
  });

  it('tells a running agent to stop a task, and again after that was lost', async () => {
    rig.putTasks(aTask());
    await flushPromises();
    agent.acknowledge(payloads()[0]!);
    rig.putTasks(aTask({ lastStatus: 'RUNNING' }));
    await flushPromises();
    expect(payloads()).toHaveLength(1);
    rig.putTasks(aTask({ lastStatus: 'RUNNING', desiredStatus: 'STOPPED' }));
    await rig.clock.advance(20_000);
    expect(payloads().slice(1).map(told)).toEqual([['t1 STOPPED'], ['t1 STOPPED']]);
    rig.putTasks(aTask({ lastStatus: 'STOPPED', desiredStatus: 'STOPPED' }));
    await rig.clock.advance(600_000);
    expect(payloads()).toHaveLength(3);
  });

  it('sends the stop of a task whose start is not acknowledged, and no start any more', async () => {
    rig.putTasks(aTask());
    await flushPromises();
    rig.putTasks(aTask({ desiredStatus: 'STOPPED' }));
    await rig.clock.advance(20_000);
    const later = payloads().slice(1).flatMap(told);
    expect(new Set(later)).toEqual(new Set(['t1 STOPPED']));
  });

  it('sends what is not yet running again on a new connection, acknowledged or not', async () => {
    rig.putTasks(aTask({ id: 't1' }), aTask({ id: 't2' }));
    await flushPromises();
    agent.acknowledge(payloads()[0]!);
    await flushPromises();
    rig.putTasks(aTask({ id: 't1', lastStatus: 'RUNNING' }));
    agent.close();
    agent = await rig.connect();
    expect(payloads().map(told)).toEqual([['t2 RUNNING']]);
  });

  it('delivers after a reconnect what was asked for while the agent was away', async () => {
    agent.close();
    await flushPromises();
    rig.putTasks(aTask({ id: 't1' }), aTask({ id: 't2', lastStatus: 'RUNNING', desiredStatus: 'STOPPED' }));
    await flushPromises();
    agent = await rig.connect();
    expect(payloads().map(told)).toEqual([['t2 STOPPED', 't1 RUNNING']]);
  });

  it('keeps the neighbours of a task that no payload can carry', async () => {
    rig.putTasks(aTask({ id: 't1', containers: [aContainer({ name: 'nobody' })] }), aTask({ id: 't2' }));
    await flushPromises();
    expect(payloads().map(told)).toEqual([['t2 RUNNING']]);
  });

  it('stops a task whose definition is gone', async () => {
    rig.putTasks(aTask({ revision: 9, lastStatus: 'RUNNING', desiredStatus: 'STOPPED' }));
    await flushPromises();
    expect(payloads()[0]?.tasks[0]).toMatchObject({ desiredStatus: 'STOPPED', containers: [] });
  });

  it('forgets a task that was removed', async () => {
    rig.putTasks(aTask());
    await flushPromises();
    rig.store.update((tx) => {
      tx.table(tasksTable).delete(aTask().arn);
    });
    await rig.clock.advance(600_000);
    expect(payloads()).toHaveLength(1);
  });
});

describe('delivery before durability', () => {
  it('sends nothing that a crash could take back', async () => {
    const rig = await LinkRig.open('manual');
    const agent = await rig.connect();
    rig.journal.flush();
    await flushPromises();
    agent.newTypes();
    rig.putTasks(aTask());
    await flushPromises();
    expect(agent.newTypes()).toEqual([]);
    rig.journal.flush();
    await flushPromises();
    expect(agent.newTypes()).toEqual(['PayloadMessage']);
  });

  it('sends a task as it became, not as it was when its turn came', async () => {
    const rig = await LinkRig.open('manual');
    const agent = await rig.connect();
    rig.journal.flush();
    await flushPromises();
    rig.putTasks(aTask());
    const first = rig.store.revision;
    rig.putTasks(aTask({ desiredStatus: 'STOPPED' }));
    rig.journal.flush(first);
    await flushPromises();
    expect(agent.all('PayloadMessage')).toEqual([]);
    rig.journal.flush();
    await flushPromises();
    expect(agent.all('PayloadMessage').map(told)).toEqual([['t1 STOPPED']]);
  });
});
