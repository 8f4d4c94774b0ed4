// What the lifecycle hooks of a service's life reply: now well, now badly, now nothing in time.
import { HookFailedError, type HookCaller } from '../../src/aws/ecs/controllers/service/hooks/hook-caller.ts';
import { sleep } from '../../src/lib/clock.ts';
import type { ServiceHarness } from './service-harness.ts';

export class ScenarioHooks implements HookCaller {
  readonly #harness: ServiceHarness;

  constructor(harness: ServiceHarness) {
    this.#harness = harness;
  }

  refusal(): string | undefined {
    return undefined;
  }

  async invoke(_target: string, _payload: unknown, signal: AbortSignal): Promise<unknown> {
    await sleep(this.#harness.clock, this.#harness.below(5_000), signal);
    switch (this.#harness.below(8)) {
      case 0:
        return { hookStatus: 'FAILED' };
      case 1:
        return { hookStatus: 'IN_PROGRESS', callBackDelay: 10 };
      case 2:
        throw new Error('nobody answers');
      case 3:
        throw new HookFailedError('it broke');
      default:
        return { hookStatus: 'SUCCEEDED' };
    }
  }
}
