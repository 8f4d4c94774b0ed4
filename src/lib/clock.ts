// Time as a dependency: nothing outside lib/ and the composition root reads the machine's clock.

/** A pending timer; `cancel` is safe to call twice and after it fired. */
export interface Timer {
  cancel(): void;
}

/** Wall time and timers. Times are milliseconds since the Unix epoch; delays are milliseconds. */
export interface Clock {
  now(): number;
  after(delay: number, run: () => void): Timer;
}

/** Node's timers overflow beyond this many ms and would fire at once. */
const longestTimeout = 2_147_483_647;

/** The machine's clock. A pending timer does not keep the process alive by itself. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, run) {
    let handle: NodeJS.Timeout;
    const wait = (left: number): void => {
      const next = left > longestTimeout ? () => wait(left - longestTimeout) : run;
      handle = setTimeout(next, Math.min(left, longestTimeout));
      handle.unref();
    };
    wait(delay);
    return { cancel: () => clearTimeout(handle) };
  },
};

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
