// One simulated task: what is known of it, how far it is, and the timers that take it further.
import type { Change } from '../agent/task/changes.ts';
import { isStopped, wantsStop, type KnownTask } from '../agent/task/known-task.ts';
import type { ReportedTask } from '../agent/links/reporter.ts';
import type { Clock, Timer } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { Behaviour } from './behaviour.ts';
import { checked, exited, failedToStart, started, stopped } from './task-course.ts';
import type { Tally, TaskPhase } from './tally.ts';

export interface SimulatedTaskDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly tally: Tally;
  /** Called after each change. */
  readonly onChange: (task: SimulatedTask) => void;
  /** Called when its health checks say something after it ran for a while. */
  readonly onHealth: (known: KnownTask) => void;
}

/** Does as its behaviour says, from `begin` on. */
export class SimulatedTask implements ReportedTask {
  readonly #deps: SimulatedTaskDeps;
  readonly #behaviour: Behaviour;
  #known: KnownTask;
  #phase: TaskPhase = 'pending';
  #timer: Timer | undefined;
  #checkTimer: Timer | undefined;
  #stopping = false;

  constructor(known: KnownTask, behaviour: Behaviour, deps: SimulatedTaskDeps) {
    this.#known = known;
    this.#behaviour = behaviour;
    this.#deps = deps;
    deps.tally.moved(undefined, 'pending');
  }

  get known(): KnownTask {
    return this.#known;
  }

  /** A task that is to be stopped before it began ends at once. */
  begin(): void {
    if (this.#known.desiredStatus === 'STOPPED') this.#end();
    else this.#later(this.#behaviour.startAfter, () => this.#start());
  }

  record(change: Change): void {
    const before = this.#known;
    this.#known = change(before);
    if (this.#known === before) return;
    this.#follow();
    this.#deps.onChange(this);
  }

  /** Orders the end; a second order changes nothing. */
  stop(): void {
    this.record((known) =>
      known.desiredStatus === 'STOPPED' ? known : { ...known, desiredStatus: 'STOPPED' },
    );
  }

  /** It ends badly by itself, if it runs. */
  exit(): void {
    if (this.#phase === 'running' && !this.#stopping) this.#exit();
  }

  /** Nothing more happens to it. */
  halt(): void {
    this.#timer?.cancel();
    this.#checkTimer?.cancel();
  }

  #start(): void {
    const { clock, random, tally } = this.#deps;
    const { failure, exitAfter, health = { status: 'HEALTHY', after: 0 } } = this.#behaviour;
    if (failure !== undefined) {
      tally.failedToStart += 1;
      this.record(failedToStart(failure, clock.now()));
      return;
    }
    this.#enter('running');
    if (exitAfter !== undefined) this.#later(exitAfter, () => this.#exit());
    const checkedNow = (known: KnownTask): KnownTask => checked(health.status, clock.now())(known);
    const running = started(clock.now(), random);
    if (health.after <= 0) {
      this.record((known) => checkedNow(running(known)));
      return;
    }
    this.#checkTimer = clock.after(health.after, () => {
      this.record(checkedNow);
      this.#deps.onHealth(this.#known);
    });
    this.record(running);
  }

  #exit(): void {
    this.#deps.tally.exited += 1;
    this.record(exited(1, this.#deps.clock.now()));
  }

  /** Sees to what follows from the last change: an order to stop, or an essential container's end, ends the rest. */
  #follow(): void {
    if (isStopped(this.#known)) {
      this.halt();
      this.#enter('stopped');
      return;
    }
    if (this.#stopping || !wantsStop(this.#known)) return;
    this.#stopping = true;
    if (this.#phase === 'running') this.#later(this.#behaviour.stopAfter, () => this.#end());
    else this.#end();
  }

  #end(): void {
    this.record(stopped(this.#deps.clock.now()));
    // A task without containers, as an order to stop an unknown one is, has nothing to record.
    if (isStopped(this.#known)) this.#enter('stopped');
    this.#deps.onChange(this);
  }

  #enter(phase: TaskPhase): void {
    if (this.#phase === phase) return;
    this.#deps.tally.moved(this.#phase, phase);
    this.#phase = phase;
  }

  #later(delay: number, run: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#deps.clock.after(delay, run);
  }
}
