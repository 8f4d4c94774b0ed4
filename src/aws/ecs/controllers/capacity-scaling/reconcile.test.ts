import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCapacityProvider } from '../../../../../test-support/builders/a-capacity-provider.ts';
import { aContainerInstance } from '../../../../../test-support/builders/a-container-instance.ts';
import { anInstanceUsage } from '../../../../../test-support/builders/an-instance-usage.ts';
import { aTask } from '../../../../../test-support/builders/a-task.ts';
import type { AutoScalingGroupProvider, ManagedScaling } from '../../state/capacity/capacity-provider.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import type { InstanceUsage } from '../../state/instance/instance-usage.ts';
import { hostAttribute } from '../../state/instance/instance-group.ts';
import { noResources } from '../../../../agent-protocol/resources.ts';
import type { Task } from '../../state/task/task.ts';
import { drainLimit, pointEvery, pointsToScaleIn, reconcile, type ScalingView } from './reconcile.ts';

const now = 100 * 3_600_000;
const group = (
  scaling: Partial<ManagedScaling> = {},
  more: Partial<AutoScalingGroupProvider> = {},
): AutoScalingGroupProvider => {
  const defaults = aCapacityProvider().autoScalingGroupProvider!;
  return {
    ...defaults,
    managedDraining: 'ENABLED',
    managedScaling: { ...defaults.managedScaling, status: 'ENABLED', ...scaling },
    ...more,
  };
};
type Registered = ScalingView['registered'][number];
const registered = (
  id: string,
  isOccupied = false,
  instance: Partial<ContainerInstance> = {},
  usage: Partial<InstanceUsage> = {},
): Registered => ({
  usage: anInstanceUsage(
    { id, registeredAt: 0, ...instance },
    { ...(isOccupied && { taken: { ...noResources, memory: 8192 } }), ...usage },
  ),
  isOccupied,
});
const many = (occupied: number, empty: number): Registered[] => [
  ...Array.from({ length: occupied }, (_, at) => registered(`o${at}`, true)),
  ...Array.from({ length: empty }, (_, at) => registered(`e${at}`)),
];
/** Each as large as an instance. */
const waiting = (count: number): Task[] =>
  Array.from({ length: count }, (_, at) =>
    aTask({
      id: `w${at}`,
      containerInstanceArn: undefined,
      lastStatus: 'PROVISIONING',
      resources: { cpu: 0, memory: 8192, ports: [], portsUdp: [] },
      scheduling: { provisioningRequest: { requiresAttributes: [], constraints: [], strategies: [] } },
    }),
  );
const low = { at: now - pointEvery, lowPoints: pointsToScaleIn - 1 };
const plan = (view: Partial<ScalingView>) =>
  reconcile(
    { group: group(), registered: [], gone: [], waiting: [], expected: [], last: undefined, ...view },
    now,
  );
const ids = (instances: readonly ContainerInstance[]): string[] => instances.map(({ id }) => id);

describe('what is missing', () => {
  it('is started at once', () => {
    expect(plan({ registered: many(2, 0), waiting: waiting(3) })).toMatchObject({
      needed: 5,
      there: 2,
      reservation: 250,
      start: 3,
    });
  });

  it('is not started twice while the first are awaited', () => {
    const expected = [{ count: 3, since: now - 1000 }];
    expect(plan({ registered: many(2, 0), waiting: waiting(3), expected }).start).toBe(0);
    expect(plan({ registered: many(2, 0), waiting: waiting(4), expected }).start).toBe(1);
  });

  it('is started again when what was awaited did not come in the time to warm up', () => {
    const expected = [{ count: 3, since: now - 300_000 }];
    expect(plan({ registered: many(2, 0), waiting: waiting(3), expected })).toMatchObject({
      start: 3,
      expected: [],
    });
  });

  it('is guessed once where nobody knows what an instance holds, whatever the target', () => {
    const half = { group: group({ targetCapacity: 50 }), waiting: waiting(9) };
    expect(plan(half).start).toBe(2);
    expect(plan({ ...half, expected: [{ count: 2, since: now - 1000 }] }).start).toBe(0);
  });

  it('is measured by what the provider had before', () => {
    const gone = [aContainerInstance({ status: 'INACTIVE' })];
    expect(plan({ gone, waiting: waiting(3) })).toMatchObject({ start: 3, reservation: 200 });
    expect(plan({ waiting: waiting(3) })).toMatchObject({ start: 1, reservation: 200 });
  });

  it('leaves room where the target is below 100', () => {
    const half = group({ targetCapacity: 50 });
    expect(plan({ group: half, registered: many(2, 0) })).toMatchObject({ start: 2, reservation: 100 });
    expect(plan({ group: half, registered: many(2, 2), last: low })).toMatchObject({ start: 0, drain: [] });
  });

  it('is never more than the largest step', () => {
    const small = group({ maximumScalingStepSize: 2, targetCapacity: 50 });
    const view = { group: small, registered: many(2, 0), waiting: waiting(9) };
    expect(plan(view).start).toBe(2);
    expect(plan({ ...view, expected: [{ count: 1, since: now - 1000 }] }).start).toBe(1);
    expect(plan({ ...view, expected: [{ count: 2, since: now - 1000 }] }).start).toBe(0);
    expect(plan({ ...view, expected: [{ count: 2, since: now - pointEvery }] }).start).toBe(2);
  });

  it('is started beside an instance whose agent does not come', () => {
    const silent = registered('i', false, { registeredAt: now - 300_000 }, { agentConnected: false });
    expect(plan({ registered: [silent], waiting: waiting(1), last: low }).start).toBe(0);
    expect(plan({ registered: [silent], waiting: waiting(2) }).start).toBe(1);
    const young = registered('i', false, { registeredAt: now - 1000 }, { agentConnected: false });
    expect(plan({ registered: [young], waiting: waiting(1) }).start).toBe(0);
  });
});

describe('what is too much', () => {
  it('is let go of after fifteen points in a row, and not before', () => {
    const view = { registered: many(1, 1) };
    expect(plan(view)).toMatchObject({ lowPoints: 1, drain: [], at: now, reservation: 50 });
    expect(plan({ ...view, last: { ...low, lowPoints: 13 } })).toMatchObject({ lowPoints: 14, drain: [] });
    expect(ids(plan({ ...view, last: low }).drain)).toEqual(['e0']);
  });

  it('is looked at once a minute', () => {
    const last = { at: now - pointEvery + 1, lowPoints: 14 };
    expect(plan({ registered: many(1, 1), last })).toMatchObject({ lowPoints: 14, drain: [], at: last.at });
  });

  it('is counted from the start once it was needed', () => {
    expect(plan({ registered: many(2, 0), last: low })).toMatchObject({ lowPoints: 0, drain: [] });
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 1],
    [5, 2],
    [10, 4],
    [11, 5],
  ])('of %i empty instances, %i go in a minute', (empty, gone) => {
    expect(plan({ registered: many(0, empty), last: low }).drain).toHaveLength(gone);
  });

  it('is what nobody hears of, then what is oldest', () => {
    const all = [
      registered('new', false, { registeredAt: 20 }),
      registered('old', false, { registeredAt: 10 }),
      registered('silent', false, { registeredAt: 30 }, { agentConnected: false }),
      registered('x', true),
      registered('y', false, { registeredAt: 40 }),
    ];
    expect(ids(plan({ registered: all, last: low }).drain)).toEqual(['silent', 'old']);
  });

  it('is nothing that has tasks, whatever there is', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.nat(20),
        fc.integer({ min: 1, max: 100 }),
        (occupied, empty, targetCapacity) => {
          const all = many(occupied, empty);
          const { drain, there, needed, start } = plan({
            group: group({ targetCapacity }),
            registered: all,
            last: low,
          });
          const wanted = Math.ceil((needed * 100) / targetCapacity);
          expect(all.filter(({ isOccupied, usage }) => isOccupied && drain.includes(usage.instance))).toEqual(
            [],
          );
          expect(there - drain.length).toBeGreaterThanOrEqual(Math.min(there, wanted));
          expect(drain.length === 0 || drain.length === 1 || drain.length < there / 2).toBe(true);
          expect(start === 0 || drain.length === 0).toBe(true);
        },
      ),
    );
  });
});

describe('a host that registered anew', () => {
  const host = { attributes: [{ name: hostAttribute, value: 'h' }] };
  const gone = { agentConnected: false };
  const anew = registered('new', true, { ...host, registeredAt: 5 });

  it('is not stopped for what is left of its first registration, which is forgotten', () => {
    const { replaced, drain, stop, there } = plan({
      registered: [registered('old', false, host, gone), anew],
      last: low,
    });
    expect([ids(replaced), ids(drain), ids(stop), there]).toEqual([['old'], [], [], 1]);
  });

  it.each<[string, Registered]>([
    ['of another host', registered('old', false, {}, gone)],
    ['with an agent of its own', registered('old', false, host)],
    [
      'with tasks',
      registered('old', true, host, { ...gone, taskGroups: () => new Map([['family:web', 1]]) }),
    ],
    ['that came later', registered('old', false, { ...host, registeredAt: 9 }, gone)],
  ])('keeps an instance %s', (_what, one) => {
    expect(plan({ registered: [one, anew] }).replaced).toEqual([]);
  });

  it('is occupied when one of its instances is', () => {
    const leaving = { ...host, status: 'DRAINING', terminatingSince: now - 1000 } as const;
    expect(plan({ registered: [registered('old', false, leaving), anew] }).stop).toEqual([]);
  });
});

describe('an instance on its way out', () => {
  const leaving = (isOccupied: boolean, terminatingSince = now - 1000): Registered =>
    registered('l', isOccupied, { status: 'DRAINING', terminatingSince });
  const off = { managedDraining: 'DISABLED' } as const;
  const guarded = { managedTerminationProtection: 'ENABLED' } as const;

  it.each<[string, boolean, Registered, Partial<AutoScalingGroupProvider>]>([
    ['is stopped when it is empty', true, leaving(false), {}],
    ['is waited for while it has tasks', false, leaving(true), {}],
    ['is not waited for beyond the limit', true, leaving(true, now - drainLimit), {}],
    ['is not waited for without managed draining', true, leaving(true), off],
    [
      'is never stopped with tasks under termination protection',
      false,
      leaving(true, now - drainLimit),
      guarded,
    ],
    [
      'is not stopped with tasks under protection without draining either',
      false,
      leaving(true),
      { ...off, ...guarded },
    ],
    ['stays when a user takes it back', false, registered('l', false, { terminatingSince: 1 }), {}],
    ['is none that a user drains', false, registered('l', false, { status: 'DRAINING' }), {}],
  ])('%s', (_what, isStopped, one, more) => {
    expect(ids(plan({ group: group({}, more), registered: [one] }).stop)).toEqual(isStopped ? ['l'] : []);
  });

  it('no longer counts', () => {
    expect(plan({ registered: [leaving(false), registered('x', true)] })).toMatchObject({
      there: 1,
      needed: 1,
      reservation: 100,
    });
  });
});
