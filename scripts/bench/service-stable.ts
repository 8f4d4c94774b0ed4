// Waits until a service has one deployment, COMPLETED, with all of its tasks running.
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningLongshore } from './running-longshore.ts';

interface ShownService {
  readonly runningCount: number;
  readonly deployments: readonly { readonly rolloutState: string }[];
}

/** Looks every `pollInterval` ms; throws after `timeout` ms. */
export async function untilStable(
  { call }: RunningLongshore,
  service: string,
  tasks: number,
  { pollInterval, timeout }: { readonly pollInterval: number; readonly timeout: number },
): Promise<void> {
  const end = performance.now() + timeout;
  for (;;) {
    const { services } = await call<{ services: ShownService[] }>('DescribeServices', {
      services: [service],
    });
    const { runningCount, deployments } = services[0]!;
    const [only, ...others] = deployments;
    if (runningCount === tasks && others.length === 0 && only?.rolloutState === 'COMPLETED') return;
    if (performance.now() > end)
      throw new Error(`After ${timeout / 1000} s ${runningCount} of ${tasks} tasks run.`);
    await delay(pollInterval);
  }
}
