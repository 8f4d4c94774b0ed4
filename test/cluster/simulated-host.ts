// A machine with a container engine and an agent process on it, which can be killed and started again.
import { createAgent } from '../../src/agent/agent.ts';
import { defaultAgentConfig, type AgentConfig } from '../../src/agent/config/config.ts';
import type { KnownTask } from '../../src/agent/task/known-task.ts';
import { openAgentState, type AgentFacts } from '../../src/agent/state.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Log } from '../../src/lib/log.ts';
import type { Random } from '../../src/lib/random.ts';
import type { Network } from './network.ts';
import { Process } from './process.ts';
import type { SimulatedEngine } from './simulated-engine.ts';

interface SimulatedHostOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly network: Network;
  readonly engine: SimulatedEngine;
  /** The user's own attributes that the agent registers with. */
  readonly instanceAttributes?: Readonly<Record<string, string>>;
  /** How many GPUs it has; default none. */
  readonly gpus?: number;
  /** Called when an agent gives up by itself, which no simulation means it to. */
  readonly onFailure: (error: unknown) => void;
}

/** How long a host keeps the containers of a stopped task, ms. */
const taskCleanupWaitDuration = 2 * 60_000;

/** What of a host its agent keeps for others than tasks; MiB and host ports. */
export type Reserved = Partial<Pick<AgentConfig, 'reservedMemory' | 'reservedPorts'>>;

interface StateBackup {
  readonly facts: AgentFacts;
  readonly tasks: readonly KnownTask[];
}

export class SimulatedHost {
  readonly name: string;
  readonly engine: SimulatedEngine;
  readonly #options: SimulatedHostOptions;
  /** What the agent's disk holds; every write is durable when it returns, so a kill loses none. */
  #state = openAgentState(':memory:');
  #process: Process | undefined;
  #reserved: Reserved = {};
  #isGone = false;

  constructor(options: SimulatedHostOptions) {
    this.#options = options;
    this.name = options.name;
    this.engine = options.engine;
  }

  /** Whether it was taken away for good. */
  get isGone(): boolean {
    return this.#isGone;
  }

  get isAgentUp(): boolean {
    return this.#process !== undefined;
  }

  /** The instance's ARN, once the agent was registered. */
  get instanceArn(): string | undefined {
    return this.#state.facts().containerInstanceArn;
  }

  startAgent(): void {
    if (this.#process !== undefined || this.#isGone) return;
    const { clock, network, onFailure, instanceAttributes = {}, gpus = 0 } = this.#options;
    const gpuIds = Array.from({ length: gpus }, (_, at) => `GPU-${this.name}-${at + 1}`);
    const process = new Process(clock);
    this.#process = process;
    const agent = createAgent({
      ...this.#options,
      config: {
        ...defaultAgentConfig,
        ...this.#reserved,
        cluster: 'default',
        agentId: this.name,
        disableMetrics: true,
        taskCleanupWaitDuration,
        instanceAttributes,
        ...(gpus > 0 && { gpus: { ids: gpuIds } }),
      },
      transport: network.transport(this.name, process),
      runtime: this.engine.for(process),
      state: this.#state,
      clock: process.clock,
    });
    process.hear(agent.start()).catch(onFailure);
  }

  /** The agent dies at once; its containers run on. */
  killAgent(): void {
    this.#process?.kill();
    this.#process = undefined;
    this.#options.network.dropConnections(this.name);
  }

  /** The agent starts again with something else reserved. */
  reserve(reserved: Reserved): void {
    this.#reserved = reserved;
    if (!this.isAgentUp) return;
    this.killAgent();
    this.startAgent();
  }

  /** The agent's disk as it is now. */
  backUpState(): StateBackup {
    return { facts: this.#state.facts(), tasks: this.#state.tasks() };
  }

  /** The agent is killed and its disk becomes what it was, or empty; containers run on. */
  restoreState(backup?: StateBackup): void {
    this.killAgent();
    this.#state = openAgentState(':memory:');
    if (backup !== undefined) this.#state.saveFacts(backup.facts);
    for (const known of backup?.tasks ?? []) this.#state.saveTask(known);
    this.startAgent();
  }

  /** The machine is made anew: its agent will join as a new container instance. */
  reinstall(): void {
    this.killAgent();
    this.engine.wipe();
    this.#state = openAgentState(':memory:');
    this.startAgent();
  }

  /** The machine is gone, with all that ran on it. */
  takeAway(): void {
    this.killAgent();
    this.engine.wipe();
    this.#isGone = true;
  }
}
