// Owns what is known of one task: asks for the next step, does it, records what came of it, and asks again.
import { backoffDelay, type BackoffPolicy } from '../../lib/backoff.ts';
import type { Timer } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Random } from '../../lib/random.ts';
import { containerStopped, type Change } from '../task/changes.ts';
import { messageOf } from '../engine/container-failure.ts';
import { isStopped, type KnownTask } from '../task/known-task.ts';
import { nextStep, type Step } from './next-step.ts';
import { containerSteps, taskSteps, type StepDeps, type TaskRecord } from './steps.ts';

export interface RunnerDeps extends StepDeps {
  readonly random: Random;
  readonly log: Log;
  /** Makes the task durable. */
  readonly save: (known: KnownTask) => void;
  /** Called after each change. */
  readonly onChange: (runner: TaskRunner, before: KnownTask) => void;
  /** The task was cleaned up; nothing is left of it. */
  readonly onGone: (runner: TaskRunner) => void;
}

type ContainerStepKind = keyof typeof containerSteps;

const retries: BackoffPolicy = { min: 1000, max: 30_000, factor: 2, jitter: 0.2 };

/** One task. Steps on different containers run at the same time where `nextStep` allows it. */
export class TaskRunner implements TaskRecord {
  readonly #deps: RunnerDeps;
  #known: KnownTask;
  #unsaved = false;
  /** Changes are recorded from the first; steps are taken only while `live`. */
  #phase: 'new' | 'live' | 'over' = 'new';
  #advancing = false;
  #taskBusy = false;
  readonly #containersBusy = new Map<string, ContainerStepKind>();
  readonly #timers = new Set<Timer>();
  #wakeUp: Timer | undefined;

  constructor(known: KnownTask, deps: RunnerDeps) {
    this.#known = known;
    this.#deps = deps;
  }

  get known(): KnownTask {
    return this.#known;
  }

  /** Begins, or goes on after a restart of the agent. */
  start(): void {
    this.#phase = 'live';
    this.#advance();
  }

  /** Stops deciding and recording for good; what the engine is doing for the task goes on. */
  halt(): void {
    if (this.#unsaved) this.save();
    this.#phase = 'over';
    this.#wakeUp?.cancel();
    for (const timer of this.#timers) timer.cancel();
  }

  save(): void {
    this.#deps.save(this.#known);
    this.#unsaved = false;
  }

  /** Whether a step with the engine on the container is under way. */
  isBusy(container: string): boolean {
    return this.#containersBusy.has(container);
  }

  record(change: Change, save: 'now' | 'later' = 'now'): void {
    if (this.#phase === 'over') return;
    const before = this.#known;
    this.#known = this.#withEnd(change(before));
    this.#unsaved ||= this.#known !== before;
    if (save === 'now' && this.#unsaved) this.save();
    if (this.#known === before) return;
    this.#deps.onChange(this, before);
    this.#advance();
  }

  /** When the last container ends, the day of the cleanup is fixed. */
  #withEnd(known: KnownTask): KnownTask {
    if (!isStopped(known) || known.cleanupAt !== undefined) return known;
    const { taskCleanupWaitDuration, taskCleanupWaitDurationJitter } = this.#deps.config;
    const stoppedAt = known.stoppedAt ?? this.#deps.clock.now();
    const wait = taskCleanupWaitDuration + this.#deps.random.next() * taskCleanupWaitDurationJitter;
    return { ...known, stoppedAt, cleanupAt: this.#deps.clock.now() + wait };
  }

  #advance(): void {
    // A step recorded at once comes back here; the loop below is already looking.
    if (this.#phase !== 'live' || this.#advancing) return;
    this.#advancing = true;
    try {
      this.#wakeUp?.cancel();
      while (this.#perform(this.#nextStep()));
    } finally {
      this.#advancing = false;
    }
  }

  #nextStep(): Step {
    const busy = { containers: this.#containersBusy, task: this.#taskBusy };
    return nextStep(this.#known, busy, this.#deps.clock.now());
  }

  /** Does a step, or begins to; answers whether there may be another one to do beside it. */
  #perform(step: Step): boolean {
    const { clock } = this.#deps;
    switch (step.kind) {
      case 'wait':
        if (step.until !== undefined) {
          this.#wakeUp = clock.after(step.until - clock.now(), () => this.#advance());
        }
        return false;
      case 'abandon':
        this.record(containerStopped(step.container, { ...step, at: clock.now() }));
        return true;
      case 'failTask':
        this.record((known) => ({ ...known, reason: step.reason }));
        return true;
      case 'prepare':
      case 'cleanUp':
        void this.#doTaskStep(step.kind);
        return true;
      default:
        void this.#doContainerStep(step.kind, step.container);
        return true;
    }
  }

  async #doTaskStep(kind: 'prepare' | 'cleanUp'): Promise<void> {
    this.#taskBusy = true;
    await this.#untilDone(kind, () => taskSteps[kind](this.#deps, this));
    this.#taskBusy = false;
    if (kind === 'cleanUp' && this.#phase === 'live') this.#vanish();
    this.#advance();
  }

  #vanish(): void {
    this.#phase = 'over';
    this.#deps.onGone(this);
  }

  async #doContainerStep(kind: ContainerStepKind, name: string): Promise<void> {
    const container = this.#known.task.containers.find((each) => each.name === name);
    if (container === undefined) return;
    this.#containersBusy.set(name, kind);
    await this.#untilDone(kind, () => containerSteps[kind](this.#deps, this, container));
    this.#containersBusy.delete(name);
    this.#advance();
  }

  /** Repeats what fails without a decision, for as long as the runner lives. */
  async #untilDone(kind: string, work: () => Promise<void>): Promise<void> {
    for (let attempt = 0; this.#phase !== 'over'; attempt += 1) {
      try {
        await work();
        return;
      } catch (error) {
        const { log, random, contact } = this.#deps;
        if (await contact.outlast(error)) continue;
        const delay = backoffDelay(retries, attempt, random);
        const fields = { taskArn: this.#known.task.arn, step: kind, error: messageOf(error), delay };
        log.warn(fields, 'A step of a task failed; trying it again');
        await this.#pause(delay);
      }
    }
  }

  #pause(delay: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#deps.clock.after(delay, () => {
        this.#timers.delete(timer);
        resolve();
      });
      this.#timers.add(timer);
    });
  }
}
