// The rules of a deployment configuration: bounds, what goes with which scheduler and controller, and defaults.
import type * as ecs from '../../shapes.generated.ts';
import type { DeploymentConfiguration } from '../../state/service/deployment-configuration.ts';
import type { Service } from '../../state/service/service.ts';
import { invalidParameter } from '../../errors.ts';
import { checkedCircuitBreaker } from './circuit-breaker.ts';
import { refuseForStrategy, strategyParameters } from './deployment-strategy.ts';
import { checkedLifecycleHooks } from './lifecycle-hooks.ts';

type ConfigurationInput = ecs.DeploymentConfiguration;
type Scheduling = Pick<Service, 'schedulingStrategy' | 'deploymentController'>;

const defaultConfiguration = (
  schedulingStrategy: Service['schedulingStrategy'],
): DeploymentConfiguration => ({
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
  input: ConfigurationInput,
  service: Scheduling,
  current: DeploymentConfiguration = defaultConfiguration(service.schedulingStrategy),
): DeploymentConfiguration {
  refuseForController(input, service);
  const configuration: DeploymentConfiguration = {
    maximumPercent: input.maximumPercent ?? current.maximumPercent,
    minimumHealthyPercent: input.minimumHealthyPercent ?? current.minimumHealthyPercent,
    strategy: input.strategy ?? current.strategy,
    bakeTimeInMinutes: bakeTime(input, current),
    deploymentCircuitBreaker: input.deploymentCircuitBreaker
      ? checkedCircuitBreaker(input.deploymentCircuitBreaker)
      : current.deploymentCircuitBreaker,
    alarms: input.alarms ? checkedAlarms(input.alarms) : current.alarms,
    lifecycleHooks: input.lifecycleHooks
      ? checkedLifecycleHooks(input.lifecycleHooks)
      : keptHooks(input, current),
    ...strategyParameters(input, input.strategy ?? current.strategy, current),
  };
  refusePercents(configuration, service);
  refuseForStrategy(input, configuration, service);
  return configuration;
}

const isRolling = (input: ConfigurationInput, current: DeploymentConfiguration): boolean =>
  (input.strategy ?? current.strategy) === 'ROLLING';

/** A change back to ROLLING leaves behind what ROLLING does not have. */
const keptHooks = (input: ConfigurationInput, current: DeploymentConfiguration) =>
  isRolling(input, current) ? [] : current.lifecycleHooks;

function bakeTime(input: ConfigurationInput, current: DeploymentConfiguration): number {
  const minutes = input.bakeTimeInMinutes ?? (isRolling(input, current) ? 0 : current.bakeTimeInMinutes);
  if (minutes < 0 || minutes > 1440)
    throw invalidParameter('bakeTimeInMinutes should be between 0 and 1440.');
  return minutes;
}

/** Only the ECS controller deploys by itself. */
function refuseForController(input: ConfigurationInput, { deploymentController }: Scheduling): void {
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
  ).find((name) => input[name] !== undefined);
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

function checkedAlarms(input: ecs.DeploymentAlarms): DeploymentConfiguration['alarms'] {
  const { alarmNames, enable, rollback } = input;
  if (enable && alarmNames.length === 0)
    throw invalidParameter('alarmNames cannot be empty when alarms are enabled.');
  return { alarmNames, enable, rollback };
}
