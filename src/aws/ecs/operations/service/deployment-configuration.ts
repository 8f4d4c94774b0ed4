// The rules of a deployment configuration: bounds, what goes with which scheduler and controller, and defaults.
import type * as ecs from '../../shapes.generated.ts';
import type { DeploymentConfiguration } from '../../state/service/deployment-configuration.ts';
import type { Service } from '../../state/service/service.ts';
import { invalidParameter } from '../../errors.ts';
import { checkedCircuitBreaker } from './circuit-breaker.ts';
import { refuseForStrategy, strategyParameters } from './deployment-strategy.ts';
import { checkedLifecycleHooks } from './lifecycle-hooks.ts';

type Given = ecs.DeploymentConfiguration;
type Scheduling = Pick<Service, 'schedulingStrategy' | 'deploymentController'>;

const usual = (schedulingStrategy: Service['schedulingStrategy']): DeploymentConfiguration => ({
  ...(schedulingStrategy === 'DAEMON'
    ? { maximumPercent: 100, minimumHealthyPercent: 0 }
    : { maximumPercent: 200, minimumHealthyPercent: 100 }),
  strategy: 'ROLLING',
  bakeTimeInMinutes: 0,
  deploymentCircuitBreaker: { enable: false, rollback: false },
  alarms: { alarmNames: [], enable: false, rollback: false },
  lifecycleHooks: [],
});

/**
 * The configuration with what is given; what it leaves out is as in `current`, or ECS's default where there is none.
 * Throws InvalidParameterException for what ECS refuses.
 */
export function checkedDeploymentConfiguration(
  given: Given,
  service: Scheduling,
  current: DeploymentConfiguration = usual(service.schedulingStrategy),
): DeploymentConfiguration {
  refuseForController(given, service);
  const configuration: DeploymentConfiguration = {
    maximumPercent: given.maximumPercent ?? current.maximumPercent,
    minimumHealthyPercent: given.minimumHealthyPercent ?? current.minimumHealthyPercent,
    strategy: given.strategy ?? current.strategy,
    bakeTimeInMinutes: bakeTime(given, current),
    deploymentCircuitBreaker: given.deploymentCircuitBreaker
      ? checkedCircuitBreaker(given.deploymentCircuitBreaker)
      : current.deploymentCircuitBreaker,
    alarms: given.alarms ? checkedAlarms(given.alarms) : current.alarms,
    lifecycleHooks: given.lifecycleHooks
      ? checkedLifecycleHooks(given.lifecycleHooks)
      : keptHooks(given, current),
    ...strategyParameters(given, given.strategy ?? current.strategy, current),
  };
  refusePercents(configuration, service);
  refuseForStrategy(given, configuration, service);
  return configuration;
}

const isRolling = (given: Given, current: DeploymentConfiguration): boolean =>
  (given.strategy ?? current.strategy) === 'ROLLING';

/** A change back to ROLLING leaves behind what ROLLING does not have. */
const keptHooks = (given: Given, current: DeploymentConfiguration) =>
  isRolling(given, current) ? [] : current.lifecycleHooks;

function bakeTime(given: Given, current: DeploymentConfiguration): number {
  const minutes = given.bakeTimeInMinutes ?? (isRolling(given, current) ? 0 : current.bakeTimeInMinutes);
  if (minutes < 0 || minutes > 1440)
    throw invalidParameter('bakeTimeInMinutes should be between 0 and 1440.');
  return minutes;
}

/** Only the ECS controller deploys by itself. */
function refuseForController(given: Given, { deploymentController }: Scheduling): void {
  if (deploymentController === 'ECS') return;
  const member = (
    [
      'deploymentCircuitBreaker',
      'alarms',
      'strategy',
      'bakeTimeInMinutes',
      'lifecycleHooks',
      'linearConfiguration',
      'canaryConfiguration',
      'earlySuccessCriteria',
    ] as const
  ).find((name) => given[name] !== undefined);
  if (member === undefined) return;
  throw invalidParameter(`${member} is only supported for services with the ECS deployment controller.`);
}

function refusePercents(configuration: DeploymentConfiguration, { schedulingStrategy }: Scheduling): void {
  const { maximumPercent, minimumHealthyPercent } = configuration;
  if (minimumHealthyPercent < 0 || minimumHealthyPercent > 100) {
    throw invalidParameter('minimumHealthyPercent should be between 0 and 100.');
  }
  if (schedulingStrategy === 'DAEMON' && maximumPercent > 100) {
    throw invalidParameter(
      'The daemon scheduling strategy does not support values above 100 for maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try again',
    );
  }
  if (maximumPercent < 100) throw invalidParameter('maximumPercent should be 100 or greater.');
  // Other percents may allow no move either, but that depends on the count, and ECS takes them: an event says so.
  if (maximumPercent === 100 && minimumHealthyPercent === 100) {
    throw invalidParameter(
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    );
  }
}

function checkedAlarms(given: ecs.DeploymentAlarms): DeploymentConfiguration['alarms'] {
  const { alarmNames, enable, rollback } = given;
  if (enable && alarmNames.length === 0)
    throw invalidParameter('alarmNames cannot be empty when alarms are enabled.');
  return { alarmNames, enable, rollback };
}
