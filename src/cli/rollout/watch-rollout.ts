// Looks at a service again and again until its rollout has ended, telling what is new.
import { sleep, type Clock } from '../../lib/clock.ts';
import { outcomeOf, type Outcome, type Snapshot } from './rollout.ts';
import { diffRollout, type RolloutChange } from './diff-rollout.ts';

export interface WatchOptions {
  /** The service deployment that the command began; else the service's latest is watched, each time that of then. */
  readonly own?: string | undefined;
  /** Ms; absent = for ever. */
  readonly timeout?: number | undefined;
  /** Goes on when the rollout has ended. */
  readonly follow: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly readSnapshot: (signal: AbortSignal) => Promise<Snapshot>;
  /** Whether an error of `readSnapshot` may pass; the first look's never does. */
  readonly isPassing: (error: unknown) => boolean;
  readonly onChange: (changes: readonly RolloutChange[], snapshot: Snapshot) => void;
  /** Once each time that looking begins to fail. */
  readonly onTrouble: (error: unknown) => void;
}

/** Ms between two looks. */
const interval = 500;

/** Answers how it ended and the last look; throws what `readSnapshot` throws, and what `signal` aborts with. */
export async function watchRollout(
  options: WatchOptions,
): Promise<{ readonly outcome: Outcome | 'timeout'; readonly last: Snapshot }> {
  const { clock, signal, timeout, follow, own } = options;
  const deadline = timeout === undefined ? Infinity : clock.elapsed() + timeout;
  let last = await options.readSnapshot(signal);
  options.onChange(diffRollout(undefined, last, beginning(last, clock), clock.now() / 1000), last);
  let inTrouble = false;
  for (;;) {
    const outcome = outcomeOf(last, own !== undefined);
    if (outcome !== undefined && (!follow || outcome === 'gone')) return { outcome, last };
    if (clock.elapsed() >= deadline) return { outcome: 'timeout', last };
    await sleep(clock, Math.min(interval, deadline - clock.elapsed()), signal);
    try {
      const next = await options.readSnapshot(signal);
      inTrouble = false;
      options.onChange(diffRollout(last, next, 0, clock.now() / 1000), next);
      last = next;
    } catch (error) {
      if (signal.aborted || !options.isPassing(error)) throw error;
      if (!inTrouble) options.onTrouble(error);
      inTrouble = true;
    }
  }
}

/** Events are told from the beginning of a rollout that goes on, else from now; seconds since the epoch. */
const beginning = ({ rollout }: Snapshot, clock: Clock): number =>
  rollout && rollout.finishedAt === undefined ? (rollout.createdAt ?? 0) : clock.now() / 1000;
