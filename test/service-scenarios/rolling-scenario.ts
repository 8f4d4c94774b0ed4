// Scenarios of a REPLICA service that rolls.
import { Scenario, type DescribedService, type Action } from './scenario.ts';
import { taskBounds } from '../../src/aws/ecs/scheduler/service/minimum-and-maximum-percent.ts';

const percents = [
  [100, 200],
  [50, 100],
  [50, 150],
  [0, 100],
  [75, 130],
  [100, 150],
] as const;

export class RollingScenario extends Scenario {
  #percents: readonly [number, number] = [100, 200];

  begin(): void {
    this.definition = this.register('server');
    this.harness.ask('CreateService', {
      serviceName: 'web',
      taskDefinition: this.definition,
      desiredCount: this.harness.below(6),
      ...this.harness.compute,
      ...this.#configuration(),
    });
  }

  actions(): readonly Action[] {
    const { harness } = this;
    return [
      () => this.scale(8),
      () => this.deploy(),
      () => this.deploy(),
      () => this.force(),
      () => {
        this.update({ ...this.#configuration() });
        return `percents ${this.#percents.join('/')}`;
      },
      () => this.rollBack(),
      () => this.replaceOne(),
      () => {
        const tasks = this.wanted.slice(0, 2).map(({ arn }) => arn);
        const protectionEnabled = harness.below(2) === 0;
        if (tasks.length > 0)
          harness.ask('UpdateTaskProtection', {
            cluster: 'default',
            tasks,
            protectionEnabled,
            expiresInMinutes: 5,
          });
        return protectionEnabled ? 'protected' : 'unprotected';
      },
    ];
  }

  promise(): () => number {
    const service = this.describe();
    if (!this.hasProven(service)) return () => 0;
    const least = this.hasFailed(service) ? service.desiredCount : this.#bounds(service).minimum;
    return () => least;
  }

  mayMove(): boolean {
    const { minimum, maximum } = this.#bounds(this.describe());
    return minimum < maximum;
  }

  calm(): void {
    this.settle();
    this.history.push('calm');
  }

  isDone(): boolean {
    const service = this.describe();
    return this.#isStable(service) || this.#isStuck(service);
  }

  #isStable(service: DescribedService): boolean {
    return (
      this.isDeployed(service) &&
      this.onDraining.length === 0 &&
      this.wanted.every((task) => !task.scheduling?.replaceAsked)
    );
  }

  /** The percents forbid every move, and an event says so. */
  #isStuck(service: DescribedService): boolean {
    const { minimum, maximum } = this.#bounds(service);
    return (
      minimum === maximum &&
      service.events.some(({ message }) => message.includes('was unable to stop or start'))
    );
  }

  #bounds({ desiredCount }: DescribedService): { readonly minimum: number; readonly maximum: number } {
    const [minimumHealthyPercent, maximumPercent] = this.#percents;
    return taskBounds({ minimumHealthyPercent, maximumPercent }, desiredCount);
  }

  #configuration(): object {
    this.#percents = percents[this.harness.below(percents.length)]!;
    const [minimumHealthyPercent, maximumPercent] = this.#percents;
    return {
      availabilityZoneRebalancing: maximumPercent > 100 ? 'ENABLED' : 'DISABLED',
      deploymentConfiguration: {
        minimumHealthyPercent,
        maximumPercent,
        deploymentCircuitBreaker: this.aBreaker(),
      },
    };
  }
}
