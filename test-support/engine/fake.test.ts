import { expect, test } from 'vitest';
import { VirtualClock } from '../virtual-clock.ts';
import { FakeRuntime } from './fake.ts';
import type { ContainerSpec } from '../../src/agent/engine/runtime.ts';

async function rig(environment: readonly string[] = [], hostConfig: object = {}) {
  const clock = new VirtualClock();
  const runtime = new FakeRuntime({ clock, foreignPorts: [81] });
  const events: string[] = [];
  runtime.events(
    ({ action }) => events.push(action),
    () => events.push('gap'),
    () => events.push('break'),
  );
  await runtime.pull('i');
  const spec = (name: string): ContainerSpec => ({
    name,
    image: 'i',
    config: { Env: environment, Healthcheck: { Test: ['CMD', 'true'] } },
    hostConfig: { ...hostConfig },
  });
  const { id } = await runtime.create(spec('c'));
  return { clock, runtime, events, spec, id };
}

test('a scripted container starts, turns healthy and exits with its code', async () => {
  const { clock, runtime, events, id } = await rig([
    'FAKE_HEALTHY_AFTER=10',
    'FAKE_EXIT_AFTER=20',
    'FAKE_EXIT_CODE=9',
  ]);
  await runtime.start(id);
  await clock.advance(10);
  expect((await runtime.inspect('c'))?.health).toBe('healthy');
  await clock.advance(10);
  expect(await runtime.inspect(id)).toMatchObject({ status: 'exited', exitCode: 9 });
  expect(events).toEqual(['start', 'health_status', 'die']);
});

test('stop gives a stubborn container its grace, then kills it', async () => {
  const { clock, runtime, id } = await rig(['FAKE_IGNORE_TERM=1']);
  await runtime.start(id);
  const stopping = runtime.stop(id, 5);
  await clock.advance(4999);
  expect((await runtime.inspect(id))?.status).toBe('running');
  await clock.advance(1);
  await stopping;
  expect(await runtime.inspect(id)).toMatchObject({ status: 'exited', exitCode: 137 });
});

test('creating the same name again answers the same container', async () => {
  const { runtime, spec, id } = await rig();
  expect(await runtime.create(spec('c'))).toEqual({ id });
});

test('a host port in use refuses the start, a second start of a name is held against the agent', async () => {
  const { runtime, id } = await rig([], { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '81' }] } });
  await expect(runtime.start(id)).rejects.toThrow(/:81 failed: port is already allocated/);
  const other = await rig();
  await other.runtime.start(other.id);
  await other.runtime.stop(other.id, 0);
  await other.runtime.start(other.id);
  expect(other.runtime.violations).toEqual(['c was started twice']);
});

test('while the engine is down calls fail, and coming back is a gap', async () => {
  const { runtime, events } = await rig();
  runtime.setDown(true);
  await expect(runtime.inspect('c')).rejects.toMatchObject({ status: 0 });
  runtime.setDown(false);
  expect(events).toEqual(['break', 'gap']);
});
