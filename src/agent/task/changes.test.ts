import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aKnownTask } from '../../../test-support/builders/a-known-task.ts';
import { aPayloadContainer } from '../../../test-support/builders/a-payload-task.ts';
import { containerObserved, containerReached, containerStopped, type Change } from './changes.ts';
import { containerOf, containerStages, hasReached } from './known-task.ts';
import type { ContainerState } from '../engine/runtime.ts';

const state = (overrides: Partial<ContainerState> = {}): ContainerState => ({
  id: 'id',
  name: 'n',
  image: 'busybox',
  imageId: 'sha256:1',
  labels: {},
  status: 'running',
  oomKilled: false,
  error: '',
  createdAt: 1,
  startedAt: 2,
  ports: [],
  ...overrides,
});

test('a container that is seen running is known to run, since when and under which id', () => {
  const after = containerObserved('main', state(), 50)(aKnownTask({}, { main: { stage: 'CREATED' } }));
  expect(containerOf(after, 'main')).toMatchObject({ stage: 'RUNNING', runtimeId: 'id', startedAt: 2 });
});

test('seeing the same again gives the very same task back', () => {
  const seen = containerObserved('main', state({ health: 'healthy' }), 50)(aKnownTask());
  expect(containerObserved('main', state({ health: 'healthy' }), 90)(seen)).toBe(seen);
});

test('health keeps the instant of its last change', () => {
  const healthy = containerObserved('main', state({ health: 'healthy' }), 50)(aKnownTask());
  const still = containerObserved('main', state({ health: 'healthy' }), 60)(healthy);
  const worse = containerObserved('main', state({ health: 'unhealthy' }), 70)(still);
  expect(containerOf(still, 'main').health).toEqual({ status: 'HEALTHY', since: 50 });
  expect(containerOf(worse, 'main').health).toEqual({ status: 'UNHEALTHY', since: 70 });
});

test.each([
  [{ exitCode: 7 }, { exitCode: 7, reason: undefined }],
  [
    { exitCode: 137, oomKilled: true },
    { exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
  ],
  [
    { exitCode: 128, error: 'device gone' },
    { exitCode: 128, reason: 'DockerStateError: device gone' },
  ],
])('an exit of %j is kept as %j', (exit, expected) => {
  const exited = state({ status: 'exited', finishedAt: 9, ...exit });
  const after = containerObserved('main', exited, 50)(aKnownTask({}, { main: { stage: 'RUNNING' } }));
  expect(containerOf(after, 'main')).toMatchObject({ stage: 'STOPPED', finishedAt: 9, ...expected });
  expect(after).toMatchObject({ executionStoppedAt: 9, stoppedAt: 9 });
});

test('a container not found is vanished if it once was created, and otherwise just not there yet', () => {
  const pulled = aKnownTask({}, { main: { stage: 'PULLED' } });
  expect(containerObserved('main', undefined, 5)(pulled)).toBe(pulled);
  const gone = containerObserved('main', undefined, 5)(aKnownTask({}, { main: { stage: 'RUNNING' } }));
  expect(containerOf(gone, 'main')).toMatchObject({
    stage: 'STOPPED',
    reason: 'ContainerVanishedError: No container matching saved ID found',
  });
});

test('only an essential container’s end stops the execution, and the last one’s end the task', () => {
  const two = aKnownTask({
    containers: [aPayloadContainer(), aPayloadContainer({ name: 'side', essential: false })],
  });
  const side = containerStopped('side', { at: 10 })(two);
  expect([side.executionStoppedAt, side.stoppedAt]).toEqual([undefined, undefined]);
  const both = containerStopped('main', { at: 20 })(side);
  expect([both.executionStoppedAt, both.stoppedAt]).toEqual([20, 20]);
});

const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom(...containerStages).map((stage) => containerReached('main', stage)),
  fc.nat(3).map((exitCode) => containerStopped('main', { exitCode, at: 1 })),
  fc
    .constantFrom('created' as const, 'running' as const, 'exited' as const)
    .map((status) => containerObserved('main', state({ status, exitCode: 0 }), 1)),
  fc.constant(containerObserved('main', undefined, 1)),
);

test('whatever is learned in whatever order, a container never goes back and its end never changes', () => {
  fc.assert(
    fc.property(fc.array(anyChange), (changes) => {
      let known = aKnownTask();
      for (const change of changes) {
        const before = containerOf(known, 'main');
        known = change(known);
        const after = containerOf(known, 'main');
        expect(hasReached(after.stage, before.stage)).toBe(true);
        if (before.stage === 'STOPPED') expect(after).toEqual(before);
      }
    }),
  );
});

test('a container that ran and ended keeps the reason of a pull that failed, as the official agent does', () => {
  const reason = 'CannotPullContainerError: x';
  const warned = aKnownTask({}, { main: { stage: 'RUNNING', startedAt: 1, reason } });
  const ended = containerStopped('main', { exitCode: 3, at: 2 })(warned);
  expect(containerOf(ended, 'main')).toMatchObject({ exitCode: 3, reason });
  const killed = containerStopped('main', { exitCode: 137, reason: 'OutOfMemoryError: y', at: 2 })(warned);
  expect(containerOf(killed, 'main').reason).toBe('OutOfMemoryError: y');
  const never = aKnownTask({}, { main: { stage: 'PULLED', reason: 'CannotPullContainerError: x' } });
  expect(containerOf(containerStopped('main', { at: 2 })(never), 'main').reason).toBe(
    'CannotPullContainerError: x',
  );
});
