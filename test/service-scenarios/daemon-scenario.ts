// Scenarios of a DAEMON service.
import { Scenario, type DescribedService, type Action } from './scenario.ts';
import type { ScenarioHost } from './scenario-host.ts';

export class DaemonScenario extends Scenario {
  #minimumHealthyPercent = 0;

  begin(): void {
    this.definition = this.register('server');
    this.harness.ask('CreateService', {
      serviceName: 'web',
      taskDefinition: this.definition,
      schedulingStrategy: 'DAEMON',
      deploymentConfiguration: this.#configuration(),
    });
  }

  actions(): readonly Action[] {
    return [
      () => this.deploy(),
      () => this.deploy(),
      () => this.force(),
      () => {
        this.update({ deploymentConfiguration: this.#configuration() });
        return 'other percents';
      },
      () => this.rollBack(),
    ];
  }

  /** A rollout whose minimum is none takes the old task from every host before it knows that the new one is no good. */
  promise(): () => number {
    const service = this.describe();
    if (!this.hasProven(service)) return () => 0;
    const percent = this.hasFailed(service) ? 100 : this.#minimumHealthyPercent;
    return () => Math.ceil((this.#places.length * percent) / 100);
  }

  mayMove(): boolean {
    return true;
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
    const on = this.wanted.map((task) => task.containerInstanceArn);
    return (
      this.isDeployed(service) &&
      service.desiredCount === this.#places.length &&
      this.#places.every(({ arn }) => on.includes(arn))
    );
  }

  get #places(): readonly ScenarioHost[] {
    return this.harness.hosts.filter((host) => !this.harness.isDrainingHost(host));
  }

  /** The minimum is all there are, and an event says so. */
  #isStuck({ desiredCount, events }: DescribedService): boolean {
    const minimum = Math.ceil((desiredCount * this.#minimumHealthyPercent) / 100);
    return (
      minimum === desiredCount &&
      events.some(({ message }) => message.includes('was unable to stop or start'))
    );
  }

  #configuration(): object {
    const minimumHealthyPercent = [0, 0, 34, 67][this.harness.below(4)]!;
    this.#minimumHealthyPercent = minimumHealthyPercent;
    const deploymentCircuitBreaker = this.aBreaker();
    return { minimumHealthyPercent, maximumPercent: 100, deploymentCircuitBreaker };
  }
}
