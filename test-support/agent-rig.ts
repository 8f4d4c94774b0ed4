// An agent over a fake engine and a scripted control plane, on virtual time; it can be killed and started again.
import { createAgent, type Agent } from '../src/agent/agent.ts';
import { defaultAgentConfig, type AgentConfig } from '../src/agent/config/config.ts';
import { FakeRuntime, type FakeRuntimeOptions } from './engine/fake.ts';
import type { Runtime } from '../src/agent/engine/runtime.ts';
import type { KnownTask } from '../src/agent/task/known-task.ts';
import { openAgentState, type AgentFacts, type AgentState } from '../src/agent/state.ts';
import type { TaskCgroups } from '../src/agent/task/task-cgroups.ts';
import type { AgentTransport } from '../src/agent-protocol/transport.ts';
import { silentLog, type Log } from '../src/lib/log.ts';
import { seededRandom } from '../src/lib/random.ts';
import { VirtualClock } from './virtual-clock.ts';
import { ScriptedControlPlane } from './scripted-control-plane.ts';

/** Whether a process still lives; it may be set to die at its n-th call of the outside world. */
class ProcessLife {
  #calls = 0;
  #over = false;
  readonly #diesAt: number;

  constructor(diesAt: number) {
    this.#diesAt = diesAt;
  }

  get over(): boolean {
    return this.#over;
  }

  get calls(): number {
    return this.#calls;
  }

  end(): void {
    this.#over = true;
  }

  /** Counts a call; answers whether it still happens. */
  takes(): boolean {
    this.#calls += 1;
    if (this.#calls >= this.#diesAt) this.#over = true;
    return !this.#over;
  }
}

const never = (): Promise<never> => new Promise(() => undefined);

/** The same thing for a process that dies: its calls stop having an effect, and no answer arrives any more. */
function mortal<T extends Runtime | AgentTransport>(target: T, life: ProcessLife): T {
  return new Proxy(target, {
    get(_, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (name === 'events') return eventsWhileAlive(target as Runtime, life);
      return async (...args: unknown[]): Promise<unknown> => {
        if (!life.takes()) return never();
        const answer: unknown = await (member as (...input: unknown[]) => Promise<unknown>).apply(
          target,
          args,
        );
        return life.takes() ? answer : never();
      };
    },
  });
}

const eventsWhileAlive =
  (runtime: Runtime, life: ProcessLife): Runtime['events'] =>
  (listener, onGap, onBreak) =>
    runtime.events(
      (event) => life.over || listener(event),
      () => life.over || onGap(),
      () => life.over || onBreak(),
    );

/** State whose writes cease when the process dies. A batch happens as a whole or not at all. */
function mortalState(state: AgentState, life: ProcessLife): AgentState {
  let batching = false;
  const write = (save: () => void): void => {
    if (batching || life.takes()) save();
  };
  return {
    facts: () => state.facts(),
    tasks: () => state.tasks(),
    hasEnded: (arn) => state.hasEnded(arn),
    hasPulled: (image) => state.hasPulled(image),
    saveFacts: (facts) => write(() => state.saveFacts(facts)),
    saveTask: (known) => write(() => state.saveTask(known)),
    endTask: (arn, now) => write(() => state.endTask(arn, now)),
    savePulled: (image) => write(() => state.savePulled(image)),
    batch(work) {
      if (batching) return work();
      if (!life.takes()) return work();
      batching = true;
      try {
        return state.batch(work);
      } finally {
        batching = false;
      }
    },
    close: () => undefined,
  };
}

export interface AgentRigOptions {
  readonly config?: Partial<AgentConfig>;
  readonly runtime?: Partial<FakeRuntimeOptions>;
  readonly seed?: number;
  readonly cgroups?: TaskCgroups;
  readonly log?: Log;
}

type StateBackup = { readonly facts: AgentFacts; readonly tasks: readonly KnownTask[] };

export class AgentRig {
  readonly clock = new VirtualClock();
  readonly plane = new ScriptedControlPlane();
  readonly runtime: FakeRuntime;
  state = openAgentState(':memory:');
  #config: AgentConfig;
  readonly #cgroups: TaskCgroups | undefined;
  readonly #random;
  readonly #log: Log;
  #life = new ProcessLife(Infinity);
  #agent: Agent | undefined;

  constructor(options: AgentRigOptions = {}) {
    this.runtime = new FakeRuntime({ clock: this.clock, ...options.runtime });
    this.#config = { ...defaultAgentConfig, ...options.config };
    this.#cgroups = options.cgroups;
    this.#log = options.log ?? silentLog;
    this.#random = seededRandom(options.seed ?? 1);
  }

  get agent(): Agent {
    if (this.#agent === undefined) throw new Error('no agent was started');
    return this.#agent;
  }

  /** The disk is empty when the next agent starts. */
  loseState(): void {
    this.state = openAgentState(':memory:');
  }

  /** What the disk holds now. */
  backUp(): StateBackup {
    return { facts: this.state.facts(), tasks: this.state.tasks() };
  }

  /** The next agent starts on what the disk held then. */
  restore({ facts, tasks }: StateBackup): void {
    this.loseState();
    this.state.saveFacts(facts);
    for (const known of tasks) this.state.saveTask(known);
  }

  /** The next agent is one with these settings. */
  become(config: Partial<AgentConfig>): void {
    this.#config = { ...this.#config, ...config };
  }

  /** How often the agent called the outside world since it started. */
  get calls(): number {
    return this.#life.calls;
  }

  get dead(): boolean {
    return this.#life.over;
  }

  /** Starts an agent on what the last one left; `diesAt` kills it at that call of the outside world. */
  async start(diesAt = Infinity): Promise<void> {
    const life = new ProcessLife(diesAt);
    this.#life = life;
    this.#agent = createAgent({
      config: this.#config,
      transport: mortal(this.plane, life),
      runtime: mortal(this.runtime, life),
      state: mortalState(this.state, life),
      clock: this.clock,
      random: this.#random,
      log: this.#log,
      cgroups: () => this.#cgroups,
    });
    // A start that is cut short by a kill neither resolves nor rejects.
    this.#agent.start().catch((error: unknown) => (this.startError = error));
    await this.clock.advance(0);
  }

  /** What the last start was rejected with. */
  startError: unknown;

  /** Ends the process without a word, its connections with it. */
  async kill(): Promise<void> {
    this.#life.end();
    for (const { connection } of this.plane.dials) connection.close(1006, '');
    await this.clock.advance(0);
  }
}
