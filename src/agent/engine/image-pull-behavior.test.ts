import { expect, test } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import { VirtualClock } from '../../../test-support/virtual-clock.ts';
import { defaultAgentConfig, type AgentConfig } from '../config/config.ts';
import { Images, type ReadyImage } from './image-pull-behavior.ts';
import { FakeRuntime } from '../../../test-support/engine/fake.ts';
import { RuntimeError } from './runtime.ts';
import { openAgentState } from '../state.ts';

const unreachable = new RuntimeError('dial tcp: no such host', 500);
const missing = new RuntimeError('manifest unknown', 404);

function rig(imagePullBehavior: AgentConfig['imagePullBehavior']) {
  const clock = new VirtualClock();
  const runtime = new FakeRuntime({ clock });
  const pulls: string[] = [];
  const pull = runtime.pull.bind(runtime);
  runtime.pull = (image, onProgress) => {
    pulls.push(image);
    return pull(image, onProgress);
  };
  const config = { ...defaultAgentConfig, imagePullBehavior };
  const images = new Images({
    runtime,
    state: openAgentState(':memory:'),
    config,
    clock,
    random: seededRandom(1),
    // The engine is always there; only registries fail.
    contact: { rethrowIfAway: () => Promise.resolve() },
  });
  /** What becomes of the wish for `image` within `wait` ms. */
  const ready = async (image: string, wait = 0): Promise<ReadyImage | string | undefined> => {
    let outcome: ReadyImage | string | undefined;
    images.ready(image).then(
      (made) => (outcome = made),
      (error: { reason: string }) => (outcome = error.reason),
    );
    await clock.advance(wait);
    return outcome;
  };
  return { clock, runtime, pulls, ready };
}

test('default pulls each time and answers the digest', async () => {
  const { runtime, pulls, ready } = rig('default');
  runtime.image('i', { digest: 'sha256:1' });
  expect(await ready('i')).toEqual({ digest: 'sha256:1' });
  expect(await ready('i')).toEqual({ digest: 'sha256:1' });
  expect(pulls).toHaveLength(2);
});

test('default uses a cached image when the registry fails, says why, and does not ask again for a while', async () => {
  const { clock, runtime, pulls, ready } = rig('default');
  runtime.image('i', { cached: true, failPull: unreachable });
  const warning = 'CannotPullContainerError: dial tcp: no such host';
  expect(await ready('i')).toEqual({ digest: undefined, warning });
  expect(await ready('i')).toEqual({ digest: undefined, warning });
  expect(pulls).toHaveLength(1);
  await clock.advance(60_000);
  await ready('i');
  expect(pulls).toHaveLength(2);
});

test('a registry that does not answer at all costs a cached image three seconds, a slow pull is waited for', async () => {
  const { clock, runtime, ready } = rig('default');
  runtime.image('hangs', { cached: true, pullTakes: 60_000, failPull: unreachable });
  expect(await ready('hangs', 2900)).toBeUndefined();
  expect(await ready('hangs', 200)).toMatchObject({ warning: expect.stringMatching(/no answer/) as string });
  runtime.image('slow', { cached: true, pullTakes: 60_000, digest: 'sha256:new' });
  expect(await ready('slow', 59_000)).toBeUndefined();
  await clock.advance(2000);
  expect(await ready('slow', 61_000)).toEqual({ digest: 'sha256:new' });
});

test('a missing image is final, an unreachable registry is tried five times', async () => {
  const { runtime, pulls, ready } = rig('default');
  runtime.image('nope', { failPull: missing });
  expect(await ready('nope')).toBe('CannotPullContainerError: manifest unknown');
  expect(pulls).toHaveLength(1);
  runtime.image('far', { failPull: unreachable });
  expect(await ready('far', 60_000)).toBe('CannotPullContainerError: dial tcp: no such host');
  expect(pulls).toHaveLength(6);
});

test('always fails where default would have made do', async () => {
  const { runtime, ready } = rig('always');
  runtime.image('i', { cached: true, failPull: missing });
  expect(await ready('i')).toBe('CannotPullContainerError: manifest unknown');
});

test('once pulls once, even when the image was there before', async () => {
  const { runtime, pulls, ready } = rig('once');
  runtime.image('i', { cached: true });
  await ready('i');
  await ready('i');
  expect(pulls).toEqual(['i']);
});

test('prefer-cached and a digest in the name ask no registry for what is there', async () => {
  const preferring = rig('prefer-cached');
  preferring.runtime.image('i', { cached: true, digest: 'sha256:1' });
  expect(await preferring.ready('i')).toEqual({ id: 'sha256:i', digest: 'sha256:1' });
  expect(preferring.pulls).toEqual([]);
  for (const behavior of ['default', 'once', 'prefer-cached'] as const) {
    const pinned = rig(behavior);
    pinned.runtime.image('i@sha256:1', { cached: true, failPull: unreachable });
    expect(await pinned.ready('i@sha256:1')).toMatchObject({ id: 'sha256:i@sha256:1' });
    expect(pinned.pulls).toEqual([]);
  }
});

test('always asks for a digest too, and what is not there is pulled by every behaviour', async () => {
  for (const behavior of ['default', 'once', 'prefer-cached', 'always'] as const) {
    const { runtime, pulls, ready } = rig(behavior);
    runtime.image('i@sha256:1', { cached: behavior === 'always', digest: 'sha256:1' });
    expect(await ready('i@sha256:1')).toEqual({ digest: 'sha256:1' });
    expect(pulls).toEqual(['i@sha256:1']);
  }
});

test('tasks that want the same image at once share one pull', async () => {
  const { clock, runtime, pulls, ready } = rig('default');
  runtime.image('i', { pullTakes: 1000 });
  const both = [ready('i'), ready('i')];
  await clock.advance(1000);
  await Promise.all(both);
  expect(pulls).toEqual(['i']);
});
