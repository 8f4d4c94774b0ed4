// Containers in memory, for simulations and tests. It outlives the agents that use it, as an engine does, and keeps watch
// over what must never happen.
import { sleep, type Clock } from '../../src/lib/clock.ts';
import { FakeContainer } from './fake-container.ts';
import {
  RuntimeError,
  type ContainerSpec,
  type ContainerState,
  type ListedContainer,
  type Runtime,
  type RuntimeEvent,
  type VolumeSpec,
} from '../../src/agent/engine/runtime.ts';

export interface FakeRuntimeOptions {
  readonly clock: Clock;
  readonly cpus?: number;
  readonly memoryMiB?: number;
  /** How long each call takes, in ms; 0 answers without a timer. */
  readonly latency?: Partial<Record<'pull' | 'create' | 'start' | 'inspect', number>>;
  /** Host ports in foreign hands. */
  readonly foreignPorts?: readonly number[];
}

/** What the registry says of an image; one that is not scripted is there. */
export interface FakeImage {
  /** The registry's refusal. */
  readonly failPull?: RuntimeError;
  readonly pullTakes?: number;
  /** In the local cache from the start. */
  readonly cached?: boolean;
  readonly digest?: string;
  readonly variables?: readonly string[];
}

interface Listener {
  readonly event: (event: RuntimeEvent) => void;
  readonly gap: () => void;
  readonly broken: () => void;
}

export class FakeRuntime implements Runtime {
  readonly #options: FakeRuntimeOptions;
  readonly #containers = new Map<string, FakeContainer>();
  readonly #volumes = new Map<string, VolumeSpec>();
  readonly #images = new Map<string, FakeImage>();
  readonly #cached = new Set<string>();
  readonly #listeners = new Set<Listener>();
  readonly #startedNames = new Set<string>();
  readonly #violations: string[] = [];
  #sequence = 0;
  #down = false;

  constructor(options: FakeRuntimeOptions) {
    this.#options = options;
  }

  /** What happened that never must: a container started twice, a GPU in two of them. Empty in a sound run. */
  get violations(): readonly string[] {
    return this.#violations;
  }

  /** Every container that exists, in order of creation. */
  get containers(): readonly ContainerState[] {
    return [...this.#containers.values()].map(({ state }) => state);
  }

  get volumes(): readonly VolumeSpec[] {
    return [...this.#volumes.values()];
  }

  /** The container of a task by its name in the task definition; the newest where there are several. */
  find(containerName: string, taskArn?: string): FakeContainer | undefined {
    return [...this.#containers.values()].findLast(
      ({ state: { labels } }) =>
        labels['com.amazonaws.ecs.container-name'] === containerName &&
        (taskArn === undefined || labels['com.amazonaws.ecs.task-arn'] === taskArn),
    );
  }

  /** Scripts the image `name`. */
  image(name: string, image: FakeImage): void {
    this.#images.set(name, image);
    if (image.cached === true) this.#cached.add(name);
  }

  /** While down, every call fails and no event is sent; containers run on. Coming up again is a gap in the events. */
  setDown(down: boolean): void {
    this.#down = down;
    for (const listener of this.#listeners) {
      if (down) listener.broken();
      else listener.gap();
    }
  }

  /** Starts a container that has ended, as somebody with access to the engine can. */
  startByHand(id: string): void {
    this.#existing(id).start();
  }

  /** Ends a container's process and starts it anew, faster than anybody can look. */
  restartByHand(id: string): void {
    const container = this.#existing(id);
    container.exit(137);
    container.start();
  }

  /** Every process ends, as with the engine's own. */
  endAll(exitCode: number): void {
    for (const container of this.#containers.values()) container.exit(exitCode);
  }

  /** Takes a container away behind the agent's back. */
  vanish(id: string): void {
    this.#containers.delete(id);
  }

  async info(): ReturnType<Runtime['info']> {
    await this.#answer();
    return {
      version: '20.10.24',
      cpus: this.#options.cpus ?? 4,
      memoryMiB: this.#options.memoryMiB ?? 8192,
      architecture: 'x86_64',
      loggingDrivers: ['json-file', 'local'],
    };
  }

  async pull(name: string, onProgress?: () => void): ReturnType<Runtime['pull']> {
    await this.#answer('pull');
    const { failPull, pullTakes = 0, digest = name.split('@')[1] } = this.#images.get(name) ?? {};
    if (failPull === undefined) onProgress?.();
    if (pullTakes > 0) await sleep(this.#options.clock, pullTakes);
    if (failPull !== undefined) throw failPull;
    this.#cached.add(name);
    return { digest };
  }

  async inspectImage(name: string): ReturnType<Runtime['inspectImage']> {
    await this.#answer();
    const { digest = name.split('@')[1], variables = [] } = this.#images.get(name) ?? {};
    return this.#cached.has(name) ? { id: `sha256:${name}`, digest, variables } : undefined;
  }

  async create(spec: ContainerSpec): Promise<{ readonly id: string }> {
    await this.#answer('create');
    const same = this.#byIdOrName(spec.name);
    if (same !== undefined) return { id: same.state.id };
    if (!this.#cached.has(spec.image)) throw new RuntimeError(`No such image: ${spec.image}`, 404);
    const id = (++this.#sequence).toString(16).padStart(64, '0');
    const container = new FakeContainer(id, spec, this.#options.clock, (event) => this.#emit(event));
    if (container.script.failCreate !== undefined) throw new RuntimeError(container.script.failCreate, 400);
    this.#containers.set(id, container);
    return { id };
  }

  async start(id: string): Promise<void> {
    await this.#answer('start');
    const container = this.#existing(id);
    if (container.state.status === 'running') return;
    if (container.script.failStart !== undefined) throw new RuntimeError(container.script.failStart, 400);
    this.#bindPorts(container);
    if (this.#startedNames.has(container.spec.name))
      this.#violations.push(`${container.spec.name} was started twice`);
    this.#startedNames.add(container.spec.name);
    this.#watchGpus(container);
    container.start();
  }

  async stop(id: string, timeout: number): Promise<void> {
    await this.#answer();
    await this.#byIdOrName(id)?.stop(timeout);
  }

  async remove(id: string): Promise<void> {
    await this.#answer();
    const container = this.#byIdOrName(id);
    if (container?.state.status === 'running')
      throw new RuntimeError('You cannot remove a running container', 409);
    if (container !== undefined) this.#containers.delete(container.state.id);
  }

  async inspect(idOrName: string): Promise<ContainerState | undefined> {
    await this.#answer('inspect');
    return this.#byIdOrName(idOrName)?.state;
  }

  async list(): Promise<readonly ListedContainer[]> {
    await this.#answer();
    return this.containers.map(({ id, labels, status }) => ({ id, labels, isRunning: status === 'running' }));
  }

  async lastLogLines(id: string, count: number): Promise<readonly string[]> {
    await this.#answer();
    const { log, logTakes } = this.#existing(id).script;
    if (logTakes > 0) await sleep(this.#options.clock, logTakes);
    if (log === undefined) throw new RuntimeError('configured logging driver does not support reading', 501);
    return log.slice(-count);
  }

  async createVolume(volume: VolumeSpec): Promise<void> {
    await this.#answer();
    this.#volumes.set(volume.name, volume);
  }

  async volumeExists(name: string): Promise<boolean> {
    await this.#answer();
    return this.#volumes.has(name);
  }

  async removeVolume(name: string): Promise<void> {
    await this.#answer();
    this.#volumes.delete(name);
  }

  events(listener: (event: RuntimeEvent) => void, onGap: () => void, onBreak: () => void): () => void {
    const entry = { event: listener, gap: onGap, broken: onBreak };
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  async #answer(call?: keyof NonNullable<FakeRuntimeOptions['latency']>): Promise<void> {
    const delay = call === undefined ? 0 : (this.#options.latency?.[call] ?? 0);
    await (delay > 0 ? sleep(this.#options.clock, delay) : Promise.resolve());
    if (this.#down) throw new RuntimeError('Cannot connect to the engine', 0);
  }

  #emit(event: RuntimeEvent): void {
    if (this.#down) return;
    // An event reaches a listener as a message does: after what caused it is over.
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener.event(event);
    });
  }

  #byIdOrName(idOrName: string): FakeContainer | undefined {
    return (
      this.#containers.get(idOrName) ??
      [...this.#containers.values()].find(({ spec: { name } }) => name === idOrName)
    );
  }

  #existing(id: string): FakeContainer {
    const container = this.#byIdOrName(id);
    if (container === undefined) throw new RuntimeError(`No such container: ${id}`, 404);
    return container;
  }

  #watchGpus(container: FakeContainer): void {
    const running = [...this.#containers.values()].filter(({ state: { status } }) => status === 'running');
    const held = new Set(running.flatMap(gpusIn));
    for (const id of gpusIn(container)) {
      if (held.has(id))
        this.#violations.push(`${container.spec.name} was given the GPU ${id}, which another has`);
    }
  }

  #bindPorts(container: FakeContainer): void {
    const running = [...this.#containers.values()].filter(({ state: { status } }) => status === 'running');
    const bound = running.flatMap(({ state: { ports } }) => ports);
    for (const { hostPort, hostIp, protocol } of container.state.ports) {
      const foreign = this.#options.foreignPorts?.includes(hostPort) === true;
      const taken = bound.some(
        (port) => port.hostPort === hostPort && port.hostIp === hostIp && port.protocol === protocol,
      );
      if (foreign || taken) {
        throw new RuntimeError(`Bind for ${hostIp}:${hostPort} failed: port is already allocated`, 500);
      }
    }
  }
}

/** The GPUs that a container may see. */
function gpusIn({ spec: { config } }: FakeContainer): readonly string[] {
  const variables = (config['Env'] ?? []) as readonly string[];
  const devices = variables.find((one) => one.startsWith('NVIDIA_VISIBLE_DEVICES='));
  return devices === undefined ? [] : devices.slice(devices.indexOf('=') + 1).split(',');
}
