// The life of a service whose task sets a custom scheduler makes, scales, promotes and deletes.
import { Life, type Whim } from './life.ts';

interface ShownTaskSet {
  readonly taskSetArn: string;
  readonly status: string;
  readonly taskDefinition: string;
  readonly computedDesiredCount: number;
  readonly runningCount: number;
  readonly stabilityStatus: string;
}

const most = 5;

export class TaskSetLife extends Life {
  begin(): void {
    this.world.ask('CreateService', {
      serviceName: 'web',
      desiredCount: this.world.below(5),
      deploymentController: { type: 'EXTERNAL' },
    });
    this.#promote(this.#create('server', 100));
  }

  whims(): readonly Whim[] {
    const { world } = this;
    return [
      () => this.scale(6),
      () => {
        if (this.#sets.length >= most) return 'there are as many task sets as may be';
        const image = this.anImage();
        this.#create(image, world.below(101));
        return `task set of ${image}`;
      },
      () =>
        this.#withSet('scaled', (taskSet) => {
          const scale = { value: world.below(101), unit: 'PERCENT' };
          world.ask('UpdateTaskSet', { ...this.#named(taskSet), scale });
        }),
      () => this.#withSet('promoted', (taskSet) => this.#promote(taskSet)),
      () =>
        this.#withSet('deleted', (taskSet) => {
          if (taskSet.status !== 'PRIMARY')
            world.ask('DeleteTaskSet', { ...this.#named(taskSet), force: true });
        }),
      () => this.replaceOne(),
    ];
  }

  /** Task sets are told what to do by their own scheduler: nothing stands in for a bad one. */
  promise(): () => number {
    return () => 0;
  }

  mayMove(): boolean {
    return true;
  }

  /** One set of a good definition, and no other. */
  calm(): void {
    const old = this.#sets.filter(({ status }) => status !== 'PRIMARY');
    for (const taskSet of old) this.world.ask('DeleteTaskSet', { ...this.#named(taskSet), force: true });
    const [before] = this.#sets.filter(({ status }) => status === 'PRIMARY');
    const good = this.#create('server', 100);
    this.definition = good.taskDefinition;
    this.#promote(good);
    this.world.ask('DeleteTaskSet', { ...this.#named(before!), force: true });
    this.history.push('calm');
  }

  isDone(): boolean {
    const { desiredCount, runningCount } = this.describe();
    const [only, ...others] = this.#allSets;
    return (
      others.length === 0 &&
      only?.taskDefinition === this.definition &&
      only.stabilityStatus === 'STEADY_STATE' &&
      only.computedDesiredCount === desiredCount &&
      only.runningCount === desiredCount &&
      runningCount === desiredCount &&
      this.wanted.length === desiredCount &&
      this.onDraining.length === 0 &&
      this.containers === desiredCount
    );
  }

  get #allSets(): readonly ShownTaskSet[] {
    const input = { cluster: 'default', service: 'web' };
    return this.world.ask<{ taskSets: ShownTaskSet[] }>('DescribeTaskSets', input).taskSets;
  }

  get #sets(): readonly ShownTaskSet[] {
    return this.#allSets.filter(({ status }) => status !== 'DRAINING');
  }

  #create(image: Parameters<Life['register']>[0], percent: number): ShownTaskSet {
    const input = {
      cluster: 'default',
      service: 'web',
      taskDefinition: this.register(image),
      scale: { value: percent, unit: 'PERCENT' },
      ...this.world.compute,
    };
    return this.world.ask<{ taskSet: ShownTaskSet }>('CreateTaskSet', input).taskSet;
  }

  #promote({ taskSetArn }: ShownTaskSet): void {
    const input = { cluster: 'default', service: 'web', primaryTaskSet: taskSetArn };
    this.world.ask('UpdateServicePrimaryTaskSet', input);
  }

  #named({ taskSetArn }: ShownTaskSet): object {
    return { cluster: 'default', service: 'web', taskSet: taskSetArn };
  }

  #withSet(what: string, act: (taskSet: ShownTaskSet) => void): string {
    const sets = this.#sets;
    const taskSet = sets[this.world.below(sets.length)];
    if (taskSet) act(taskSet);
    return `task set ${what}`;
  }
}
