// What a fleet has seen so far, counted: for the status line, and for the verdict at the end.

/** Where a simulated task is. */
export type TaskPhase = 'pending' | 'running' | 'stopped';

export interface FleetStatus {
  readonly instances: number;
  readonly registered: number;
  readonly connected: number;
  /** `stopped` and what follows count since the beginning, the other two what is so now. */
  readonly tasks: Readonly<Record<TaskPhase, number>>;
  readonly failedToStart: number;
  readonly exited: number;
  /** Tasks that could not be read, and were reported as STOPPED. */
  readonly refused: number;
  /** Tasks that were given to an instance that had no room for them. */
  readonly overcommitted: number;
}

/** A task that was given to an instance without room. */
export interface Violation {
  readonly instance: string;
  readonly taskArn: string;
  readonly problem: string;
}

/** What is kept of violations beyond their number. */
const maxViolations = 20;

export class Tally {
  readonly #instances: number;
  readonly #tasks: Record<TaskPhase, number> = { pending: 0, running: 0, stopped: 0 };
  readonly #violations: Violation[] = [];
  #overcommitted = 0;
  registered = 0;
  connected = 0;
  failedToStart = 0;
  exited = 0;
  refused = 0;

  constructor(instances: number) {
    this.#instances = instances;
  }

  /** A task went from one phase to another, or came. */
  moved(from: TaskPhase | undefined, to: TaskPhase): void {
    if (from !== undefined) this.#tasks[from] -= 1;
    this.#tasks[to] += 1;
  }

  violated(violation: Violation): void {
    this.#overcommitted += 1;
    if (this.#violations.length < maxViolations) this.#violations.push(violation);
  }

  /** The first violations. */
  get violations(): readonly Violation[] {
    return this.#violations;
  }

  status(): FleetStatus {
    const { registered, connected, failedToStart, exited, refused } = this;
    return {
      instances: this.#instances,
      registered,
      connected,
      tasks: { ...this.#tasks },
      failedToStart,
      exited,
      refused,
      overcommitted: this.#overcommitted,
    };
  }
}
