// The life of a REPLICA service that rolls.
import { taskBounds } from '../../src/model/deployment-configuration.ts';
import { Life, type DescribedService, type Whim } from './life.ts';

const percents = [
  [100, 200],
  [50, 100],
  [50, 150],
  [0, 100],
  [75, 130],
  [100, 150],
] as const;

export class RollingLife extends Life {
  #percents: readonly [number, number] = [100, 200];

  begin(): void {
    this.definition = this.register('server');
    this.world.ask('CreateService', {
      serviceName: 'web',
      taskDefinition: this.definition,
      desiredCount: this.world.below(6),
      ...this.world.compute,
      ...this.#configuration(),
    });
  }

  whims(): readonly Whim[] {
    const { world } = this;
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
        const protectionEnabled = world.below(2) === 0;
        if (tasks.length > 0)
          world.ask('UpdateTaskProtection', {
            cluster: 'default',
            tasks,
            protectionEnabled,
            expiresInMinutes: 5,
          });
        return protectionEnabled ? 'protected' : 'unprotected';
      },
    ];
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
      this.wanted.every((task) => !task.replaceAsked)
    );
  }

  /** The percents forbid every move, and an event says so. */
  #isStuck({ desiredCount, events }: DescribedService): boolean {
    const [minimumHealthyPercent, maximumPercent] = this.#percents;
    const { minimum, maximum } = taskBounds({ minimumHealthyPercent, maximumPercent }, desiredCount);
    return (
      minimum === maximum && events.some(({ message }) => message.includes('was unable to stop or start'))
    );
  }

  #configuration(): object {
    this.#percents = percents[this.world.below(percents.length)]!;
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
