import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aKnownTask } from '../../../test-support/builders/a-known-task.ts';
import { aPayloadContainer, payloadTaskArn } from '../../../test-support/builders/a-payload-task.ts';
import type { PayloadContainer } from '../../agent-protocol/messages.ts';
import { containerReached, containerStopped } from '../task/changes.ts';
import { dependantsOf, startGate } from './dependencies.ts';
import { containerOf, isStopped, stageOf, wantsStop, type KnownTask } from '../task/known-task.ts';
import { nextStep, type Busy, type Step } from './next-step.ts';

const idle: Busy = { containers: new Map(), task: false };
const now = 1_000_000;

describe('one container', () => {
  test.each([
    ['NONE', 'pull'],
    ['PULLED', 'create'],
    ['CREATED', 'start'],
    ['RUNNING', 'wait'],
  ] as const)('at %s the next step is %s', (stage, kind) => {
    expect(nextStep(aKnownTask({}, { main: { stage } }), idle, now).kind).toBe(kind);
  });

  test('waits without doing anything while its resources are not set aside', () => {
    expect(nextStep(aKnownTask({}, {}, { admitted: false }), idle, now)).toEqual({ kind: 'wait' });
  });

  test('is stopped when the task is to stop, and abandoned where it never ran, even in mid-pull', () => {
    const stopping = { desiredStatus: 'STOPPED' } as const;
    expect(nextStep(aKnownTask({}, { main: { stage: 'RUNNING' } }, stopping), idle, now)).toEqual({
      kind: 'stop',
      container: 'main',
    });
    const pulling: Busy = { containers: new Map([['main', 'pull']]), task: false };
    expect(nextStep(aKnownTask({}, {}, stopping), pulling, now)).toEqual({
      kind: 'abandon',
      container: 'main',
    });
  });

  test.each(['create', 'start', 'stop'] as const)('is left alone while a %s is under way', (doing) => {
    const busy: Busy = { containers: new Map([['main', doing]]), task: false };
    const known = aKnownTask({}, { main: { stage: 'CREATED' } }, { desiredStatus: 'STOPPED' });
    expect(nextStep(known, busy, now).kind).toBe('wait');
  });
});

test('volumes come first, images are pulled beside them, and no container is created without them', () => {
  const known = aKnownTask({ volumes: [{ name: 'v', host: {} }] });
  expect(nextStep(known, idle, now).kind).toBe('prepare');
  expect(nextStep(known, { ...idle, task: true }, now).kind).toBe('pull');
  const pulled = aKnownTask({ volumes: [{ name: 'v', host: {} }] }, { main: { stage: 'PULLED' } });
  expect(nextStep(pulled, { ...idle, task: true }, now).kind).toBe('wait');
});

test('a wait for a dependency ends at its startTimeout', () => {
  const known = aKnownTask(
    {
      containers: [
        aPayloadContainer({ dependsOn: [{ containerName: 'db', condition: 'HEALTHY' }] }),
        aPayloadContainer({ name: 'db', startTimeout: 60 }),
      ],
    },
    { main: { stage: 'PULLED' }, db: { stage: 'RUNNING', startedAt: now } },
  );
  expect(nextStep(known, idle, now)).toEqual({ kind: 'wait', until: now + 60_000 });
  expect(nextStep(known, idle, now + 60_000)).toMatchObject({
    kind: 'abandon',
    container: 'main',
    exitCode: 143,
    reason: expect.stringMatching(/^CannotStartContainerError: .* has timed out\.$/) as string,
  });
});

test.each([
  ['a circle', [{ on: 'b' }, { on: 'a' }]],
  ['a container that is not there', [{ on: 'nobody' }, {}]],
] as const)('a task that depends on %s fails as a whole', (_, [a, b]) => {
  const dependsOn = (dependency: { on?: string }): Pick<PayloadContainer, 'dependsOn'> =>
    dependency.on === undefined ? {} : { dependsOn: [{ containerName: dependency.on, condition: 'START' }] };
  const known = aKnownTask({
    containers: [
      aPayloadContainer({ name: 'a', ...dependsOn(a) }),
      aPayloadContainer({ name: 'b', ...dependsOn(b) }),
    ],
  });
  const reason = `Task dependencies cannot be resolved, taskArn: ${payloadTaskArn('one')}`;
  expect(nextStep(known, idle, now)).toEqual({ kind: 'failTask', reason });
});

describe('a stopped task', () => {
  const stopped = (overrides: Partial<KnownTask>): KnownTask =>
    aKnownTask({}, { main: { stage: 'STOPPED' } }, { stoppedAt: now, cleanupAt: now + 1000, ...overrides });

  test('is cleaned up when its time has come and its end was accepted', () => {
    expect(nextStep(stopped({ reported: 'STOPPED' }), idle, now)).toEqual({
      kind: 'wait',
      until: now + 1000,
    });
    expect(nextStep(stopped({ reported: 'STOPPED' }), idle, now + 1000)).toEqual({ kind: 'cleanUp' });
  });

  test('is kept for three days when nobody wants to hear of its end', () => {
    const threeDays = 72 * 3_600_000;
    expect(nextStep(stopped({}), idle, now + 1000)).toEqual({ kind: 'wait', until: now + threeDays });
    expect(nextStep(stopped({}), idle, now + threeDays)).toEqual({ kind: 'cleanUp' });
  });
});

// --- whole lives of random tasks ---

const conditions = ['START', 'COMPLETE', 'SUCCESS', 'HEALTHY'] as const;

/** Tasks whose containers depend only on earlier ones, in random order of definition. */
const orderedTask = fc
  .array(
    fc.record({
      essential: fc.boolean(),
      after: fc.array(fc.tuple(fc.nat(5), fc.constantFrom(...conditions)), { maxLength: 2 }),
      links: fc.array(fc.nat(5), { maxLength: 1 }),
      from: fc.array(fc.nat(5), { maxLength: 1 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .chain((drafts) =>
    fc.shuffledSubarray(
      drafts.map(({ essential, after, links, from }, at) =>
        aPayloadContainer({
          name: `c${at}`,
          essential,
          startTimeout: 30,
          dependsOn: after
            .filter(([on]) => on < at)
            .map(([on, condition]) => ({ containerName: `c${on}`, condition })),
          links: links.filter((on) => on < at).map((on) => `c${on}`),
          volumesFrom: from.filter((on) => on < at).map((on) => ({ sourceContainer: `c${on}` })),
        }),
      ),
      { minLength: drafts.length },
    ),
  )
  .map((containers) => aKnownTask({ containers }));

type Doing = 'pull' | 'create' | 'start' | 'stop';

/** A task's life with an engine that answers when and how chance has it; `check` sees each step before it is begun. */
function live(
  start: KnownTask,
  chance: (below: number) => number,
  check: (known: KnownTask, step: Step, busy: ReadonlyMap<string, Doing>, time: number) => void,
): KnownTask {
  let known = start;
  let time = now;
  const doing = new Map<string, Doing>();
  for (let turn = 0; turn < 1000 && !isStopped(known); turn += 1) {
    const step = nextStep(known, { containers: doing, task: false }, time);
    check(known, step, doing, time);
    if (step.kind === 'abandon') known = containerStopped(step.container, { ...step, at: time })(known);
    else if (step.kind === 'wait') {
      time += 1000;
      known = somethingHappens(known, doing, chance, time);
    } else if (
      step.kind === 'pull' ||
      step.kind === 'create' ||
      step.kind === 'start' ||
      step.kind === 'stop'
    ) {
      doing.set(step.container, step.kind);
    } else throw new Error(`unexpected step ${step.kind}`);
  }
  return known;
}

function somethingHappens(
  known: KnownTask,
  doing: Map<string, Doing>,
  chance: (below: number) => number,
  time: number,
): KnownTask {
  const names = [...doing.keys()];
  const name = names[chance(Math.max(1, names.length))];
  if (name !== undefined && chance(4) > 0) {
    const kind = doing.get(name);
    doing.delete(name);
    if (kind === 'stop' || chance(10) === 0)
      return containerStopped(name, { exitCode: 143, at: time })(known);
    if (kind === 'pull') return containerReached(name, 'PULLED')(known);
    if (kind === 'create') return containerReached(name, 'CREATED')(known);
    return containerReached(name, 'RUNNING', { startedAt: time })(known);
  }
  const running = known.task.containers.filter((container) => stageOf(known, container) === 'RUNNING');
  const ends = running[chance(Math.max(1, running.length))];
  if (ends === undefined)
    return { ...known, desiredStatus: chance(20) === 0 ? 'STOPPED' : known.desiredStatus };
  if (chance(2) === 0) {
    const health = { status: 'HEALTHY' as const, since: time };
    const container = { ...containerOf(known, ends.name), health };
    return { ...known, containers: { ...known.containers, [ends.name]: container } };
  }
  return containerStopped(ends.name, { exitCode: chance(2), at: time })(known);
}

const choices = fc.infiniteStream(fc.nat(1_000_000));
const chooser =
  (stream: Stream<number>) =>
  (below: number): number =>
    (stream.next().value ?? 0) % below;
type Stream<T> = Iterator<T, T | undefined>;

test('no container is created or started before its dependencies allow it, nor while another call is on it', () => {
  fc.assert(
    fc.property(orderedTask, choices, (task, stream) => {
      live(task, chooser(stream as Stream<number>), (known, step, doing, time) => {
        if (!('container' in step)) return;
        const container = known.task.containers.find(({ name }) => name === step.container)!;
        if (step.kind !== 'abandon') expect(doing.has(step.container)).toBe(false);
        if (step.kind === 'create' || step.kind === 'start') {
          expect(wantsStop(known)).toBe(false);
          expect(startGate(known, container, time).kind).toBe('open');
        }
      });
    }),
  );
});

test('a container is stopped only after all that depend on it', () => {
  fc.assert(
    fc.property(orderedTask, choices, (task, stream) => {
      live(task, chooser(stream as Stream<number>), (known, step) => {
        if (step.kind !== 'stop') return;
        expect(wantsStop(known)).toBe(true);
        for (const dependant of dependantsOf(known.task, step.container)) {
          expect(stageOf(known, dependant)).toBe('STOPPED');
        }
      });
    }),
  );
});

test('a task that is asked to stop always ends', () => {
  fc.assert(
    fc.property(orderedTask, choices, (task, stream) => {
      const chance = chooser(stream as Stream<number>);
      const ended = live({ ...task, desiredStatus: 'STOPPED' }, chance, () => undefined);
      expect(isStopped(ended)).toBe(true);
    }),
  );
});
