// The container engine of a host: the fake one, at the pace of a real one, and for one agent process at a time.
import { FakeRuntime } from '../../test-support/engine/fake.ts';
import type { ContainerSpec, ContainerState, Runtime } from '../../src/agent/engine/runtime.ts';
import { sleep, type Clock } from '../../src/lib/clock.ts';
import type { Random } from '../../src/lib/random.ts';
import { image, missingImage, missingImageError } from './behaviours.ts';
import type { Process } from './process.ts';

interface SimulatedEngineOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly cpus: number;
  readonly memoryMiB: number;
  /** Called for each container that is started, by task ARN. */
  readonly onStart: (taskArn: string) => void;
}

/** The longest that the engine takes over a call, and a registry over an image; ms. */
const callLatency = 300;
const pullLatency = 4000;

/** The task that a container says it belongs to. */
export const taskOf = ({ labels }: ContainerState): string => labels['com.amazonaws.ecs.task-arn'] ?? '';

function freshEngine(options: SimulatedEngineOptions): FakeRuntime {
  const fake = new FakeRuntime(options);
  fake.image(image, { digest: `sha256:${'0'.repeat(64)}` });
  fake.image(missingImage, { failPull: missingImageError });
  return fake;
}

export class SimulatedEngine {
  fake: FakeRuntime;
  readonly #options: SimulatedEngineOptions;
  readonly #earlier: string[] = [];

  constructor(options: SimulatedEngineOptions) {
    this.#options = options;
    this.fake = freshEngine(options);
  }

  /** What it was asked that no agent may ask, before it was wiped too. */
  get violations(): readonly string[] {
    return [...this.#earlier, ...this.fake.violations];
  }

  /** Everything on it is gone, as if the machine was made anew. */
  wipe(): void {
    this.#earlier.push(...this.fake.violations);
    this.fake = freshEngine(this.#options);
  }

  get containers(): readonly ContainerState[] {
    return this.fake.containers;
  }

  /** Containers of a task, running or not. */
  ofTask(taskArn: string): readonly ContainerState[] {
    return this.containers.filter((container) => taskOf(container) === taskArn);
  }

  /** The engine as an agent process sees it: what it began goes on without it. */
  for(process: Process): Runtime {
    const { fake } = this;
    const slow = <A extends unknown[], T>(call: (...args: A) => Promise<T>, latency = callLatency) => {
      const late = async (...args: A): Promise<T> => {
        await sleep(this.#options.clock, this.#options.random.next() * latency);
        return call(...args);
      };
      return (...args: A): Promise<T> => process.hear(late(...args));
    };
    return {
      info: slow(() => fake.info()),
      pull: slow((image: string) => fake.pull(image), pullLatency),
      inspectImage: slow((image: string) => fake.inspectImage(image)),
      create: slow((spec: ContainerSpec) => fake.create(spec)),
      start: slow((id: string) => this.#start(fake, id)),
      stop: slow((id: string, timeout: number) => fake.stop(id, timeout)),
      remove: slow((id: string) => fake.remove(id)),
      inspect: slow((idOrName: string) => fake.inspect(idOrName)),
      list: slow(() => fake.list()),
      lastLogLines: slow((id: string, count: number) => fake.lastLogLines(id, count)),
      createVolume: slow((volume) => fake.createVolume(volume)),
      volumeExists: slow((name: string) => fake.volumeExists(name)),
      removeVolume: slow((name: string) => fake.removeVolume(name)),
      events: (listener, onGap, onBreak) =>
        fake.events(
          (event) => process.alive && listener(event),
          () => process.alive && onGap(),
          () => process.alive && onBreak(),
        ),
    };
  }

  async #start(fake: FakeRuntime, id: string): Promise<void> {
    await fake.start(id);
    if (fake !== this.fake) return;
    const started = this.containers.find((container) => container.id === id || container.name === id);
    if (started !== undefined) this.#options.onStart(taskOf(started));
  }
}
