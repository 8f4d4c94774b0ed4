// The real store, operations and controllers on virtual time, without signatures and sockets: a life takes milliseconds.
import { inspect } from 'node:util';
import { defaultAgentLinkSettings } from '../../src/acs/settings.ts';
import { createAgentLink, type AgentLink } from '../../src/acs/agent-link.ts';
import { openLink } from '../../src/acs/open-link.ts';
import { AgentCallError, type Connection } from '../../src/agent-protocol/transport.ts';
import { ecsModel } from '../../src/aws/ecs/shapes.generated.ts';
import type { HostTemplate } from '../../src/simulator/host.ts';
import { ApiError } from '../../src/wire/errors.ts';
import { inputDecoder } from '../../src/wire/validate.ts';
import { ecsApi } from '../../src/aws/ecs/api.ts';
import { longshoreApi } from '../../src/longshore/api.ts';
import { createValueSeal } from '../../src/aws/shared/value-seal.ts';
import { createPageSeal } from '../../src/aws/shared/page-seal.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { silentLog, type Log } from '../../src/lib/log.ts';
import { seededRandom, type Random } from '../../src/lib/random.ts';
import { VirtualClock } from '../../test-support/virtual-clock.ts';
import { groupAttribute } from '../../src/aws/ecs/state/instance/instance-group.ts';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { noTrafficRouter } from '../../src/aws/ecs/scheduler/service/traffic-router.ts';
import { allTables, ecsWrites } from '../../src/server/control-plane.ts';
import { clockOf, keepClockMark } from '../../src/server/clock-mark.ts';
import { startControllers } from '../../src/server/controllers.ts';
import { MemoryJournal } from '../../src/store/journal/memory-journal.ts';
import { openStore } from '../../src/store/memory-store.ts';
import { Fleets } from '../../src/aws/ecs/state/instance/fleets.ts';
import type { Store } from '../../src/store/store.ts';
import { containerInstances } from '../../src/aws/ecs/state/instance/container-instances.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import type { Api } from '../../src/wire/api.ts';
import { aScope } from '../../test-support/builders/a-scope.ts';
import { connectionPair } from '../../test-support/connection-pair.ts';
import { ServiceInvariants } from '../cluster/service-invariants.ts';
import { isChecked } from './images.ts';
import { ScenarioHooks } from './scenario-hooks.ts';
import { ScenarioHost } from './scenario-host.ts';

/** What one incarnation of the control plane consists of. */
interface Incarnation {
  readonly store: Store;
  /** Of ECS and of Longshore. */
  readonly operations: Api['operations'];
  readonly link: AgentLink;
  readonly stop: () => void;
}

export interface HarnessOptions {
  readonly seed: number;
  readonly hosts: number;
  /** How many Availability Zones the hosts are spread over. */
  readonly zones: number;
  /** The hosts are of a capacity provider with managed scaling, and have room for few tasks; what finds none waits. */
  readonly isScaled?: boolean;
}

const caller = {
  ...aScope,
  accessKeyId: 'AKIDEXAMPLE',
  principalArn: 'arn:aws:iam::000000000000:root',
  requestId: '00000000-0000-0000-0000-000000000000',
};
/** How the calls of agents are read off the wire. */
const agentInputs = {
  RegisterContainerInstance: inputDecoder(ecsModel, 'RegisterContainerInstance'),
  DiscoverPollEndpoint: inputDecoder(ecsModel, 'DiscoverPollEndpoint'),
  SubmitTaskStateChange: inputDecoder(ecsModel, 'SubmitTaskStateChange'),
};
/** Stopped tasks stay describable longer than any life takes. */
const stoppedTaskRetention = 1000 * 3_600_000;

export class ServiceHarness {
  readonly clock = new VirtualClock();
  readonly random: Random;
  readonly #linkRandom = seededRandom(1);
  readonly violations: string[] = [];
  readonly hosts: readonly ScenarioHost[];
  /** How the service of the life asks for where its tasks run. */
  readonly compute: { readonly capacityProviderStrategy?: readonly object[] };
  readonly #invariants = new ServiceInvariants(
    () => this.now(),
    (violation) => this.violations.push(violation),
    isChecked,
  );
  /** A controller that throws breaks a promise, though it is tried again. */
  readonly #log: Log = {
    ...silentLog,
    error: (fields, message) => this.violations.push(`${message} ${inspect(fields)}`),
    child: () => this.#log,
  };
  #journal = new MemoryJournal({ durability: 'immediate' });
  #current: Incarnation | undefined;
  #lastClock: Clock | undefined;

  /** Starts nothing; `open` gives a harness that is up. */
  private constructor(options: HarnessOptions) {
    this.random = seededRandom(options.seed);
    const template = hostTemplate(options);
    this.hosts = Array.from({ length: options.hosts }, (_, at) => new ScenarioHost(this, at + 1, template));
    this.compute = options.isScaled
      ? { capacityProviderStrategy: [{ capacityProvider: 'p', weight: 1 }] }
      : {};
  }

  /** Cluster `default` with its hosts registered and connected. */
  static async open(options: HarnessOptions): Promise<ServiceHarness> {
    const harness = new ServiceHarness(options);
    await harness.start();
    harness.ask('CreateCluster', {});
    if (options.isScaled) harness.#addProvider();
    const connected = Promise.all(harness.hosts.map((host) => host.start()));
    await harness.clock.advance(10);
    await connected;
    return harness;
  }

  #addProvider(): void {
    const managedScaling = { status: 'ENABLED' };
    const autoScalingGroupProvider = { autoScalingGroupArn: 'group', managedScaling };
    this.ask('CreateCapacityProvider', { name: 'p', autoScalingGroupProvider });
    this.ask('PutClusterCapacityProviders', {
      cluster: 'default',
      capacityProviders: ['p'],
      defaultCapacityProviderStrategy: [],
    });
  }

  get store(): Store {
    return this.#running.store;
  }

  get #running(): Incarnation {
    if (this.#current === undefined) throw new AgentCallError('Unreachable', 'the control plane is down', 0);
    return this.#current;
  }

  /** Epoch ms, as the control plane has it, or had it last. */
  now(): number {
    return (this.#lastClock ?? this.clock).now();
  }

  /** Every task there is. */
  get tasks(): readonly Task[] {
    return this.store.view((tx) => [...tx.table(tasks).all()]);
  }

  task(arn: string): Task | undefined {
    return this.store.view((tx) => tx.table(tasks).get(arn));
  }

  /** A whole number from 0 up to `limit`, exclusive. */
  below(limit: number): number {
    return Math.floor(this.random.next() * limit);
  }

  /** Starts the control plane from what is on disk; agents that are not cut off find their way back at once. */
  async start(): Promise<void> {
    const { random } = this;
    const store = await openStore({ tables: allTables, journal: this.#journal, log: silentLog });
    const clock = clockOf(store, this.clock);
    const fleets = new Fleets(store);
    const pageSeal = createPageSeal(Buffer.alloc(32), random);
    const valueSeal = createValueSeal(Buffer.alloc(32), random);
    const hookRefusal = () => undefined;
    const agentEndpoints = { acs: 'http://control-plane/acs', tcs: 'http://control-plane/tcs' };
    const api = ecsApi({ store, random, fleets, pageSeal, hookRefusal, agentEndpoints });
    this.#invariants.attach(store);
    store.watch(tasks, (changes) => {
      for (const { after } of changes) if (after) this.#checkRoom(store, after.containerInstanceArn);
    });
    const stopMarks = keepClockMark(store, clock);
    const stopControllers = startControllers(
      { store, clock, random, log: this.#log, valueSeal, removeManifest: () => Promise.resolve() },
      fleets,
      {
        stoppedTaskRetention,
        hookCaller: new ScenarioHooks(this),
      },
    );
    const { operations } = longshoreApi({
      store,
      random,
      ecs: ecsWrites({ random, hookRefusal: () => undefined }),
      healthyAfter: 40_000,
      router: noTrafficRouter,
      trail: { list: () => Promise.resolve({ events: [], last: 0, more: false }) },
    });
    const link = createAgentLink({
      ...{ store, clock, log: silentLog, settings: defaultAgentLinkSettings },
      random: this.#linkRandom,
      authorise: () => undefined,
    });
    const stop = (): void => {
      stopControllers();
      stopMarks();
      link.close();
    };
    this.#lastClock = clock;
    this.#current = { store, operations: { ...operations, ...api.operations }, link, stop };
  }

  /** Kills the control plane between two commits. */
  crash(): void {
    this.#current?.stop();
    this.#current = undefined;
    this.#journal = this.#journal.crash();
  }

  /** Does one operation as an administrator; throws what the operation throws. */
  ask<T = Record<string, unknown>>(operation: string, input: object): T {
    const run = this.#running.operations[operation];
    if (run === undefined) throw new Error(`nobody answers to ${operation}`);
    return run({ ...input }, { ...caller, now: this.now() }) as T;
  }

  /** Lets time pass until `condition` holds; answers whether it did within `limit` ms. */
  async until(condition: () => boolean, limit: number, step = 5_000): Promise<boolean> {
    const end = this.clock.now() + limit;
    while (!condition()) {
      if (this.clock.now() >= end) return false;
      await this.clock.advance(step);
    }
    return true;
  }

  /** No instance is given more than it registered. */
  #checkRoom(store: Store, instanceArn = ''): void {
    store.view((tx) => {
      const instance = tx.table(containerInstances).get(instanceArn);
      const { taken } = tx.table(tasks).tally('usage', { containerInstanceArn: instanceArn });
      const { cpu = Infinity, memory = Infinity } = instance?.registeredResources ?? {};
      if (taken.cpu > cpu || taken.memory > memory)
        this.violations.push(`${instanceArn} is given ${taken.cpu} CPU units and ${taken.memory} MiB`);
    });
  }

  /** Whether the task is on a DRAINING instance. */
  hasDrainingHost({ containerInstanceArn = '' }: Task): boolean {
    return this.#isDraining(containerInstanceArn);
  }

  isDrainingHost({ arn = '' }: ScenarioHost): boolean {
    return this.#isDraining(arn);
  }

  #isDraining(instanceArn: string): boolean {
    const instance = this.store.view((tx) => tx.table(containerInstances).get(instanceArn));
    return instance?.status === 'DRAINING';
  }

  /** Answers a call of an agent, as its wire carries it; throws an AgentCallError. */
  answer(operation: string, input: object): Record<string, unknown> {
    try {
      const decode = agentInputs[operation as keyof typeof agentInputs];
      return this.ask(
        operation,
        decode({ ...input }, (message) => new Error(message)),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new AgentCallError(error.code, error.message, error.status);
    }
  }

  /** Opens a link of an agent; throws an AgentCallError. It can be used at once, and is heard after a millisecond. */
  open(target: string): Connection {
    const current = this.#running;
    const request = { method: 'GET', target, headers: {}, body: new Uint8Array() };
    const accept = openLink({ link: current.link, authenticate: () => caller }, request);
    const [ours, theirs] = connectionPair();
    this.clock.after(1, () => {
      if (this.#current === current) accept(ours);
      else ours.close(1006, '');
    });
    return theirs;
  }
}

/** Its hosts are alike; where they are scaled, each has room for six tasks. */
const hostTemplate = ({ zones, isScaled }: HarnessOptions): HostTemplate => ({
  cluster: 'default',
  cpu: isScaled ? 6 * 256 : 4096,
  memory: 8192,
  zones: Array.from({ length: zones }, (_, at) => `zone-${at}`),
  attributes: isScaled ? { [groupAttribute]: 'group' } : {},
  namePrefix: 'host-',
  agentVersion: '1.0.0',
});
