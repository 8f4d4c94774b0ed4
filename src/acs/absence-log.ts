// Tells the log of agents that are away for longer than a reconnect takes, and that they are back.
import type { Clock, Timer } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

/** Agents renew their connections twice an hour; of an absence shorter than this, ms, nobody needs to hear. */
const reconnectTime = 10_000;

export interface AbsentInstance {
  readonly containerInstanceArn: string;
  readonly ec2InstanceId?: string | undefined;
  readonly hostName?: string | undefined;
}

interface Absence {
  /** Epoch ms. */
  readonly since: number;
  readonly timer: Timer;
  isTold: boolean;
}

/** Instances that were connected once; it knows nothing of those that never were. */
export class AbsenceLog {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #absences = new Map<string, Absence>();

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  left(instance: AbsentInstance): void {
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

  returned(instance: AbsentInstance): void {
    const absence = this.forget(instance.containerInstanceArn);
    if (!absence?.isTold) return;
    const seconds = Math.round((this.#clock.elapsed() - absence.since) / 1000);
    this.#log.warn({ ...instance, seconds }, `A container instance is back after ${seconds} s.`);
  }

  /** It is not expected back. */
  forget(containerInstanceArn: string): Absence | undefined {
    const absence = this.#absences.get(containerInstanceArn);
    absence?.timer.cancel();
    this.#absences.delete(containerInstanceArn);
    return absence;
  }

  close(): void {
    for (const { timer } of this.#absences.values()) timer.cancel();
    this.#absences.clear();
  }
}
