// Learns from the engine what becomes of the tasks' containers: by its events, by looking again, and by looking through
// all there are for some that should not run. It records what it finds; what to do about it others decide.
import { backoffDelay, type BackoffPolicy } from '../../lib/backoff.ts';
import { sleep, type Clock, type Timer } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { containerStopped, observedChange } from '../task/changes.ts';
import { messageOf } from '../engine/container-failure.ts';
import type { EngineContact } from '../engine/engine-contact.ts';
import { containerOf, type KnownTask } from '../task/known-task.ts';
import type { ContainerState, Runtime, RuntimeEvent } from '../engine/runtime.ts';
import { sortOut } from './strays.ts';
import type { TaskRunner } from './task-runner.ts';

export interface ContainerWatchDeps {
  readonly runtime: Runtime;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly contact: EngineContact;
  /** Of all tasks that the agent knows, by ARN. */
  readonly runners: ReadonlyMap<string, TaskRunner>;
  /** The mark on containers that this agent made. */
  readonly agentId: string;
  /** Containers of this agent were found whose task it does not know. */
  readonly onStray: (taskArn: string, containers: readonly ContainerState[]) => void;
}

interface Found {
  readonly runner: TaskRunner;
  readonly container: string;
}

/** Every container is looked at again this often, in ms, in case an event was never sent. */
const inspectionInterval = 5 * 60_000;
/** All containers are looked through this often, in ms; what there is to find comes about while the agent or the engine is away. */
const sweepInterval = 30 * 60_000;
const retries: BackoffPolicy = { min: 250, max: 10_000, factor: 2, jitter: 0.2 };

export class ContainerWatch {
  readonly #deps: ContainerWatchDeps;
  readonly #byRuntimeId = new Map<string, Found>();
  /** Containers being inspected; true when something more happened meanwhile. */
  readonly #inspecting = new Map<string, boolean>();
  /** Deaths that were told of and have yet to be seen: runtime id to exit code. */
  readonly #deaths = new Map<string, number | undefined>();
  readonly #stopping = new AbortController();
  #unsubscribe: () => void = () => undefined;
  #inspection: Timer | undefined;
  #sweeping: Timer | undefined;

  constructor(deps: ContainerWatchDeps) {
    this.#deps = deps;
  }

  /** Begins to listen; what happened before is found by `adopt` and `sweep`. */
  start(): void {
    this.#unsubscribe = this.#deps.runtime.events(
      (event) => this.#happened(event),
      () => this.#lookAtAll(),
      () => void this.#streamBroke(),
    );
    this.#scheduleInspection();
    this.#scheduleSweep();
  }

  stop(): void {
    this.#stopping.abort(new Error('the agent stops'));
    this.#unsubscribe();
    this.#inspection?.cancel();
    this.#sweeping?.cancel();
  }

  /** Takes note of the ids of a task's containers. */
  index(runner: TaskRunner): void {
    for (const [container, { runtimeId }] of Object.entries(runner.known.containers)) {
      if (runtimeId !== undefined) this.#byRuntimeId.set(runtimeId, { runner, container });
    }
  }

  /** The task is gone, and its containers with it. */
  forget({ containers }: KnownTask): void {
    for (const { runtimeId } of Object.values(containers)) {
      if (runtimeId === undefined) continue;
      this.#byRuntimeId.delete(runtimeId);
      this.#deaths.delete(runtimeId);
    }
  }

  /** Records what became of a saved task's containers; resolves once the engine has answered, or the agent stops. */
  async adopt(runner: TaskRunner): Promise<void> {
    const { admitted, containers } = runner.known;
    const names = Object.keys(containers).filter((name) => admitted && containers[name]?.stage !== 'STOPPED');
    await Promise.all(names.map((name) => this.#inspectUntilAnswered(runner, name)));
  }

  /** Looks through all containers on the engine once; resolves when it has answered, or the agent stops. */
  async sweep(): Promise<void> {
    await this.#untilAnswered(
      () => this.#sweep(),
      (error) => this.#deps.log.warn({ error: messageOf(error) }, 'The containers could not be listed'),
    );
  }

  /** Until the engine has answered, nobody knows whether the container exists, and nothing may be done about it. */
  async #inspectUntilAnswered(runner: TaskRunner, name: string): Promise<void> {
    const { clock, runtime, contact } = this.#deps;
    const look = async (): Promise<void> => {
      const { runtimeId, runtimeName } = containerOf(runner.known, name);
      const state = await runtime.inspect(runtimeId ?? runtimeName);
      runner.record(observedChange(contact, name, state, clock.now()));
    };
    await this.#untilAnswered(look, (error) => this.#inspectionFailed(runner, name, error));
  }

  async #untilAnswered(ask: () => Promise<void>, onFailure: (error: unknown) => void): Promise<void> {
    const { clock, random, contact } = this.#deps;
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt += 1) {
      try {
        await ask();
        return;
      } catch (error) {
        if (await contact.outlast(error)) continue;
        onFailure(error);
        await sleep(clock, backoffDelay(retries, attempt, random), this.#stopping.signal).catch(
          () => undefined,
        );
      }
    }
  }

  #happened({ containerId, action, exitCode }: RuntimeEvent): void {
    const found = this.#byRuntimeId.get(containerId);
    // `die` follows every `oom`, and a start under way is the agent's own.
    if (found === undefined || action === 'oom') return;
    if (action === 'start' && isStarting(found)) return;
    if (action === 'die') this.#deaths.set(containerId, exitCode);
    void this.#inspect(found.runner, found.container);
  }

  /** Nobody may have asked anything of an engine that is away. What became of the containers is looked at as soon as it is back. */
  async #streamBroke(): Promise<void> {
    const { contact } = this.#deps;
    if (await contact.answers()) return;
    await contact.whenBack();
    if (!this.#stopping.signal.aborted) this.#lookAtAll();
  }

  #scheduleInspection(): void {
    this.#inspection = this.#deps.clock.after(inspectionInterval, () => {
      this.#inspectAll();
      this.#scheduleInspection();
    });
  }

  #scheduleSweep(): void {
    this.#sweeping = this.#deps.clock.after(sweepInterval, () => {
      void this.sweep();
      this.#scheduleSweep();
    });
  }

  /** What happened went unseen. */
  #lookAtAll(): void {
    this.#inspectAll();
    void this.sweep();
  }

  #inspectAll(): void {
    for (const runner of this.#deps.runners.values()) {
      for (const [name, { stage }] of Object.entries(runner.known.containers)) {
        if (stage === 'RUNNING' || stage === 'CREATED') void this.#inspect(runner, name);
      }
    }
  }

  async #sweep(): Promise<void> {
    const { runtime, runners, agentId } = this.#deps;
    const { revived, strays } = sortOut(await runtime.list(), (arn) => runners.get(arn)?.known, agentId);
    for (const { taskArn, container } of revived) {
      const runner = runners.get(taskArn);
      if (runner !== undefined) void this.#inspect(runner, container);
    }
    for (const [taskArn, ids] of strays) await this.#inspectStrays(taskArn, ids);
  }

  async #inspectStrays(taskArn: string, ids: readonly string[]): Promise<void> {
    const { runtime, runners, onStray } = this.#deps;
    const states = await Promise.all(ids.map((id) => runtime.inspect(id)));
    const there = states.filter((state) => state !== undefined);
    // A cleanup may have been under way while they were listed.
    if (there.length > 0 && !runners.has(taskArn) && !this.#stopping.signal.aborted) onStray(taskArn, there);
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
      void this.#deps.contact.explains(error).then((isAway) => {
        if (!isAway) this.#inspectionFailed(runner, name, error);
      });
      this.#deps.clock.after(retries.max, () => void this.#inspect(runner, name));
    } finally {
      this.#inspecting.delete(runtimeName);
    }
  }

  async #look(runner: TaskRunner, name: string): Promise<void> {
    const { runtimeId, runtimeName } = containerOf(runner.known, name);
    if (this.#stopping.signal.aborted) return;
    const died = runtimeId !== undefined && this.#deaths.has(runtimeId);
    const state = await this.#deps.runtime.inspect(runtimeId ?? runtimeName);
    // The agent itself may be replacing it at this moment.
    if (state === undefined && runner.isBusy(name)) return;
    if (died) this.#recordDeath(runner, name, runtimeId, state);
    const ranAgain = containerOf(runner.known, name).runsAgain === true;
    runner.record(observedChange(this.#deps.contact, name, state, this.#deps.clock.now()));
    if (!ranAgain && containerOf(runner.known, name).runsAgain) this.#logRevived(runner, name);
  }

  /** A container that had died before it was looked at, and runs, was started by somebody else: its end stays its end. */
  #recordDeath(runner: TaskRunner, name: string, runtimeId: string, state: ContainerState | undefined): void {
    const exitCode = this.#deaths.get(runtimeId);
    this.#deaths.delete(runtimeId);
    if (state?.id === runtimeId && state.status === 'running')
      runner.record(containerStopped(name, { exitCode, at: this.#deps.clock.now() }));
  }

  #logRevived(runner: TaskRunner, container: string): void {
    const fields = { taskArn: runner.known.task.arn, container };
    this.#deps.log.warn(fields, 'A container was started again after its end; stopping it');
  }

  #inspectionFailed(runner: TaskRunner, container: string, error: unknown): void {
    const fields = { taskArn: runner.known.task.arn, container, error: messageOf(error) };
    this.#deps.log.warn(fields, 'A container could not be inspected');
  }
}

const isStarting = ({ runner, container }: Found): boolean =>
  containerOf(runner.known, container).stage !== 'STOPPED' && runner.isBusy(container);
