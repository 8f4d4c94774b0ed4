// One random scenario of a service: what happens to it, and what must be true of it when all is quiet again.
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { containerOf, isGood, type ScenarioImage } from './images.ts';
import type { ScenarioHost } from './scenario-host.ts';
import type { ServiceHarness } from './service-harness.ts';

const second = 1_000;
const minute = 60_000;

export interface DescribedService {
  readonly status: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly deployments: readonly {
    readonly id: string;
    readonly status: string;
    readonly taskDefinition: string;
    readonly rolloutState: string;
    readonly runningCount: number;
    readonly desiredCount: number;
  }[];
  readonly events: readonly { readonly message: string }[];
}

/** Something that happens; answers what it was, for the history. */
export type Action = () => string | Promise<string>;

export abstract class Scenario {
  readonly harness: ServiceHarness;
  readonly history: string[] = [];
  /** The task definitions whose tasks run and stay well. */
  readonly #good = new Set<string>();
  /** The ids of the deployments that were seen to be through. */
  readonly #through = new Set<string>();
  /** The task definition that the service is to end with. */
  protected definition = '';

  constructor(harness: ServiceHarness) {
    this.harness = harness;
  }

  /** Makes the service. */
  abstract begin(): void;
  /** What may happen to this kind of service, beside what may happen to any. */
  abstract actions(): readonly Action[];
  /** How many tasks must serve in the end, at least, if nothing is deployed from now on, be the last deployment good or bad. */
  abstract promise(): () => number;
  /** Whether its percents let tasks move off a host. */
  abstract mayMove(): boolean;
  /** Asks for what can be fulfilled, once nothing disturbs any more. */
  abstract calm(): void;
  /** Whether it is as it should be; asked again and again while time passes. */
  abstract isDone(): boolean;

  /** Runs it; answers what is wrong. */
  async run(steps: number): Promise<readonly string[]> {
    const { harness } = this;
    await this.perform(steps);
    for (const host of harness.hosts) host.connect();
    this.#allActive();
    await this.#leaveAlone();
    this.#allActive();
    if (harness.below(3) === 0) this.#setStatus(harness.hosts[0]!, 'DRAINING');
    this.calm();
    // A deployment that could not start its tasks may be in launch backoff for a quarter of an hour.
    if (!(await harness.until(() => this.isDone(), 60 * minute))) this.complain('never came to rest');
    // Now that no rollout moves tasks anyway, a host that drains must lose them by itself; the others have room for them.
    this.#allActive();
    this.#setStatus(harness.hosts[1]!, 'DRAINING');
    if (!(await harness.until(() => this.isDone(), 60 * minute)))
      this.complain('did not leave a draining host');
    return harness.violations;
  }

  /** Begins, and lets as many things happen. */
  async perform(steps: number): Promise<void> {
    const { harness } = this;
    this.begin();
    const actions = [...this.actions(), ...this.#disturbances()];
    for (let step = 0; step < steps; step++) {
      const action = actions[harness.below(actions.length)]!;
      this.history.push(`${harness.clock.now() % 1e9} ${await action()}`);
      const pause = [200, 5 * second, 40 * second, 3 * minute][harness.below(4)]!;
      await harness.clock.advance(harness.below(pause));
      this.#noteThrough();
    }
  }

  /** Kills and drains, but deploys nothing: what served before a bad deployment must go on serving, without anybody's help. */
  async #leaveAlone(): Promise<void> {
    const { harness } = this;
    for (let round = 0; round < 3; round++) {
      const least = this.promise();
      const victims = this.wanted.filter(() => harness.below(3) > 0);
      this.#kill(victims);
      this.#allActive();
      this.#setStatus(harness.hosts[round]!, 'DRAINING');
      this.history.push(`left alone, ${victims.length} killed, host ${round} drained`);
      if (await harness.until(() => this.#isKept(least), 40 * minute, 10 * second)) continue;
      this.complain(`of ${least()} tasks ${this.servers.length} serve`);
      return;
    }
  }

  #isKept(least: () => number): boolean {
    const isMoved = !this.mayMove() || !this.servers.some((task) => this.harness.hasDrainingHost(task));
    return this.servers.length >= least() && (least() === 0 || isMoved);
  }

  #kill(tasks: readonly Task[]): void {
    for (const task of tasks) for (const host of this.harness.hosts) host.kill(task.arn);
  }

  complain(problem: string): void {
    this.harness.violations.push(`${problem}: ${JSON.stringify(this.describe())}`);
  }

  describe(): DescribedService {
    const input = { services: ['web'] };
    return this.harness.ask<{ services: DescribedService[] }>('DescribeServices', input).services[0]!;
  }

  /** Registers a revision of family `web`; answers its ARN. */
  register(image: ScenarioImage): string {
    const input = { family: 'web', containerDefinitions: [containerOf(image)] };
    const { taskDefinition } = this.harness.ask<{ taskDefinition: { taskDefinitionArn: string } }>(
      'RegisterTaskDefinition',
      input,
    );
    if (isGood(image)) this.#good.add(taskDefinition.taskDefinitionArn);
    return taskDefinition.taskDefinitionArn;
  }

  /** Its tasks that run an image that stays well. */
  protected get servers(): readonly Task[] {
    return this.wanted.filter(
      (task) => task.lastStatus === 'RUNNING' && this.#good.has(task.taskDefinitionArn),
    );
  }

  /** Whether a deployment is listed that once was through with all of its tasks, and whose image stays well. */
  protected hasProven({ deployments }: DescribedService): boolean {
    return deployments.some(
      ({ id, taskDefinition }) => this.#through.has(id) && this.#good.has(taskDefinition),
    );
  }

  #noteThrough(): void {
    const { deployments, desiredCount, runningCount } = this.describe();
    const [only, second] = deployments;
    const isThrough = only?.rolloutState === 'COMPLETED' && second === undefined;
    if (isThrough && desiredCount > 0 && runningCount === desiredCount) this.#through.add(only.id);
  }

  protected hasFailed({ deployments }: DescribedService): boolean {
    return deployments.some(({ status, rolloutState }) => status === 'PRIMARY' && rolloutState === 'FAILED');
  }

  anImage(): ScenarioImage {
    return (['server', 'server', 'checked', 'missing', 'crasher', 'quitter', 'sick'] as const)[
      this.harness.below(7)
    ]!;
  }

  update(more: object): void {
    this.harness.ask('UpdateService', { service: 'web', ...more });
  }

  /** Another desired count below `limit`. */
  protected scale(limit: number): string {
    const desiredCount = this.harness.below(limit);
    this.update({ desiredCount });
    return `scaled to ${desiredCount}`;
  }

  /** The same once more. */
  protected force(): string {
    this.update({ forceNewDeployment: true });
    return 'forced';
  }

  /** A circuit breaker: off, on, or on with rollback. */
  protected aBreaker(): { readonly enable: boolean; readonly rollback: boolean } {
    const enable = this.harness.below(2) === 0;
    return { enable, rollback: enable && this.harness.below(2) === 0 };
  }

  /** Puts the service on a good definition. */
  protected settle(more: object = {}): void {
    this.definition = this.register('server');
    this.update({ taskDefinition: this.definition, ...more });
  }

  /** One deployment is left, through, of the definition that it is to be, with all of its tasks. */
  protected isDeployed({ deployments, desiredCount, runningCount }: DescribedService): boolean {
    return (
      deployments.length === 1 &&
      deployments[0]!.rolloutState === 'COMPLETED' &&
      deployments[0]!.taskDefinition === this.definition &&
      runningCount === desiredCount &&
      this.wanted.length === desiredCount &&
      this.containers === desiredCount
    );
  }

  get wanted(): readonly Task[] {
    return this.harness.tasks.filter(
      (task) => task.desiredStatus === 'RUNNING' && task.lastStatus !== 'STOPPED',
    );
  }

  /** Tasks on hosts that are to be empty. */
  get onDraining(): readonly Task[] {
    return this.wanted.filter((task) => this.harness.hasDrainingHost(task));
  }

  /** How many containers run, whether anybody knows of them or not. */
  get containers(): number {
    return this.harness.hosts.reduce((sum, host) => sum + host.running, 0);
  }

  /** Puts the service on a new revision, good or bad. */
  deploy(): string {
    const image = this.anImage();
    this.update({ taskDefinition: this.register(image) });
    return `deployed ${image}`;
  }

  /** Stops the service deployment that is under way, if one is. */
  rollBack(): string {
    const { serviceDeployments } = this.harness.ask<{
      serviceDeployments: { serviceDeploymentArn: string; status: string }[];
    }>('ListServiceDeployments', { service: 'web' });
    const [latest] = serviceDeployments;
    if (latest?.status !== 'IN_PROGRESS') return 'nothing to roll back';
    this.harness.ask('StopServiceDeployment', { serviceDeploymentArn: latest.serviceDeploymentArn });
    return 'StopServiceDeployment';
  }

  /** Asks for another task in place of one. */
  replaceOne(): string {
    const now = this.harness.now();
    const task = this.wanted.find((one) => (one.protectedUntil ?? 0) <= now);
    if (task) this.harness.ask('ReplaceTask', { task: task.arn });
    return 'ReplaceTask';
  }

  #disturbances(): readonly Action[] {
    const { harness } = this;
    return [
      () => this.#withHost('cut off', (host) => host.cutOff()),
      () => this.#withHost('back', (host) => host.connect()),
      () => this.#withHost('drained', (host) => this.#setStatus(host, 'DRAINING')),
      () => this.#withHost('active', (host) => this.#setStatus(host, 'ACTIVE')),
      () => {
        const victims = this.wanted.slice(0, 1 + harness.below(3));
        this.#kill(victims);
        return `${victims.length} killed`;
      },
      () => {
        const [task] = this.wanted.slice(harness.below(4));
        if (task) harness.ask('StopTask', { task: task.arn });
        return 'StopTask';
      },
      () => this.#crash(),
      () => this.#setClock(),
    ];
  }

  #withHost(what: string, act: (host: ScenarioHost) => void): string {
    const at = this.harness.below(this.harness.hosts.length);
    act(this.harness.hosts[at]!);
    return `host ${at} ${what}`;
  }

  #setStatus({ arn }: ScenarioHost, status: string): void {
    this.harness.ask('UpdateContainerInstancesState', { containerInstances: [arn], status });
  }

  #allActive(): void {
    for (const host of this.harness.hosts) this.#setStatus(host, 'ACTIVE');
  }

  /** The machine's clock is set, forward or back: nobody is to notice. */
  #setClock(): string {
    const minutes = this.harness.below(240) - 120;
    this.harness.clock.setWall(minutes * minute);
    return `the clock was set by ${minutes} min`;
  }

  async #crash(): Promise<string> {
    this.harness.crash();
    await this.harness.clock.advance(this.harness.below(10 * second));
    await this.harness.start();
    return 'the control plane died and came back';
  }
}
