// The container agent: registers its instance, keeps both links open, and runs what it is told to.
import type { AgentTransport } from '../agent-protocol/transport.ts';
import { backoffDelay, type BackoffPolicy } from '../lib/backoff.ts';
import { sleep, steadyClock, type Clock } from '../lib/clock.ts';
import { uuid } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { AcsSession } from './links/acs-session.ts';
import { AgentTerminated } from './agent-terminated.ts';
import type { EngineFacts } from './config/capabilities.ts';
import { clusterOf, type AgentConfig } from './config/config.ts';
import { messageOf } from './engine/container-failure.ts';
import { acsUrl, PollEndpoints, tcsUrl, type Identity } from './links/endpoints.ts';
import { failureEvidence } from './task/failure-evidence.ts';
import { AbsenceLog, EngineContact } from './engine/engine-contact.ts';
import { containerOf, latestInstant, type KnownTask } from './task/known-task.ts';
import { Link } from './links/link.ts';
import { acsPolicy, tcsPolicy, type LinkEnd } from './links/reconnect.ts';
import {
  capacity,
  register,
  registrationRequest,
  type EngineInfo,
  type Registered,
} from './links/registration.ts';
import { Reporter } from './links/reporter.ts';
import type { Runtime } from './engine/runtime.ts';
import type { AgentState } from './state.ts';
import type { CgroupHost, TaskCgroups } from './task/task-cgroups.ts';
import { TaskEngine } from './task-engine.ts';
import type { TaskRunner } from './lifecycle/task-runner.ts';
import { TcsSession } from './links/tcs-session.ts';

export interface AgentDeps {
  readonly config: AgentConfig;
  readonly transport: AgentTransport;
  readonly runtime: Runtime;
  readonly state: AgentState;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /**
   * What limits tasks as a whole on this engine's host, asked once; without it the agent does not offer to, and refuses
   * tasks that ask for it.
   */
  readonly cgroups?: ((engine: CgroupHost) => TaskCgroups | undefined) | undefined;
}

export interface AgentMetadata {
  readonly cluster: string;
  /** Undefined until the instance is registered. */
  readonly containerInstanceArn?: string | undefined;
  readonly availabilityZone?: string | undefined;
  readonly version: string;
}

export interface Agent {
  /**
   * Takes up saved tasks, then resolves when the instance is registered and the links are being opened. It keeps trying
   * for as long as that can help; rejects with AgentTerminated (exit code 5: do not start again; 0: stopped meanwhile).
   */
  start(): Promise<Registered>;
  /** Saves and closes the links; containers run on, and another agent on the same state takes them up. */
  stop(): void;
  /** Every task not yet cleaned up. */
  tasks(): readonly KnownTask[];
  metadata(): AgentMetadata;
}

const engineRetries: BackoffPolicy = { min: 250, max: 10_000, factor: 2, jitter: 0.2 };
const acsConnectionLimit = { min: 30 * 60_000, max: 35 * 60_000 };

/** An agent that does nothing until started; one start a lifetime. It does not close `state`. */
export function createAgent(deps: AgentDeps): Agent {
  // What is saved is compared with the clock, which may have been set back since.
  const clock = steadyClock(deps.clock, latestInstant(deps.state.tasks()));
  return new ContainerAgent({ ...deps, clock });
}

class ContainerAgent implements Agent {
  readonly #deps: AgentDeps;
  readonly #stopping = new AbortController();
  readonly #reporter: Reporter;
  #engine: TaskEngine | undefined;
  #registered: Registered | undefined;
  #acs: Link | undefined;
  #tcs: Link | undefined;
  #telemetry: TcsSession | undefined;
  readonly #contact: EngineContact;

  constructor(deps: AgentDeps) {
    this.#deps = deps;
    this.#contact = new EngineContact({ ...deps, onChange: () => this.#telemetry?.publishEngineStatus() });
    const evidence = (known: KnownTask) => failureEvidence(deps, known);
    this.#reporter = new Reporter({ ...deps, cluster: clusterOf(deps.config), evidence });
  }

  async start(): Promise<Registered> {
    try {
      return await this.#begin();
    } catch (error) {
      const stopped = this.#stopping.signal.aborted;
      this.stop();
      throw stopped ? new AgentTerminated('the agent was stopped', 0) : error;
    }
  }

  stop(): void {
    this.#stopping.abort(new AgentTerminated('the agent was stopped', 0));
    this.#acs?.stop();
    this.#tcs?.stop();
    this.#reporter.stop();
    this.#engine?.stop();
    this.#contact.stop();
  }

  tasks(): readonly KnownTask[] {
    return this.#engine?.tasks() ?? [];
  }

  metadata(): AgentMetadata {
    const { config, state } = this.#deps;
    return {
      cluster: clusterOf(config),
      containerInstanceArn: this.#registered?.containerInstanceArn ?? state.facts().containerInstanceArn,
      availabilityZone: this.#registered?.availabilityZone,
      version: config.agentVersion,
    };
  }

  async #begin(): Promise<Registered> {
    this.#checkCluster();
    const info = await this.#engineInfo();
    const cgroups = this.#deps.cgroups?.(info);
    const engine = new TaskEngine({
      ...this.#deps,
      contact: this.#contact,
      cgroups,
      capacity: capacity(this.#deps.config, info),
      onChange: (runner, before) => this.#changed(runner, before),
    });
    this.#engine = engine;
    // Tasks go on while the control plane is away.
    await engine.start();
    const registered = await this.#register({ ...info, taskLimits: cgroups !== undefined });
    this.#stopping.signal.throwIfAborted();
    for (const runner of engine.runners()) this.#reporter.changed(runner);
    this.#reporter.open();
    this.#openLinks(engine, registered, info);
    return registered;
  }

  /** An instance never changes its cluster: its saved tasks belong to the old one. */
  #checkCluster(): void {
    const saved = this.#deps.state.facts().cluster;
    const configured = clusterOf(this.#deps.config);
    if (saved !== undefined && saved !== configured) {
      throw new AgentTerminated(`the saved state belongs to cluster ${saved}, not to ${configured}`, 5);
    }
  }

  async #engineInfo(): Promise<EngineInfo> {
    const { runtime, clock, random } = this.#deps;
    const absence = new AbsenceLog(this.#deps);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const info = await runtime.info();
        absence.isBack();
        return info;
      } catch (error) {
        absence.isAway(messageOf(error));
        await sleep(clock, backoffDelay(engineRetries, attempt, random), this.#stopping.signal);
      }
    }
  }

  async #register(info: EngineInfo & EngineFacts): Promise<Registered> {
    const { config, state, random } = this.#deps;
    const cluster = clusterOf(config);
    const saved = state.facts().containerInstanceArn;
    const request = registrationRequest(config, info, cluster, saved, uuid(random));
    const registered = await register(config, request, { ...this.#deps, signal: this.#stopping.signal });
    state.saveFacts({ cluster, containerInstanceArn: registered.containerInstanceArn });
    this.#registered = registered;
    return registered;
  }

  #openLinks(engine: TaskEngine, { cluster, containerInstanceArn }: Registered, info: EngineInfo): void {
    const { config, transport, clock } = this.#deps;
    const { version: dockerVersion, hostName } = info;
    const identity: Identity = { config, cluster, containerInstanceArn, dockerVersion, hostName };
    const endpoints = new PollEndpoints(transport, clock, identity);
    this.#acs = this.#acsLink(engine, identity, endpoints);
    this.#tcs = this.#tcsLink(engine, identity, endpoints);
    this.#acs.start();
    this.#tcs.start();
  }

  #acsLink(engine: TaskEngine, identity: Identity, endpoints: PollEndpoints): Link {
    const { state, log } = this.#deps;
    let first = true;
    const refuse = (task: string, reason: string): void => this.#reporter.reportStopped(task, reason);
    const disown = (task: string, reason: string): void =>
      this.#reporter.reportStopped(task, reason, { endedByHost: true });
    return new Link(this.#deps, {
      policy: acsPolicy,
      maxAge: acsConnectionLimit,
      url: async () => acsUrl((await endpoints.get()).endpoint, identity, first),
      open: (send) => {
        first = false;
        this.#tcs?.start();
        return new AcsSession(send, { engine, state, refuse, disown, log });
      },
      onEnd: (end) => this.#acsEnded(end, endpoints),
    });
  }

  #acsEnded(end: LinkEnd, endpoints: PollEndpoints): void {
    if (end.kind !== 'refused') return;
    endpoints.forget();
    if (end.code === 'InactiveInstanceException') this.#tcs?.stop();
  }

  #tcsLink(engine: TaskEngine, identity: Identity, endpoints: PollEndpoints): Link {
    const { cluster, containerInstanceArn } = identity;
    const { disableMetrics } = this.#deps.config;
    const tasks = (): readonly KnownTask[] => engine.tasks();
    return new Link(this.#deps, {
      policy: tcsPolicy,
      url: async () => tcsUrl((await endpoints.get()).telemetryEndpoint, identity),
      open: (send) => {
        const engine = () => this.#contact.status;
        const deps = { ...this.#deps, cluster, containerInstanceArn, disableMetrics, tasks, engine };
        this.#telemetry = new TcsSession(send, deps);
        return this.#telemetry;
      },
      onEnd: (end) => {
        this.#telemetry = undefined;
        if (end.kind === 'refused') endpoints.forget();
      },
    });
  }

  #changed(runner: TaskRunner, before: KnownTask): void {
    this.#reporter.changed(runner);
    if (healthChanged(before, runner.known)) this.#telemetry?.publishHealth([runner.known]);
  }
}

const healthChanged = (before: KnownTask, after: KnownTask): boolean =>
  after.task.containers.some(
    ({ name }) => containerOf(after, name).health?.status !== containerOf(before, name).health?.status,
  );
