// One random life of a service: what befalls it, and what must be true of it when all is quiet again.
import type { Task } from '../../src/aws/ecs/state/task/task.ts';
import { containerOf, isGood, type LifeImage } from './images.ts';
import type { LifeHost } from './life-host.ts';
import type { ServiceWorld } from './world.ts';

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
export type Whim = () => string | Promise<string>;

export abstract class Life {
  readonly world: ServiceWorld;
  readonly history: string[] = [];
  /** The task definitions whose tasks run and stay well. */
  readonly #good = new Set<string>();
  /** The ids of the deployments that were seen to be through. */
  readonly #through = new Set<string>();
  /** The task definition that the service is to end with. */
  protected definition = '';

  constructor(world: ServiceWorld) {
    this.world = world;
  }

  /** Makes the service. */
  abstract begin(): void;
  /** What may happen to this kind of service, beside what may happen to any. */
  abstract whims(): readonly Whim[];
  /** How many tasks must serve in the end, at least, if nothing is deployed from now on, be the last deployment good or bad. */
  abstract promise(): () => number;
  /** Whether its percents let tasks move off a host. */
  abstract mayMove(): boolean;
  /** Asks for what can be fulfilled, once nothing disturbs any more. */
  abstract calm(): void;
  /** Whether it is as it should be; asked again and again while time passes. */
  abstract isDone(): boolean;

  /** Lives it through; answers what is wrong. */
  async live(steps: number): Promise<readonly string[]> {
    const { world } = this;
    await this.stir(steps);
    for (const host of world.hosts) host.connect();
    this.#allActive();
    await this.#leaveAlone();
    this.#allActive();
    if (world.below(3) === 0) this.#setStatus(world.hosts[0]!, 'DRAINING');
    this.calm();
    // A deployment that could not start its tasks may be held back for a quarter of an hour.
    if (!(await world.until(() => this.isDone(), 60 * minute))) this.complain('never came to rest');
    // Now that no rollout moves tasks anyway, a host that drains must lose them by itself; the others have room for them.
    this.#allActive();
    this.#setStatus(world.hosts[1]!, 'DRAINING');
    if (!(await world.until(() => this.isDone(), 60 * minute)))
      this.complain('did not leave a draining host');
    return world.violations;
  }

  /** Begins, and lets as many things happen. */
  async stir(steps: number): Promise<void> {
    const { world } = this;
    this.begin();
    const whims = [...this.whims(), ...this.#disturbances()];
    for (let step = 0; step < steps; step++) {
      const whim = whims[world.below(whims.length)]!;
      this.history.push(`${world.clock.now() % 1e9} ${await whim()}`);
      const pause = [200, 5 * second, 40 * second, 3 * minute][world.below(4)]!;
      await world.clock.advance(world.below(pause));
      this.#noteThrough();
    }
  }

  /** Kills and drains, but deploys nothing: what served before a bad deployment must go on serving, without anybody's help. */
  async #leaveAlone(): Promise<void> {
    const { world } = this;
    for (let round = 0; round < 3; round++) {
      const least = this.promise();
      const victims = this.wanted.filter(() => world.below(3) > 0);
      this.#kill(victims);
      this.#allActive();
      this.#setStatus(world.hosts[round]!, 'DRAINING');
      this.history.push(`left alone, ${victims.length} killed, host ${round} drained`);
      if (await world.until(() => this.#isKept(least), 40 * minute, 10 * second)) continue;
      this.complain(`of ${least()} tasks ${this.servers.length} serve`);
      return;
    }
  }

  #isKept(least: () => number): boolean {
    const isMoved = !this.mayMove() || !this.servers.some((task) => this.world.hasDrainingHost(task));
    return this.servers.length >= least() && (least() === 0 || isMoved);
  }

  #kill(tasks: readonly Task[]): void {
    for (const task of tasks) for (const host of this.world.hosts) host.kill(task);
  }

  complain(problem: string): void {
    this.world.violations.push(`${problem}: ${JSON.stringify(this.describe())}`);
  }

  describe(): DescribedService {
    const input = { services: ['web'] };
    return this.world.ask<{ services: DescribedService[] }>('DescribeServices', input).services[0]!;
  }

  /** Registers a revision of family `web`; answers its ARN. */
  register(image: LifeImage): string {
    const input = { family: 'web', containerDefinitions: [containerOf(image)] };
    const { taskDefinition } = this.world.ask<{ taskDefinition: { taskDefinitionArn: string } }>(
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

  anImage(): LifeImage {
    return (['server', 'server', 'checked', 'missing', 'crasher', 'quitter', 'sick'] as const)[
      this.world.below(7)
    ]!;
  }

  update(more: object): void {
    this.world.ask('UpdateService', { service: 'web', ...more });
  }

  /** Another desired count below `limit`. */
  protected scale(limit: number): string {
    const desiredCount = this.world.below(limit);
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
    const enable = this.world.below(2) === 0;
    return { enable, rollback: enable && this.world.below(2) === 0 };
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
    return this.world.tasks.filter(
      (task) => task.desiredStatus === 'RUNNING' && task.lastStatus !== 'STOPPED',
    );
  }

  /** Tasks on hosts that are to be empty. */
  get onDraining(): readonly Task[] {
    return this.wanted.filter((task) => this.world.hasDrainingHost(task));
  }

  /** How many containers run, whether anybody knows of them or not. */
  get containers(): number {
    return this.world.hosts.reduce((sum, host) => sum + host.running, 0);
  }

  /** Puts the service on a new revision, good or bad. */
  deploy(): string {
    const image = this.anImage();
    this.update({ taskDefinition: this.register(image) });
    return `deployed ${image}`;
  }

  /** Stops the service deployment that is under way, if one is. */
  rollBack(): string {
    const { serviceDeployments } = this.world.ask<{
      serviceDeployments: { serviceDeploymentArn: string; status: string }[];
    }>('ListServiceDeployments', { service: 'web' });
    const [latest] = serviceDeployments;
    if (latest?.status !== 'IN_PROGRESS') return 'nothing to roll back';
    this.world.ask('StopServiceDeployment', { serviceDeploymentArn: latest.serviceDeploymentArn });
    return 'StopServiceDeployment';
  }

  /** Asks for another task in place of one. */
  replaceOne(): string {
    const now = this.world.now();
    const task = this.wanted.find((one) => (one.protectedUntil ?? 0) <= now);
    if (task) this.world.ask('ReplaceTask', { task: task.arn });
    return 'ReplaceTask';
  }

  #disturbances(): readonly Whim[] {
    const { world } = this;
    return [
      () => this.#withHost('cut off', (host) => host.cutOff()),
      () => this.#withHost('back', (host) => host.connect()),
      () => this.#withHost('drained', (host) => this.#setStatus(host, 'DRAINING')),
      () => this.#withHost('active', (host) => this.#setStatus(host, 'ACTIVE')),
      () => {
        const victims = this.wanted.slice(0, 1 + world.below(3));
        this.#kill(victims);
        return `${victims.length} killed`;
      },
      () => {
        const [task] = this.wanted.slice(world.below(4));
        if (task) world.ask('StopTask', { task: task.arn });
        return 'StopTask';
      },
      () => this.#crash(),
      () => this.#setClock(),
    ];
  }

  #withHost(what: string, act: (host: LifeHost) => void): string {
    const at = this.world.below(this.world.hosts.length);
    act(this.world.hosts[at]!);
    return `host ${at} ${what}`;
  }

  #setStatus({ instance }: LifeHost, status: string): void {
    this.world.ask('UpdateContainerInstancesState', { containerInstances: [instance.arn], status });
  }

  #allActive(): void {
    for (const host of this.world.hosts) this.#setStatus(host, 'ACTIVE');
  }

  /** The machine's clock is set, forward or back: nobody is to notice. */
  #setClock(): string {
    const minutes = this.world.below(240) - 120;
    this.world.clock.setWall(minutes * minute);
    return `the clock was set by ${minutes} min`;
  }

  async #crash(): Promise<string> {
    this.world.crash();
    await this.world.clock.advance(this.world.below(10 * second));
    await this.world.start();
    return 'the control plane died and came back';
  }
}
