// The seam between the agent and what runs containers.

/** A container as the agent asks for it; `config` and `hostConfig` are Docker's own Config and HostConfig. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly hostConfig: Readonly<Record<string, unknown>>;
}

export interface PortBinding {
  readonly containerPort: number;
  readonly hostPort: number;
  /** Of a range: how many ports in a row, the two above being the first. Absent is one port alone. */
  readonly count?: number | undefined;
  readonly hostIp: string;
  readonly protocol: 'tcp' | 'udp';
}

/** What the engine says of a container. */
export interface ContainerState {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: 'created' | 'running' | 'exited';
  /** Set once it exited. */
  readonly exitCode?: number | undefined;
  readonly oomKilled: boolean;
  /** What the engine left in State.Error. */
  readonly error: string;
  readonly health?: 'starting' | 'healthy' | 'unhealthy' | undefined;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly startedAt?: number | undefined;
  readonly finishedAt?: number | undefined;
  readonly ports: readonly PortBinding[];
}

export interface LocalImage {
  readonly id: string;
  readonly digest?: string | undefined;
  /** The names of the environment variables that it sets. */
  readonly variables: readonly string[];
}

/** Something happened to a container; the agent inspects it again. */
export interface RuntimeEvent {
  readonly containerId: string;
  readonly action: 'start' | 'die' | 'oom' | 'health_status';
  /** Of a `die`, where the engine tells. */
  readonly exitCode?: number | undefined;
}

/** One of the containers on the engine, in short. */
export interface ListedContainer {
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly isRunning: boolean;
}

export interface VolumeSpec {
  readonly name: string;
  readonly driver?: string | undefined;
  readonly driverOpts?: Readonly<Record<string, string>> | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** The engine's refusal, in its own words. */
export class RuntimeError extends Error {
  /** HTTP status of the engine's API, 0 when it did not answer. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = 'RuntimeError';
    this.status = status;
  }
}

/** Every call rejects with a RuntimeError. Calls may be repeated after a crash: names are unique, stop and remove of what is gone succeed. */
export interface Runtime {
  info(): Promise<{
    readonly version: string;
    /** Of the engine's machine, where the engine tells it. */
    readonly hostName?: string | undefined;
    readonly cpus: number;
    readonly memoryMiB: number;
    readonly architecture: string;
    readonly loggingDrivers: readonly string[];
    /** Who manages cgroups (`cgroupfs`, `systemd`) and their version (`1`, `2`), where the engine tells. */
    readonly cgroupDriver?: string | undefined;
    readonly cgroupVersion?: string | undefined;
  }>;
  /**
   * Pulls an image; answers its registry digest (`sha256:...`) when it has one. `onProgress` is called whenever the
   * registry shows a sign of life, so that a slow pull can be told from one that never will begin.
   */
  pull(image: string, onProgress?: () => void): Promise<{ readonly digest?: string | undefined }>;
  /** The local image, or undefined when it is not there. */
  inspectImage(image: string): Promise<LocalImage | undefined>;
  create(spec: ContainerSpec): Promise<{ readonly id: string }>;
  start(id: string): Promise<void>;
  /** StopSignal, then KILL after `timeout` seconds. */
  stop(id: string, timeout: number): Promise<void>;
  remove(id: string): Promise<void>;
  /** By id or name; undefined when there is no such container. */
  inspect(idOrName: string): Promise<ContainerState | undefined>;
  /** Every container of a task, running or not, whichever agent made it. */
  list(): Promise<readonly ListedContainer[]>;
  /** The last `count` lines that a container which has ended wrote, oldest first; rejects where its log driver cannot be read. */
  lastLogLines(id: string, count: number): Promise<readonly string[]>;
  createVolume(volume: VolumeSpec): Promise<void>;
  volumeExists(name: string): Promise<boolean>;
  removeVolume(name: string): Promise<void>;
  /**
   * Calls `listener` for each event, `onBreak` whenever the stream broke, and `onGap` once it is open: events may have been
   * missed before. Answers the call that ends it.
   */
  events(listener: (event: RuntimeEvent) => void, onGap: () => void, onBreak: () => void): () => void;
}
