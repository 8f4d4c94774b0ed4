// The tasks of one simulated instance: takes what the control plane orders, chooses ports, keeps accounts. Refuses nothing.
import type { PayloadTask, LastKnownStatuses } from '../agent-protocol/messages.ts';
import type { AgentConfig } from '../agent/config/config.ts';
import { isStopped, wantsStop, type KnownTask } from '../agent/task/known-task.ts';
import { choosePorts, portKey, portKeys, type TakenPorts } from '../agent/network/dynamic-host-port.ts';
import { reportedAtMost } from '../agent/task/report.ts';
import type { PortBinding } from '../agent/engine/runtime.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { Behaviour } from './behaviour.ts';
import type { Commitment } from './commitment.ts';
import { SimulatedTask, type SimulatedTaskDeps } from './simulated-task.ts';
import { receivedTask } from './task-course.ts';
import type { Tally } from './tally.ts';

export interface SimulatedTasksDeps {
  readonly config: AgentConfig;
  readonly clock: Clock;
  readonly random: Random;
  readonly tally: Tally;
  readonly commitment: Commitment;
  /** What a task will do, which is at this place in the order of arrival. */
  readonly behaviour: (task: PayloadTask, order: number) => Behaviour;
  /** Called after each change. */
  readonly onChange: (task: SimulatedTask) => void;
  /** Called when a task's health checks say something after it ran for a while. */
  readonly onHealth: (known: KnownTask) => void;
  /** A task was given to an instance without room for it. */
  readonly onOvercommitted: (taskArn: string, problem: string) => void;
}

type PortsByContainer = ReadonlyMap<string, readonly PortBinding[]>;

const noPorts: PortsByContainer = new Map();
/** For how long, in ms, an ended task is known as such: an order for it may still be under way. */
const endedMemory = 10 * 60_000;

/** What an agent's session needs of its task engine. */
export class SimulatedTasks {
  readonly #deps: SimulatedTasksDeps;
  readonly #taskDeps: SimulatedTaskDeps;
  readonly #tasks = new Map<string, SimulatedTask>();
  /** ARN to the time of the end, oldest first. */
  readonly #ended = new Map<string, number>();
  readonly #ports: TakenPorts;
  #order = 0;

  constructor(deps: SimulatedTasksDeps) {
    this.#deps = deps;
    this.#taskDeps = { ...deps, onChange: (task) => this.#changed(task) };
    const { reservedPorts, reservedPortsUdp } = deps.config;
    this.#ports = new Set([
      ...reservedPorts.map((port) => portKey(port, 'tcp')),
      ...reservedPortsUdp.map((port) => portKey(port, 'udp')),
    ]);
  }

  /** The task as it was first received, without what the simulation has no use for. */
  task(arn: string): PayloadTask | undefined {
    return this.#tasks.get(arn)?.known.task;
  }

  /** Every task whose end was not yet reported. */
  known(): readonly KnownTask[] {
    return Array.from(this.#tasks.values(), ({ known }) => known);
  }

  /** The tasks that are meant to keep running. */
  wanted(): readonly KnownTask[] {
    return this.known().filter((known) => !wantsStop(known) && !isStopped(known));
  }

  /** Begins tasks that are new; those known already only ever have their desired status raised. */
  accept(tasks: readonly PayloadTask[], alsoSave: () => void = () => undefined): void {
    alsoSave();
    for (const { arn, desiredStatus } of tasks) if (desiredStatus === 'STOPPED') this.stopTask(arn);
    for (const task of tasks) {
      if (!this.#tasks.has(task.arn) && !this.#ended.has(task.arn)) this.#begin(task);
    }
  }

  /** Brings a task to its end; a task that is not known stays so. */
  stopTask(arn: string): void {
    this.#tasks.get(arn)?.stop();
  }

  /** The task ends badly by itself, if it is here and runs. */
  exitTask(arn: string): void {
    this.#tasks.get(arn)?.exit();
  }

  /** Has everything reported of the task that is not among what the control plane was `told`. */
  reportAgain(arn: string, told: LastKnownStatuses): void {
    this.#tasks.get(arn)?.record((known) => reportedAtMost(known, told));
  }

  /** Whether a task was here, has ended, and is not long gone. */
  hasEnded(arn: string): boolean {
    return this.#ended.has(arn);
  }

  /** Nothing more happens to any task. */
  halt(): void {
    for (const task of this.#tasks.values()) task.halt();
  }

  #begin(task: PayloadTask): void {
    const { behaviour, clock } = this.#deps;
    const order = this.#order++;
    const ports = task.desiredStatus === 'RUNNING' ? this.#commit(task) : noPorts;
    const known = receivedTask(task, order, ports, clock.now());
    const simulated = new SimulatedTask(known, behaviour(task, order), this.#taskDeps);
    this.#tasks.set(task.arn, simulated);
    simulated.begin();
  }

  /** Takes what the task needs, whether it is there or not; answers its host ports by container. */
  #commit(task: PayloadTask): PortsByContainer {
    const { commitment, config, random, onOvercommitted } = this.#deps;
    const problem = commitment.take(task);
    if (problem !== undefined) onOvercommitted(task.arn, problem);
    const bindings = task.containers.map((container): [string, readonly PortBinding[]] => {
      const chosen = choosePorts(task, container, this.#ports, config, random);
      if (chosen === undefined) onOvercommitted(task.arn, 'no dynamic host port is left');
      return [container.name, chosen ?? []];
    });
    return new Map(bindings);
  }

  #changed(task: SimulatedTask): void {
    if (isStopped(task.known)) this.#taskEnded(task.known);
    this.#deps.onChange(task);
  }

  /** What a task held is free once it has ended; it is forgotten once the control plane knows that too. */
  #taskEnded(known: KnownTask): void {
    const { arn } = known.task;
    if (this.#deps.commitment.release(arn)) this.#freePorts(known);
    if (known.reported === 'STOPPED' && this.#tasks.delete(arn)) this.#remember(arn);
  }

  #freePorts({ containers }: KnownTask): void {
    for (const { ports } of Object.values(containers)) {
      for (const key of ports.flatMap(portKeys)) this.#ports.delete(key);
    }
  }

  #remember(arn: string): void {
    const now = this.#deps.clock.now();
    this.#ended.set(arn, now);
    for (const [old, at] of this.#ended) {
      if (now - at < endedMemory) return;
      this.#ended.delete(old);
    }
  }
}
