// A whole cluster in one process on virtual time: a control plane, hosts with agents, and the network between them.
import {
  noCapacitySource,
  type CapacitySource,
} from '../../src/aws/ecs/controllers/capacity-scaling/capacity-source.ts';
import type { HookCaller } from '../../src/aws/ecs/controllers/service/hooks/hook-caller.ts';
import type { TrafficRouter } from '../../src/aws/ecs/scheduler/service/traffic-router.ts';
import { silentLog, type Log } from '../../src/lib/log.ts';
import { seededRandom, type Random } from '../../src/lib/random.ts';
import { VirtualClock } from '../../test-support/virtual-clock.ts';
import { userArn, type AccessKey } from '../../src/aws/iam/state/access-key/access-key.ts';
import { accessKeys } from '../../src/aws/iam/state/access-key/access-keys.ts';
import type { AgentRelease } from '../../src/aws/ecs/state/instance/container-instance.ts';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import type { Store } from '../../src/store/store.ts';
import { agentSessions } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { MessageFaults } from './message-faults.ts';
import { Network } from './network.ts';
import { outputOf, signedCall } from './signed-call.ts';
import { ServiceInvariants } from './service-invariants.ts';
import type { ControlPlane } from '../../src/server/control-plane.ts';
import { SimulatedControlPlane } from './simulated-control-plane.ts';
import { SimulatedHost } from './simulated-host.ts';
import { SimulatedEngine } from './simulated-engine.ts';
import { InvariantChecker } from './invariant-checker.ts';

export interface ClusterOptions {
  readonly seed: number;
  readonly hosts: number;
  readonly cpus?: number;
  readonly memoryMiB?: number;
  /** GPUs of each host; default none. */
  readonly gpus?: number;
  /** Of the control plane; default silent. */
  readonly log?: Log;
  /** Ms of silence after which a host is lost; default the control plane's own. */
  readonly lostAfter?: number;
  /** The version that agents can be updated to; default none. */
  readonly agentRelease?: AgentRelease;
  /** Who makes further hosts; default nobody. */
  readonly capacity?: (cluster: SimulatedCluster) => CapacitySource;
  /** Who calls lifecycle hooks, and who routes traffic; default nobody. */
  readonly hooks?: (cluster: SimulatedCluster) => HookCaller;
  readonly traffic?: (cluster: SimulatedCluster) => TrafficRouter;
}

/** The one that all agents of a cluster share, as those of an Auto Scaling group do: it may do only what agents do. */
const agentKey = { accessKeyId: 'AKIAAGENTSAGENTSAGEN', secretAccessKey: 'shared by all agents' };

function giveAgentKey({ store, administrator: { accountId } }: ControlPlane): void {
  store.update((tx) => {
    const table = tx.table(accessKeys);
    if (table.get(agentKey.accessKeyId) !== undefined) return;
    table.put({
      ...agentKey,
      accountId,
      principalArn: userArn(accountId, 'agent'),
      status: 'Active',
      kind: 'agent',
      createdAt: 0,
    });
  });
}

/** How exactly conditions are met, ms. */
const step = 10;

export class SimulatedCluster {
  readonly clock = new VirtualClock();
  readonly random: Random;
  readonly messageFaults: MessageFaults;
  readonly network: Network;
  readonly controlPlane: SimulatedControlPlane;
  readonly hosts: SimulatedHost[];
  readonly #options: ClusterOptions;
  readonly invariants = new InvariantChecker(() => this.hosts);
  readonly serviceInvariants = new ServiceInvariants(
    () => (this.controlPlane.isUp ? this.controlPlane.running.clock : this.clock).now(),
    (violation) => this.invariants.violations.push(violation),
  );
  #administrator: AccessKey | undefined;

  /** Starts nothing; `open` gives a cluster that is up. */
  constructor(options: ClusterOptions) {
    const { clock } = this;
    this.#options = options;
    const random = seededRandom(options.seed);
    this.random = random;
    this.messageFaults = new MessageFaults(random);
    this.controlPlane = new SimulatedControlPlane({
      clock,
      random,
      log: options.log ?? silentLog,
      lostAfter: options.lostAfter,
      agentRelease: options.agentRelease,
      capacitySource: options.capacity?.(this) ?? noCapacitySource,
      hookCaller: options.hooks?.(this),
      trafficRouter: options.traffic?.(this),
      onStart: (controlPlane, journal) => {
        this.#administrator = controlPlane.administrator;
        giveAgentKey(controlPlane);
        this.invariants.attach(controlPlane.store, journal);
        this.serviceInvariants.attach(controlPlane.store);
      },
      onCrash: () => this.network.dropConnections(),
      onFrame: (text) => this.invariants.frameSent(text),
    });
    this.network = new Network({
      clock,
      messageFaults: this.messageFaults,
      controlPlane: this.controlPlane,
      credentials: () => agentKey,
    });
    this.hosts = Array.from({ length: options.hosts }, (_, at) => this.#host(`host-${at}`));
  }

  /** A cluster `default` whose agents are all connected. */
  static async open(options: ClusterOptions): Promise<SimulatedCluster> {
    const cluster = new SimulatedCluster(options);
    await cluster.startControlPlane();
    await cluster.ask('CreateCluster', { clusterName: 'default' });
    for (const host of cluster.hosts) host.startAgent();
    await cluster.until('all agents are connected', () => cluster.connected === options.hosts);
    return cluster;
  }

  get administrator(): AccessKey {
    if (this.#administrator === undefined) throw new Error('the control plane was never up');
    return this.#administrator;
  }

  get store(): Store {
    return this.controlPlane.running.store;
  }

  /** How many agents the control plane takes for connected. */
  get connected(): number {
    return this.store.view((tx) => tx.table(agentSessions).size);
  }

  /** Every task there is. */
  get tasks(): readonly Task[] {
    return this.store.view((tx) => [...tx.table(tasks).all()]);
  }

  task(arn: string): Task | undefined {
    return this.store.view((tx) => tx.table(tasks).get(arn));
  }

  /** The host that a task was placed on. */
  hostOf({ containerInstanceArn }: Task): SimulatedHost {
    const host = this.hosts.find(({ instanceArn }) => instanceArn === containerInstanceArn);
    if (host === undefined) throw new Error(`no host is ${containerInstanceArn}`);
    return host;
  }

  /** A further host, whose agent registers with these attributes; it is yet to be started. */
  addHost(name: string, instanceAttributes: Readonly<Record<string, string>>): SimulatedHost {
    const host = this.#host(name, instanceAttributes);
    this.hosts.push(host);
    return host;
  }

  /** Starts the control plane and lets time pass until it can be reached. */
  async startControlPlane(): Promise<void> {
    void this.controlPlane.start();
    await this.until('the control plane is up', () => this.controlPlane.isUp);
  }

  /** Calls an operation as the administrator; the clock must move for it to be answered. */
  async call<T = Record<string, unknown>>(operation: string, input: object): Promise<T> {
    const request = signedCall(operation, input, this.administrator, this.clock.wall());
    return outputOf(await this.controlPlane.handle(request)) as T;
  }

  /** Calls an operation and lets time pass until it is answered. */
  async ask<T = Record<string, unknown>>(operation: string, input: object): Promise<T> {
    const answer = this.call<T>(operation, input);
    let answered = false;
    const settled = answer.finally(() => (answered = true)).catch(() => undefined);
    await this.until(`${operation} is answered`, () => answered);
    await settled;
    return answer;
  }

  /** Lets time pass until `condition` holds; throws when it does not within ten minutes. */
  async until(what: string, condition: () => boolean, limit = 600_000): Promise<void> {
    const end = this.clock.now() + limit;
    while (!condition()) {
      if (this.clock.now() >= end) throw new Error(`it never came about that ${what}`);
      await this.clock.advance(step);
      if (!condition()) await this.clock.advance(this.#quiet(end));
    }
  }

  /** How long nothing happens from now on, in whole steps, ms: from one timer to the next there is nothing to look at. */
  #quiet(end: number): number {
    const next = Math.min(this.clock.nextAt() ?? end, end);
    return Math.max(0, Math.ceil((next - this.clock.now()) / step) - 1) * step;
  }

  #host(name: string, instanceAttributes: Readonly<Record<string, string>> = {}): SimulatedHost {
    const { clock, random, network } = this;
    const { cpus = 4, memoryMiB = 8192, gpus = 0 } = this.#options;
    const engine = new SimulatedEngine({
      clock,
      random,
      cpus,
      memoryMiB,
      onStart: (taskArn) => this.invariants.containerStarted(host, taskArn),
    });
    // An agent that was deregistered and starts again is told so, and ends.
    const onFailure = (error: unknown) => {
      if (this.invariants.isDeregistered(host.instanceArn)) return;
      this.invariants.violations.push(`the agent of ${name} gave up: ${String(error)}`);
    };
    const host = new SimulatedHost({
      name,
      clock,
      random,
      log: silentLog,
      network,
      engine,
      instanceAttributes,
      gpus,
      onFailure,
    });
    return host;
  }
}
