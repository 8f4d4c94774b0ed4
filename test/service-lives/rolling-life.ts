// The life of a REPLICA service that rolls.
import { taskBounds } from '../../src/model/deployment-configuration.ts';
import { Life, type Whim } from './life.ts';

const percents = [
  [100, 200],
  [50, 100],
  [50, 150],
  [0, 100],
  [75, 130],
  [100, 150],
] as const;

export class RollingLife extends Life {
  #definition = '';
  #percents: readonly [number, number] = [100, 200];

  begin(): void {
    this.#definition = this.register('server');
    this.world.ask('CreateService', {
      serviceName: 'web',
      taskDefinition: this.#definition,
      desiredCount: this.world.below(6),
      ...this.world.compute,
      ...this.#configuration(),
    });
  }

  whims(): readonly Whim[] {
    const { world } = this;
    return [
      () => {
        const desiredCount = world.below(8);
        this.update({ desiredCount });
        return `scaled to ${desiredCount}`;
      },
      () => this.deploy(),
      () => this.deploy(),
      () => {
        this.update({ forceNewDeployment: true });
        return 'forced';
      },
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
    this.#definition = this.register('server');
    this.update({ taskDefinition: this.#definition });
    this.history.push('calm');
  }

  isDone(): boolean {
    const service = this.describe();
    return this.#isStable(service) || this.#isStuck(service);
  }

  #isStable({ deployments, desiredCount, runningCount }: ReturnType<Life['describe']>): boolean {
    return (
      deployments.length === 1 &&
      deployments[0]!.rolloutState === 'COMPLETED' &&
      deployments[0]!.taskDefinition === this.#definition &&
      runningCount === desiredCount &&
      this.wanted.length === desiredCount &&
      this.onDraining.length === 0 &&
      this.wanted.every((task) => !task.replaceAsked) &&
      this.containers === desiredCount
    );
  }

  /** The percents forbid every move, and an event says so. */
  #isStuck({ desiredCount, events }: ReturnType<Life['describe']>): boolean {
    const [minimumHealthyPercent, maximumPercent] = this.#percents;
    const { minimum, maximum } = taskBounds({ minimumHealthyPercent, maximumPercent }, desiredCount);
    return (
      minimum === maximum && events.some(({ message }) => message.includes('was unable to stop or start'))
    );
  }

  #configuration(): object {
    this.#percents = percents[this.world.below(percents.length)]!;
    const [minimumHealthyPercent, maximumPercent] = this.#percents;
    const enable = this.world.below(2) === 0;
    const rollback = enable && this.world.below(2) === 0;
    return {
      availabilityZoneRebalancing: maximumPercent > 100 ? 'ENABLED' : 'DISABLED',
      deploymentConfiguration: {
        minimumHealthyPercent,
        maximumPercent,
        deploymentCircuitBreaker: { enable, rollback },
      },
    };
  }
}
