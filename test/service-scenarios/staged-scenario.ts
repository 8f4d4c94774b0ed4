// Scenarios of a service that deploys blue/green, canary or linear, with hooks that pause it and hooks that are called.
import { Scenario, type Action } from './scenario.ts';

const strategies = [
  { strategy: 'BLUE_GREEN' },
  { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 1 } },
  { strategy: 'LINEAR', linearConfiguration: { stepPercent: 40, stepBakeTimeInMinutes: 1 } },
] as const;
const pauses = ['PRE_SCALE_UP', 'POST_SCALE_UP', 'POST_PRODUCTION_TRAFFIC_SHIFT'] as const;
const calls = [...pauses, 'RECONCILE_SERVICE', 'PRODUCTION_TRAFFIC_SHIFT'] as const;

export class StagedScenario extends Scenario {
  begin(): void {
    this.definition = this.register('server');
    this.harness.ask('CreateService', {
      serviceName: 'web',
      taskDefinition: this.definition,
      desiredCount: 1 + this.harness.below(4),
      ...this.harness.compute,
      deploymentConfiguration: this.#configuration(),
    });
  }

  actions(): readonly Action[] {
    return [
      () => this.scale(6),
      () => this.deploy(),
      () => this.deploy(),
      () => this.deploy(),
      () => this.force(),
      () => {
        this.update({ deploymentConfiguration: this.#configuration() });
        return 'another strategy';
      },
      () => this.rollBack(),
      () => this.replaceOne(),
      () => this.#continue(),
      () => this.#continue(),
    ];
  }

  promise(): () => number {
    const service = this.describe();
    return () => (this.hasProven(service) ? service.desiredCount : 0);
  }

  mayMove(): boolean {
    return true;
  }

  calm(): void {
    const strategy = strategies[this.harness.below(3)]!;
    this.settle({ deploymentConfiguration: { ...strategy, bakeTimeInMinutes: 1, lifecycleHooks: [] } });
    this.history.push(`calm, ${strategy.strategy}`);
  }

  isDone(): boolean {
    return this.isDeployed(this.describe()) && this.onDraining.length === 0;
  }

  #configuration(): object {
    const { harness } = this;
    const deploymentCircuitBreaker = this.aBreaker();
    return {
      ...strategies[harness.below(3)]!,
      bakeTimeInMinutes: harness.below(3),
      deploymentCircuitBreaker,
      lifecycleHooks: [...this.#pause(), ...this.#call()],
    };
  }

  #pause(): readonly object[] {
    if (this.harness.below(2) === 0) return [];
    const action = this.harness.below(2) === 0 ? 'CONTINUE' : 'ROLLBACK';
    const lifecycleStages = [pauses[this.harness.below(pauses.length)]!];
    return [{ targetType: 'PAUSE', lifecycleStages, timeoutConfiguration: { timeoutInMinutes: 2, action } }];
  }

  #call(): readonly object[] {
    if (this.harness.below(2) === 0) return [];
    return [
      { hookTargetArn: 'http://hooks/check', lifecycleStages: [calls[this.harness.below(calls.length)]!] },
    ];
  }

  #continue(): string {
    const { serviceDeployments } = this.harness.ask<{
      serviceDeployments: { serviceDeploymentArn: string }[];
    }>('ListServiceDeployments', { service: 'web' });
    const serviceDeploymentArns = serviceDeployments.slice(0, 1).map((one) => one.serviceDeploymentArn);
    const { serviceDeployments: told } = this.harness.ask<{
      serviceDeployments: { lifecycleHookDetails?: { hookId: string; status: string }[] }[];
    }>('DescribeServiceDeployments', { serviceDeploymentArns });
    const hook = told[0]?.lifecycleHookDetails?.find(({ status }) => status === 'AWAITING_ACTION');
    if (!hook) return 'no hook waits';
    const action = this.harness.below(3) === 0 ? 'ROLLBACK' : 'CONTINUE';
    const serviceDeploymentArn = serviceDeploymentArns[0]!;
    this.harness.ask('ContinueServiceDeployment', { serviceDeploymentArn, hookId: hook.hookId, action });
    return `hook told to ${action}`;
  }
}
