// Makes sure that an image is there before a container is created from it, as the pull behaviour says.
import { backoffDelay, type BackoffPolicy } from '../../lib/backoff.ts';
import { sleep, type Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import type { AgentConfig } from '../config/config.ts';
import { ContainerFailure, messageOf } from './container-failure.ts';
import type { EngineContact } from './engine-contact.ts';
import { RuntimeError, type Runtime } from './runtime.ts';
import { withinLimit } from './time-limit.ts';

/** An image that containers can be created from; `warning` says why a cached one had to do. */
export interface ReadyImage {
  readonly digest?: string | undefined;
  /** The engine's id of it, where it was asked for. */
  readonly id?: string | undefined;
  readonly warning?: string | undefined;
}

/** Which images this agent has pulled; kept over its restarts. */
export interface PulledImages {
  hasPulled(image: string): boolean;
  savePulled(image: string): void;
}

export interface ImagesDeps {
  readonly runtime: Runtime;
  readonly state: PulledImages;
  readonly config: AgentConfig;
  readonly clock: Clock;
  readonly random: Random;
  readonly contact: Pick<EngineContact, 'rethrowIfAway'>;
}

const attempts = 5;
const retries: BackoffPolicy = { min: 1000, max: 5000, factor: 1.6, jitter: 0.2 };

/** How long a registry may stay silent, in ms, before an image that is cached is used as it is. */
const silence = 3000;

/** For how long, in ms, a registry that failed is not asked again about an image that is cached. */
const failureMemory = 60_000;

/** The images of one instance. Tasks that want the same image at the same time share one pull. */
export class Images {
  readonly #deps: ImagesDeps;
  readonly #pulling = new Map<string, Promise<ReadyImage>>();
  readonly #failures = new Map<string, { readonly until: number; readonly warning: string }>();

  constructor(deps: ImagesDeps) {
    this.#deps = deps;
  }

  /** Rejects with a ContainerFailure when the image cannot be had, or as a call did while the engine is away: then nothing was decided. */
  ready(image: string): Promise<ReadyImage> {
    const pulling = this.#pulling.get(image);
    if (pulling !== undefined) return pulling;
    const started = this.#ready(image).finally(() => this.#pulling.delete(image));
    this.#pulling.set(image, started);
    return started;
  }

  async #ready(image: string): Promise<ReadyImage> {
    const { runtime, config } = this.#deps;
    try {
      const cached = config.imagePullBehavior === 'always' ? undefined : await runtime.inspectImage(image);
      if (cached === undefined) return await this.#pull(image);
      if (this.#suffices(image)) return { id: cached.id, digest: cached.digest };
      if (config.imagePullBehavior === 'once') return await this.#pull(image);
      return await this.#refresh(image, cached.digest);
    } catch (error) {
      await this.#deps.contact.rethrowIfAway(error);
      throw pullFailure(error);
    }
  }

  /** Whether the copy at hand need not be compared with the registry's. */
  #suffices(image: string): boolean {
    // A name with a digest can only ever mean this very image.
    if (image.includes('@sha256:')) return true;
    switch (this.#deps.config.imagePullBehavior) {
      case 'prefer-cached':
        return true;
      case 'once':
        return this.#deps.state.hasPulled(image);
      default:
        return false;
    }
  }

  async #pull(image: string): Promise<ReadyImage> {
    const { runtime, state, config, clock, random, contact } = this.#deps;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const pulled = await withinLimit(clock, config.imagePullTimeout, 'pulled', runtime.pull(image));
        if (config.imagePullBehavior === 'once') state.savePulled(image);
        return pulled;
      } catch (error) {
        await contact.rethrowIfAway(error);
        if (attempt + 1 >= attempts || isFinal(error)) throw error;
        await sleep(clock, backoffDelay(retries, attempt, random));
      }
    }
  }

  /** Asks the registry once; a cached image is used when that fails. */
  async #refresh(image: string, digest: string | undefined): Promise<ReadyImage> {
    const { clock } = this.#deps;
    const failure = this.#failures.get(image);
    if (failure !== undefined && clock.elapsed() < failure.until) return { digest, warning: failure.warning };
    try {
      const pulled = await this.#pullWithTimeout(image);
      this.#failures.delete(image);
      return { digest: pulled.digest ?? digest };
    } catch (error) {
      await this.#deps.contact.rethrowIfAway(error);
      const warning = pullFailure(error).reason;
      this.#failures.set(image, { until: clock.elapsed() + failureMemory, warning });
      return { digest, warning };
    }
  }

  #pullWithTimeout(image: string): Promise<ReadyImage> {
    const { runtime, config, clock } = this.#deps;
    return new Promise((resolve, reject) => {
      const giveUp = clock.after(silence, () =>
        reject(new Error(`no answer from the registry within ${silence} ms`)),
      );
      const pull = runtime.pull(image, () => giveUp.cancel());
      withinLimit(clock, config.imagePullTimeout, 'pulled', pull)
        .then(resolve, reject)
        .finally(() => giveUp.cancel());
    });
  }
}

/** The registry's or the engine's last word, which asking again will not change. */
const isFinal = (error: unknown): boolean =>
  error instanceof ContainerFailure ||
  (error instanceof RuntimeError && error.status >= 400 && error.status < 500 && error.status !== 429) ||
  /not found|manifest unknown|access denied|unauthorized|invalid reference/i.test(messageOf(error));

const pullFailure = (error: unknown): ContainerFailure =>
  error instanceof ContainerFailure
    ? error
    : new ContainerFailure('CannotPullContainerError', messageOf(error));
