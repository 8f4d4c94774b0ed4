// All tasks of one instance: takes orders, shares out resources and ports, and turns what the engine says into changes.
import type { PayloadTask } from '../agent-protocol/messages.ts';
import { backoffDelay, type BackoffPolicy } from '../lib/backoff.ts';
import { sleep, type Clock, type Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { noResources, type Resources } from '../model/resources.ts';
import { admissible } from './admission.ts';
import { containerIs, containerObserved, containerStopped, type Change } from './changes.ts';
import type { AgentConfig } from './config.ts';
import { messageOf } from './container-failure.ts';
import { HostPorts } from './host-ports.ts';
import { Images } from './images.ts';
import { containerOf, isStopped, wantsStop, type KnownTask } from './known-task.ts';
import { newTask } from './new-task.ts';
import { missingGpu } from './task-demand.ts';
import type { PortBinding, Runtime, RuntimeEvent } from './runtime/runtime.ts';
import type { AgentState } from './state.ts';
import type { TaskCgroups } from './task-cgroups.ts';
import { TaskRunner, type RunnerDeps } from './task-runner.ts';

export interface TaskEngineDeps {
  readonly config: AgentConfig;
  readonly runtime: Runtime;
  readonly state: AgentState;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly cgroups?: TaskCgroups | undefined;
  /** What the instance offers, reserved ports included. */
  readonly capacity: Resources;
  /** Called after each change to a task. */
  readonly onChange: (runner: TaskRunner, before: KnownTask) => void;
}

/** Every container is looked at again this often, in ms, in case an event was never sent. */
const inspectionInterval = 5 * 60_000;
const retries: BackoffPolicy = { min: 250, max: 10_000, factor: 2, jitter: 0.2 };

export class TaskEngine {
  readonly #deps: TaskEngineDeps;
  readonly #runners = new Map<string, TaskRunner>();
  readonly #byRuntimeId = new Map<string, { readonly runner: TaskRunner; readonly container: string }>();
  /** Containers being inspected; true when something more happened meanwhile. */
  readonly #inspecting = new Map<string, boolean>();
  readonly #ports: HostPorts;
  readonly #runnerDeps: RunnerDeps;
  readonly #stopping = new AbortController();
  #unsubscribe: () => void = () => undefined;
  #inspection: Timer | undefined;
  #order = 0;

  constructor(deps: TaskEngineDeps) {
    this.#deps = deps;
    const { config, clock, random, state } = deps;
    this.#ports = new HostPorts({ config, clock, random, tasks: () => this.#known() });
    this.#runnerDeps = {
      ...deps,
      images: new Images(deps),
      ports: this.#ports,
      save: (known) => state.saveTask(known),
      onChange: (runner, before) => this.#changed(runner, before),
      onGone: (runner) => this.#gone(runner),
    };
  }

  /** Takes up the saved tasks: finds their containers, records what happened to them unseen, and goes on. */
  async start(): Promise<void> {
    for (const known of this.#deps.state.tasks()) this.#add(known);
    // Listening comes first, so that nothing falls between the first look and the first event.
    this.#unsubscribe = this.#deps.runtime.events(
      (event) => this.#happened(event),
      () => this.#inspectAll(),
    );
    this.#scheduleInspection();
    const runners = [...this.#runners.values()];
    await Promise.all(runners.map((runner) => this.#adopt(runner)));
    this.#admit();
  }

  /** Lets go of every task; containers run on. */
  stop(): void {
    this.#stopping.abort(new Error('the agent stops'));
    this.#unsubscribe();
    this.#inspection?.cancel();
    for (const runner of this.#runners.values()) runner.halt();
  }

  /** Every task that is not yet cleaned up, in order of arrival. */
  tasks(): readonly KnownTask[] {
    return [...this.#known()];
  }

  /** The task as it was first received. */
  task(arn: string): PayloadTask | undefined {
    return this.#runners.get(arn)?.known.task;
  }

  runners(): Iterable<TaskRunner> {
    return this.#runners.values();
  }

  /** The tasks that the agent means to keep running. */
  wanted(): readonly KnownTask[] {
    return this.tasks().filter((known) => !wantsStop(known) && !isStopped(known));
  }

  /** Brings a task to its end; a task that is not known stays so. */
  stopTask(arn: string): void {
    this.#runners.get(arn)?.record((known) => ({ ...known, desiredStatus: 'STOPPED' }));
  }

  /**
   * Takes in new tasks, durably when this returns together with what `alsoSave` saves; those known already only ever
   * have their desired status raised.
   */
  accept(tasks: readonly PayloadTask[], alsoSave: () => void = () => undefined): void {
    // What stops makes room for what starts.
    const stops = tasks.filter(({ desiredStatus }) => desiredStatus === 'STOPPED');
    for (const { arn } of stops) this.stopTask(arn);
    const fresh = this.#deps.state.batch(() => {
      alsoSave();
      return this.#take([...stops, ...tasks]);
    });
    // Nothing is done for a task before it is on disk.
    for (const runner of fresh) runner.start();
  }

  #take(tasks: readonly PayloadTask[]): readonly TaskRunner[] {
    const isNew = ({ arn }: PayloadTask): boolean =>
      !this.#runners.has(arn) && !this.#deps.state.hasEnded(arn);
    const unseen = tasks.filter(
      (task, at) => isNew(task) && tasks.findIndex(({ arn }) => arn === task.arn) === at,
    );
    const fresh = unseen.map((task) => this.#add(newTask(task, this.#order, this.#deps.random)));
    try {
      for (const runner of fresh) runner.save();
      if (fresh.length > 0) this.#admit();
      return fresh;
    } catch (error) {
      for (const { known } of fresh) this.#runners.delete(known.task.arn);
      throw error;
    }
  }

  *#known(): Iterable<KnownTask> {
    for (const { known } of this.#runners.values()) yield known;
  }

  #add(known: KnownTask): TaskRunner {
    const runner = new TaskRunner(known, this.#runnerDeps);
    this.#runners.set(known.task.arn, runner);
    this.#order = Math.max(this.#order, known.order + 1);
    this.#index(runner);
    return runner;
  }

  #index(runner: TaskRunner): void {
    for (const [container, { runtimeId }] of Object.entries(runner.known.containers)) {
      if (runtimeId !== undefined) this.#byRuntimeId.set(runtimeId, { runner, container });
    }
  }

  #changed(runner: TaskRunner, before: KnownTask): void {
    this.#index(runner);
    this.#deps.onChange(runner, before);
    const ended = isStopped(runner.known) && !isStopped(before);
    const gaveUpWaiting = wantsStop(runner.known) && !wantsStop(before);
    if (ended || gaveUpWaiting) this.#admit();
  }

  #gone(runner: TaskRunner): void {
    const { task, containers } = runner.known;
    this.#deps.state.endTask(task.arn, this.#deps.clock.now());
    this.#runners.delete(task.arn);
    this.#ports.forget(runner.known);
    for (const { runtimeId } of Object.values(containers)) {
      if (runtimeId !== undefined) this.#byRuntimeId.delete(runtimeId);
    }
  }

  #admit(): void {
    const { capacity, config } = this.#deps;
    const reserved = { ...noResources, ports: config.reservedPorts, portsUdp: config.reservedPortsUdp };
    this.#giveUpWithoutGpus();
    for (const { task } of admissible(this.tasks(), capacity, reserved)) {
      const runner = this.#runners.get(task.arn);
      if (runner !== undefined && !runner.known.admitted) runner.record(this.#admission(runner.known));
    }
  }

  /** An instance that came back without a GPU must not keep a task for it at the head of the queue. */
  #giveUpWithoutGpus(): void {
    for (const runner of this.#runners.values()) {
      const { known } = runner;
      const missing =
        known.admitted || wantsStop(known) ? undefined : missingGpu(this.#deps.capacity, known.task);
      if (missing === undefined) continue;
      runner.record((before) => ({ ...before, reason: `The instance has no GPU ${missing}` }));
    }
  }

  #admission(known: KnownTask): Change {
    const ports = Object.entries(this.#ports.choose(known));
    const changes = ports.map(([name, bindings]) => this.#withPorts(name, bindings));
    return (before) =>
      changes.reduce<KnownTask>((task, change) => change(task), { ...before, admitted: true });
  }

  #withPorts(name: string, bindings: readonly PortBinding[] | undefined): Change {
    if (bindings !== undefined) return containerIs(name, { ports: bindings });
    const reason = 'CannotCreateContainerError: no free host port is left in the dynamic port range';
    return containerStopped(name, { reason, at: this.#deps.clock.now() });
  }

  async #adopt(runner: TaskRunner): Promise<void> {
    const { admitted, containers } = runner.known;
    const names = Object.keys(containers).filter((name) => admitted && containers[name]?.stage !== 'STOPPED');
    await Promise.all(names.map((name) => this.#inspectUntilAnswered(runner, name)));
    if (!this.#stopping.signal.aborted) runner.start();
  }

  /** Until the engine has answered, nobody knows whether the container exists, and nothing may be done about it. */
  async #inspectUntilAnswered(runner: TaskRunner, name: string): Promise<void> {
    const { clock, random, runtime } = this.#deps;
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt += 1) {
      try {
        const { runtimeId, runtimeName } = containerOf(runner.known, name);
        const state = await runtime.inspect(runtimeId ?? runtimeName);
        runner.record(containerObserved(name, state, clock.now()));
        return;
      } catch (error) {
        this.#inspectionFailed(runner, name, error);
        await sleep(clock, backoffDelay(retries, attempt, random), this.#stopping.signal).catch(
          () => undefined,
        );
      }
    }
  }

  #happened(event: RuntimeEvent): void {
    const found = this.#byRuntimeId.get(event.containerId);
    // A start is the agent's own doing, and `die` follows every `oom`.
    if (found === undefined || event.action === 'start' || event.action === 'oom') return;
    void this.#inspect(found.runner, found.container);
  }

  #scheduleInspection(): void {
    this.#inspection = this.#deps.clock.after(inspectionInterval, () => {
      this.#inspectAll();
      this.#scheduleInspection();
    });
  }

  #inspectAll(): void {
    for (const runner of this.#runners.values()) {
      for (const [name, { stage }] of Object.entries(runner.known.containers)) {
        if (stage === 'RUNNING' || stage === 'CREATED') void this.#inspect(runner, name);
      }
    }
  }

  /** One inspection of a container at a time, so that an older answer never comes after a newer one. */
  async #inspect(runner: TaskRunner, name: string): Promise<void> {
    const { runtimeName } = containerOf(runner.known, name);
    if (this.#inspecting.has(runtimeName)) {
      this.#inspecting.set(runtimeName, true);
      return;
    }
    try {
      do {
        this.#inspecting.set(runtimeName, false);
        await this.#look(runner, name);
      } while (this.#inspecting.get(runtimeName));
    } catch (error) {
      this.#inspectionFailed(runner, name, error);
      this.#deps.clock.after(retries.max, () => void this.#inspect(runner, name));
    } finally {
      this.#inspecting.delete(runtimeName);
    }
  }

  async #look(runner: TaskRunner, name: string): Promise<void> {
    const { runtimeId, runtimeName, stage } = containerOf(runner.known, name);
    if (stage === 'STOPPED' || this.#stopping.signal.aborted) return;
    const state = await this.#deps.runtime.inspect(runtimeId ?? runtimeName);
    // The agent itself may be replacing it at this moment.
    if (state === undefined && runner.isBusy(name)) return;
    runner.record(containerObserved(name, state, this.#deps.clock.now()));
  }

  #inspectionFailed(runner: TaskRunner, container: string, error: unknown): void {
    const fields = { taskArn: runner.known.task.arn, container, error: messageOf(error) };
    this.#deps.log.warn(fields, 'A container could not be inspected');
  }
}
