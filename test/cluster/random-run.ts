// A random run of a cluster from a seed: users, faults and crashes at random, then calm, then the reckoning.
import { AgentCallError } from '../../src/agent-protocol/transport.ts';
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import {
  taskDefinitionKey,
  taskDefinitions,
} from '../../src/aws/ecs/state/task-definition/task-definitions.ts';
import { services } from '../../src/aws/ecs/state/service/services.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import { behaviours, containerLike, type BehaviourName } from './behaviours.ts';
import { noFaults } from './message-faults.ts';
import { addProvider, calmFleet, fleetActions, scaledGroup, scaleService } from './fleet-actions.ts';
import { SimulatedCapacitySource } from './simulated-capacity-source.ts';
import { SimulatedCluster } from './simulated-cluster.ts';
import type { SimulatedHost } from './simulated-host.ts';

const minute = 60_000;
const scope = { accountId: '000000000000', region: 'us-east-1' };
const names = Object.keys(behaviours) as BehaviourName[];

export interface Action {
  readonly name: string;
  /** How often it is chosen, against the others. */
  readonly weight: number;
  readonly act: (run: RandomRun) => void;
}

const actions: readonly Action[] = [
  { name: 'start tasks', weight: 10, act: (run) => run.startTasks() },
  { name: 'stop a task', weight: 6, act: (run) => run.stopTask() },
  { name: 'register', weight: 2, act: (run) => run.register(run.pick(names)) },
  { name: 'kill an agent', weight: 2, act: (run) => run.pick(run.cluster.hosts).killAgent() },
  { name: 'start the agents', weight: 4, act: (run) => run.startAgents() },
  {
    name: 'cut a host off',
    weight: 2,
    act: (run) => run.cluster.network.cutOff(run.pick(run.cluster.hosts).name),
  },
  { name: 'reconnect the hosts', weight: 4, act: (run) => run.reconnectHosts() },
  { name: 'drop connections', weight: 2, act: (run) => run.cluster.network.dropConnections() },
  { name: 'crash', weight: 2, act: (run) => run.cluster.controlPlane.crash() },
  { name: 'crash soon', weight: 3, act: (run) => run.cluster.controlPlane.crashAfter(1 + run.below(6)) },
  { name: 'start the control plane', weight: 16, act: (run) => void run.cluster.controlPlane.start() },
  { name: 'bad network', weight: 3, act: (run) => run.worsenNetwork() },
  { name: 'good network', weight: 3, act: (run) => void (run.cluster.messageFaults.faults = noFaults) },
  { name: 'engine down', weight: 1, act: (run) => run.pick(run.cluster.hosts).engine.fake.setDown(true) },
  { name: 'engines up', weight: 3, act: (run) => run.raiseEngines() },
  ...fleetActions,
];

export interface RandomRunOptions {
  readonly seed: number;
  readonly steps: number;
}

/** One life; `violations` of its cluster are what went wrong. */
export class RandomRun {
  readonly cluster: SimulatedCluster;
  /** What was done, for reading after a failure. */
  readonly history: string[] = [];
  /** Makes the hosts of the capacity provider. */
  readonly source: SimulatedCapacitySource;
  /** Instances of which somebody was told that they are. */
  readonly deregistered = new Set<string>();
  readonly #known = new Set<string>();

  constructor(cluster: SimulatedCluster, source: SimulatedCapacitySource) {
    this.cluster = cluster;
    this.source = source;
  }

  /** Lives through all of it and answers the run. */
  static async live({ seed, steps }: RandomRunOptions): Promise<RandomRun> {
    let source: SimulatedCapacitySource | undefined;
    const cluster = await SimulatedCluster.open({
      seed,
      hosts: 3,
      cpus: 2,
      memoryMiB: 4096,
      gpus: 2,
      capacity: (of) => (source = new SimulatedCapacitySource(of, scaledGroup)),
    });
    const run = new RandomRun(cluster, source!);
    await addProvider(run);
    for (const name of names) run.register(name);
    await cluster.clock.advance(1000);
    for (let step = 0; step < steps; step++) await run.#step();
    await run.#calm();
    return run;
  }

  below(limit: number): number {
    return Math.floor(this.cluster.random.next() * limit);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  register(behaviour: BehaviourName): void {
    const ports = this.pick([
      [{ containerPort: 80, hostPort: 8080 }],
      [{ containerPort: 80 }],
      [{ containerPort: 80 }, { containerPortRange: '8000-8019' }],
    ]);
    const app = { portMappings: ports, stopTimeout: 5, ...this.#gpus() };
    // A task that waits for another container of its own is PENDING for long enough to be reported so.
    const dependsOn = [{ containerName: 'setup', condition: 'COMPLETE' }];
    const containerDefinitions =
      this.below(3) === 0
        ? [
            containerLike(behaviour, 'app', { ...app, dependsOn }),
            containerLike('job', 'setup', { essential: false, ...this.#gpus() }),
          ]
        : [containerLike(behaviour, 'app', app)];
    this.request('RegisterTaskDefinition', { family: behaviour, containerDefinitions }, (output) => {
      const { revision } = output['taskDefinition'] as { revision: number };
      this.cluster.invariants.promised(`${behaviour}:${revision} is registered`, (tx) => {
        const key = taskDefinitionKey(scope, behaviour, revision);
        return tx.table(taskDefinitions).get(key) !== undefined;
      });
    });
  }

  /** Every third container wants one or two GPUs to itself. */
  #gpus(): object {
    if (this.below(3) > 0) return {};
    return { resourceRequirements: [{ type: 'GPU', value: String(1 + this.below(2)) }] };
  }

  startTasks(given?: object): void {
    const input = given ?? { taskDefinition: this.pick(names), count: 1 + this.below(3) };
    this.request('RunTask', input, (output) => {
      for (const { taskArn } of output['tasks'] as { taskArn: string }[]) {
        this.#known.add(taskArn);
        this.#promiseTask(taskArn, 'exists', () => true);
      }
    });
  }

  stopTask(): void {
    if (this.#known.size === 0) return;
    const task = this.pick([...this.#known]);
    this.request('StopTask', { task }, () => {
      this.#promiseTask(task, 'is to stop', ({ desiredStatus }) => desiredStatus === 'STOPPED');
    });
  }

  startAgents(): void {
    for (const host of this.cluster.hosts) host.startAgent();
  }

  reconnectHosts(): void {
    for (const { name } of this.cluster.hosts) this.cluster.network.reconnect(name);
  }

  raiseEngines(): void {
    for (const { engine } of this.cluster.hosts) engine.fake.setDown(false);
  }

  worsenNetwork(): void {
    const { random, messageFaults } = this.cluster;
    messageFaults.faults = {
      loss: random.next() * 0.3,
      duplication: random.next() * 0.3,
      maxDelay: random.next() * 5000,
    };
  }

  async #step(): Promise<void> {
    const { clock, controlPlane } = this.cluster;
    const total = actions.reduce((sum, { weight }) => sum + weight, 0);
    let left = this.below(total);
    const action = actions.find(({ weight }) => (left -= weight) < 0)!;
    this.history.push(
      `${new Date(clock.now()).toISOString()} ${controlPlane.isUp ? 'up  ' : 'down'} ${action.name}`,
    );
    action.act(this);
    // Short waits let things fall together, long ones let them play out.
    await clock.advance(this.below(3) === 0 ? this.below(40_000) : this.below(400));
  }

  /** Faults stop; after a time everything must be as it should, and after all is stopped everything free. */
  async #calm(): Promise<void> {
    const { cluster } = this;
    cluster.messageFaults.faults = noFaults;
    this.reconnectHosts();
    this.raiseEngines();
    cluster.controlPlane.crashAfter(Infinity);
    if (!cluster.controlPlane.isUp) await cluster.startControlPlane();
    this.startAgents();
    calmFleet(this);
    // An agent reconnects at least every 35 minutes, and some things are sorted out only then.
    await cluster.clock.advance(40 * minute);
    cluster.invariants.checkConverged();
    this.#checkService();
    scaleService(this, 0);
    for (const { arn } of cluster.tasks) await cluster.ask('StopTask', { task: arn });
    await cluster.clock.advance(5 * minute);
    cluster.invariants.checkConverged();
    for (const host of cluster.hosts) this.#checkFree(host);
  }

  /** The service on the capacity provider has what it wants, wherever that had to come from. */
  #checkService(): void {
    const { cluster } = this;
    const [service] = cluster.store.view((tx) => [...tx.table(services).all()]);
    const running = cluster.tasks.filter(
      (task) =>
        task.serviceArn !== undefined && task.desiredStatus === 'RUNNING' && task.lastStatus === 'RUNNING',
    ).length;
    if (running !== service?.desiredCount)
      cluster.invariants.violations.push(`the service has ${running} of ${service?.desiredCount} tasks`);
  }

  #checkFree(host: SimulatedHost): void {
    const { cluster } = this;
    cluster.invariants.violations.push(...host.engine.violations.map((what) => `${host.name}: ${what}`));
    if (host.isGone || cluster.invariants.isDeregistered(host.instanceArn)) return;
    const arn = host.instanceArn ?? '';
    const usage = cluster.store.view((tx) => tx.table(tasks).tally('usage', { containerInstanceArn: arn }));
    const { taken, running, pending } = usage;
    const amounts = taken.cpu + taken.memory + taken.ports.length + (taken.gpuIds?.length ?? 0);
    const free = amounts + running + pending === 0;
    if (!free) cluster.invariants.violations.push(`${host.name} is not free again: ${JSON.stringify(usage)}`);
    const left = host.engine.containers.length + host.engine.fake.volumes.length;
    if (left > 0)
      cluster.invariants.violations.push(`${host.name} still keeps ${left} containers and volumes`);
  }

  #promiseTask(arn: string, what: string, holds: (task: Task) => boolean): void {
    this.cluster.invariants.promised(`${arn} ${what}`, (tx) => {
      const task = tx.table(tasks).get(arn);
      return task !== undefined && holds(task);
    });
  }

  /** Calls an operation whose answer comes when it comes; without one nothing was promised. */
  request(
    operation: string,
    input: object,
    onAnswer: (output: Record<string, unknown>) => void = () => undefined,
  ): void {
    this.cluster.call(operation, input).then(onAnswer, (error: unknown) => {
      if (error instanceof AgentCallError && error.code !== 'ServerException') return;
      this.cluster.invariants.violations.push(`${operation} failed: ${String(error)}`);
    });
  }
}
