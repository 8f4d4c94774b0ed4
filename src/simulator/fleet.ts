// A fleet of simulated instances: starts them a few at a time, and takes them out of the cluster at the end.
import { AgentCallError, type AgentTransport } from '../agent-protocol/transport.ts';
import { Gate } from '../lib/gate.ts';
import { behaviourOf, chanceOf, type BehaviourSettings } from './behaviour.ts';
import { boundedTransport } from './bounded-transport.ts';
import { SimulatedInstance, type SimulationDeps } from './simulated-instance.ts';
import { Tally } from './tally.ts';
import { TimerHeap } from './timer-heap.ts';

export interface FleetOptions extends Omit<SimulationDeps, 'tally' | 'behaviour'> {
  readonly instances: number;
  readonly behaviour: BehaviourSettings;
  /** What the tasks do follows from it. */
  readonly seed: number;
}

/** Instances being registered and connected, and calls and handshakes under way, at most. */
const parallel = 64;

export class Fleet {
  readonly tally: Tally;
  readonly #transport: AgentTransport;
  readonly #cluster: string;
  readonly #instances: readonly SimulatedInstance[];
  /** Resolves when no instance is being started any more. */
  #started: Promise<unknown> = Promise.resolve();

  constructor(options: FleetOptions) {
    this.tally = new Tally(options.instances);
    // The last calls do not wait behind reports that nobody needs any more.
    this.#transport = options.transport;
    this.#cluster = options.host.cluster;
    const { behaviour, seed } = options;
    const deps: SimulationDeps = {
      ...options,
      behaviour: (_task, instance, order) => behaviourOf(behaviour, chanceOf(seed, instance, order)),
      tally: this.tally,
      clock: new TimerHeap(options.clock),
      transport: boundedTransport(options.transport, { calls: parallel, handshakes: parallel }),
    };
    this.#instances = Array.from(
      { length: options.instances },
      (_, index) => new SimulatedInstance(index + 1, deps),
    );
  }

  /**
   * Makes the cluster where it is missing, and resolves when every instance is registered and was connected. Rejects with an
   * AgentCallError when the control plane does not answer at first, with AgentTerminated when an instance is refused for good.
   */
  async start(): Promise<void> {
    await this.#transport.call('CreateCluster', { clusterName: this.#cluster });
    const gate = new Gate(parallel);
    const starts = this.#instances.map((instance) => gate.run(() => instance.start()));
    this.#started = Promise.allSettled(starts);
    await Promise.all(starts);
  }

  /** Closes every link; the instances stay registered. */
  stop(): void {
    for (const instance of this.#instances) instance.stop();
  }

  /**
   * Deregisters every registered instance of a stopped fleet by force, which writes its tasks off; answers why some could not
   * be, one entry each.
   */
  async deregister(): Promise<readonly unknown[]> {
    // A registration that is under way may still succeed.
    await this.#started;
    const gate = new Gate(parallel);
    const registered = this.#instances.flatMap(({ arn }) => arn ?? []);
    const outcomes = await Promise.allSettled(
      registered.map((arn) => gate.run(() => this.#deregisterOne(arn))),
    );
    return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
  }

  async #deregisterOne(containerInstance: string): Promise<void> {
    const input = { cluster: this.#cluster, containerInstance, force: true };
    try {
      await this.#transport.call('DeregisterContainerInstance', input);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

/** Somebody else deregistered the instance so long ago that it is forgotten, or deleted its whole cluster. */
const isGone = (error: unknown): boolean =>
  error instanceof AgentCallError &&
  (error.code === 'ClusterNotFoundException' ||
    (error.code === 'ClientException' && error.message.includes('was not found')));
