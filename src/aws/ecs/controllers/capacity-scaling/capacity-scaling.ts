// Lets the group of a capacity provider with managed scaling follow the need of its tasks, and publishes that need.
// It decides in the store; a capacity source acts on it, and is asked only once what was decided is durable.
import type { Clock } from '../../../../lib/clock.ts';
import type { Log } from '../../../../lib/log.ts';
import { isScaled } from '../../state/capacity/capacity-provider.ts';
import {
  parseProviderKey,
  providerKey,
  type ExpectedInstances,
} from '../../state/capacity/capacity-scaling.ts';
import type { Cluster } from '../../state/cluster/cluster.ts';
import { hostIdOf } from '../../state/instance/instance-group.ts';
import type { ContainerInstance } from '../../state/instance/container-instance.ts';
import { isProvisioning } from '../../state/task/task.ts';
import { retireInstance } from '../../state/instance/retire-instance.ts';
import type { Store, WriteTransaction } from '../../../../store/store.ts';
import { capacityProviders } from '../../state/capacity/capacity-providers.ts';
import { capacityExpectations, capacityReservations } from '../../state/capacity/capacity-scaling-table.ts';
import { clusters } from '../../state/cluster/clusters.ts';
import { containerInstances } from '../../state/instance/container-instances.ts';
import { tasks } from '../../state/task/tasks.ts';
import type { Controller } from '../../../shared/loop.ts';
import type { CapacityGroup, CapacitySource } from './capacity-source.ts';
import { pointEvery, reconcile, type ScalingPlan } from './reconcile.ts';
import { scaledProvider } from './view.ts';

export interface CapacityScalingOptions {
  readonly source: CapacitySource;
  readonly clock: Clock;
  readonly log: Log;
}

/** Its keys are a cluster and one of its providers (`providerKey`). */
export const capacityScaling = (options: CapacityScalingOptions): Controller => {
  const scaling = new CapacityScaling(options);
  return {
    name: 'capacity-scaling',
    watch: (store, enqueue) => scaling.watch(store, enqueue),
    allKeys: (store) =>
      store.view((tx) => [
        ...[...tx.table(clusters).all()].flatMap(keysOf),
        ...[...tx.table(capacityExpectations).all()].map(providerKey),
        ...[...tx.table(capacityReservations).all()].map(providerKey),
      ]),
    sync: (key, store, now) => scaling.sync(key, store, now),
  };
};

const keysOf = ({ arn, capacityProviders: names = [] }: Cluster): string[] =>
  names.map((capacityProviderName) => providerKey({ clusterArn: arn, capacityProviderName }));

/** What one process has asked the source for and not heard of yet. */
class CapacityScaling {
  readonly #source: CapacitySource;
  readonly #clock: Clock;
  readonly #log: Log;
  /** Providers for which hosts are being started. */
  readonly #starting = new Set<string>();
  /** Instances whose hosts are being stopped. */
  readonly #stopping = new Set<string>();
  /** Epoch ms before which nothing more is asked of the source for a provider: the last time, it failed. */
  readonly #notBefore = new Map<string, number>();
  #enqueue: (key: string) => void = () => undefined;
  #isOver = false;

  constructor({ source, clock, log }: CapacityScalingOptions) {
    this.#source = source;
    this.#clock = clock;
    this.#log = log;
  }

  watch(store: Store, enqueue: (key: string) => void): () => void {
    this.#enqueue = enqueue;
    const stops = [
      store.watch(tasks, (changes) => {
        for (const { before, after } of changes) {
          if (before || !after || !isProvisioning(after) || after.capacityProviderName === undefined)
            continue;
          enqueue(providerKey({ ...after, capacityProviderName: after.capacityProviderName }));
        }
      }),
      store.watch(clusters, (changes) => {
        for (const { before, after } of changes)
          for (const cluster of [before, after]) if (cluster) keysOf(cluster).forEach(enqueue);
      }),
      store.watch(capacityProviders, (changes) => {
        const changed = changes.flatMap(({ after }) => (after && isScaled(after) ? [after] : []));
        const keys = store.view((tx) =>
          changed.flatMap(({ arn }) =>
            [...tx.table(clusters).by('capacityProvider', { capacityProviderArn: arn })].flatMap(keysOf),
          ),
        );
        keys.forEach(enqueue);
      }),
    ];
    return () => {
      this.#isOver = true;
      for (const stop of stops) stop();
    };
  }

  sync(key: string, store: Store, now: number): number | undefined {
    const outcome = store.update((tx) => {
      const provider = scaledProvider(tx, key);
      if (!provider) {
        tx.table(capacityExpectations).delete(key);
        tx.table(capacityReservations).delete(key);
        return undefined;
      }
      const plan = this.#allowed(key, provider.place, reconcile(provider.view, now), now);
      record(tx, key, provider.cluster, plan, now);
      return { place: provider.place, plan };
    });
    if (!outcome) return undefined;
    const { place, plan } = outcome;
    if (plan.start > 0) void this.#start(key, store, place, { count: plan.start, since: now });
    if (plan.stop.length > 0) void this.#stop(key, store, place, plan.stop);
    const retryAt = this.#notBefore.get(key) ?? 0;
    return Math.min(plan.at + pointEvery, retryAt > now ? retryAt : Infinity);
  }

  /** The plan without what the source cannot be asked for now. */
  #allowed(key: string, { group }: CapacityGroup, plan: ScalingPlan, now: number): ScalingPlan {
    const isQuiet = !this.#source.serves(group) || (this.#notBefore.get(key) ?? 0) > now;
    if (isQuiet) return { ...plan, start: 0, drain: [], stop: [], replaced: [] };
    return {
      ...plan,
      start: this.#starting.has(key) ? 0 : plan.start,
      stop: plan.stop.filter(({ arn }) => !this.#stopping.has(arn)),
    };
  }

  async #start(key: string, store: Store, place: CapacityGroup, asked: ExpectedInstances): Promise<void> {
    this.#starting.add(key);
    const isDone = await this.#ask(store, place, `start ${asked.count}`, () =>
      this.#source.start(place, asked.count),
    );
    this.#starting.delete(key);
    if (this.#isOver) return;
    if (!isDone) {
      this.#failed(key);
      store.update((tx) => forgetExpected(tx, key, asked.since));
    }
    this.#enqueue(key);
  }

  async #stop(
    key: string,
    store: Store,
    place: CapacityGroup,
    instances: readonly ContainerInstance[],
  ): Promise<void> {
    for (const { arn } of instances) this.#stopping.add(arn);
    const unneeded = instances.map((instance) => ({
      hostId: hostIdOf(instance),
      containerInstanceArn: instance.arn,
    }));
    const isDone = await this.#ask(store, place, `stop ${instances.length}`, () =>
      this.#source.stop(place, unneeded),
    );
    for (const { arn } of instances) this.#stopping.delete(arn);
    if (this.#isOver) return;
    if (isDone) store.update((tx) => retire(tx, instances, this.#clock.now()));
    else this.#failed(key);
    this.#enqueue(key);
  }

  #failed(key: string): void {
    this.#notBefore.set(key, this.#clock.now() + pointEvery);
  }

  /** Whether the source did it; what it could not do is logged, and tried again later. */
  async #ask(store: Store, place: CapacityGroup, what: string, ask: () => Promise<void>): Promise<boolean> {
    try {
      await store.durable();
      await ask();
      this.#log.info({ ...place }, `Capacity source: ${what}`);
      return true;
    } catch (error) {
      this.#log.error({ ...place, err: error }, `Capacity source: cannot ${what}; it will be tried again`);
      return false;
    }
  }
}

/** Writes what was decided. What is durable is written only where it changes. */
function record(tx: WriteTransaction, key: string, cluster: Cluster, plan: ScalingPlan, now: number): void {
  const provider = parseProviderKey(key);
  const expectations = tx.table(capacityExpectations);
  const started = plan.start > 0 ? [{ count: plan.start, since: now }] : [];
  const expected = [...keptExpected(expectations.get(key)?.expected ?? [], plan), ...started];
  if (expected.length === 0) expectations.delete(key);
  else if (JSON.stringify(expectations.get(key)?.expected) !== JSON.stringify(expected))
    expectations.put({ ...provider, expected });
  tx.table(capacityReservations).put({
    ...provider,
    clusterName: cluster.name,
    reservation: plan.reservation,
    instancesNeeded: plan.needed,
    instances: plan.there,
    lowPoints: plan.lowPoints,
    at: plan.at,
  });
  const forgotten = { stopCode: 'TerminationNotice', stoppedReason: 'The host registered again.' } as const;
  for (const instance of plan.replaced) retireInstance(tx, instance, forgotten, now);
  for (const instance of plan.drain) {
    tx.table(containerInstances).put({ ...instance, status: 'DRAINING', terminatingSince: now });
  }
}

/** Requests stay as they were made until all of their hosts came or they are too old: what is left of them is counted anew. */
const keptExpected = (
  before: readonly ExpectedInstances[],
  { expected }: ScalingPlan,
): readonly ExpectedInstances[] =>
  before.filter(({ since }) => expected.some((request) => request.since === since));

function forgetExpected(tx: WriteTransaction, key: string, since: number): void {
  const table = tx.table(capacityExpectations);
  const row = table.get(key);
  if (row) table.put({ ...row, expected: row.expected.filter((request) => request.since !== since) });
}

function retire(tx: WriteTransaction, instances: readonly ContainerInstance[], now: number): void {
  for (const { arn } of instances) {
    const instance = tx.table(containerInstances).get(arn);
    if (!instance || instance.status === 'INACTIVE') continue;
    const stoppedReason = `Host EC2 (instance ${hostIdOf(instance)}) terminated.`;
    retireInstance(tx, instance, { stopCode: 'TerminationNotice', stoppedReason }, now);
  }
}
