// All tasks of one instance: takes orders, shares out resources and ports, and turns what the engine says into changes.
import type { PayloadTask, LastKnownStatuses } from '../agent-protocol/messages.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { noResources, type Resources } from '../agent-protocol/resources.ts';
import { resourceQueue } from './lifecycle/resource-queue.ts';
import { containerIs, containerObserved, containerStopped, type Change } from './task/changes.ts';
import type { AgentConfig } from './config/config.ts';
import { ContainerWatch } from './lifecycle/container-watch.ts';
import type { EngineContact } from './engine/engine-contact.ts';
import { HostPorts } from './network/host-ports.ts';
import { Images } from './engine/image-pull-behavior.ts';
import { isStopped, wantsStop, type KnownTask } from './task/known-task.ts';
import { newTask } from './lifecycle/new-task.ts';
import { missingGpu } from './task/task-demand.ts';
import { reportedAtMost } from './task/report.ts';
import type { ContainerState, PortBinding, Runtime } from './engine/runtime.ts';
import type { AgentState } from './state.ts';
import { strayTask } from './lifecycle/strays.ts';
import type { TaskCgroups } from './task/task-cgroups.ts';
import { TaskRunner, type RunnerDeps } from './lifecycle/task-runner.ts';

export interface TaskEngineDeps {
  readonly config: AgentConfig;
  readonly runtime: Runtime;
  readonly state: AgentState;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly contact: EngineContact;
  readonly cgroups?: TaskCgroups | undefined;
  /** What the instance offers, reserved ports included. */
  readonly capacity: Resources;
  /** Called after each change to a task. */
  readonly onChange: (runner: TaskRunner, before: KnownTask) => void;
}

export class TaskEngine {
  readonly #deps: TaskEngineDeps;
  readonly #runners = new Map<string, TaskRunner>();
  readonly #ports: HostPorts;
  readonly #runnerDeps: RunnerDeps;
  readonly #watch: ContainerWatch;
  #phase: 'new' | 'live' | 'over' = 'new';
  #order = 0;

  constructor(deps: TaskEngineDeps) {
    this.#deps = deps;
    const { config, clock, random, state } = deps;
    this.#watch = new ContainerWatch({
      ...deps,
      runners: this.#runners,
      agentId: config.agentId,
      onStray: (taskArn, containers) => this.#takeStray(taskArn, containers),
    });
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
    this.#watch.start();
    const runners = [...this.#runners.values()];
    await Promise.all([...runners.map((runner) => this.#watch.adopt(runner)), this.#watch.sweep()]);
    if (this.#phase === 'over') return;
    this.#phase = 'live';
    for (const runner of this.#runners.values()) runner.start();
    this.#startQueued();
  }

  /** Lets go of every task; containers run on. */
  stop(): void {
    this.#phase = 'over';
    this.#watch.stop();
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

  /** Brings a task to its end; one that is not known stays so, and one that ends by itself has not been asked to. */
  stopTask(arn: string): void {
    this.#runners
      .get(arn)
      ?.record((known) => (wantsStop(known) ? known : { ...known, desiredStatus: 'STOPPED' }));
  }

  /** Has everything reported of the task that is not among what the control plane was `lastKnown`. */
  reportAgain(arn: string, lastKnown: LastKnownStatuses): void {
    this.#runners.get(arn)?.record((known) => reportedAtMost(known, lastKnown));
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
      if (fresh.length > 0) this.#startQueued();
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
    this.#watch.index(runner);
    return runner;
  }

  /** Brings to its end what is left of a task that this agent once knew. */
  #takeStray(taskArn: string, containers: readonly ContainerState[]): void {
    const { clock, random, log } = this.#deps;
    log.warn(
      { taskArn, containers: containers.length },
      'Containers of an unknown task were found; stopping them',
    );
    const runner = this.#add(strayTask(taskArn, containers, this.#order, random));
    runner.save();
    for (const [name, { runtimeId }] of Object.entries(runner.known.containers)) {
      const state = containers.find(({ id }) => id === runtimeId);
      runner.record(containerObserved(name, state, clock.now()));
    }
    if (this.#phase === 'live') runner.start();
  }

  #changed(runner: TaskRunner, before: KnownTask): void {
    this.#watch.index(runner);
    this.#deps.onChange(runner, before);
    const ended = isStopped(runner.known) && !isStopped(before);
    const leftQueue = wantsStop(runner.known) && !wantsStop(before);
    if (ended || leftQueue) this.#startQueued();
  }

  #gone(runner: TaskRunner): void {
    const { task } = runner.known;
    this.#deps.state.endTask(task.arn, this.#deps.clock.now());
    this.#runners.delete(task.arn);
    this.#ports.forget(runner.known);
    this.#watch.forget(runner.known);
  }

  #startQueued(): void {
    const { capacity, config } = this.#deps;
    const reserved = { ...noResources, ports: config.reservedPorts, portsUdp: config.reservedPortsUdp };
    this.#failWithoutGpus();
    for (const { task } of resourceQueue(this.tasks(), capacity, reserved)) {
      const runner = this.#runners.get(task.arn);
      if (runner !== undefined && !runner.known.admitted) runner.record(this.#admitted(runner.known));
    }
  }

  /** An instance that came back without a GPU must not keep a task for it at the head of the queue. */
  #failWithoutGpus(): void {
    for (const runner of this.#runners.values()) {
      const { known } = runner;
      const missing =
        known.admitted || wantsStop(known) ? undefined : missingGpu(this.#deps.capacity, known.task);
      if (missing === undefined) continue;
      runner.record((before) => ({ ...before, reason: `The instance has no GPU ${missing}` }));
    }
  }

  #admitted(known: KnownTask): Change {
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
}
