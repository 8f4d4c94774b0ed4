// A host of a service's scenario: hears of its tasks by a real link, does what their images say, and reports it as an agent would.
import { healthChanges } from '../../src/acs/health-report.ts';
import type { ContainerInstance } from '../../src/aws/ecs/state/instance/container-instance.ts';
import type { PayloadTask } from '../../src/agent-protocol/messages.ts';
import { tasks } from '../../src/aws/ecs/state/task/tasks.ts';
import type { ScenarioImage } from './images.ts';
import type { RecordingAgent } from '../../test-support/recording-agent.ts';
import type { ServiceHarness } from './service-harness.ts';
import type { HealthStatus } from '../../src/agent-protocol/container-report.ts';

/** What it needs of a task, as it was told of it or as it is stored. */
interface HostTask {
  readonly arn: string;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

type Known = 'starting' | 'running' | 'stopping' | 'stopped';

/** The longest that starting, stopping and crashing take, ms. */
const maxDelays = { start: 3_000, stop: 2_000, crash: 20_000, quit: 500, check: 10_000 };

export class ScenarioHost {
  readonly instance: ContainerInstance;
  readonly #harness: ServiceHarness;
  readonly #known = new Map<string, Known>();
  /** What is to be reported once somebody hears it. */
  #unsaid: (() => void)[] = [];
  #reachable = false;
  #agent: RecordingAgent | undefined;

  constructor(harness: ServiceHarness, instance: ContainerInstance) {
    this.#harness = harness;
    this.instance = instance;
  }

  /** How many tasks have a container that runs. */
  get running(): number {
    return [...this.#known.values()].filter((known) => known === 'running' || known === 'stopping').length;
  }

  get isReachable(): boolean {
    return this.#reachable;
  }

  /** Its agent finds the control plane: says what it has to say, hears what it is to do. */
  connect(): void {
    this.#reachable = true;
    if (this.#harness.isUp) this.controlPlaneIsBack();
  }

  /** Its agent loses the control plane; its containers run on. */
  cutOff(): void {
    if (!this.#reachable) return;
    this.#reachable = false;
    this.#agent?.close();
    this.#agent = undefined;
  }

  controlPlaneIsBack(): void {
    if (!this.#reachable) return;
    const agent = this.#harness.connectAgent(this.instance);
    this.#agent = agent;
    agent.onManifest = (message) => agent.acknowledge(message);
    agent.onPayload = (message) => {
      agent.acknowledge(message);
      for (const task of message.tasks) this.#hear(task);
    };
    const unsaid = this.#unsaid;
    this.#unsaid = [];
    for (const say of unsaid) say();
  }

  /** A task of this host is to be so from now on, if it can hear that. */
  #hear(task: PayloadTask): void {
    if (!this.#reachable) return;
    const known = this.#known.get(task.arn);
    if (task.desiredStatus === 'STOPPED') {
      if (known === undefined) this.#end(task, { status: 'STOPPED', containers: [] });
      else if (known === 'running' || known === 'starting') this.#stop(task);
    } else if (known === undefined) this.#begin(task);
  }

  /** The task's container ends by itself. */
  kill(task: HostTask): void {
    if (this.#known.get(task.arn) === 'running') this.#exit(task, 1);
  }

  #begin(task: HostTask): void {
    this.#known.set(task.arn, 'starting');
    const image = task.containers[0]!.image as ScenarioImage;
    this.#later(maxDelays.start, () => {
      if (this.#known.get(task.arn) !== 'starting') return;
      if (image === 'missing') {
        const reason = 'CannotPullContainerError: manifest unknown';
        this.#end(task, { status: 'STOPPED', reason, containers: [] });
        return;
      }
      this.#known.set(task.arn, 'running');
      const name = task.containers[0]!.name;
      this.#report(task, { status: 'RUNNING', containers: [{ containerName: name, status: 'RUNNING' }] });
      this.#liveOn(task, image);
    });
  }

  #liveOn(task: HostTask, image: ScenarioImage): void {
    if (image === 'crasher') this.#later(maxDelays.crash, () => this.kill(task));
    if (image === 'quitter') this.#later(maxDelays.quit, () => this.kill(task));
    if (image === 'sick') this.#later(maxDelays.check, () => this.#reportHealth(task, 'UNHEALTHY'));
    if (image === 'checked') this.#later(maxDelays.check, () => this.#reportHealth(task, 'HEALTHY'));
  }

  #stop(task: HostTask): void {
    this.#known.set(task.arn, 'stopping');
    this.#later(maxDelays.stop, () => this.#exit(task, 143));
  }

  #exit(task: HostTask, exitCode: number): void {
    const name = task.containers[0]!.name;
    this.#end(task, {
      status: 'STOPPED',
      containers: [{ containerName: name, status: 'STOPPED', exitCode }],
    });
  }

  #end(task: HostTask, report: object): void {
    if (this.#known.get(task.arn) === 'stopped') return;
    this.#known.set(task.arn, 'stopped');
    this.#report(task, report);
  }

  #report({ arn }: HostTask, report: object): void {
    this.#say(() => this.#harness.ask('SubmitTaskStateChange', { task: arn, ...report }));
  }

  /** As over its telemetry link, of all the containers of the task. */
  #reportHealth({ arn, containers }: HostTask, health: HealthStatus): void {
    const report = new Map([[arn, new Map(containers.map(({ name }) => [name, health]))]]);
    this.#say(() =>
      this.#harness.store.update((tx) => {
        for (const changed of healthChanges(tx, this.instance.arn, report)) tx.table(tasks).put(changed);
      }),
    );
  }

  /** Tells at once, or when somebody hears it. */
  #say(tell: () => void): void {
    if (this.#reachable && this.#harness.isUp) tell();
    else this.#unsaid.push(() => this.#say(tell));
  }

  #later(max: number, run: () => void): void {
    this.#harness.clock.after(1 + this.#harness.below(max), run);
  }
}
