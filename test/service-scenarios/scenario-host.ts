// A host of a service's scenario: a simulated instance whose tasks do what their images say, and which can be cut off.
import { seededRandom } from '../../src/lib/random.ts';
import { silentLog } from '../../src/lib/log.ts';
import { AgentCallError, type Connection } from '../../src/agent-protocol/transport.ts';
import { SimulatedInstance } from '../../src/simulator/simulated-instance.ts';
import type { HostTemplate } from '../../src/simulator/host.ts';
import { Tally } from '../../src/simulator/tally.ts';
import { behaviourOfImage } from './images.ts';
import type { ServiceHarness } from './service-harness.ts';

const cutOffError = () => new AgentCallError('Unreachable', 'the host is cut off', 0);

export class ScenarioHost {
  /** CPU units. */
  readonly cpu: number;
  readonly #harness: ServiceHarness;
  readonly #instance: SimulatedInstance;
  readonly #tally = new Tally(1);
  #connections: readonly Connection[] = [];
  #isReachable = true;

  /** `number` counts from 1. */
  constructor(harness: ServiceHarness, number: number, host: HostTemplate) {
    this.#harness = harness;
    this.cpu = host.cpu;
    this.#instance = new SimulatedInstance(number, {
      ...{ host, tally: this.#tally, clock: harness.clock, log: silentLog, telemetry: true },
      behaviour: (task) => behaviourOfImage(task.containers[0]?.image, (limit) => harness.below(limit)),
      transport: {
        call: (operation, input) => this.#reach(() => harness.answer(operation, input)),
        connect: (url) => this.#reach(() => this.#connect(url)),
      },
      // Not the control plane's own, whose ids would come again.
      random: seededRandom(-number),
      ids: seededRandom(-1_000 - number),
    });
  }

  /** Undefined until it is registered. */
  get arn(): string | undefined {
    return this.#instance.arn;
  }

  /** How many tasks have a container that runs. */
  get running(): number {
    return this.#tally.status().tasks.running;
  }

  /** Registers; resolves when it is connected, for which the clock must move. */
  start(): Promise<void> {
    return this.#instance.start();
  }

  /** Its agent can find the control plane from now on. */
  connect(): void {
    this.#isReachable = true;
  }

  /** Its agent loses the control plane; its containers run on. */
  cutOff(): void {
    this.#isReachable = false;
    for (const connection of this.#connections) connection.close(1006, '');
    this.#connections = [];
  }

  /** The task's container ends by itself, if it runs here. */
  kill(taskArn: string): void {
    this.#instance.exitTask(taskArn);
  }

  #connect(url: string): Connection {
    const connection = this.#harness.open(url);
    this.#connections = [...this.#connections, connection];
    return connection;
  }

  async #reach<T>(answer: () => T): Promise<T> {
    if (!this.#isReachable) throw cutOffError();
    return Promise.resolve(answer());
  }
}
