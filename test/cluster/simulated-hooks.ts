// Lifecycle hooks that a simulation scripts: what each of them answers, after how long, and what it was told.
import type { HookCaller, HookPayload } from '../../src/aws/ecs/controllers/service/hooks/hook-caller.ts';
import { sleep } from '../../src/lib/clock.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';

/** The answer to a call, an Error to be thrown, or `never`. `at` counts the calls of this hook at this stage from 1. */
export type HookScript = (payload: HookPayload, at: number) => unknown;

export const succeeds: HookScript = () => ({ hookStatus: 'SUCCEEDED' });
export const fails: HookScript = () => ({ hookStatus: 'FAILED' });

export class SimulatedHooks implements HookCaller {
  readonly #cluster: SimulatedCluster;
  /** Ms that a call takes. */
  latency = 2000;
  script: HookScript = succeeds;
  /** Every call that was made, in order. */
  readonly calls: { readonly target: string; readonly payload: HookPayload; readonly at: number }[] = [];

  constructor(cluster: SimulatedCluster) {
    this.#cluster = cluster;
  }

  refusal(target: string): string | undefined {
    return target.startsWith('http://hooks/') ? undefined : 'nobody calls it';
  }

  async invoke(target: string, payload: HookPayload, signal: AbortSignal): Promise<unknown> {
    const { clock } = this.#cluster;
    this.calls.push({ target, payload, at: clock.now() });
    const number = this.calls.filter((call) => call.payload.executionId === payload.executionId).length;
    await sleep(clock, this.latency, signal);
    const answer = this.script(payload, number);
    if (answer instanceof Error) throw answer;
    return answer;
  }
}
