// One simulated container instance: an agent's registration, links, session and reports, without an engine and without a disk.
import { AgentTerminated } from '../agent/agent-terminated.ts';
import type { PayloadTask } from '../agent-protocol/messages.ts';
import type { AgentTransport } from '../agent-protocol/transport.ts';
import { AcsSession, type AcsDeps } from '../agent/links/acs-session.ts';
import type { AgentConfig } from '../agent/config/config.ts';
import { acsUrl, PollEndpoints, tcsUrl, type Identity } from '../agent/links/endpoints.ts';
import { Link, type Session } from '../agent/links/link.ts';
import { acsPolicy, tcsPolicy } from '../agent/links/reconnect.ts';
import { capacity, register, registrationRequest, type Registered } from '../agent/links/registration.ts';
import { Reporter } from '../agent/links/reporter.ts';
import { TcsSession } from '../agent/links/tcs-session.ts';
import type { Clock } from '../lib/clock.ts';
import { uuid } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import { noResources } from '../agent-protocol/resources.ts';
import type { Behaviour } from './behaviour.ts';
import { Commitment } from './commitment.ts';
import { hostConfig, hostName, simulatedEngine, type HostTemplate } from './host.ts';
import { SimulatedTasks } from './simulated-tasks.ts';
import type { Tally } from './tally.ts';

/** What all instances of a fleet share. */
export interface SimulationDeps {
  readonly host: HostTemplate;
  /** What a task of the instance of this number will do, which is at this place in the order of its arrival there. */
  readonly behaviour: (task: PayloadTask, instance: number, order: number) => Behaviour;
  /** Whether the instances open the telemetry link too. */
  readonly telemetry: boolean;
  readonly transport: AgentTransport;
  readonly clock: Clock;
  /** For what is to replay from the seed. */
  readonly random: Random;
  /** For client tokens, which must differ from run to run: an equal one would take over an older instance. */
  readonly ids: Random;
  readonly tally: Tally;
  readonly log: Log;
}

const acsLife = { min: 30 * 60_000, max: 35 * 60_000 };

/** Does nothing until started; one start a lifetime. */
export class SimulatedInstance {
  readonly #deps: SimulationDeps;
  readonly #number: number;
  readonly #config: AgentConfig;
  readonly #reporter: Reporter;
  readonly #tasks: SimulatedTasks;
  readonly #stopping = new AbortController();
  readonly #connectedOnce = Promise.withResolvers<void>();
  #registered: Registered | undefined;
  #links: readonly Link[] = [];
  #telemetry: TcsSession | undefined;
  #connected = false;
  #timeline: number | undefined;

  /** `number` counts from 1. */
  constructor(number: number, deps: SimulationDeps) {
    this.#deps = deps;
    this.#number = number;
    this.#config = hostConfig(deps.host, number);
    this.#reporter = new Reporter({ ...deps, cluster: this.#config.cluster });
    this.#tasks = this.#createTasks();
  }

  /** Undefined until it is registered. */
  get arn(): string | undefined {
    return this.#registered?.containerInstanceArn;
  }

  /** Resolves when it is registered and connected for the first time; rejects with AgentTerminated when it cannot be, or is stopped. */
  async start(): Promise<void> {
    const { host, transport, tally, ids } = this.#deps;
    // It may have waited for its turn while the fleet was stopped.
    this.#stopping.signal.throwIfAborted();
    const request = registrationRequest(
      this.#config,
      simulatedEngine(host),
      host.cluster,
      undefined,
      uuid(ids),
    );
    this.#registered = await register(this.#config, request, {
      ...this.#deps,
      transport,
      signal: this.#stopping.signal,
    });
    tally.registered += 1;
    this.#stopping.signal.throwIfAborted();
    this.#reporter.open();
    this.#openLinks(this.#registered);
    await this.#connectedOnce.promise;
  }

  /** The task ends badly by itself, if it is here and runs. */
  exitTask(taskArn: string): void {
    this.#tasks.exitTask(taskArn);
  }

  /** Closes the links without a word about the tasks, as an agent that ends. */
  stop(): void {
    const ended = new AgentTerminated('the simulation was stopped', 0);
    this.#stopping.abort(ended);
    this.#connectedOnce.promise.catch(() => undefined);
    this.#connectedOnce.reject(ended);
    for (const link of this.#links) link.stop();
    this.#reporter.stop();
    this.#tasks.halt();
  }

  #createTasks(): SimulatedTasks {
    const { host, behaviour, tally } = this.#deps;
    const { reservedPorts: ports, reservedPortsUdp: portsUdp } = this.#config;
    const offered = capacity(this.#config, simulatedEngine(host));
    const instance = hostName(host, this.#number);
    return new SimulatedTasks({
      ...this.#deps,
      config: this.#config,
      commitment: new Commitment(offered, { ...noResources, ports, portsUdp }),
      behaviour: (task, order) => behaviour(task, this.#number, order),
      onChange: (task) => this.#reporter.changed(task),
      onHealth: (task) => this.#telemetry?.publishHealth([task]),
      onOvercommitted: (taskArn, problem) => tally.violated({ instance, taskArn, problem }),
    });
  }

  #openLinks({ cluster, containerInstanceArn }: Registered): void {
    const { transport, clock, host, telemetry } = this.#deps;
    const { version: dockerVersion } = simulatedEngine(host);
    const identity: Identity = { config: this.#config, cluster, containerInstanceArn, dockerVersion };
    const endpoints = new PollEndpoints(transport, clock, identity);
    this.#links = telemetry
      ? [this.#acsLink(identity, endpoints), this.#tcsLink(identity, endpoints)]
      : [this.#acsLink(identity, endpoints)];
    for (const link of this.#links) link.start();
  }

  #acsLink(identity: Identity, endpoints: PollEndpoints): Link {
    let first = true;
    return new Link(this.#deps, {
      policy: acsPolicy,
      maxAge: acsLife,
      url: async () => acsUrl((await endpoints.get()).endpoint, identity, first),
      open: (send) => {
        first = false;
        this.#noteConnected(true);
        return this.#noticingTheEnd(new AcsSession(send, this.#acsDeps()));
      },
      onEnd: ({ kind }) => {
        if (kind === 'refused') endpoints.forget();
      },
    });
  }

  #tcsLink(identity: Identity, endpoints: PollEndpoints): Link {
    const { cluster, containerInstanceArn } = identity;
    const tasks = () => this.#tasks.known();
    return new Link(this.#deps, {
      policy: tcsPolicy,
      url: async () => tcsUrl((await endpoints.get()).telemetryEndpoint, identity),
      open: (send) => {
        const session = new TcsSession(send, {
          ...this.#deps,
          cluster,
          containerInstanceArn,
          disableMetrics: false,
          tasks,
        });
        this.#telemetry = session;
        return session;
      },
      onEnd: ({ kind }) => {
        if (kind === 'refused') endpoints.forget();
      },
    });
  }

  #acsDeps(): AcsDeps {
    return {
      engine: this.#tasks,
      state: this.#state(),
      refuse: (taskArn, reason) => {
        this.#deps.tally.refused += 1;
        this.#reporter.reportStopped(taskArn, reason);
      },
      disown: (taskArn, reason) => this.#reporter.reportStopped(taskArn, reason),
      log: this.#deps.log,
    };
  }

  /** Of what an agent keeps on disk, a session needs the highest number that it saw. */
  #state(): AcsDeps['state'] {
    return {
      hasEnded: (arn) => this.#tasks.hasEnded(arn),
      facts: () => ({ timeline: this.#timeline }),
      saveFacts: ({ timeline }) => {
        this.#timeline = timeline;
      },
    };
  }

  #noticingTheEnd(session: Session): Session {
    return {
      begin: () => session.begin(),
      receive: (frame) => session.receive(frame),
      end: () => {
        session.end();
        this.#noteConnected(false);
      },
    };
  }

  #noteConnected(connected: boolean): void {
    if (this.#connected === connected) return;
    this.#connected = connected;
    this.#deps.tally.connected += connected ? 1 : -1;
    if (connected) this.#connectedOnce.resolve();
  }
}
