// Every cluster's fleet, kept up to date commit by commit: placement must not walk a fleet's rows for each task.
import { emptyColumns, setPlace, type Fleet } from './fleet.ts';
import type { InstanceUsage } from './instance-usage.ts';
import type { Task } from '../task/task.ts';
import type { ReadTransaction, Store } from '../../../../store/store.ts';
import { agentSessions, containerInstances } from './container-instances.ts';
import { instanceHealth } from './instance-health-table.ts';
import { tasks } from '../task/tasks.ts';
import { instanceUsage, taskGroups } from './usage-of-instance.ts';

/**
 * The fleets as of the last commit. Inside a transaction they do not show what that transaction itself wrote: tasks that
 * go together are placed in one call.
 */
export class Fleets {
  readonly #fleets = new Map<string, CachedFleet>();
  readonly #clusterOf = new Map<string, string>();

  constructor(store: Store) {
    store.watch(containerInstances, (changes) => {
      for (const { before, after } of changes) {
        const { clusterArn, arn } = (after ?? before)!;
        const sameShape =
          before?.status === 'ACTIVE' && after?.status === 'ACTIVE' && before.attributes === after.attributes;
        if (sameShape) this.#fleets.get(clusterArn)?.touch(arn);
        // A fleet that gained, lost or changed an instance is made anew when next asked for.
        else this.#fleets.delete(clusterArn);
      }
    });
    store.watch(tasks, (changes) => {
      for (const { before, after } of changes)
        this.#fleets.get((after ?? before)!.clusterArn)?.taskChanged(before, after);
    });
    const touch = (changes: readonly { readonly key: string }[]): void => {
      for (const { key } of changes) this.#fleets.get(this.#clusterOf.get(key) ?? '')?.touch(key);
    };
    store.watch(agentSessions, touch);
    store.watch(instanceHealth, touch);
  }

  /** The ACTIVE instances of the cluster, in ARN order; not to be kept beyond `tx`. */
  fleet(tx: ReadTransaction, clusterArn: string): Fleet {
    return (this.#fleets.get(clusterArn) ?? this.#usage(tx, clusterArn)).current(tx);
  }

  #usage(tx: ReadTransaction, clusterArn: string): CachedFleet {
    const active = tx.table(containerInstances).by('clusterStatus', { clusterArn, status: 'ACTIVE' });
    const arns = Array.from(active, ({ arn }) => arn);
    const fleet = new CachedFleet(arns, tx.table(tasks).by('clusterLive', { clusterArn }));
    this.#fleets.set(clusterArn, fleet);
    for (const arn of arns) this.#clusterOf.set(arn, clusterArn);
    return fleet;
  }
}

const noTasks: ReadonlyMap<number, number> = new Map();

class CachedFleet {
  readonly #fleet: Fleet;
  readonly #usages: InstanceUsage[];
  readonly #placeOf: ReadonlyMap<string, number>;
  readonly #groups = new Map<string, Map<number, number>>();
  /** Instances whose numbers are to be looked up again before the next use: all of them at first. */
  readonly #touched: Set<string>;
  #tx: ReadTransaction | undefined;

  constructor(arns: readonly string[], live: Iterable<Task>) {
    this.#usages = Array.from({ length: arns.length });
    this.#placeOf = new Map(arns.map((arn, at) => [arn, at]));
    this.#touched = new Set(arns);
    for (const task of live) this.#count(task, 1);
    this.#fleet = {
      ...emptyColumns(arns.length),
      usages: this.#usages,
      groupTasks: (group) => this.#groups.get(group) ?? noTasks,
      shape: {},
    };
  }

  touch(instanceArn: string): void {
    this.#touched.add(instanceArn);
  }

  taskChanged(before: Task | undefined, after: Task | undefined): void {
    if (before && before.lastStatus !== 'STOPPED') this.#count(before, -1);
    if (after && after.lastStatus !== 'STOPPED') this.#count(after, 1);
    for (const arn of [before?.containerInstanceArn, after?.containerInstanceArn]) if (arn) this.touch(arn);
  }

  /** With everything that was touched looked up again in `tx`. */
  current(tx: ReadTransaction): Fleet {
    this.#tx = tx;
    for (const arn of this.#touched) this.#refresh(tx, arn);
    this.#touched.clear();
    return this.#fleet;
  }

  #refresh(tx: ReadTransaction, arn: string): void {
    const at = this.#placeOf.get(arn);
    const instance = at === undefined ? undefined : tx.table(containerInstances).get(arn);
    if (at === undefined || instance === undefined) return;
    const usage = { ...instanceUsage(tx, instance), taskGroups: () => taskGroups(this.#tx!, instance) };
    this.#usages[at] = usage;
    setPlace(this.#fleet, at, usage);
  }

  #count(task: Task, by: 1 | -1): void {
    const at = this.#placeOf.get(task.containerInstanceArn ?? '');
    if (at === undefined) return;
    const counts = this.#groups.get(task.group) ?? new Map<number, number>();
    const count = (counts.get(at) ?? 0) + by;
    if (count > 0) counts.set(at, count);
    else counts.delete(at);
    if (counts.size > 0) this.#groups.set(task.group, counts);
    else this.#groups.delete(task.group);
  }
}
