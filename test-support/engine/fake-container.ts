// One container of the fake runtime: starts, ends by itself or when told, and turns healthy, on a clock.
import type { Clock, Timer } from '../../src/lib/clock.ts';
import { fakeScript, type FakeScript } from './fake-script.ts';
import type {
  ContainerSpec,
  ContainerState,
  PortBinding,
  RuntimeEvent,
} from '../../src/agent/engine/runtime.ts';

const killed = 137;

export class FakeContainer {
  readonly spec: ContainerSpec;
  readonly script: FakeScript;
  readonly #clock: Clock;
  readonly #emit: (event: RuntimeEvent) => void;
  readonly #timers = new Set<Timer>();
  readonly #ended: (() => void)[] = [];
  #state: ContainerState;

  constructor(id: string, spec: ContainerSpec, clock: Clock, emit: (event: RuntimeEvent) => void) {
    this.spec = spec;
    this.script = fakeScript(spec.config['Env']);
    this.#clock = clock;
    this.#emit = emit;
    this.#state = {
      id,
      name: spec.name,
      image: spec.image,
      imageId: `sha256:${spec.image}`,
      labels: (spec.config['Labels'] ?? {}) as Record<string, string>,
      status: 'created',
      oomKilled: false,
      error: '',
      createdAt: clock.now(),
      ports: portBindings(spec),
    };
  }

  get state(): ContainerState {
    return this.#state;
  }

  start(): void {
    const { exitAfter, exitCode, oom, healthyAfter, unhealthyAfter } = this.script;
    const health = hasHealthCheck(this.spec) ? ('starting' as const) : undefined;
    const fresh = { exitCode: undefined, finishedAt: undefined, startedAt: this.#clock.now() };
    this.#state = { ...this.#state, ...fresh, status: 'running', health };
    this.#say('start');
    if (exitAfter !== undefined) this.#later(exitAfter, () => this.exit(oom ? killed : exitCode, oom));
    if (health === undefined) return;
    if (healthyAfter !== undefined) this.#later(healthyAfter, () => this.become('healthy'));
    if (unhealthyAfter !== undefined) this.#later(unhealthyAfter, () => this.become('unhealthy'));
  }

  /** Its health check has a new result. */
  become(health: 'healthy' | 'unhealthy'): void {
    if (this.#state.status !== 'running') return;
    this.#state = { ...this.#state, health };
    this.#say('health_status');
  }

  /** Its process ends. */
  exit(exitCode: number, oomKilled = false): void {
    if (this.#state.status !== 'running') return;
    for (const timer of this.#timers) timer.cancel();
    this.#state = { ...this.#state, status: 'exited', exitCode, oomKilled, finishedAt: this.#clock.now() };
    if (oomKilled) this.#say('oom');
    this.#emit({ containerId: this.#state.id, action: 'die', exitCode });
    for (const tell of this.#ended.splice(0)) tell();
  }

  /** Resolves when it has ended: by itself, or killed after `timeout` seconds. */
  stop(timeout: number): Promise<void> {
    if (this.#state.status !== 'running') return Promise.resolve();
    const { ignoreTerm, stopAfter, stopCode } = this.script;
    const grace = timeout * 1000;
    const dies = ignoreTerm || stopAfter > grace;
    return new Promise((resolve) => {
      this.#ended.push(resolve);
      this.#later(dies ? grace : stopAfter, () => this.exit(dies ? killed : stopCode));
    });
  }

  #say(action: RuntimeEvent['action']): void {
    this.#emit({ containerId: this.#state.id, action });
  }

  #later(delay: number, run: () => void): void {
    if (delay <= 0) {
      run();
      return;
    }
    this.#timers.add(this.#clock.after(delay, run));
  }
}

function hasHealthCheck({ config }: ContainerSpec): boolean {
  const check = config['Healthcheck'] as { Test?: readonly string[] } | undefined;
  return check !== undefined && check.Test?.[0] !== 'NONE';
}

function portBindings({ hostConfig }: ContainerSpec): readonly PortBinding[] {
  const bindings = (hostConfig['PortBindings'] ?? {}) as Record<
    string,
    { HostIp: string; HostPort: string }[]
  >;
  return Object.entries(bindings).flatMap(([key, hosts]) => {
    const [port, protocol] = key.split('/');
    return hosts.map(({ HostIp, HostPort }) => ({
      containerPort: Number(port),
      hostPort: Number(HostPort),
      hostIp: HostIp,
      protocol: protocol === 'udp' ? ('udp' as const) : ('tcp' as const),
    }));
  });
}
