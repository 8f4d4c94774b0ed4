// The life of a service whose task sets a custom scheduler makes, scales, promotes and deletes.
import { Scenario, type Action } from './scenario.ts';

interface ShownTaskSet {
  readonly taskSetArn: string;
  readonly status: string;
  readonly taskDefinition: string;
  readonly computedDesiredCount: number;
  readonly runningCount: number;
  readonly stabilityStatus: string;
}

const max = 5;

export class TaskSetScenario extends Scenario {
  begin(): void {
    this.harness.ask('CreateService', {
      serviceName: 'web',
      desiredCount: this.harness.below(5),
      deploymentController: { type: 'EXTERNAL' },
    });
    this.#promote(this.#create('server', 100));
  }

  actions(): readonly Action[] {
    const { harness } = this;
    return [
      () => this.scale(6),
      () => {
        if (this.#sets.length >= max) return 'there are as many task sets as may be';
        const image = this.anImage();
        this.#create(image, harness.below(101));
        return `task set of ${image}`;
      },
      () =>
        this.#withSet('scaled', (taskSet) => {
          const scale = { value: harness.below(101), unit: 'PERCENT' };
          harness.ask('UpdateTaskSet', { ...this.#named(taskSet), scale });
        }),
      () => this.#withSet('promoted', (taskSet) => this.#promote(taskSet)),
      () =>
        this.#withSet('deleted', (taskSet) => {
          if (taskSet.status !== 'PRIMARY')
            harness.ask('DeleteTaskSet', { ...this.#named(taskSet), force: true });
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
    for (const taskSet of old) this.harness.ask('DeleteTaskSet', { ...this.#named(taskSet), force: true });
    const [before] = this.#sets.filter(({ status }) => status === 'PRIMARY');
    const good = this.#create('server', 100);
    this.definition = good.taskDefinition;
    this.#promote(good);
    this.harness.ask('DeleteTaskSet', { ...this.#named(before!), force: true });
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
    return this.harness.ask<{ taskSets: ShownTaskSet[] }>('DescribeTaskSets', input).taskSets;
  }

  get #sets(): readonly ShownTaskSet[] {
    return this.#allSets.filter(({ status }) => status !== 'DRAINING');
  }

  #create(image: Parameters<Scenario['register']>[0], percent: number): ShownTaskSet {
    const input = {
      cluster: 'default',
      service: 'web',
      taskDefinition: this.register(image),
      scale: { value: percent, unit: 'PERCENT' },
      ...this.harness.compute,
    };
    return this.harness.ask<{ taskSet: ShownTaskSet }>('CreateTaskSet', input).taskSet;
  }

  #promote({ taskSetArn }: ShownTaskSet): void {
    const input = { cluster: 'default', service: 'web', primaryTaskSet: taskSetArn };
    this.harness.ask('UpdateServicePrimaryTaskSet', input);
  }

  #named({ taskSetArn }: ShownTaskSet): object {
    return { cluster: 'default', service: 'web', taskSet: taskSetArn };
  }

  #withSet(what: string, act: (taskSet: ShownTaskSet) => void): string {
    const sets = this.#sets;
    const taskSet = sets[this.harness.below(sets.length)];
    if (taskSet) act(taskSet);
    return `task set ${what}`;
  }
}
