// Which parameters go with which deployment strategy, and their ranges.
import type * as ecs from '../../shapes.generated.ts';
import type {
  CanaryConfiguration,
  DeploymentConfiguration,
  LinearConfiguration,
} from '../../state/service/deployment-configuration.ts';
import type { Service } from '../../state/service/service.ts';
import { invalidParameter } from '../../errors.ts';

type ConfigurationInput = ecs.DeploymentConfiguration;
type Scheduling = Pick<Service, 'schedulingStrategy'>;

/** `input` against the configuration that comes of it. Throws InvalidParameterException for what ECS refuses. */
export function refuseForStrategy(
  input: ConfigurationInput,
  { strategy, minimumHealthyPercent }: DeploymentConfiguration,
  { schedulingStrategy }: Scheduling,
): void {
  if (schedulingStrategy === 'DAEMON' && strategy !== 'ROLLING') {
    throw invalidParameter(
      `The daemon scheduling strategy does not support the deployment strategy ${strategy}.`,
    );
  }
  refuseOutsideStrategy(input, strategy);
  if (input.earlySuccessCriteria) refuseEarlySuccess(input.earlySuccessCriteria, minimumHealthyPercent);
}

function refuseOutsideStrategy(
  input: ConfigurationInput,
  strategy: DeploymentConfiguration['strategy'],
): void {
  const only = (member: keyof ConfigurationInput, of: DeploymentConfiguration['strategy']): void => {
    if (input[member] === undefined || strategy === of) return;
    throw invalidParameter(`${member} is only supported with the deployment strategy ${of}.`);
  };
  only('canaryConfiguration', 'CANARY');
  only('linearConfiguration', 'LINEAR');
  if (input.earlySuccessCriteria?.enable) only('earlySuccessCriteria', 'ROLLING');
  if (strategy === 'ROLLING' && (input.lifecycleHooks?.length || input.bakeTimeInMinutes)) {
    const member = input.lifecycleHooks?.length ? 'lifecycleHooks' : 'bakeTimeInMinutes';
    throw invalidParameter(`${member} is not supported with the deployment strategy ROLLING.`);
  }
  if (strategy === 'BLUE_GREEN' && input.strategy && input.bakeTimeInMinutes === undefined) {
    throw invalidParameter('bakeTimeInMinutes is required with the deployment strategy BLUE_GREEN.');
  }
}

/** Multiples of 0.1; told apart from their neighbours far above what binary fractions blur. */
const isTenth = (percent: number): boolean => Math.abs(percent * 10 - Math.round(percent * 10)) < 1e-6;

function refusePercent(name: string, percent: number, least: number): void {
  if (percent >= least && percent <= 100 && isTenth(percent)) return;
  throw invalidParameter(`${name} should be a multiple of 0.1 between ${least.toFixed(1)} and 100.0.`);
}

function refuseMinutes(name: string, minutes: number): void {
  if (minutes >= 0 && minutes <= 1440) return;
  throw invalidParameter(`${name} should be between 0 and 1440.`);
}

type StrategyParameters = Pick<DeploymentConfiguration, 'canaryConfiguration' | 'linearConfiguration'>;

/** The parameters of the strategy, complete: what is given, else what `current` has. Throws InvalidParameterException. */
export function strategyParameters(
  input: ConfigurationInput,
  strategy: DeploymentConfiguration['strategy'],
  current: StrategyParameters,
): StrategyParameters {
  if (strategy === 'CANARY')
    return { canaryConfiguration: checkedCanary(input.canaryConfiguration ?? current.canaryConfiguration) };
  if (strategy === 'LINEAR')
    return { linearConfiguration: checkedLinear(input.linearConfiguration ?? current.linearConfiguration) };
  return {};
}

function checkedCanary({
  canaryPercent = 5,
  canaryBakeTimeInMinutes = 10,
}: ecs.CanaryConfiguration = {}): CanaryConfiguration {
  refusePercent('canaryPercent', canaryPercent, 0.1);
  refuseMinutes('canaryBakeTimeInMinutes', canaryBakeTimeInMinutes);
  return { canaryPercent, canaryBakeTimeInMinutes };
}

function checkedLinear({
  stepPercent = 10,
  stepBakeTimeInMinutes = 6,
}: ecs.LinearConfiguration = {}): LinearConfiguration {
  refusePercent('stepPercent', stepPercent, 3);
  refuseMinutes('stepBakeTimeInMinutes', stepBakeTimeInMinutes);
  return { stepPercent, stepBakeTimeInMinutes };
}

function refuseEarlySuccess(
  { enable, healthyPercent, sourceServiceRevisionCleanup }: ecs.DeploymentEarlySuccessCriteria,
  minimumHealthyPercent: number,
): void {
  if (!enable) return;
  if (healthyPercent === undefined || sourceServiceRevisionCleanup === undefined) {
    throw invalidParameter('earlySuccessCriteria needs healthyPercent and sourceServiceRevisionCleanup.');
  }
  if (healthyPercent < minimumHealthyPercent || healthyPercent > 100) {
    throw invalidParameter('healthyPercent should be between minimumHealthyPercent and 100.');
  }
}
