// The tasks of services as schedulers see them, kept up to date commit by commit: a service of thousands of tasks must not look at
// each of them in each of its steps.
import { isDeepStrictEqual } from 'node:util';
import type { Service } from '../../../state/service/service.ts';
import { disconnectedAgents } from '../../../state/instance/disconnected-agents.ts';
import { agentSessions, containerInstances } from '../../../state/instance/container-instances.ts';
import { services } from '../../../state/service/services.ts';
import { taskDefinitions } from '../../../state/task-definition/task-definitions.ts';
import type { Task } from '../../../state/task/task.ts';
import { tasks } from '../../../state/task/tasks.ts';
import type { Change, ReadTransaction, Store } from '../../../../../store/store.ts';
import { isWanted, seer, soonest, type Seer, type TasksOfView } from './service-task.ts';
import type { ServiceTask } from './service-view.ts';
import type { KeptContext, KeptTasks } from './view-of.ts';

/**
 * As of the last commit: inside a transaction they do not show what that transaction itself wrote. They are what `serviceTasks` finds,
 * in the same order.
 */
export class ServiceTasks implements KeptTasks {
  readonly #store: Store;
  readonly #lists = new Map<string, TaskList>();

  constructor(store: Store) {
    this.#store = store;
    store.watch(tasks, (changes) => {
      for (const { key, before, after } of changes)
        this.#lists.get((after ?? before)!.serviceArn ?? '')?.touch(key, after);
    });
    store.watch(services, (changes) => {
      for (const { key, after } of changes) if (!after) this.#lists.delete(key);
    });
    store.watch(containerInstances, (changes) => {
      this.#touchOn(changes.filter(({ before, after }) => before?.status !== after?.status));
    });
    store.watch(disconnectedAgents, (changes) => {
      this.#touchOn(changes.filter(({ before, after }) => before?.isLost !== after?.isLost));
    });
    store.watch(agentSessions, (changes) => {
      this.#touchOn(changes.filter(({ before, after }) => !before !== !after));
    });
    store.watch(taskDefinitions, (changes) => {
      if (changes.some(({ before, after }) => !before || !after)) this.#lists.clear();
    });
  }

  /** The tasks of the service, as `context` counts them; not to be kept beyond `tx`. */
  of(tx: ReadTransaction, service: Service, context: KeptContext): TasksOfView {
    const known = this.#lists.get(service.arn);
    if (known?.follows(service, context)) return known.current(tx, context);
    const list = new TaskList(service, context);
    for (const task of tx
      .table(tasks)
      .by('serviceDesired', { serviceArn: service.arn, desiredStatus: 'RUNNING' }))
      list.touch(task.arn, task);
    this.#lists.set(service.arn, list);
    return list.current(tx, context);
  }

  /** The tasks on instances of which more has changed than their load. */
  #touchOn(changes: readonly Pick<Change<never>, 'key'>[]): void {
    if (changes.length === 0 || this.#lists.size === 0) return;
    this.#store.view((tx) => {
      for (const { key } of changes)
        for (const task of tx
          .table(tasks)
          .by('instanceDesired', { containerInstanceArn: key, desiredStatus: 'RUNNING' }))
          this.#lists.get(task.serviceArn ?? '')?.touch(task.arn, task);
    });
  }
}

/** Whether both rows of a service count its tasks alike: how many it is to have says nothing of how each of them counts. */
const countAlike = (one: Service, other: Service): boolean =>
  one === other || isDeepStrictEqual({ ...one, ...anyNumber }, { ...other, ...anyNumber });
const anyNumber = { desiredCount: 0, version: 0 } satisfies Partial<Service>;

/** The tasks of one service, as its row counts them. */
class TaskList {
  #service: Service;
  readonly #healthyAfter: number;
  /** Those that the service can reckon with, by their ARNs, and side by side with them how they count. */
  readonly #rows: Task[] = [];
  readonly #seen: ServiceTask[] = [];
  readonly #lost = new Map<string, Task>();
  /** Rows that are to be looked at before the next use; undefined: gone. */
  readonly #touched = new Map<string, Task | undefined>();
  /** Epoch ms. */
  #now = 0;

  constructor(service: Service, { healthyAfter }: KeptContext) {
    this.#service = service;
    this.#healthyAfter = healthyAfter;
  }

  /** Takes the row for the one that counts from now on; false where that, or `context`, counts otherwise than before. */
  follows(service: Service, { now, healthyAfter }: KeptContext): boolean {
    if (this.#healthyAfter !== healthyAfter || this.#now > now) return false;
    if (!countAlike(this.#service, service)) return false;
    this.#service = service;
    return true;
  }

  touch(arn: string, row: Task | undefined): void {
    this.#touched.set(arn, row);
  }

  /** With everything that was touched, or that time has changed, looked at again. */
  current(tx: ReadTransaction, context: KeptContext): TasksOfView {
    const { now } = context;
    const seen = seer(tx, this.#service, { now, healthyAfter: this.#healthyAfter });
    this.#now = now;
    this.#placeTouched(seen);
    this.#seen.forEach(({ changesAt }, at) => {
      if (changesAt !== undefined && changesAt <= now) this.#seen[at] = seen.see(this.#rows[at]!);
    });
    return { tasks: this.#seen, lost: this.#lostInOrder(), changesAt: soonest(this.#seen) };
  }

  /** What goes is taken out in one go: each by itself would move all that come after it. */
  #placeTouched(seen: Seer): void {
    const gone = new Set<number>();
    const come: Task[] = [];
    for (const [arn, row] of this.#touched) {
      const at = this.#firstFrom(arn);
      const isThere = this.#rows[at]?.arn === arn;
      const wanted = this.#reckonedWith(arn, row, seen);
      if (wanted && isThere) this.#set(at, wanted, seen.see(wanted));
      else if (wanted) come.push(wanted);
      else if (isThere) gone.add(at);
    }
    this.#touched.clear();
    if (gone.size > 0) this.#remove(gone);
    for (const row of come) {
      const at = this.#firstFrom(row.arn);
      this.#rows.splice(at, 0, row);
      this.#seen.splice(at, 0, seen.see(row));
    }
  }

  /** The row, if the service can reckon with it; if not for its host alone, it is among the lost. */
  #reckonedWith(arn: string, row: Task | undefined, seen: Seer): Task | undefined {
    this.#lost.delete(arn);
    if (row === undefined || !isWanted(row)) return undefined;
    if (!seen.isOnLostInstance(row)) return row;
    this.#lost.set(arn, row);
    return undefined;
  }

  #set(at: number, row: Task, seen: ServiceTask): void {
    this.#rows[at] = row;
    this.#seen[at] = seen;
  }

  #remove(gone: ReadonlySet<number>): void {
    let to = 0;
    for (let at = 0; at < this.#rows.length; at++)
      if (!gone.has(at)) this.#set(to++, this.#rows[at]!, this.#seen[at]!);
    this.#rows.length = to;
    this.#seen.length = to;
  }

  #lostInOrder(): readonly Task[] {
    return [...this.#lost.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  /** The place of the first row whose ARN is `arn` or greater. */
  #firstFrom(arn: string): number {
    const last = this.#rows.at(-1);
    if (last === undefined || last.arn < arn) return this.#rows.length;
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#rows[middle]!.arn < arn) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
