// Bounds how long the agent waits for the engine.
import type { Clock } from '../../lib/clock.ts';
import { ContainerFailure } from './container-failure.ts';

/** A duration in ms as Go writes it: `4m0s`, `1h0m0s`, `1.5s`. */
export function goDuration(duration: number): string {
  const hours = Math.floor(duration / 3_600_000);
  const minutes = Math.floor((duration % 3_600_000) / 60_000);
  const seconds = (duration % 60_000) / 1000;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}

/**
 * What `work` answers, or a DockerTimeoutError once it took longer than `limit` ms. The work itself goes on: the engine
 * cannot be called back.
 */
export function withinLimit<T>(
  clock: Clock,
  limit: number,
  transition: string,
  work: Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(limit, () => {
      const text = `Could not transition to ${transition}; timed out after waiting ${goDuration(limit)}`;
      reject(new ContainerFailure('DockerTimeoutError', text));
    });
    work.then(resolve, reject).finally(() => timer.cancel());
  });
}
