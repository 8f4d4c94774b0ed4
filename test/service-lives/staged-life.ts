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
  #definition = '';

  begin(): void {
    this.#definition = this.register('server');
    this.world.ask('CreateService', {
      serviceName: 'web',
      taskDefinition: this.#definition,
      desiredCount: 1 + this.world.below(4),
      ...this.world.compute,
      deploymentConfiguration: this.#configuration(),
    });
  }

  whims(): readonly Whim[] {
    const { world } = this;
    return [
      () => {
        const desiredCount = world.below(6);
        this.update({ desiredCount });
        return `scaled to ${desiredCount}`;
      },
      () => this.deploy(),
      () => this.deploy(),
      () => this.deploy(),
      () => {
        this.update({ forceNewDeployment: true });
        return 'forced';
      },
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

  calm(): void {
    this.#definition = this.register('server');
    const strategy = strategies[this.world.below(3)]!;
    const deploymentConfiguration = { ...strategy, bakeTimeInMinutes: 1, lifecycleHooks: [] };
    this.update({ taskDefinition: this.#definition, deploymentConfiguration });
    this.history.push(`calm, ${strategy.strategy}`);
  }

  isDone(): boolean {
    const { deployments, desiredCount, runningCount } = this.describe();
    return (
      deployments.length === 1 &&
      deployments[0]!.rolloutState === 'COMPLETED' &&
      deployments[0]!.taskDefinition === this.#definition &&
      runningCount === desiredCount &&
      this.wanted.length === desiredCount &&
      this.onDraining.length === 0 &&
      this.containers === desiredCount
    );
  }

  #configuration(): object {
    const { world } = this;
    const enable = world.below(2) === 0;
    const rollback = enable && world.below(2) === 0;
    return {
      ...strategies[world.below(3)]!,
      bakeTimeInMinutes: world.below(3),
      deploymentCircuitBreaker: { enable, rollback },
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
