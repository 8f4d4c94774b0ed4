// Tells the log of agents that are away for longer than a reconnect takes, and that they are back.
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { reconnectTime } from '../aws/ecs/state/instance/disconnected-agent.ts';
import { instanceTitle, type NamedInstance } from '../aws/ecs/state/instance/instance-title.ts';

/** An agent whose control plane was away tries again after 144 s at most; so long are all expected back after a start, ms. */
const startGrace = 150_000;
/** How many of those that are not back are named in a line. */
const named = 10;

interface Absence {
  /** Epoch ms. */
  readonly since: number;
  /** Tells of this one alone. */
  readonly timer?: Timer;
  isTold: boolean;
}

/** Instances that were connected once, since the start or before; it knows nothing of those that never were. */
export class AbsenceLog {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #absences = new Map<string, Absence>();
  /** Those known from before the start that have not come back; there until that is told. */
  readonly #expected = new Map<string, NamedInstance>();
  #start: Timer | undefined;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  /** At the start: these are registered, and their agents are to come back. Those that do not are told of in one line. */
  expect(instances: readonly NamedInstance[]): void {
    if (instances.length === 0) return;
    const since = this.#clock.elapsed();
    for (const instance of instances) {
      this.#expected.set(instance.containerInstanceArn, instance);
      this.#absences.set(instance.containerInstanceArn, { since, isTold: false });
    }
    this.#start = this.#clock.after(startGrace, () => this.#logExpected());
  }

  #logExpected(): void {
    const missing = [...this.#expected.values()];
    this.#expected.clear();
    for (const { containerInstanceArn } of missing) this.#absences.get(containerInstanceArn)!.isTold = true;
    const titles = missing.slice(0, named).map(instanceTitle).join(', ');
    const more = missing.length > named ? ` and ${missing.length - named} more` : '';
    const one = missing.length === 1;
    this.#log.warn(
      {
        count: missing.length,
        containerInstanceArns: missing.slice(0, named).map((i) => i.containerInstanceArn),
      },
      `${missing.length} ${one ? 'container instance has' : 'container instances have'} not come back since the start of the ` +
        `control plane: ${titles}${more}. ${one ? 'Its' : 'Their'} tasks may still run.`,
    );
  }

  left(instance: NamedInstance): void {
    const since = this.#clock.elapsed();
    const timer = this.#clock.after(reconnectTime, () => {
      absence.isTold = true;
      this.#log.warn(
        { ...instance },
        'A container instance does not answer: its agent has been away for 10 s. Its tasks may still run.',
      );
    });
    const absence: Absence = { since, timer, isTold: false };
    this.#absences.set(instance.containerInstanceArn, absence);
  }

  returned(instance: NamedInstance): void {
    const absence = this.forget(instance.containerInstanceArn);
    if (!absence?.isTold) return;
    const seconds = Math.round((this.#clock.elapsed() - absence.since) / 1000);
    this.#log.warn({ ...instance, seconds }, `A container instance is back after ${seconds} s.`);
  }

  /** It is not expected back. */
  forget(containerInstanceArn: string): Absence | undefined {
    const absence = this.#absences.get(containerInstanceArn);
    absence?.timer?.cancel();
    this.#absences.delete(containerInstanceArn);
    if (this.#expected.delete(containerInstanceArn) && this.#expected.size === 0) this.#start?.cancel();
    return absence;
  }

  close(): void {
    this.#start?.cancel();
    for (const { timer } of this.#absences.values()) timer?.cancel();
    this.#absences.clear();
  }
}
