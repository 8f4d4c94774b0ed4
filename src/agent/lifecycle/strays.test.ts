import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { aKnownTask } from '../../../test-support/builders/a-known-task.ts';
import { payloadTaskArn } from '../../../test-support/builders/a-payload-task.ts';
import { seededRandom } from '../../lib/random.ts';
import { agentIdLabel, containerNameLabel, taskArnLabel } from '../engine/label-names.ts';
import type { KnownTask } from '../task/known-task.ts';
import type { ContainerState, ListedContainer } from '../engine/runtime.ts';
import { sortOut, strayTask } from './strays.ts';

const me = 'a'.repeat(32);
const listed = (id: string, task: string, fields: Partial<ListedContainer> = {}, agent = me) => ({
  id,
  labels: { [taskArnLabel]: payloadTaskArn(task), ...(agent !== '' && { [agentIdLabel]: agent }) },
  isRunning: true,
  ...fields,
});
const known = (task: string, stage: 'RUNNING' | 'STOPPED'): KnownTask =>
  aKnownTask({ arn: payloadTaskArn(task) }, { main: { stage, runtimeId: `${task}-main` } });
const among =
  (...tasks: readonly KnownTask[]) =>
  (arn: string): KnownTask | undefined =>
    tasks.find(({ task }) => task.arn === arn);

describe('sortOut', () => {
  it('finds containers that run though their task knows that they stopped', () => {
    const all = [listed('one-main', 'one'), listed('two-main', 'two'), listed('three-main', 'three')];
    const quiet = { ...all[2]!, isRunning: false };
    const tasks = among(known('one', 'STOPPED'), known('two', 'RUNNING'), known('three', 'STOPPED'));
    expect(sortOut([all[0]!, all[1]!, quiet], tasks, me)).toEqual({
      revived: [{ taskArn: payloadTaskArn('one'), container: 'main' }],
      strays: new Map(),
    });
  });

  it('finds the containers of tasks that are not known, running or not', () => {
    const all = [listed('c1', 'gone'), listed('c2', 'gone', { isRunning: false }), listed('c3', 'other')];
    expect(sortOut(all, among(), me).strays).toEqual(
      new Map([
        [payloadTaskArn('gone'), ['c1', 'c2']],
        [payloadTaskArn('other'), ['c3']],
      ]),
    );
  });

  it.each([
    ['of another agent', 'b'.repeat(32), me],
    ['without a mark', '', me],
    ['while it has no mark itself', me, ''],
    ['without a mark, while it has none itself', '', ''],
  ])('leaves containers %s alone', (_whose, theirs, mine) => {
    expect(sortOut([listed('c1', 'gone', {}, theirs)], among(), mine).strays.size).toBe(0);
  });

  test('whatever is listed, it takes for strays only its own, and never what belongs to a task that it knows', () => {
    const one = fc.record({
      id: fc.string(),
      task: fc.constantFrom('one', 'two', 'three'),
      agent: fc.constantFrom(me, 'b'.repeat(32), ''),
      isRunning: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one), fc.constantFrom(me, ''), (containers, agentId) => {
        const all = containers.map(({ id, task, agent, ...rest }) => listed(id, task, rest, agent));
        const tasks = among(known('one', 'STOPPED'));
        const { strays } = sortOut(all, tasks, agentId);
        const mine = all.filter(({ labels }) => agentId !== '' && labels[agentIdLabel] === agentId);
        const unknown = mine.filter(({ labels }) => labels[taskArnLabel] !== payloadTaskArn('one'));
        expect([...strays.values()].flat().toSorted()).toEqual(unknown.map(({ id }) => id).toSorted());
      }),
    );
  });
});

const aState = (fields: Partial<ContainerState>): ContainerState => ({
  id: 'c1',
  name: 'ecs-web-3-main-0',
  image: 'web:1',
  imageId: 'sha256:1',
  labels: {
    [containerNameLabel]: 'main',
    'com.amazonaws.ecs.task-definition-family': 'web',
    'com.amazonaws.ecs.task-definition-version': '3',
  },
  status: 'running',
  oomKilled: false,
  error: '',
  createdAt: 1,
  ports: [{ containerPort: 80, hostPort: 8080, hostIp: '0.0.0.0', protocol: 'tcp' }],
  ...fields,
});

test('a stray task is one to be stopped, with all of its containers and what they hold', () => {
  const states = [aState({}), aState({ id: 'c2', name: 'ecs-web-3-main-1' })];
  const task = strayTask(payloadTaskArn('gone'), states, 4, seededRandom(1));
  expect(task).toMatchObject({
    task: { arn: payloadTaskArn('gone'), family: 'web', version: '3' },
    order: 4,
    desiredStatus: 'STOPPED',
    admitted: true,
    containers: {
      main: { runtimeId: 'c1', runtimeName: 'ecs-web-3-main-0', ports: states[0]!.ports },
      'main-2': { runtimeId: 'c2', runtimeName: 'ecs-web-3-main-1' },
    },
    reported: 'NONE',
  });
});
