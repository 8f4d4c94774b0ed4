// Checks a cluster's invariants from outside, and notes everything that must never happen.
import { isDeepStrictEqual } from 'node:util';
import { decodeFrame } from '../../src/agent-protocol/codec.ts';
import type { PayloadMessage } from '../../src/agent-protocol/messages.ts';
import type { ReadTransaction, Store } from '../../src/store/store.ts';
import type { ContainerInstance } from '../../src/aws/ecs/state/instance/container-instance.ts';
import { taskStatuses, type Task } from '../../src/aws/ecs/state/task/task.ts';
import { capacityProviderOf } from '../../src/aws/ecs/state/instance/capacity-provider-of.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { taskOf } from './simulated-engine.ts';
import type { SlowJournal } from './slow-journal.ts';

/** Something that a client was promised. */
interface Promised {
  readonly what: string;
  readonly holds: (tx: ReadTransaction) => boolean;
}

/** Nothing of it changed, but that its service has taken note of its end, once. */
const isOnlyCounted = (before: Task, after: Task): boolean =>
  before.scheduling?.countedByService !== true &&
  after.scheduling?.countedByService === true &&
  isDeepStrictEqual(
    { ...before, version: 0, scheduling: { ...before.scheduling, countedByService: true } },
    { ...after, version: 0 },
  );

const orderOf = (task: Task): number => taskStatuses.indexOf(task.lastStatus);

export class InvariantChecker {
  readonly violations: string[] = [];
  readonly #hosts: () => readonly SimulatedHost[];
  readonly #promises: Promised[] = [];
  /** The revisions in which the running incarnation made each task, and wanted it stopped. */
  #madeAt = new Map<string, number>();
  #stoppedAt = new Map<string, number>();
  #store: Store | undefined;
  #journal: SlowJournal | undefined;

  constructor(hosts: () => readonly SimulatedHost[]) {
    this.#hosts = hosts;
  }

  /** From now on watches this incarnation; everything promised before must have survived into it. */
  attach(store: Store, journal: SlowJournal): void {
    this.#store = store;
    this.#journal = journal;
    this.#madeAt = new Map();
    this.#stoppedAt = new Map();
    this.checkPromises();
    store.watch(tasks, (changes) => {
      for (const { key, before, after } of changes) {
        if (before === undefined) this.#madeAt.set(key, store.revision);
        if (after?.desiredStatus === 'STOPPED' && before?.desiredStatus !== 'STOPPED') {
          this.#stoppedAt.set(key, store.revision);
        }
        if (after !== undefined) this.#taskWritten(store, before, after);
        else this.#note(`${key} was removed`);
      }
    });
  }

  /** Whether that instance, of the last incarnation there was, is INACTIVE: its host is no longer Longshore's to manage. */
  isDeregistered(arn: string | undefined): boolean {
    const instance = this.#store?.view((tx) => tx.table(containerInstances).get(arn ?? ''));
    return instance?.status === 'INACTIVE';
  }

  /** A client was told this; it must hold from now on, whatever happens. */
  promised(what: string, holds: Promised['holds']): void {
    this.#promises.push({ what, holds });
  }

  checkPromises(): void {
    this.#store?.view((tx) => {
      for (const { what, holds } of this.#promises) {
        if (!holds(tx)) this.#note(`no longer true: ${what}`);
      }
    });
  }

  /** The control plane sends this to an agent: it must not be anything that a crash could take back. */
  frameSent(text: string): void {
    const frame = decodeFrame(text);
    if (frame?.type !== 'PayloadMessage') return;
    for (const { arn, desiredStatus } of (frame.message as PayloadMessage).tasks) {
      const revision = (desiredStatus === 'STOPPED' ? this.#stoppedAt : this.#madeAt).get(arn) ?? 0;
      if (revision > this.#journal!.durableRevision)
        this.#note(`${arn} ${desiredStatus} was sent before it was durable`);
    }
  }

  containerStarted(host: SimulatedHost, taskArn: string): void {
    if (this.isDeregistered(host.instanceArn)) return;
    const task = this.#store?.view((tx) => tx.table(tasks).get(taskArn));
    if (task === undefined) this.#note(`${host.name} runs ${taskArn}, which does not exist`);
    else if (task.lastStatus === 'STOPPED') this.#note(`${taskArn} runs again after it stopped`);
    if (task !== undefined && task.containerInstanceArn !== host.instanceArn) {
      this.#note(`${taskArn} runs on ${host.name}, where it was not placed`);
    }
  }

  #taskWritten(store: Store, before: Task | undefined, after: Task): void {
    if (before !== undefined) this.#forward(before, after);
    if (before?.lastStatus !== after.lastStatus) this.#truthful(after);
    store.view((tx) => {
      if (after.containerInstanceArn === undefined) return;
      const instance = tx.table(containerInstances).get(after.containerInstanceArn);
      if (instance === undefined) this.#note(`${after.arn} is on an instance that does not exist`);
      else if (before?.containerInstanceArn === undefined) this.#placedWell(tx, instance, after);
    });
  }

  #forward(before: Task, after: Task): void {
    const { arn } = after;
    if (orderOf(after) < orderOf(before)) {
      this.#note(`${arn} went back from ${before.lastStatus} to ${after.lastStatus}`);
    }
    if (before.desiredStatus === 'STOPPED' && after.desiredStatus !== 'STOPPED') {
      this.#note(`${arn} is wanted again after it was to stop`);
    }
    const from = before.containerInstanceArn;
    if (from !== undefined && from !== after.containerInstanceArn) this.#note(`${arn} was moved`);
    if (before.lastStatus === 'STOPPED' && !isOnlyCounted(before, after))
      this.#note(`${arn} was written after it stopped`);
  }

  /** The observed status is what the machine would say. */
  #truthful(task: Task): void {
    if (this.isDeregistered(task.containerInstanceArn)) return;
    const host = this.#hosts().find(({ instanceArn }) => instanceArn === task.containerInstanceArn);
    const containers = host?.engine.ofTask(task.arn) ?? [];
    if (task.lastStatus === 'RUNNING' && containers.some(({ status }) => status === 'created')) {
      this.#note(`${task.arn} is said to run before all its containers did`);
    }
    if (task.lastStatus === 'STOPPED' && containers.some(({ status }) => status === 'running')) {
      this.#note(`${task.arn} is said to have stopped while it runs`);
    }
  }

  /** What a task was just given was there to give: on an instance that may be used, and no more than it has. */
  #placedWell(tx: ReadTransaction, instance: ContainerInstance, task: Task): void {
    if (instance.status !== 'ACTIVE')
      this.#note(`${task.arn} was placed on a host that is ${instance.status}`);
    const provider = capacityProviderOf(tx, instance)?.name;
    if (task.capacityProviderName !== undefined && task.capacityProviderName !== provider)
      this.#note(`${task.arn} was placed outside of its capacity provider`);
    const others = [...tx.table(tasks).by('instanceLive', { containerInstanceArn: instance.arn })].filter(
      ({ arn }) => arn !== task.arn,
    );
    const { cpu, memory, ports } = instance.registeredResources;
    const sum = (of: (task: Task) => number) => others.reduce((total, one) => total + of(one), of(task));
    if (sum(({ resources }) => resources.cpu) > cpu) this.#note(`${instance.id} has too much CPU given away`);
    if (sum(({ resources }) => resources.memory) > memory)
      this.#note(`${instance.id} has too much memory given away`);
    const held = new Set([...ports, ...others.flatMap(({ resources }) => resources.ports)]);
    if (task.resources.ports.some((port) => held.has(port)))
      this.#note(`${instance.id} has a host port given away twice`);
    const { gpuIds = [] } = task.resources;
    const gone = new Set(others.flatMap(({ resources }) => resources.gpuIds ?? []));
    if (new Set(gpuIds).size < gpuIds.length || gpuIds.some((id) => gone.has(id)))
      this.#note(`${instance.id} has a GPU given away twice`);
    if (gpuIds.some((id) => !instance.gpuIds?.includes(id)))
      this.#note(`${instance.id} has a GPU given away that it does not have`);
    this.#gpusAsAsked(task);
  }

  /** Each container has as many GPUs as it asks for, and together they have those of the task. */
  #gpusAsAsked({ arn, containers, resources: { gpuIds = [], gpus = 0 } }: Task): void {
    const dealt = containers.flatMap((container) => container.gpuIds ?? []);
    const fair = containers.every((container) => (container.gpuIds?.length ?? 0) === (container.gpus ?? 0));
    if (!fair || gpuIds.length !== gpus || !isDeepStrictEqual(dealt, [...gpuIds]))
      this.#note(`${arn} holds ${gpuIds.join()} of ${gpus} GPUs, its containers ${dealt.join()}`);
  }

  /** What must be true once faults have stopped and time has passed: store and machines agree. */
  checkConverged(): void {
    this.checkPromises();
    this.#store?.view((tx) => {
      for (const task of tx.table(tasks).all()) this.#checkSettled(task);
      for (const host of this.#hosts()) this.#checkHost(tx, host);
    });
  }

  #checkSettled(task: Task): void {
    if (task.desiredStatus === 'STOPPED' && task.lastStatus !== 'STOPPED') {
      this.#note(`${task.arn} should have stopped and is ${task.lastStatus}`);
    }
    if (task.desiredStatus === 'RUNNING' && task.lastStatus !== 'RUNNING') {
      this.#note(`${task.arn} should run and is ${task.lastStatus}`);
    }
    if (task.lastStatus === 'STOPPED' && (task.stopCode === undefined || !task.stoppedReason)) {
      this.#note(`${task.arn} does not say why it stopped`);
    }
  }

  #checkHost(tx: ReadTransaction, host: SimulatedHost): void {
    if (this.isDeregistered(host.instanceArn)) return;
    const running = host.engine.containers.filter(({ status }) => status === 'running');
    for (const container of running) {
      if (tx.table(tasks).get(taskOf(container))?.lastStatus !== 'RUNNING') {
        this.#note(`${host.name} runs ${container.name}, which nobody wants`);
      }
    }
    for (const { arn, lastStatus } of tx
      .table(tasks)
      .by('instanceLive', { containerInstanceArn: host.instanceArn ?? '' })) {
      if (lastStatus === 'RUNNING' && !running.some((container) => taskOf(container) === arn)) {
        this.#note(`${arn} is said to run and does not`);
      }
    }
  }

  #note(violation: string): void {
    this.violations.push(violation);
  }
}
