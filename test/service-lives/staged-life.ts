// The life of a service that deploys blue/green, canary or linear, with hooks that pause it and hooks that are called.
import { Life, type Whim } from './life.ts';

const strategies = [
  { strategy: 'BLUE_GREEN' },
  { strategy: 'CANARY', canaryConfiguration: { canaryPercent: 20, canaryBakeTimeInMinutes: 1 } },
  { strategy: 'LINEAR', linearConfiguration: { stepPercent: 40, stepBakeTimeInMinutes: 1 } },
] as const;
const pauses = ['PRE_SCALE_UP', 'POST_SCALE_UP', 'POST_PRODUCTION_TRAFFIC_SHIFT'] as const;
const calls = [...pauses, 'RECONCILE_SERVICE', 'PRODUCTION_TRAFFIC_SHIFT'] as const;

export class StagedLife extends Life {
  begin(): void {
    this.definition = this.register('server');
    this.world.ask('CreateService', {
      serviceName: 'web',
      taskDefinition: this.definition,
      desiredCount: 1 + this.world.below(4),
      ...this.world.compute,
      deploymentConfiguration: this.#configuration(),
    });
  }

  whims(): readonly Whim[] {
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
    const strategy = strategies[this.world.below(3)]!;
    this.settle({ deploymentConfiguration: { ...strategy, bakeTimeInMinutes: 1, lifecycleHooks: [] } });
    this.history.push(`calm, ${strategy.strategy}`);
  }

  isDone(): boolean {
    return this.isDeployed(this.describe()) && this.onDraining.length === 0;
  }

  #configuration(): object {
    const { world } = this;
    const deploymentCircuitBreaker = this.aBreaker();
    return {
      ...strategies[world.below(3)]!,
      bakeTimeInMinutes: world.below(3),
      deploymentCircuitBreaker,
      lifecycleHooks: [...this.#pause(), ...this.#call()],
    };
  }

  #pause(): readonly object[] {
    if (this.world.below(2) === 0) return [];
    const action = this.world.below(2) === 0 ? 'CONTINUE' : 'ROLLBACK';
    const lifecycleStages = [pauses[this.world.below(pauses.length)]!];
    return [{ targetType: 'PAUSE', lifecycleStages, timeoutConfiguration: { timeoutInMinutes: 2, action } }];
  }

  #call(): readonly object[] {
    if (this.world.below(2) === 0) return [];
    return [
      { hookTargetArn: 'http://hooks/check', lifecycleStages: [calls[this.world.below(calls.length)]!] },
    ];
  }

  #continue(): string {
    const { serviceDeployments } = this.world.ask<{ serviceDeployments: { serviceDeploymentArn: string }[] }>(
      'ListServiceDeployments',
      { service: 'web' },
    );
    const serviceDeploymentArns = serviceDeployments.slice(0, 1).map((one) => one.serviceDeploymentArn);
    const { serviceDeployments: told } = this.world.ask<{
      serviceDeployments: { lifecycleHookDetails?: { hookId: string; status: string }[] }[];
    }>('DescribeServiceDeployments', { serviceDeploymentArns });
    const hook = told[0]?.lifecycleHookDetails?.find(({ status }) => status === 'AWAITING_ACTION');
    if (!hook) return 'no hook waits';
    const action = this.world.below(3) === 0 ? 'ROLLBACK' : 'CONTINUE';
    const serviceDeploymentArn = serviceDeploymentArns[0]!;
    this.world.ask('ContinueServiceDeployment', { serviceDeploymentArn, hookId: hook.hookId, action });
    return `hook told to ${action}`;
  }
}
