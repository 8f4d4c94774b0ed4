// Time as a dependency: nothing outside lib/ and the composition root reads the machine's clock.
import { uptime } from 'node:os';

/** A pending timer; `cancel` is safe to call twice and after it fired. */
export interface Timer {
  cancel(): void;
}

/** Instants are milliseconds since the Unix epoch; delays are milliseconds. */
export interface Clock {
  /** Never goes back: for whatever is stored, compared and shown. See `steadyClock`. */
  now(): number;
  /** What the machine's clock says. It may be set, both ways: only for signatures, whose other side has a clock of its own. */
  wall(): number;
  /** Ms since some moment, at the pace of time whatever is done to the clock: for durations that end with the process. */
  elapsed(): number;
  after(delay: number, run: () => void): Timer;
}

/** A machine's clock and what it measures time by. */
export type Machine = Pick<Clock, 'wall' | 'elapsed' | 'after'>;

/** How much faster or slower than time passes the clock goes to come to the wall clock. */
const correction = 0.1;
/** A wall clock that is this many ms ahead was wrong before, as on machines that start without knowing the time: it is believed at once. */
const leap = 2 * 3_600_000;

/**
 * A clock that only goes forward, though `machine`'s may be set. Where that is set back, or forward by up to two hours, this one
 * comes to it at a tenth of its pace: so durations by it are right to a tenth, and instants are the wall clock's again in the end.
 * It begins at `notBefore`, an instant that is known to have been, where the wall clock is behind that.
 */
export function steadyClock(machine: Machine, notBefore = 0): Clock {
  let at = Math.max(machine.wall(), notBefore);
  let seen = machine.elapsed();
  return {
    ...passedOn(machine),
    now() {
      const elapsed = machine.elapsed();
      const passed = Math.max(0, elapsed - seen);
      seen = elapsed;
      at += passed;
      const behind = machine.wall() - at;
      const most = passed * correction;
      at += behind > leap ? behind : Math.min(most, Math.max(-most, behind));
      return Math.floor(at);
    },
  };
}

const passedOn = (machine: Machine): Machine => ({
  wall: () => machine.wall(),
  elapsed: () => machine.elapsed(),
  after: (delay, run) => machine.after(delay, run),
});

/** Node's timers overflow beyond this many ms and would fire at once. */
const maxTimeout = 2_147_483_647;

/** Ms since the process began; the time that a suspended machine slept counts, where the system tells it. */
const elapsedOfProcess = (): (() => number) => {
  const asleepBefore = sleptFor();
  let asleep = 0;
  let askedAt = 0;
  return () => {
    const awake = performance.now();
    // Asking the system costs more than it may for each look at the clock.
    if (awake - askedAt >= 1000) {
      askedAt = awake;
      const more = sleptFor() - asleepBefore;
      if (more >= asleep + 1000) asleep = more;
    }
    return awake + asleep;
  };
};

/** Ms, less a constant. Linux counts sleep in its uptime and not in the clock that Node measures by; of others nothing is known. */
const sleptFor = (): number => (process.platform === 'linux' ? uptime() * 1000 - performance.now() : 0);

/** The machine that this process runs on. A pending timer does not keep the process alive by itself. */
export const thisMachine: Machine = {
  wall: () => Date.now(),
  elapsed: elapsedOfProcess(),
  after(delay, run) {
    let handle: NodeJS.Timeout;
    const wait = (left: number): void => {
      const next = left > maxTimeout ? () => wait(left - maxTimeout) : run;
      handle = setTimeout(next, Math.max(0, Math.min(left, maxTimeout)));
      handle.unref();
    };
    wait(delay);
    return { cancel: () => clearTimeout(handle) };
  },
};

/** The machine's clock, which only goes forward. */
export const systemClock: Clock = steadyClock(thisMachine);

/** Resolves after `delay` ms of `clock`'s time; rejects with the signal's reason when aborted first. */
export function sleep(clock: Clock, delay: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = () => {
      timer.cancel();
      reject(signal?.reason as Error);
    };
    const timer = clock.after(delay, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
