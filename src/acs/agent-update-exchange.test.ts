import { beforeEach, expect, test } from 'vitest';
import { flushPromises } from '../../test-support/virtual-clock.ts';
import {
  isAgentUpdating,
  withAgentUpdate,
  withReregisteredAgent,
} from '../aws/ecs/state/instance/agent-update.ts';
import type { AgentUpdateStatus } from '../aws/ecs/state/instance/container-instance.ts';
import { containerInstances } from '../aws/ecs/state/instance/container-instances.ts';
import { aContainerInstance } from '../../test-support/builders/a-container-instance.ts';
import { LinkRig } from '../../test-support/link-rig.ts';
import type { RecordingAgent } from '../../test-support/recording-agent.ts';

const location = 'http://files/agent';
const signature = 'ab'.repeat(32);
const release = { version: '1.99.0', location, signature };

let rig: LinkRig;
let agent: RecordingAgent;
const staged = () => agent.all('StageUpdateMessage');
const performed = () => agent.all('PerformUpdateMessage');
const status = () => rig.instance()!.agentUpdateStatus;

const ask = async (id = 'u1') => {
  rig.putInstance(withAgentUpdate(rig.instance()!, release, id, rig.clock.now()));
  await flushPromises();
};
const answer = async (message: { readonly messageId: string }) => {
  agent.acknowledge(message);
  await flushPromises();
};
const register = async (agentVersion: string) => {
  rig.putInstance(withReregisteredAgent(rig.instance()!, { agentVersion }, rig.clock.now()));
  await flushPromises();
};

beforeEach(async () => {
  rig = await LinkRig.open();
  agent = await rig.connect();
});

test('stages, performs, and waits for the agent to come back', async () => {
  const seen: (AgentUpdateStatus | undefined)[] = [];
  rig.store.watch(containerInstances, (changes) => {
    for (const { after } of changes) seen.push(after?.agentUpdateStatus);
  });
  await ask();
  const addressed = {
    clusterArn: aContainerInstance().clusterArn,
    containerInstanceArn: aContainerInstance().arn,
    updateInfo: { location, signature },
  };
  expect(staged()).toEqual([{ messageId: expect.any(String), ...addressed }]);
  expect(performed()).toEqual([]);
  await answer(staged()[0]!);
  expect(performed()).toEqual([{ messageId: expect.any(String), ...addressed }]);
  expect(performed()[0]!.messageId).not.toBe(staged()[0]!.messageId);
  await answer(performed()[0]!);
  await rig.clock.advance(70_000);
  expect([staged().length, performed().length]).toEqual([1, 1]);
  expect(status()).toBe('UPDATING');
  await register('1.99.0');
  expect(seen).toEqual(['PENDING', 'STAGING', 'STAGED', 'UPDATING', 'UPDATING', 'UPDATED']);
  expect(isAgentUpdating(rig.instance()!)).toBe(false);
});

test.each(['StageUpdateMessage', 'PerformUpdateMessage'] as const)(
  'a refused %s is the end of it, until it is asked for again',
  async (type) => {
    await ask();
    if (type === 'PerformUpdateMessage') await answer(staged()[0]!);
    agent.refuse(agent.all(type)[0]!, 'no');
    await flushPromises();
    expect(status()).toBe('FAILED');
    await rig.clock.advance(70_000);
    const sent = staged().length;
    await ask('u2');
    expect(staged()).toHaveLength(sent + 1);
    expect(status()).toBe('STAGING');
    agent.acknowledge(agent.all(type)[0]!);
    await flushPromises();
    expect(status()).toBe('STAGING');
  },
);

test('sends again what is not answered, and takes the answer to any of it', async () => {
  await ask();
  await rig.clock.advance(19_999);
  expect(staged()).toHaveLength(1);
  await rig.clock.advance(1);
  expect(staged()).toHaveLength(2);
  await rig.clock.advance(40_000);
  expect(staged()).toHaveLength(3);
  await answer(staged()[1]!);
  expect(performed()).toHaveLength(1);
  await rig.clock.advance(20_000);
  expect([staged().length, performed().length]).toEqual([3, 2]);
});

test('a connection that comes back is told again what has no answer', async () => {
  await ask();
  agent = await rig.connect();
  expect(staged()).toHaveLength(1);
  await answer(staged()[0]!);
  agent = await rig.connect();
  expect([staged().length, performed().length]).toEqual([0, 1]);
  await answer(performed()[0]!);
  agent = await rig.connect();
  expect([staged().length, performed().length]).toEqual([0, 0]);
});

test('an agent that was away is told when it connects', async () => {
  agent.close();
  await flushPromises();
  await ask();
  expect(status()).toBe('PENDING');
  agent = await rig.connect();
  expect(staged()).toHaveLength(1);
  expect(status()).toBe('STAGING');
});

test('an agent that starts anew before it performed stages anew', async () => {
  await ask();
  agent.close();
  await register('1.98.0');
  expect(status()).toBe('PENDING');
  agent = await rig.connect({ agentVersion: '1.98.0' });
  expect(staged()).toHaveLength(1);
});

test('answers to nothing that was sent change nothing', async () => {
  await ask();
  await answer({ messageId: 'made-up' });
  agent.refuse({ messageId: 'made-up' }, 'no');
  agent.refuse(agent.all('TaskManifestMessage')[0]!, 'no');
  await flushPromises();
  expect(status()).toBe('STAGING');
  expect(performed()).toEqual([]);
});

test('nothing is sent before it is durable', async () => {
  rig = await LinkRig.open('manual');
  agent = await rig.connect();
  const flush = async () => {
    rig.journal.flush();
    await flushPromises();
  };
  await flush();
  await ask();
  expect(status()).toBe('PENDING');
  await flush();
  expect(status()).toBe('STAGING');
  expect(staged()).toEqual([]);
  await flush();
  expect(staged()).toHaveLength(1);
  await answer(staged()[0]!);
  expect(status()).toBe('STAGED');
  await flush();
  expect(performed()).toEqual([]);
  await flush();
  expect(performed()).toHaveLength(1);
});
