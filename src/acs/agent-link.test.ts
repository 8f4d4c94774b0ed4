import { beforeEach, describe, expect, it } from 'vitest';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import { aContainerInstance } from '../../test-support/builders/a-container-instance.ts';
import { aTask } from '../../test-support/builders/a-task.ts';
import { connectionPair } from '../../test-support/connection-pair.ts';
import { LinkRig } from '../../test-support/link-rig.ts';
import { agentConnectParams, telemetryConnectParams } from './connect-params.ts';

const arn = aContainerInstance().arn;
/** Ms after which the log is told of an agent that is away. */
const absenceIsTold = 10_000;

describe('agent link', () => {
  let rig: LinkRig;
  beforeEach(async () => {
    rig = await LinkRig.open();
  });

  it('makes an instance connected while its agent has a session', async () => {
    expect(rig.isConnected()).toBe(false);
    const agent = await rig.connect();
    expect(rig.isConnected()).toBe(true);
    agent.close();
    await flushPromises();
    expect(rig.isConnected()).toBe(false);
  });

  it('takes the versions from the connect parameters, and writes the instance only when they are new', async () => {
    const query = {
      agentVersion: '1.105.1',
      agentHash: '*a8b3e7d3',
      dockerVersion: 'DockerVersion: 20.10.24',
    };
    const first = await rig.connect(query);
    const instance = rig.instance();
    expect(instance?.versionInfo).toEqual(query);
    first.close();
    await flushPromises();
    await rig.connect(query);
    expect(rig.instance()?.version).toBe(instance?.version);
  });

  it('lets a second session of an instance replace the first, which must not undo it', async () => {
    const first = await rig.connect();
    const second = await rig.connect();
    expect(first.closed?.code).toBe(1008);
    first.close();
    await flushPromises();
    expect(rig.isConnected()).toBe(true);
    second.newTypes();
    rig.putTasks(aTask());
    await flushPromises();
    expect(second.newTypes()).toEqual(['PayloadMessage']);
    expect(first.all('PayloadMessage')).toEqual([]);
  });

  it('sends the manifest first, then what there is to do', async () => {
    rig.putTasks(aTask());
    const agent = await rig.connect();
    expect(agent.newTypes()).toEqual(['TaskManifestMessage', 'PayloadMessage']);
  });

  it('beats often enough for the agent, and stays with one that answers', async () => {
    const agent = await rig.connect();
    for (let minute = 0; minute < 10; minute++) {
      await rig.clock.advance(60_000);
      const beats = agent.all('HeartbeatMessage');
      expect(beats).toHaveLength(2 * (minute + 1));
      expect(beats.at(-1)?.healthy).toBe(true);
      agent.send('HeartbeatAckRequest', { messageId: beats.at(-1)?.messageId });
    }
    expect(rig.isConnected()).toBe(true);
  });

  it('drops an agent that has said nothing for 75 s', async () => {
    const agent = await rig.connect();
    await rig.clock.advance(74_999);
    expect(rig.isConnected()).toBe(true);
    await rig.clock.advance(1);
    expect(rig.isConnected()).toBe(false);
    expect(agent.closed?.code).toBe(1011);
    await rig.clock.advance(absenceIsTold);
    expect(rig.clock.nextAt()).toBeUndefined();
  });

  it('does not expect answers of an agent of protocol version 1', async () => {
    await rig.connect({ protocolVersion: '1' });
    await rig.clock.advance(600_000);
    expect(rig.isConnected()).toBe(true);
  });

  it('leaves no timer behind when a session ends', async () => {
    const agent = await rig.connect();
    rig.putTasks(aTask());
    await flushPromises();
    agent.close();
    await flushPromises();
    expect(rig.clock.nextAt()).toBe(rig.clock.now() + absenceIsTold);
    await rig.clock.advance(absenceIsTold);
    expect(rig.clock.nextAt()).toBeUndefined();
  });

  it('ends the links of an instance that is deregistered, so that its agent hears it', async () => {
    const [agent, telemetry] = [await rig.connect(), await rig.connectTelemetry()];
    rig.putInstance(aContainerInstance({ status: 'INACTIVE' }));
    await flushPromises();
    expect(agent.closed?.code).toBe(1000);
    expect(telemetry.closed?.code).toBe(1000);
    await expect(rig.connect()).rejects.toMatchObject({ code: 'InactiveInstanceException' });
  });

  it('tells the agents to come back when it closes', async () => {
    const [agent, telemetry] = [await rig.connect(), await rig.connectTelemetry()];
    rig.link.close();
    await flushPromises();
    expect([agent.closed?.code, telemetry.closed?.code]).toEqual([1001, 1001]);
    expect(rig.isConnected()).toBe(false);
  });

  it.each([
    ['nonsense', 'not json'],
    ['no object', '[]'],
    ['no message', '{"type":"AckRequest"}'],
    ['an unknown type', '{"type":"Whatever","message":{"messageId":"1"}}'],
    ['an ack without an id', '{"type":"AckRequest","message":{}}'],
    ['an ack of a wrong type', '{"type":"AckRequest","message":{"messageId":7}}'],
    [
      'candidates that are no list',
      '{"type":"TaskStopVerificationMessage","message":{"messageId":"1","stopCandidates":3}}',
    ],
    ['prototype games', '{"type":"__proto__","message":{"__proto__":{"messageId":"1"}}}'],
    ['a large frame', `{"type":"AckRequest","message":{"messageId":"${'x'.repeat(1_000_000)}"}}`],
  ])('outlives %s', async (_, text) => {
    const agent = await rig.connect();
    agent.sendText(text);
    await flushPromises();
    rig.putTasks(aTask());
    await flushPromises();
    expect(agent.closed).toBeUndefined();
    expect(agent.all('PayloadMessage')).toHaveLength(1);
  });
});

describe('admission', () => {
  const owner = { accountId: '000000000000', region: 'us-east-1' };
  const refusals = [
    ['an unknown instance', { containerInstanceArn: `${arn}x` }, owner, 'InvalidInstanceException'],
    ['another account', {}, { ...owner, accountId: '111111111111' }, 'AccessDeniedException'],
    ['another region', {}, { ...owner, region: 'eu-west-1' }, 'AccessDeniedException'],
    ['another cluster', { clusterArn: 'other' }, owner, 'InvalidClusterException'],
  ] as const;

  it.each(refusals)('refuses %s on the command link', async (_, query, caller, code) => {
    const rig = await LinkRig.open();
    const params = agentConnectParams(new URLSearchParams({ containerInstanceArn: arn, ...query }));
    expect(() => rig.link.accept(connectionPair()[0], params, caller)).toThrow(
      expect.objectContaining({ code }),
    );
    expect(rig.isConnected()).toBe(false);
  });

  it.each(refusals)('refuses %s on the telemetry link', async (_, query, caller, code) => {
    const rig = await LinkRig.open();
    const params = {
      ...telemetryConnectParams(new URLSearchParams({ containerInstance: arn })),
      ...renamed(query),
    };
    expect(() => rig.link.acceptTelemetry(connectionPair()[0], params, caller)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  const renamed = (query: { clusterArn?: string; containerInstanceArn?: string }) => ({
    ...(query.clusterArn === undefined ? {} : { cluster: query.clusterArn }),
    ...(query.containerInstanceArn === undefined ? {} : { containerInstanceArn: query.containerInstanceArn }),
  });

  it.each(['', 'default', 'arn:aws:ecs:us-east-1:000000000000:cluster/default'])(
    'takes cluster %j for the cluster of the instance',
    async (clusterArn) => {
      const rig = await LinkRig.open();
      await rig.connect({ clusterArn });
      expect(rig.isConnected()).toBe(true);
    },
  );

  it('admits a draining instance', async () => {
    const rig = await LinkRig.open();
    rig.putInstance(aContainerInstance({ status: 'DRAINING' }));
    await rig.connect();
    expect(rig.isConnected()).toBe(true);
  });
});
